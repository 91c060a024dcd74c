"""Reminders of tasks before, on and after their dates, and the supervisors' line a day."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from yuetan.actions.reminding import Owed, remind
from yuetan.alerts import tell
from yuetan.models import Reminder, Task, User
from yuetan.models.user import role_group_name
from yuetan.rules import clock
from yuetan.vocabulary import CaseState, Role, TaskState

OWED = (TaskState.ASSIGNED, TaskState.RETURNED)

TASKS = Owed(
    rows="""
        SELECT 'task:' || task.id, task.runs_until, one.id, NULL::uuid, one.unit_id,
            '第 ' || task.number || ' 项整改任务', '：' || task.content
        FROM yuetan_task AS task
        JOIN yuetan_case AS one ON one.id = task.case_id AND one.state = %(state)s
        WHERE task.state = ANY(%(owed)s) AND task.runs_until IS NOT NULL
    """,
    deed="报告落实情况",
    ahead="落实",
    facts={"state": CaseState.RECTIFYING.value, "owed": [state.value for state in OWED]},
)


def remind_of_tasks(today: date) -> dict[str, int]:
    """Remind the unit of each task whose date has reached a point of the rhythm since it was last asked."""
    return remind(TASKS, today)


@transaction.atomic
def sum_up_for_supervisors(today: date) -> dict[str, int]:
    """One line a day to each supervisor: how many tasks are overdue, due today, due soon."""
    _, new = Reminder.objects.get_or_create(key=f"summary:{today}", defaults={"created_at": clock.now()})
    owed = Task.objects.filter(state__in=OWED, case__state=CaseState.RECTIFYING)
    overdue, due = owed.filter(runs_until__lt=today).count(), owed.filter(runs_until=today).count()
    if not new or not overdue + due:
        return {"汇总": 0}
    supervisors = list(User.objects.filter(groups__name=role_group_name(Role.SUPERVISOR), is_active=True))
    words = f"今天到期的整改任务 {due} 项，已逾期 {overdue} 项，请在整改台账中查看、催办。"
    tell(supervisors, key=f"summary:{today}", words=words)
    return {"汇总": len(supervisors)}
