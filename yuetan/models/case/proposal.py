"""What a proposal rests on, ground by ground, and the versions of it that were handed in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NotRequired, TypedDict

from django.db import models

from yuetan.models.law.regulation import Ground
from yuetan.rules.text import canonical_text
from yuetan.vocabulary import PostKind

if TYPE_CHECKING:
    from yuetan.models.case.case import Case
    from yuetan.models.case.proposal_text import CaseProposal
    from yuetan.models.files.attachment import Attachment
    from yuetan.models.law.accountability import Door
    from yuetan.models.people.unit import Post


class GroundText(TypedDict):
    """One ground as an approval is bound to it."""

    article: int
    number: int
    citation: str
    law: str
    facts: str
    reference_number: str
    reference_summary: str
    files: list[str]


class DoorText(TypedDict):
    """The door by gravity as an approval is bound to it."""

    regulation: list[str | int]
    article: int
    law: str
    words: str


class BoundText(TypedDict):
    """The half of a proposal that an approval is bound to."""

    regulation: list[str | int]
    unit: str
    matter: str
    other_words: str
    grounds: list[GroundText]
    interviewees: list[list[str]]
    interviewer: str
    door: NotRequired[DoorText]


class FileName(TypedDict):
    """One file of a proposal by its name and its digest."""

    name: str
    sha256: str


class ShownText(TypedDict):
    """The half of a proposal that a reader wants to see with the other."""

    unit: str
    interviewees: list[str]
    interviewer: str
    files: list[list[FileName]]


class ProposalText(TypedDict):
    """A proposal as it is kept when it is handed in."""

    bound: BoundText
    shown: ShownText


class CaseGround(models.Model):
    """One 情形 of a case with its own facts and its own evidence: files, or a reference number with a summary."""

    case = models.ForeignKey("yuetan.Case", models.CASCADE, related_name="case_grounds")
    ground = models.ForeignKey(Ground, models.PROTECT, related_name="+", verbose_name="约谈情形")
    facts = models.TextField("存在问题的事实", blank=True)
    reference_number = models.CharField("文号或线索编号", max_length=100, blank=True)
    reference_summary = models.TextField("摘要", blank=True)

    class Meta:
        default_permissions = ()
        ordering = ("ground__article__number", "ground__number")
        constraints = (models.UniqueConstraint(fields=("case", "ground"), name="a_ground_once_in_a_case"),)

    def __str__(self) -> str:
        return self.ground.citation

    @property
    def reference(self) -> str:
        """文号 and 摘要 in one line; empty if there is none."""
        if not self.reference_number:
            return self.reference_summary
        summary = self.reference_summary.rstrip("。")
        return f"{self.reference_number}（{summary}）" if summary else self.reference_number


class ProposalVersion(models.Model):
    """The proposal as it was handed in for review once; kept as written.

    `text` has two halves. `bound` is what an approval is bound to: `sha256` is the digest of its canonical
    spelling. It names persons by unit, kind of post and rank alone, so that a successor in the same post with
    the same rank voids nothing. `shown` is what a reader wants to see with it, names above all; it is not bound.
    """

    case = models.ForeignKey("yuetan.Case", models.PROTECT, related_name="proposal_versions")
    number = models.PositiveSmallIntegerField()
    text = models.JSONField()
    sha256 = models.CharField(max_length=64)
    submitted_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        ordering = ("case", "number")
        constraints = (models.UniqueConstraint(fields=("case", "number"), name="one_proposal_version_per_number"),)

    def __str__(self) -> str:
        return self.name

    @cached_property
    def name(self) -> str:
        """第 2 稿."""
        return f"第 {self.number} 稿"


def proposal_text(case: Case) -> ProposalText:
    """The proposal as its rows stand now, in the two halves of a ProposalVersion."""
    rows = case.case_grounds.select_related("ground__article").prefetch_related("evidence")
    heads = case.interviewees.select_related("holder", "unit__parent")
    return text_of_rows(case, [(row, list(row.evidence.all())) for row in rows], list(heads))


def text_of_rows(
    case: Case, grounds: Sequence[tuple[CaseGround, Sequence[Attachment]]], heads: Sequence[Post]
) -> ProposalText:
    """The proposal in two halves, made of rows at hand: each ground with its files, and the interviewees."""
    shown: ShownText = {
        "unit": case.unit.full_name,
        "interviewees": [_named(post) for post in sorted(heads, key=_precedence)],
        "interviewer": _interviewer(case),
        "files": [[{"name": file.name, "sha256": file.sha256} for file in files] for _, files in grounds],
    }
    return {"bound": bound_half(case, grounds, heads), "shown": shown}


def bound_half(
    case: CaseProposal, grounds: Sequence[tuple[CaseGround, Iterable[Attachment]]], heads: Iterable[Post]
) -> BoundText:
    """The half that an approval is bound to."""
    leader = case.interviewer
    bound: BoundText = {
        "regulation": [case.regulation.key, case.regulation.version],
        "unit": case.proposed_unit.first_code,
        "matter": case.matter,
        "other_words": case.other_words,
        "grounds": [_ground(row, files) for row, files in grounds],
        "interviewees": [[*_place(post)] for post in sorted(heads, key=_place)],
        "interviewer": case.acting_for or leader.kind if leader else "",
    }
    door = case.gravity_door
    if door is not None:  # nothing is said of a case that came by none: its digest is what it was before there were any
        bound["door"] = _door(door, case.door_words)
    return bound


def _door(door: Door, words: str) -> DoorText:
    regulation = door.article.regulation
    return {
        "regulation": [regulation.key, regulation.version],
        "article": door.article.number,
        "law": door.words,
        "words": words,
    }


def _place(post: Post) -> tuple[str, str, str]:
    return post.unit.first_code, post.kind, post.rank


def _precedence(post: Post) -> int:
    return list(PostKind).index(PostKind(post.kind))


def _named(post: Post) -> str:
    rank = f"（{post.get_rank_display()}）" if post.rank else ""
    return f"{post}{rank}"


def _interviewer(case: Case) -> str:
    """By post and name; who acts for another says why."""
    if case.interviewer is None:
        return ""
    return f"{_named(case.interviewer)}（{case.acting_reason}）" if case.acting_reason else _named(case.interviewer)


def _ground(row: CaseGround, files: Iterable[Attachment]) -> GroundText:
    return {
        "article": row.ground.article.number,
        "number": row.ground.number,
        # Part of what is signed: spelled as when the first approvals were given, or all of them would fall.
        "citation": f"{row.ground.article.name}第{row.ground.number}项",
        "law": row.ground.text,
        "facts": row.facts,
        "reference_number": row.reference_number,
        "reference_summary": row.reference_summary,
        "files": sorted(file.sha256 for file in files),
    }


def bound_digest(text: ProposalText) -> str:
    """What an approval is bound to: the SHA-256 of the bound half."""
    return canonical_text.digest(text["bound"])
