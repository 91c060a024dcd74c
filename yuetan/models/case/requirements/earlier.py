"""Requirements for 补录: handed in by who entered it, checked by another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from yuetan.models.flow.requirement import Requirement, refuses
from yuetan.rules.refusals import Finding, finding
from yuetan.vocabulary import EarlierState

if TYPE_CHECKING:
    from yuetan.models.case.case import Case


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


@refuses("recorder_reviews_earlier")
def not_a_recorder(case: Case) -> Iterable[int]:
    """Nobody confirms what they entered themselves."""
    recorders: list[int] = case.earlier_recorders
    return recorders


def waits_for_review(case: Case) -> bool:
    """Whether the second person's check is awaited."""
    return case.earlier == EarlierState.HANDED_IN


def is_recording(case: Case) -> bool:
    """Whether the office is still entering it."""
    return case.earlier == EarlierState.RECORDING
