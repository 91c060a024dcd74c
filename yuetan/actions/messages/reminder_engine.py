"""The reminder engine, set-based: each obligation with a date is reminded of once at each of the office's points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection, transaction

from yuetan.alerts import has_channel, queue_deliveries
from yuetan.models import SUBJECTS, Alert, CalendarDay, OfficeSetting
from yuetan.rules.dates import clock, reminder_points
from yuetan.rules.text import official_text
from yuetan.vocabulary import Party

# One point of one date of one thing: the first row says that it was reached, the others tell the unit's people.
_REMIND = """
    WITH due (key, due_on, about, subject, unit_id, head, tail) AS ({obligations}),
    pointed AS MATERIALIZED (
        SELECT due.key || ':' || due.due_on || ':' || point.name AS reached, due.about, due.subject,
            due.unit_id, left(due.head || point.words || due.tail, 400) AS text
        FROM due
        JOIN unnest(%(days)s::date[], %(points)s::text[], %(words)s::text[]) AS point (day, name, words)
            ON point.day = due.due_on
        WHERE NOT EXISTS (  -- a matter of before that nobody has confirmed yet is not the unit's to see
            SELECT FROM yuetan_case AS entered
            WHERE due.about = 'case' AND entered.id = due.subject AND entered.earlier IN ('recording', 'handed_in')
        )
    ),
    fresh AS (
        INSERT INTO yuetan_reminder (key, created_at)
        SELECT reached, %(now)s FROM pointed ON CONFLICT (key) DO NOTHING RETURNING key
    ),
    people AS MATERIALIZED (
        SELECT DISTINCT side.name, person.id
        FROM auth_group AS side
        JOIN yuetan_user_groups AS member ON member.group_id = side.id
        JOIN yuetan_user AS person ON person.id = member.user_id AND person.is_active
        WHERE side.name LIKE 'unit:%%'
    ),
    sent AS (
        INSERT INTO yuetan_alert (recipient_id, key, text, created_at, {columns})
        SELECT DISTINCT people.id, pointed.reached, pointed.text, %(now)s::timestamptz, {subjects}
        FROM fresh
        JOIN pointed ON pointed.reached = fresh.key
        CROSS JOIN unnest(%(parties)s::text[]) AS party (name)
        JOIN people ON people.name = 'unit:' || pointed.unit_id || ':' || party.name
        ON CONFLICT (recipient_id, key) DO NOTHING
        RETURNING id
    )
    SELECT (SELECT count(*) FROM fresh), ARRAY(SELECT id FROM sent)
"""
_COLUMNS = ", ".join(f"{name}_id" for name in SUBJECTS)
_SUBJECTS = ", ".join(f"CASE pointed.about WHEN '{name}' THEN pointed.subject END" for name in SUBJECTS)
_DAYS = "SELECT DISTINCT due_on FROM ({obligations}) AS due (key, due_on)"


@dataclass(frozen=True)
class Obligation:
    """One kind of thing a unit owes by a date.

    `rows` is a query of key, date, column and key of the subject (null for none), unit, and the words before and after
    what is said of the date; a key ends in nothing but what stays the same as long as the thing does. `action` is what
    is asked for.
    """

    rows: str
    action: str
    ahead: str = ""
    parties: tuple[Party, ...] = (Party.UNIT_HEAD, Party.UNIT_LIAISON)
    facts: Mapping[str, str | list[str]] = field(default_factory=dict)


@transaction.atomic
def remind(obligation: Obligation, today: date) -> dict[str, int]:
    """Remind the units of what has reached a point of the reminders since they were last reminded of it."""
    with connection.cursor() as cursor:
        cursor.execute(_DAYS.format(obligations=obligation.rows), {**obligation.facts, "today": today})
        reached = _points([row[0] for row in cursor.fetchall()], today)
        facts: dict[str, Any] = {
            **obligation.facts,
            "now": clock.now(),
            "today": today,
            "days": [day for day, _ in reached],
            "points": [point for _, point in reached],
            "words": [_action_words(obligation, day, today) for day, _ in reached],
            "parties": [party.value for party in obligation.parties],
        }
        cursor.execute(_REMIND.format(obligations=obligation.rows, columns=_COLUMNS, subjects=_SUBJECTS), facts)
        reminders, alerts = cursor.fetchone()
    _queue_deliveries(alerts)
    return {"提醒": reminders, "消息": len(alerts)}


def _points(days: list[date], today: date) -> list[tuple[date, str]]:
    """Each date with the latest reminder point that it has reached."""
    number, calendar = office_reminder_points(), CalendarDay.objects.calendar()
    reached = [(day, number.last_point(day, today, calendar)) for day in sorted(days)]
    return [(day, point) for day, point in reached if point]


def office_reminder_points() -> reminder_points.ReminderPoints:
    """The points as the office has set them."""
    words = OfficeSetting.objects.words
    before, after = (
        reminder_points.days(words("reminder_days_before")),
        reminder_points.days(words("reminder_days_after")),
    )
    assert before is not None  # no setting is kept that is none
    assert after is not None
    return reminder_points.ReminderPoints(before, after)


def _action_words(obligation: Obligation, day: date, today: date) -> str:
    if day < today:
        return f"已逾期 {(today - day).days} 天，请立即{obligation.action}"
    if day == today:
        return f"今天到期，请{obligation.action}"
    return f"将于{official_text.chinese_date(day)}到期，请抓紧{obligation.ahead or obligation.action}"


def _queue_deliveries(alerts: list[int]) -> None:
    """Only where some channel leads out of the house is there anything to lay out."""
    if has_channel():
        queue_deliveries(list(Alert.objects.filter(pk__in=alerts).select_related("recipient")))
