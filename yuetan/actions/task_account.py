"""What every act on one rectification task shares: the lock, what stands against it, and its dates."""

from datetime import date

from yuetan.models import CalendarDay, Case, Task, User
from yuetan.rules import clock, progress
from yuetan.rules.findings import Finding, found
from yuetan.rules.pauses import runs_until
from yuetan.vocabulary import ReportKind, ReportRhythm


def locked_task(case: Case, task: Task) -> Task:
    """The task as it stands now, held until the step is over."""
    return case.tasks.select_for_update().get(pk=task.pk)


def not_reportable(task: Task) -> list[Finding]:
    """A report, a later date or a pause is for a task that is still owed."""
    if task.is_unreported:
        return []
    return [found("task_not_reportable", "task", number=task.number, state=task.get_state_display())]


def agree_on(task: Task, due_on: date) -> None:
    """Fix a date anew: from today on it runs to that day, whatever was paused before."""
    task.due_on, task.agreed_on = due_on, clock.today()
    count_anew(task)


def count_anew(task: Task) -> None:
    """Set where the limit ends by its pauses; open-ended while one lasts. What was owed on the way stays owed."""
    spans = [pause.span for pause in task.pauses.all()]
    task.runs_until = until = runs_until(task.due_on, task.agreed_on, spans, CalendarDay.objects.calendar())
    if until is not None and not progress.still_owed(task.progress_due_on, until, spans):
        expect_progress(task)
    task.save()


def expect_progress(task: Task) -> None:
    """Set when a report on the way is owed next: after today, after what was reported ahead, before the limit."""
    task.progress_due_on = None
    if task.report_rhythm == ReportRhythm.NONE or not task.is_unreported or task.runs_until is None:
        return
    answered = [report.due_on for report in task.handed_in(ReportKind.PROGRESS) if report.due_on]
    after, calendar = max([clock.today(), *answered]), CalendarDay.objects.calendar()
    rhythm = ReportRhythm(task.report_rhythm)
    task.progress_due_on = progress.owed_after(rhythm, task.assigned_on, after, task.runs_until, calendar)


def end_pause(task: Task, *, by: User, reason: str) -> bool:
    """Let the limit run again from today; False if it was running."""
    pause = task.pauses.filter(ended_on=None).first()
    if pause is None:
        return False
    pause.ended_on, pause.ended_by, pause.end_reason = clock.today(), by, reason
    pause.save()
    count_anew(task)
    return True
