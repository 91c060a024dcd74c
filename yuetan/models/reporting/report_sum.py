"""What the reports of a period come to below one unit, kept so that 汇总 need not add up each report again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import models
from django.db.models import Case, Count, F, Sum, Value, When

from yuetan.models.people.unit import Unit
from yuetan.models.reporting.report import PeriodicReport, ReportPeriod, counted_by_state
from yuetan.rules.dates import clock
from yuetan.vocabulary import ReportState

NOTHING = Value(0)
COUNTED = {ReportState.HANDED_IN: "to_accept", ReportState.EXCUSED: "excused"}


class ReportSum(models.Model):
    """Numbers to be added up: of the reports of one period by the unit right above those that owe them.

    A unit at the top stands above itself. Counted are those that fall due at one moment and are to be put right by one
    day, so that whoever reads knows at any time what is missed. Triggers write it with each change of a report, and
    when a unit comes below another (migration 0135, decision 0130). There may be several rows of the same, and a number
    may be negative: what two steps change at a time they add, and neither waits for the other.
    No foreign key asks for period or unit: it would wait for whoever ends that unit, who waits for its reports.
    """

    period = models.ForeignKey(ReportPeriod, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    above = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    due_at = models.DateTimeField(null=True)
    again_by = models.DateField(null=True)  # of what was returned and is neither accepted nor released
    reports = models.IntegerField()
    awaited = models.IntegerField()  # not handed in, and owed
    handed_in = models.IntegerField()
    accepted = models.IntegerField()
    late = models.IntegerField()
    figures = models.JSONField()  # the sums of the fields, by their keys

    objects = models.Manager["ReportSum"]()

    class Meta:
        default_permissions = ()
        indexes = (models.Index(fields=("period", "above"), name="sums_of_period"),)

    def __str__(self) -> str:
        return f"{self.period_id} {self.above_id}：{self.reports} {self.figures}"


@dataclass(frozen=True)
class PeriodCounts:
    """How many reports of a period are owed or came, are handed in (and not missed since), wait for the office, are
    accepted, missed (`missed_now`), excused."""

    expected: int = 0
    handed_in: int = 0
    to_accept: int = 0
    accepted: int = 0
    missed: int = 0
    excused: int = 0


def counted_periods(periods: Collection[ReportPeriod]) -> dict[int, PeriodCounts]:
    """The counts of each period, by its key; two statements, which read no report of the many that are accepted."""
    keys = [period.pk for period in periods]
    not_again = When(again_by__lt=clock.today(), then=F("reports"))  # and so nothing of them counts as handed in
    numbers = {
        "expected": Sum(F("awaited") + F("handed_in")),
        "handed_in": Sum(Case(When(again_by__lt=clock.today(), then=NOTHING), default=F("handed_in"))),
        "accepted": Sum("accepted"),
        "missed": Sum(Case(not_again, When(due_at__lt=clock.now(), then=F("awaited")), default=NOTHING)),
    }
    named = {f"number_{name}": number for name, number in numbers.items()}
    kept = ReportSum.objects.filter(period__in=keys).order_by().values_list("period").annotate(**named)
    counts = {period: dict(zip(numbers, row, strict=True)) for period, *row in kept}
    few = PeriodicReport.objects.filter(counted_by_state(), period__in=keys).order_by().values_list("period", "state")
    for period, state, number, accepted in few.annotate(number=Count("*"), before=Count("accepted")):
        own = counts.setdefault(period, {"accepted": 0})
        own["accepted"] -= accepted  # once, and by now to be corrected
        if state in COUNTED:
            own[COUNTED[state]] = number
    return {key: PeriodCounts(**counts.get(key, {})) for key in keys}
