"""Restrictions (资格限制) that are about to end: said once before, and once on the last day."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from yuetan.actions.people.unit_people import people_of_unit
from yuetan.alerts import recipients, send_alert
from yuetan.models import OfficeSetting, Reminder, Restriction, User
from yuetan.permissions import DIRECTOR, OFFICER
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import chinese_date

DAYS_BEFORE = "restriction_alert_days"  # a setting of the office
BEFORE, ON_THE_DAY = "before", "last"


@transaction.atomic
def remind_of_restrictions(today: date) -> dict[str, int]:
    """Tell the office, the unit and each leader of what ends within the days the office has set, and what ends today.

    Each hears of their own alone; one message for all that a paper closes to somebody until the same day.
    """
    ahead = today + timedelta(days=OfficeSetting.objects.number(DAYS_BEFORE))
    ending = Restriction.objects.filter(ended_on=None, until__range=(today, ahead)).order_by("until", "pk")
    by_key: dict[str, list[Restriction]] = {}
    for one in ending.with_relations().select_related("measure_laid__unit__parent", "measure_laid__case"):
        by_key.setdefault(_key_of(one, today), []).append(one)
    done = set(Reminder.objects.filter(key__in=by_key).values_list("key", flat=True))
    waiting = [(key, rows) for key, rows in by_key.items() if key not in done]
    for key, rows in waiting:
        _remind(rows, key, today)
    return {"提醒": len(waiting)}


def _key_of(one: Restriction, today: date) -> str:
    moment = ON_THE_DAY if one.until == today else BEFORE
    return f"restriction:{one.measure_laid_id}:{one.until:%Y%m%d}:{moment}"


def _remind(rows: list[Restriction], key: str, today: date) -> None:
    measure, until = rows[0].measure_laid, rows[0].until
    Reminder.objects.create(key=key, created_at=clock.now())
    day = "今天" if until == today else chinese_date(until)
    source = f"（{measure.issued_paper.number}）于{day}期满"
    office = recipients(measure, (OFFICER, DIRECTOR))
    words = f"对{measure.unit.name}及其领导的资格限制{source}，请在“资格限制”中查阅。"
    send_alert(office, key=key, words=words, about=measure)
    _alert_restricted(rows, key, source, but={person.pk for person in office})


def _alert_restricted(rows: list[Restriction], key: str, source: str, but: set[int]) -> None:
    """The unit of what is closed to it, and each person of their own."""
    of_unit = any(not one.person_name for one in rows)
    unit = {person.pk: person for person in people_of_unit(rows[0].open_to)} if of_unit else {}
    own: dict[int, User] = {one.person_id: one.person for one in rows if one.person_id and one.person}
    for pk, person in (unit | own).items():
        if pk in but or not (person.is_active and person.username):
            continue
        whose = "本单位、您本人" if pk in unit and pk in own else "您本人" if pk in own else "本单位"
        send_alert([person], key=key, words=f"对{whose}的资格限制{source}，请在“资格限制”中查阅。")
