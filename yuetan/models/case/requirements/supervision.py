"""Requirements for a 督办单 on the tasks of a case: the grade of each task, signing, answering."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import prefetch_related_objects

from yuetan.models.flow.requirement import Requirement
from yuetan.models.office.office import CalendarDay, OfficeSetting
from yuetan.rules.dates import clock
from yuetan.rules.dates.supervision import Thresholds, grade
from yuetan.rules.refusals import Finding, finding
from yuetan.vocabulary import SupervisionGrade

if TYPE_CHECKING:
    from yuetan.models.case.task_account import HasTasks
    from yuetan.models.rectification.supervision_letter import SupervisionLetter
    from yuetan.models.rectification.task import Task

WITH_SUPERVISION = ("reports", "supervisions__document__entry")  # what a grade looks at


def supervisions_of(origin: HasTasks) -> list[SupervisionLetter]:
    """The 督办单 of a origin, oldest first."""
    papers = sorted(origin.documents.all(), key=lambda paper: paper.issued_at)
    return [paper.supervision for paper in papers if hasattr(paper, "supervision")]


def thresholds() -> Thresholds:
    """The office's days."""
    keys = ("blue_days", "yellow_days", "red_days", "red_after_yellow")
    blue, yellow, red, after_yellow = OfficeSetting.objects.numbers(*(f"supervision_{key}" for key in keys))
    return Thresholds(blue_before=blue, yellow_after=yellow, red_after=red, red_after_yellow=after_yellow)


def grades(tasks: Iterable[Task]) -> dict[int, SupervisionGrade]:
    """What the accounts give on this day, by the key of the task; a task that nothing presses for is left out."""
    unreported = [(task, task.effective_due_on) for task in tasks if task.is_unreported and task.effective_due_on]
    if not unreported:
        return {}
    days, calendar, today = thresholds(), CalendarDay.objects.calendar(), clock.today()
    given = {
        task.pk: grade(due_on, today, days, calendar, yellow_on=_fruitless_yellow(task, due_on))
        for task, due_on in unreported
    }
    return {key: one for key, one in given.items() if one}


def already_issued(task: Task) -> str:
    """已有黄色督办单（江扫黑办督〔2026〕1号），待回复: what is in force about the task already; empty if nothing is."""
    papers = [one for one in task.supervisions.all() if one.is_in_force]
    words = [
        f"{one.short}（{one.document.number}），{'已回复' if one.answered_at else '待回复'}"
        for one in sorted(papers, key=lambda one: one.issued_on)
    ]
    return f"已有{'；'.join(words)}" if words else ""


def _fruitless_yellow(task: Task, due_on: date) -> date | None:
    """The day of the last yellow paper about this very date of the task, after which no report was handed in."""
    reported = max((report.handed_in_at for report in task.reports.all() if report.handed_in_at), default=None)
    days = [
        one.issued_on
        for one in task.supervisions.all()
        if one.grade == SupervisionGrade.YELLOW and one.is_in_force and one.issued_on > due_on
        if reported is None or one.document.issued_at > reported
    ]
    return max(days, default=None)


@Requirement
def has_task_to_supervise(origin: HasTasks) -> Iterator[Finding]:
    """Some task is near its date or past it, and not reported."""
    tasks = list(origin.tasks.all())
    prefetch_related_objects(tasks, *WITH_SUPERVISION)
    if not grades(tasks):
        yield finding("no_task_to_press")


@Requirement
def has_supervision_unsigned(origin: HasTasks) -> Iterator[Finding]:
    """Some 督办单 waits to be signed for."""
    if not any(one.is_unsigned for one in supervisions_of(origin)):
        yield finding("no_supervision_unsigned")


@Requirement
def has_supervision_to_answer(origin: HasTasks) -> Iterator[Finding]:
    """Some 督办单 that was signed for waits for its answer."""
    if not any(one.awaits_answer for one in supervisions_of(origin)):
        yield finding("no_supervision_to_answer")


def supervision_due_on(origin: HasTasks) -> date | None:
    """By when the next 督办单 is to be answered."""
    open_ones = [one for one in supervisions_of(origin) if one.is_in_force and one.answered_at is None]
    return min((one.answer_until for one in open_ones if one.answer_until), default=None)
