"""What a proposal must have before it is handed in, checked and decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from yuetan.models.case.decision_authority import (
    authorities,
    deciders,
    reasons_against_all,
)
from yuetan.models.case.gravity import door_problems
from yuetan.models.flow.requirement import Requirement, admits_only, refuses
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import require_words

if TYPE_CHECKING:
    from yuetan.models.case.case import Case
    from yuetan.models.case.proposal import CaseGround
    from yuetan.models.people.user import User


@Requirement
def proposal_complete(case: Case) -> Iterator[Finding]:
    """Matter, at least one ground with its facts and its evidence, and the reasons of a door by gravity."""
    yield from require_words(case.matter, finding("matter_missing", "matter"))
    grounds = list(case.case_grounds.all())
    if not grounds:
        yield finding("no_ground", "grounds")
    for row in grounds:
        if row.ground.is_other:
            words = finding("other_without_words", "other_words", ground=row.ground.text)
            yield from require_words(case.other_words, words)
    for row in grounds:
        yield from _ground_incomplete(row)
    yield from door_problems(case)


def is_returned_unchanged(case: Case) -> bool:
    """It came back after it was handed in, and nobody has changed a word since."""
    handed_in = case.handed_in_sha256
    return bool(handed_in) and handed_in == case.proposal_sha256


def _ground_incomplete(row: CaseGround) -> Iterator[Finding]:
    """Facts; and files, or a reference number with what it says."""
    ground = row.ground.citation
    yield from require_words(row.facts, finding("facts_missing", "grounds", ground=ground))
    if bool(row.reference_number) != bool(row.reference_summary):
        missing = "摘要" if row.reference_number else "文号或线索编号"
        yield finding("reference_incomplete", "grounds", ground=ground, missing=missing)
    elif not row.reference_number and not row.evidence.all():
        yield finding("evidence_missing", "grounds", ground=ground)


@Requirement
def text_as_handed_in(case: Case) -> Iterator[Finding]:
    """What is checked and decided on is what was handed in."""
    if case.proposal_sha256 != case.handed_in_sha256:
        yield finding("text_not_as_handed_in")


@Requirement
def text_as_approved(case: Case) -> Iterator[Finding]:
    """An approval holds for the text it was given to and for no other."""
    if case.proposal_sha256 != case.approved_sha256:
        yield finding("text_not_as_approved")


@refuses("drafter_endorses")
def not_the_drafter(case: Case) -> Iterable[int]:
    """Two persons: who drafted does not endorse."""
    return case.drafter_keys


def _deciding(case: Case) -> Iterable[int]:
    return [leader.pk for leader in deciders(case)]


@admits_only(_deciding)
def may_approve_this(case: Case, user: User) -> Iterator[Finding]:
    """A leader in their own right, in another's stead, or acting for all who usually decide."""
    yield from reasons_against_all(case, authorities(case, user))
