"""Reminders of 督导: of 联动督导 that is due, of the day of a visit to its team, of notices that are not signed for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby

from django.db import transaction

from yuetan.actions.messages.reminder_engine import Obligation, remind
from yuetan.actions.rounds.round_rows import PLAN
from yuetan.alerts import send_alert
from yuetan.models import Alert, RoundVisit, User
from yuetan.models.rounds.rhythm import linked_round_due
from yuetan.permissions import BY_CODENAME
from yuetan.rules.text.official_text import chinese_date, joined

DAYS_AHEAD = 1  # of the day of a visit
MAX_NAMED = 5  # units in a message
# A unit that was never told of a visit is in no announced round, so 明察暗访 is not among them.
NOTICES = Obligation(
    rows="""
        SELECT 'visit:' || visit.id || ':notice', visit.day, NULL, NULL::uuid, visit.unit_id, '督导通知书的签收',
            '：' || its.title
        FROM yuetan_roundvisit AS visit
        JOIN yuetan_supervisionround AS its ON its.id = visit.round_id AND its.announced_at IS NOT NULL
            AND its.ended_at IS NULL AND its.cancelled_at IS NULL
        JOIN yuetan_unit AS unit ON unit.id = visit.unit_id AND unit.retired_on IS NULL
        WHERE visit.received_at IS NULL AND visit.informed_at IS NULL AND visit.dropped_at IS NULL
            AND visit.finding_count = 0
    """,
    action="查阅并签收",
)


@transaction.atomic
def remind_of_rounds(today: date) -> dict[str, int]:
    """Say once that 联动督导 is due; once, the day before or on it, to a team that it goes; and to a unit at each point
    of the reminders that nobody has signed for the notice."""
    office = {"应当开展": _remind_of_linked(today), "督导组": _remind_teams(today)}
    return office | remind(NOTICES, today)


def _remind_of_linked(today: date) -> int:
    due = linked_round_due(today)
    if due is None:
        return 0
    people = list(User.objects.in_roles(*BY_CODENAME[PLAN].roles))
    key, words = f"linked_round:{due.due_on.isoformat()}", f"{due.words}，请在“督导”中制定督导方案。"
    if not people or Alert.objects.filter(recipient__in=people, key=key).exists():
        return 0
    send_alert(people, key=key, words=words)
    return 1


def _remind_teams(today: date) -> int:
    """Once for a round and a day, however many units it goes to then."""
    groups = {_key_of_day(visits[0]): visits for visits in _visits_by_day(today)}
    before = set(Alert.objects.filter(key__in=groups).values_list("key", flat=True))
    new = {key: visits for key, visits in groups.items() if key not in before}
    for key, visits in new.items():
        members = [one.person for one in visits[0].round.members.all() if one.left_on is None]
        send_alert([one for one in members if one is not None], key=key, words=_team_words(visits))
    return len(new)


def _visits_by_day(today: date) -> Iterator[list[RoundVisit]]:
    """Those near at which nothing was written down, by round and day; 明察暗访 too, for its team is of the office, and
    of others those whose notice is issued."""
    near = RoundVisit.objects.standing().filter(day__range=(today, today + timedelta(days=DAYS_AHEAD)))
    goes = near.filter(round__ended_at=None, finding_count=0).to_go_to()
    ordered = goes.with_relations().prefetch_related("round__members__person").order_by("round", "day", "unit__code")
    for _, visits in groupby(ordered, _key_of_day):
        yield list(visits)


def _key_of_day(visit: RoundVisit) -> str:
    """A visit that was moved is said anew."""
    return f"round:{visit.round_id}:team:{visit.day.isoformat()}"


def _team_words(visits: Sequence[RoundVisit]) -> str:
    first = visits[0]
    named = joined([one.unit.full_name for one in visits[:MAX_NAMED]])
    units = named if len(visits) <= MAX_NAMED else f"{named}等{len(visits)}个单位"
    return f"您是{first.round.title}的督导组成员，定于{chinese_date(first.day)}到{units}，请按督导内容做好准备。"
