"""Requirements for reporting on the tasks of a case, and reviewing what was reported."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from yuetan.models.flow.requirement import Requirement
from yuetan.rules.dates import clock
from yuetan.rules.dates.deadlines import PROGRESS_NEAR
from yuetan.rules.refusals import Finding, finding
from yuetan.vocabulary import ReportKind, TaskState

if TYPE_CHECKING:
    from yuetan.models.case.task_account import HasTasks


@Requirement
def has_task_to_report(origin: HasTasks) -> Iterator[Finding]:
    """Some task waits for a report."""
    if not any(task.is_unreported for task in origin.tasks.all()):
        yield finding("no_task_to_report")


@Requirement
def report_prepared(origin: HasTasks) -> Iterator[Finding]:
    """Some task that waits for a report has a draft that says something."""
    waiting = [task for task in origin.tasks.all() if task.is_unreported]
    if not waiting:
        yield finding("no_task_to_report")
    elif not any(task.is_prepared(ReportKind.COMPLETION) for task in waiting):
        yield finding("report_empty", number=waiting[0].number)


@Requirement
def progress_prepared(origin: HasTasks) -> Iterator[Finding]:
    """Some task that is under way has a draft that says how far it is."""
    waiting = [task for task in origin.tasks.all() if task.is_unreported]
    if not waiting:
        yield finding("no_task_to_report")
    elif not any(task.is_prepared(ReportKind.PROGRESS) for task in waiting):
        yield finding("progress_empty", number=waiting[0].number)


@Requirement
def has_progress_to_note(origin: HasTasks) -> Iterator[Finding]:
    """Some report on the way was handed in and not read."""
    reports = [report for task in origin.tasks.all() for report in task.handed_in(ReportKind.PROGRESS)]
    if not any(report.decided_at is None for report in reports):
        yield finding("no_progress_to_note")


def asks_for_anything(origin: HasTasks) -> bool:
    """There are tasks at all: a 一票否决 has none."""
    return bool(origin.tasks.all())


def report_is_awaited(origin: HasTasks) -> bool:
    """Some task waits for a report that nobody has prepared."""
    return any(task.is_unreported and not task.is_prepared(ReportKind.COMPLETION) for task in origin.tasks.all())


def progress_due_on(origin: HasTasks) -> date | None:
    """The soonest due day of a progress report that nobody has prepared."""
    due_days = [task.next_progress_due_on for task in origin.tasks.all() if not task.is_prepared(ReportKind.PROGRESS)]
    return min((day for day in due_days if day), default=None)


def progress_is_near(origin: HasTasks) -> bool:
    """A progress report is due within days."""
    due_on = progress_due_on(origin)
    return due_on is not None and due_on <= clock.today() + PROGRESS_NEAR


@Requirement
def has_report_to_review(origin: HasTasks) -> Iterator[Finding]:
    """Some report waits for the supervisor."""
    if not any(task.state == TaskState.REPORTED for task in origin.tasks.all()):
        yield finding("no_report_to_review")
