"""Reminders of meetings: of those that are not planned though their span ends, and of notices nobody has signed for."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from yuetan.actions.meeting.meeting_rows import CALL, people_of
from yuetan.alerts import send_alert
from yuetan.models import Alert, Invitation, User
from yuetan.models.record.meeting_rhythm import unplanned_on
from yuetan.models.record.occasions import at_moments
from yuetan.permissions import BY_CODENAME

DAYS_AHEAD = 1  # of a meeting whose notice is not signed for


@transaction.atomic
def remind_of_meetings(today: date) -> dict[str, int]:
    """Say once a span that none is planned, and once that it ended without one; and once, the day before, that a notice
    is to be signed for."""
    return {"没有安排": _remind_of_unplanned(today), "没有签收": _remind_of_unsigned(today)}


def _remind_of_unplanned(today: date) -> int:
    people = list(User.objects.in_roles(*BY_CODENAME[CALL].roles))
    reminded = 0
    for one in unplanned_on(today):
        what = "missed" if one.is_missed else "rhythm"
        key = f"meeting_{what}:{one.kind.value}:{one.first.isoformat()}"
        if not Alert.objects.filter(recipient__in=people, key=key).exists():
            send_alert(people, key=key, words=f"{one.words}，请在“会议”中召集，或者按办公室设定不再提醒。")
            reminded += 1
    return reminded


def _remind_of_unsigned(today: date) -> int:
    until = today + timedelta(days=DAYS_AHEAD)
    waiting = Invitation.objects.unsigned().filter(**at_moments("meeting__begins_at", today, until))
    reminded = 0
    for one in waiting.with_names().select_related("meeting").order_by("pk"):
        key, people = f"meeting_notice:{one.pk}", people_of(one)
        if people and not Alert.objects.filter(recipient__in=people, key=key).exists():
            words = f"{one.meeting}定于{one.meeting.when}在{one.meeting.place}召开，会议通知还没有签收，请签收。"
            send_alert(people, key=key, words=words)
            reminded += 1
    return reminded
