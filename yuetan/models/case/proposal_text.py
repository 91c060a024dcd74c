"""The digest of a case's proposal, and the open cases that may be about the same matter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from yuetan.models.case.gravity import known_door
from yuetan.models.case.proposal import bound_half
from yuetan.models.office.read_once import answer_once
from yuetan.rules.text import canonical_text
from yuetan.rules.text.similar_matter import similar
from yuetan.vocabulary import CaseState

MAX_COMPARED = 100  # open cases of a unit; a person who proposes is told where there are more
# What the digest is made of beside a case's own columns; the law it cites is never written by a step.
SOURCES_OF_DIGEST = frozenset(
    f"yuetan_{table}"
    for table in ("caseground", "caseground_evidence", "attachment", "case_interviewees", "post", "unit")
)

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models.fields.related_descriptors import ManyRelatedManager, RelatedManager

    from yuetan.models.case.case import Case
    from yuetan.models.case.proposal import CaseGround, ProposalVersion
    from yuetan.models.law.accountability import Door
    from yuetan.models.law.regulation import Regulation
    from yuetan.models.people.unit import Post, Unit
    from yuetan.models.people.user import User

    # The rows between have no class with a name.
    _Interviewees = ManyRelatedManager[Post, Any]
    _OtherCases = ManyRelatedManager[Case, Any]


class CaseProposal:
    """Questions a case answers about what it proposes."""

    pk: UUID
    drafter_id: int
    unit: Unit
    unit_id: int
    first_unit_id: int | None
    proposed_unit: Unit
    matter: str
    state: str
    regulation: Regulation
    other_words: str
    interviewer: Post | None
    interviewer_id: int | None
    acting_for: str
    door_id: int | None
    door_words: str
    case_grounds: RelatedManager[CaseGround]
    interviewees: _Interviewees
    proposal_versions: RelatedManager[ProposalVersion]
    version_count: int  # where it was read for a page
    distinct_from: _OtherCases
    declared_distinct_by: _OtherCases

    @property
    def proposal_sha256(self) -> str:
        """The digest of the proposal as it stands now; an approval holds while it equals the approved one.

        Rows that were fetched with the case, as lists do, are taken as they came; a step reads them anew. A step asks
        five times, and what makes it up is the same until the step writes it.
        """
        own = self.matter, self.other_words, self.interviewer_id, self.acting_for, self.door_id, self.door_words
        key = "proposal", self.pk, self.unit_id, self.first_unit_id, *own
        return answer_once(key, SOURCES_OF_DIGEST, self._digest_made_up)

    def _digest_made_up(self) -> str:
        grounds = [(row, row.evidence.all()) for row in self.case_grounds.all()]
        return canonical_text.digest(bound_half(self, grounds, self.interviewees.all()))

    @property
    def gravity_door(self) -> Door | None:
        """The door of the 责任制 by which it came with no rung before it; None for any other."""
        return known_door(self.door_id) if self.door_id is not None else None

    @property
    def handed_in_sha256(self) -> str:
        """The digest of the proposal as it was handed in last; empty if it never was."""
        last = max(self.proposal_versions.all(), key=lambda version: version.number, default=None)
        return last.sha256 if last else ""

    @property
    def drafter_keys(self) -> set[int]:
        """Who drafted it, and who has handed it in since in their stead: none of them checks or decides it."""
        return {self.drafter_id, *(version.submitted_by_id for version in self.proposal_versions.all())}

    @property
    def handed_in_files(self) -> set[str]:
        """The digests of all evidence that stands in a version that was handed in."""
        texts = [version.text for version in self.proposal_versions.all()]
        return {digest for text in texts for ground in text["bound"]["grounds"] for digest in ground["files"]}

    @property
    def has_changed_versions(self) -> bool:
        """Whether there are two wordings to compare: two handed in, or one and the draft it became again."""
        wordings = self.version_count if hasattr(self, "version_count") else self.proposal_versions.count()
        return bool(wordings + bool(wordings and self.state == CaseState.DRAFTED) > 1)

    def similar_cases(self, reader: User) -> list[Case]:
        """Open cases of the same unit, the newest, that may be about the same matter and are not marked as distinct.

        Of what was narrowed without the reader (知悉范围) none: the director, who endorses, knows of all.
        """
        apart = {
            *self.distinct_from.values_list("pk", flat=True),
            *self.declared_distinct_by.values_list("pk", flat=True),
        }
        others = self.unit.cases.open().exclude(pk__in={self.pk, *apart})
        own = [row.facts for row in self.case_grounds.all()]
        newest = others.prefetch_related("case_grounds")[:MAX_COMPARED]
        return [other for other in newest if not other.leaves_out(reader) and other.is_like(self.matter, own)]

    def is_like(self, matter: str, facts: Sequence[str]) -> bool:
        """Whether this may be about the same matter: by its name, or by facts that are the same in other words."""
        stated = [row.facts for row in self.case_grounds.all()]
        return similar(self.matter, matter) or any(similar(one, other) for one in stated for other in facts)
