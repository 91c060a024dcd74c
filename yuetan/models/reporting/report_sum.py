"""What the reports of a period come to below one unit, kept so that 汇总 need not add up each report again."""

from __future__ import annotations

from django.db import models

from yuetan.models.people.unit import Unit
from yuetan.models.reporting.report import ReportPeriod


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
