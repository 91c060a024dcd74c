"""Requirements for 退回整改 and 复发重启: asked for by one person, decided by another, one request at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from yuetan.models.flow.requirement import Requirement, refuses
from yuetan.rules.refusals import Finding, finding
from yuetan.vocabulary import InspectionConclusion

if TYPE_CHECKING:
    from yuetan.models.case.case import Case


@Requirement
def rework_requested(case: Case) -> Iterator[Finding]:
    """A supervisor has said which tasks, why and until when."""
    if case.pending_rework is None:
        yield finding("no_rework_requested")


@Requirement
def no_rework_pending(case: Case) -> Iterator[Finding]:
    """What was asked for is decided before anything else is concluded or asked for."""
    if case.pending_rework is not None:
        yield finding("rework_pending", kind=case.pending_rework.get_kind_display())


@refuses("requester_decides")
def not_the_requester(case: Case) -> Iterable[int]:
    """Nobody decides what they asked for."""
    return [case.pending_rework.requested_by_id] if case.pending_rework is not None else []


def rework_is_pending(case: Case) -> bool:
    """Somebody waits for the director's decision."""
    return case.pending_rework is not None


def sending_back_is_due(case: Case) -> bool:
    """The inspection found tasks not done, and nobody has asked for them to be sent back."""
    inspection = case.current_inspection
    untrue = inspection is not None and inspection.conclusion == InspectionConclusion.NOT_RECTIFIED
    return untrue and case.pending_rework is None
