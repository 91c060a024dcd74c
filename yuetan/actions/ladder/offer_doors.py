"""Doors of the 责任制 that have come to stand open: the office is alerted once of each; nobody has to remember."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import islice

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from yuetan.alerts import recipients, send_alert
from yuetan.models import Accountability, AccountabilityMeasure, Case, Reminder, Task
from yuetan.models.ladder.laid_rungs import standing_after
from yuetan.permissions import DIRECTOR, OFFICER
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import joined

MAX_AT_ONCE = 200
CHUNK = 100


def offer_rungs(today: date) -> dict[str, int]:
    """每日任务: alert the office once of each measure and interview that was not met in time and has a door open."""
    measures = AccountabilityMeasure.objects.in_force().filter(_not_offered(), limit__lt=today)
    offered = _offer_of(measures.with_step_relations().order_by("-limit", "pk").iterator(chunk_size=CHUNK))
    if Accountability.objects.carried_out(today) is not None:
        offered += _offer_of(_late_cases(today).iterator(chunk_size=CHUNK))
    return {"提示": offered}


def _offer_of(late: Iterable[Case | AccountabilityMeasure]) -> int:
    """Point out so many at most; what has no door open is asked anew each day, and takes nobody's place."""
    return sum(islice(filter(None, map(_point_out, late)), MAX_AT_ONCE))


def _late_cases(today: date) -> QuerySet[Case]:
    tasks = Task.objects.running().filter(case=OuterRef("pk"), effective_due_on__lt=today)
    cases = Case.objects.filter(Exists(tasks), _not_offered())
    return cases.select_related("unit", "rung_laid__case").order_by("-created_at", "pk")


def _not_offered() -> Q:
    key = Concat(Value("door:"), Cast(OuterRef("pk"), CharField()))
    return ~Q(Exists(Reminder.objects.filter(key=key)))


@transaction.atomic
def _point_out(before: Case | AccountabilityMeasure) -> bool:
    standing = standing_after(before)
    if not standing:
        return False
    key = f"door:{before.pk}"
    Reminder.objects.create(key=key, created_at=clock.now())
    labels = joined(one.door.rung.label for one in standing)
    words = f"{before.unit.name}“{before.matter}”可以据责任制{labels}：{standing[0].facts}"
    send_alert(recipients(before, (OFFICER, DIRECTOR)), key=key, words=words, about=before)
    return True
