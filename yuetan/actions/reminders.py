"""Reminders before, on and after a date at the office's rhythm: set-based, each point of each date told once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction

from yuetan.alerts import put_out, tell
from yuetan.models import Alert, CalendarDay, OfficeSetting, Reminder, Task, User
from yuetan.models.task import OWED
from yuetan.models.user import role_group_name
from yuetan.rules import clock, official_text, rhythm
from yuetan.vocabulary import CaseState, Role

# One point of one date of one task: the first row says that it was reached, the second tells the unit's people.
# {date} is one of the two dates below, and nothing anybody typed.
_REACHED = """
    INSERT INTO yuetan_reminder (key, created_at)
    SELECT %(prefix)s || ':' || task.id || ':' || task.{date} || ':' || reached.point, %(now)s
    FROM yuetan_task AS task
    JOIN yuetan_case AS one ON one.id = task.case_id AND one.state = %(state)s
    JOIN unnest(%(days)s::date[], %(points)s::text[]) AS reached (day, point) ON reached.day = task.{date}
    WHERE task.state = ANY(%(owed)s) AND task.runs_until >= %(running_on)s
    ON CONFLICT (key) DO NOTHING
    RETURNING id
"""
_TOLD = """
    INSERT INTO yuetan_alert (recipient_id, key, case_id, text, created_at)
    SELECT DISTINCT person.id, reminder.key, one.id,
        left('第 ' || task.number || ' 项整改任务' || words.words || '：' || task.content, 400), %(now)s
    FROM yuetan_reminder AS reminder
    JOIN yuetan_task AS task ON task.id = split_part(reminder.key, ':', 2)::bigint
    JOIN yuetan_case AS one ON one.id = task.case_id
    JOIN unnest(%(points)s::text[], %(days)s::date[], %(words)s::text[]) AS words (point, day, words)
        ON words.point = split_part(reminder.key, ':', 4) AND words.day = task.{date}
    JOIN auth_group AS side
        ON side.name IN ('unit:' || one.unit_id || ':unit_head', 'unit:' || one.unit_id || ':unit_liaison')
    JOIN yuetan_user_groups AS member ON member.group_id = side.id
    JOIN yuetan_user AS person ON person.id = member.user_id AND person.is_active
    WHERE reminder.id = ANY(%(reminders)s)
    ON CONFLICT (recipient_id, key) DO NOTHING
    RETURNING id
"""


@dataclass(frozen=True)
class Kind:
    """What is reminded of: a date of a task, and in which words it is ahead, today, past."""

    prefix: str
    column: str
    ahead: str
    on_the_day: str
    past: str

    def words(self, day: date, today: date) -> str:
        """What is said of a date today."""
        if day < today:
            return self.past.format(days=(today - day).days)
        return self.on_the_day if day == today else self.ahead.format(day=official_text.chinese_date(day))


LIMIT = Kind(
    "task",
    "runs_until",
    "将于{day}到期，请抓紧落实",
    "今天到期，请报告落实情况",
    "已逾期 {days} 天，请立即报告落实情况",
)
PROGRESS = Kind(
    "progress",
    "progress_due_on",
    "的进展报告将于{day}到期，请按期报送",
    "的进展报告今天到期，请报送",
    "的进展报告已逾期 {days} 天，请立即报送",
)


def remind_of_tasks(today: date) -> dict[str, int]:
    """Remind the unit of each task whose date has reached a point of the rhythm since it was last asked."""
    return _remind(LIMIT, today, running_on=date.min)


def remind_of_progress(today: date) -> dict[str, int]:
    """Remind the unit of each report on the way, as of a task, while the task's own limit is running."""
    return _remind(PROGRESS, today, running_on=today)


@transaction.atomic
def _remind(kind: Kind, today: date, *, running_on: date) -> dict[str, int]:
    reached = _points(kind, today, running_on)
    facts: dict[str, Any] = {
        "now": clock.now(),
        "prefix": kind.prefix,
        "state": CaseState.RECTIFYING.value,
        "owed": [state.value for state in OWED],
        "running_on": running_on,
        "days": [day for day, _ in reached],
        "points": [point for _, point in reached],
        "words": [kind.words(day, today) for day, _ in reached],
    }
    with connection.cursor() as cursor:
        cursor.execute(_REACHED.format(date=kind.column), facts)
        reminders = [row[0] for row in cursor.fetchall()]
        cursor.execute(_TOLD.format(date=kind.column), {**facts, "reminders": reminders})
        alerts = [row[0] for row in cursor.fetchall()]
    _put_out(alerts)
    return {"提醒": len(reminders), "消息": len(alerts)}


def _points(kind: Kind, today: date, running_on: date) -> list[tuple[date, str]]:
    """Every such date of an open task, with the latest point of the rhythm that it has reached."""
    number, calendar = office_rhythm(), CalendarDay.objects.calendar()
    owed = Task.objects.filter(state__in=OWED, case__state=CaseState.RECTIFYING, runs_until__gte=running_on)
    days = owed.order_by(kind.column).values_list(kind.column, flat=True).distinct()
    reached = [(day, number.last_point(day, today, calendar)) for day in days if day]
    return [(day, point) for day, point in reached if point]


def office_rhythm() -> rhythm.Rhythm:
    """The rhythm as the office has set it."""
    words = OfficeSetting.objects.words
    before, after = rhythm.days(words("reminder_days_before")), rhythm.days(words("reminder_days_after"))
    assert before is not None  # no setting is kept that is none
    assert after is not None
    return rhythm.Rhythm(before, after)


def _put_out(alerts: list[int]) -> None:
    """Only where some channel leads out of the house is there anything to lay out."""
    rows = Alert.objects.filter(pk__in=alerts).select_related("recipient")
    put_out(list(rows))


@transaction.atomic
def sum_up_for_supervisors(today: date) -> dict[str, int]:
    """One line a day to each supervisor: how many tasks are overdue or due today, how many reports on the way late."""
    _, new = Reminder.objects.get_or_create(key=f"summary:{today}", defaults={"created_at": clock.now()})
    owed = Task.objects.filter(state__in=OWED, case__state=CaseState.RECTIFYING)
    overdue, due = owed.filter(runs_until__lt=today).count(), owed.filter(runs_until=today).count()
    late = owed.filter(progress_due_on__lt=today, runs_until__gte=today).count()
    if not new or not overdue + due + late:
        return {"汇总": 0}
    supervisors = list(User.objects.filter(groups__name=role_group_name(Role.SUPERVISOR), is_active=True))
    progress = f"，进展报告逾期 {late} 项" if late else ""
    words = f"今天到期的整改任务 {due} 项，已逾期 {overdue} 项{progress}，请在整改台账中查看、催办。"
    tell(supervisors, key=f"summary:{today}", words=words)
    return {"汇总": len(supervisors)}
