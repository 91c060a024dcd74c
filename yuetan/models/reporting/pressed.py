"""催报 as the log keeps it: how often a unit was pressed for the reports of a scheme, and when last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q
from django.db.models.fields.json import KT

from yuetan.models.people.unit import Unit
from yuetan.models.record.event import Event
from yuetan.models.reporting.scheme import ReportScheme
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import short_datetime

CHASE = "chase_reports"


@dataclass(frozen=True)
class Pressed:
    """How often in all, how often since what is missed now has been missed, and when last."""

    times: int = 0
    since: int = 0
    last: datetime | None = None

    @property
    def words(self) -> str:
        """已催报 2 次，最近一次 2026年11月30日 09:00; empty where it never was."""
        return f"已催报 {self.times} 次，最近一次 {short_datetime(self.last)}" if self.last else ""


def pressed_units(scheme: ReportScheme, missing: Mapping[Unit, datetime | None]) -> dict[int, Pressed]:
    """Of each unit, by its key, with the moment since when it has missed something; one statement for all.

    The log names the scheme and the unit in words: of a unit that was renamed the times before are not counted.
    """
    now, since = clock.now(), Q()
    for unit, moment in missing.items():
        since |= Q(named=unit.full_name, created_at__gte=moment or now)
    names = [unit.full_name for unit in missing]
    presses = Event.objects.filter(verb=CHASE, data__scheme=scheme.title).annotate(named=KT("data__unit"))
    counted = presses.filter(named__in=names).order_by().values_list("named")
    each = counted.annotate(times=Count("pk"), since=Count("pk", filter=since), last=Max("created_at"))
    by_name = {name: Pressed(times, number, last) for name, times, number, last in each}
    return {unit.pk: by_name.get(unit.full_name, Pressed()) for unit in missing}
