"""Reminders of tasks before, on and after their dates, and the supervisors' line a day."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from yuetan.actions.messages.reminder_engine import Obligation, remind
from yuetan.alerts import send_alert
from yuetan.models import Reminder, Task, User
from yuetan.models.rectification.task_origin import ORIGINS
from yuetan.vocabulary import UNREPORTED_TASK_STATES, Role

UNDER_RECTIFICATION: dict[str, str | list[str]] = {
    "unreported": [state.value for state in UNREPORTED_TASK_STATES],
}
_WHENS = " ".join(f"WHEN task.{name}_id IS NOT NULL THEN '{name}'" for name in ORIGINS)
_KEYS = ", ".join(f"task.{name}_id" for name in ORIGINS)
ABOUT = f"CASE {_WHENS} END, coalesce({_KEYS})"  # the column of what a task comes from, and its key
TASKS = Obligation(
    rows=f"""
        SELECT 'task:' || task.id, task.effective_due_on, {ABOUT}, task.unit_id,
            '第 ' || task.number || ' 项整改任务', '：' || task.content
        FROM yuetan_task AS task
        WHERE task.runs AND task.state = ANY(%(unreported)s) AND task.effective_due_on IS NOT NULL
    """,  # nosec B608 - names of our own columns
    action="报告落实情况",
    ahead="落实",
    facts=UNDER_RECTIFICATION,
)
# Only while the task's own limit is running.
PROGRESS = Obligation(
    rows=f"""
        SELECT 'progress:' || task.id, task.progress_due_on, {ABOUT}, task.unit_id,
            '第 ' || task.number || ' 项整改任务的进展报告', '：' || task.content
        FROM yuetan_task AS task
        WHERE task.runs AND task.state = ANY(%(unreported)s) AND task.progress_due_on IS NOT NULL
          AND task.effective_due_on >= %(today)s
    """,  # nosec B608 - the same
    action="报送",
    facts=UNDER_RECTIFICATION,
)


def remind_of_tasks(today: date) -> dict[str, int]:
    """Remind the unit of each task whose date has reached a point of the rhythm since it was last asked."""
    return remind(TASKS, today)


def remind_of_progress(today: date) -> dict[str, int]:
    """Remind the unit of each progress report as of a task, while the task's own deadline is running."""
    return remind(PROGRESS, today)


@transaction.atomic
def sum_up_for_supervisors(today: date) -> dict[str, int]:
    """One line a day to each supervisor: how many tasks they may know of are overdue or due today, and how many reports
    on the way are late."""
    _, new = Reminder.objects.get_or_create(key=f"summary:{today}")
    by_words: dict[str, list[User]] = {}
    for supervisor in User.objects.in_roles(Role.SUPERVISOR) if new else ():
        if words := _summed_up(supervisor, today):
            by_words.setdefault(words, []).append(supervisor)
    for words, supervisors in by_words.items():
        send_alert(supervisors, key=f"summary:{today}", words=words)
    return {"汇总": sum(map(len, by_words.values()))}


def _summed_up(supervisor: User, today: date) -> str:
    """The line for one of them; empty where there is nothing to say."""
    unreported = Task.objects.visible_to(supervisor).running()
    overdue, due = (
        unreported.filter(effective_due_on__lt=today).count(),
        unreported.filter(effective_due_on=today).count(),
    )
    late = unreported.filter(progress_due_on__lt=today, effective_due_on__gte=today).count()
    if not overdue + due + late:
        return ""
    progress = f"，进展报告逾期 {late} 项" if late else ""
    return f"今天到期的整改任务 {due} 项，已逾期 {overdue} 项{progress}，请在整改台账中查看、催办。"
