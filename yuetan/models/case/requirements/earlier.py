"""Requirements for 补录: handed in by who entered it, checked by another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from yuetan.models.flow.requirement import PersonalRequirement, Requirement
from yuetan.rules.refusals import Finding, finding
from yuetan.vocabulary import EarlierState

if TYPE_CHECKING:
    from yuetan.models.case.case import Case
    from yuetan.models.people.user import User


@Requirement
def still_recording(case: Case) -> Iterator[Finding]:
    """It is being entered, and was not handed in."""
    if case.earlier != EarlierState.RECORDING:
        yield finding("earlier_handed_in")


@Requirement
def handed_in_for_review(case: Case) -> Iterator[Finding]:
    """Who entered it has said that it is whole."""
    if case.earlier != EarlierState.HANDED_IN:
        yield finding("earlier_not_handed_in")


@PersonalRequirement
def not_a_recorder(case: Case, user: User) -> Iterator[Finding]:
    """Nobody confirms what they entered themselves."""
    if user.pk in case.earlier_recorders:
        yield finding("recorder_reviews_earlier", name=user.name)


def waits_for_review(case: Case) -> bool:
    """Whether the second person's check is awaited."""
    return case.earlier == EarlierState.HANDED_IN


def is_recording(case: Case) -> bool:
    """Whether the office is still entering it."""
    return case.earlier == EarlierState.RECORDING
