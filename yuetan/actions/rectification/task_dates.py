"""What every step on one rectification task shares: the lock, the refusals, the dates."""

from collections.abc import Mapping
from datetime import date

from yuetan.models import CalendarDay, Task, User
from yuetan.models.rectification.task_origin import HandsOutTasks, kept_with_tasks
from yuetan.rules.dates import clock, progress
from yuetan.rules.dates.pauses import effective_due_on
from yuetan.rules.refusals import Finding, finding
from yuetan.vocabulary import ReportKind, ReportRhythm


def locked_task(origin: HandsOutTasks, task: Task) -> Task:
    """The current row of the task, locked until the end of the transaction."""
    return origin.tasks.select_for_update().get(pk=task.pk)


def not_reportable(task: Task) -> list[Finding]:
    """Refusal of a report, an extension or a pause for a task that was already reported."""
    if task.is_unreported:
        return []
    return [finding("task_not_reportable", "task", number=task.number, state=task.get_state_display())]


def new_task(origin: HandsOutTasks, *, due_on: date, agreed_on: date, agreed: Mapping[str, str | int]) -> Task:
    """A task handed over today, not saved yet: what is agreed, all that it keeps of its origin, and its first dates."""
    task = Task(**{origin.ABOUT: origin}, assigned_on=clock.today(), **agreed, **kept_with_tasks(origin))
    task.open_to = origin.unit if origin.opened_on else None
    task.first_due_on = task.agreed_due_on = task.effective_due_on = due_on
    task.agreed_on = agreed_on
    schedule_progress_report(task)
    return task


def present_limit(task: Task) -> date:
    """The day on which the limit ends as it stands; while it is paused, the agreed day."""
    return task.effective_due_on or task.agreed_due_on


def set_due_date(task: Task, due_on: date) -> None:
    """Fix a date anew: from today on it runs to that day, whatever was paused before."""
    task.agreed_due_on, task.agreed_on = due_on, clock.today()
    recompute_deadline(task)


def recompute_deadline(task: Task) -> None:
    """Recompute the deadline from its pauses, None while one lasts; a missed progress report remains due."""
    spans = [pause.span for pause in task.pauses.all()]
    task.effective_due_on = until = effective_due_on(
        task.agreed_due_on, task.agreed_on, spans, CalendarDay.objects.calendar()
    )
    if until is not None and not progress.remains_due(task.progress_due_on, until, spans):
        schedule_progress_report(task)
    task.save()


def schedule_progress_report(task: Task) -> None:
    """Set the day of the next progress report: after today, after reports made ahead of time, before the deadline."""
    task.progress_due_on = None
    if task.report_rhythm == ReportRhythm.NONE or not task.is_unreported or task.effective_due_on is None:
        return
    answered = [report.due_on for report in task.handed_in(ReportKind.PROGRESS) if report.due_on]
    after, calendar = max([clock.today(), *answered]), CalendarDay.objects.calendar()
    rhythm = ReportRhythm(task.report_rhythm)
    task.progress_due_on = progress.next_due_after(rhythm, task.assigned_on, after, task.effective_due_on, calendar)


def end_pause(task: Task, *, by: User | None, reason: str) -> bool:
    """Let the limit run again from today, or from the planned day if that has passed; False if it was running.

    Nobody gives back more days than the director decided; where the limit moved to is kept with the pause.
    """
    pause = task.pauses.filter(ended_on=None).first()
    if pause is None:
        return False
    pause.ended_on = min(clock.today(), pause.planned_end_on or clock.today())
    pause.ended_by, pause.end_reason = by, reason
    pause.save()
    recompute_deadline(task)
    pause.due_on_after = task.effective_due_on
    pause.save()
    return True
