"""Requirements for inspecting, closing and revisiting a case."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from yuetan.models.flow.requirement import Requirement
from yuetan.rules.dates import clock
from yuetan.rules.dates.deadlines import REVISIT_NEAR
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text import official_text
from yuetan.vocabulary import DocumentStatus, InspectionConclusion, RevisitOutcome, TaskState

if TYPE_CHECKING:
    from yuetan.models.case.case import Case


@Requirement
def tasks_reported_or_due(case: Case) -> Iterator[Finding]:
    """Every task reported or past its date."""
    for task in case.tasks.all():
        if not task.is_unreported or task.is_overdue:
            continue
        if task.effective_due_on is None:
            yield finding("task_paused", number=task.number)
        else:
            yield finding(
                "tasks_still_running", number=task.number, due=official_text.chinese_date(task.effective_due_on)
            )


def inspection_is_open(case: Case) -> bool:
    """The inspection under way has no conclusion yet; that another may follow keeps nobody waiting."""
    inspection = case.current_inspection
    return inspection is not None and not inspection.conclusion


@Requirement
def inspection_concluded(case: Case) -> Iterator[Finding]:
    """Sending back rests on what the inspection found."""
    inspection = case.current_inspection
    if inspection is None or not inspection.conclusion:
        yield finding("send_back_without_conclusion")


@Requirement
def inspection_lets_close(case: Case) -> Iterator[Finding]:
    """Every task accepted and an inspection that says so; no consequence stands in their place."""
    for task in case.tasks.all():
        if task.state == TaskState.ACCEPTED:
            continue
        yield finding("task_unreported" if task.is_unreported else "task_unaccepted", number=task.number)
    inspection = case.current_inspection
    if inspection is None or not inspection.conclusion:
        yield finding("inspection_not_concluded")
    elif inspection.conclusion != InspectionConclusion.RECTIFIED:
        yield finding("conclusion_not_rectified")


@Requirement
def revisit_ahead(case: Case) -> Iterator[Finding]:
    """A revisit is planned and not made."""
    if case.revisit_ahead is None:
        yield finding("no_revisit_ahead")


def revisit_is_due(case: Case) -> bool:
    """The planned revisit is near."""
    revisit = case.revisit_ahead
    return revisit is not None and revisit.planned_on <= clock.today() + REVISIT_NEAR


@Requirement
def relapse_recorded(case: Case) -> Iterator[Finding]:
    """A closed case is taken up again on what a revisit found, and on nothing else."""
    last = case.last_revisit
    if case.revisit_ahead is not None or last is None or last.outcome != RevisitOutcome.RELAPSED:
        yield finding("no_relapse_found")


@Requirement
def minutes_hold(case: Case) -> Iterator[Finding]:
    """The account is opened again on minutes that hold, never on void ones."""
    if case.current_minutes.status == DocumentStatus.VOIDED:
        yield finding("minutes_voided", number=case.current_minutes.number)


def reopening_is_due(case: Case) -> bool:
    """A 回头看 found a relapse, and nobody has asked for the case to be taken up again."""
    return relapse_recorded(case) and case.pending_rework is None
