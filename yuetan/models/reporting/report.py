"""报表: what a unit owes of a period, and the versions in which it reported; a version that stands is never changed."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q

from yuetan import permissions
from yuetan.models.people.unit import Unit
from yuetan.models.reporting.scheme import SEE_REPORTS, ReportScheme, SchemeVersion
from yuetan.rules.dates import clock
from yuetan.rules.reporting.form_fields import Difference, ReportField, differences
from yuetan.rules.reporting.periods import lateness
from yuetan.vocabulary import ReportState

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from yuetan.models.people.user import User
    from yuetan.models.reporting.mark import ReportMark
    from yuetan.models.reporting.report_file import ReportFile


class ReportPeriod(models.Model):
    """One period of a scheme, with the version it began under, until when it is due, and how many units owe it."""

    scheme = models.ForeignKey(ReportScheme, models.PROTECT, related_name="periods")
    version = models.ForeignKey(SchemeVersion, models.PROTECT, related_name="periods")
    first = models.DateField("期初")
    last = models.DateField("期末")
    label = models.CharField("期", max_length=40)
    opens_on = models.DateField("开始填报")
    due_at = models.DateTimeField("报送时限", null=True, blank=True)
    unit_count = models.PositiveIntegerField("应报单位数", default=0)
    began_at = models.DateTimeField(default=clock.now)

    scheme_id: int
    objects = models.Manager["ReportPeriod"]()

    class Meta:
        default_permissions = ()
        ordering = ("-first", "-pk")
        constraints = (models.UniqueConstraint(fields=("scheme", "first"), name="one_report_period_per_day"),)
        indexes = (models.Index(fields=("scheme", "-first", "-id"), name="report_periods_newest"),)

    def __str__(self) -> str:
        return f"{self.scheme.title}（{self.label}）"

    @property
    def is_open(self) -> bool:
        """Whether it may be filled in by now."""
        return self.opens_on <= clock.today()

    @property
    def is_past(self) -> bool:
        """Whether the moment has passed until which it was due."""
        return self.due_at is not None and self.due_at < clock.now()

    @property
    def short_label(self) -> str:
        """The label without the year where it is this one, for the head of a column."""
        return self.label.removeprefix(f"{clock.today().year}年") or self.label

    def before(self) -> ReportPeriod | None:
        """The period before this one, of the same rhythm; none where it was reported in another rhythm then."""
        return self._of_rhythm().filter(first__lt=self.first).order_by("-first").first()

    def a_year_before(self) -> ReportPeriod | None:
        """The period of last year: the one in which the same day of the year before lies, in the same rhythm."""
        month, day = self.last.month, min(self.last.day, 28)
        same = date(self.last.year - 1, month, day)
        return self._of_rhythm().filter(first__lte=same, last__gte=same).order_by("-first").first()

    def _of_rhythm(self) -> models.QuerySet[ReportPeriod]:
        """The periods of its scheme that can be compared: a quarter is not held against a week."""
        return ReportPeriod.objects.filter(scheme=self.scheme_id, version__rhythm=self.version.rhythm)


class PeriodicReportQuerySet(models.QuerySet["PeriodicReport"]):
    """Questions about many of them."""

    def visible_to(self, user: User) -> PeriodicReportQuerySet:
        """The office sees all, a unit its own."""
        if user.has_perm(permissions.name(SEE_REPORTS)):
            return self.all()
        return self.filter(unit__in=user.interviewed_units)

    def of_unit_people(self, user: User) -> PeriodicReportQuerySet:
        """Those of the units in which the person holds a post."""
        return self.filter(unit__in=user.interviewed_units)

    def unfinished(self) -> PeriodicReportQuerySet:
        """In which the unit has something to do."""
        return self.filter(state__in=ReportState.unfinished())

    def missed(self) -> PeriodicReportQuerySet:
        """Of which the time has passed, and nothing was handed in to this day."""
        return self.filter(handed_in_at=None, due_at__lt=clock.now())

    def to_accept(self) -> PeriodicReportQuerySet:
        """Those that wait for the office."""
        return self.filter(state=ReportState.HANDED_IN)

    def with_relations(self) -> PeriodicReportQuerySet:
        """With what a line or a page of one shows."""
        return self.select_related("unit__parent", "period__scheme", "period__version", "newest", "accepted")


class PeriodicReport(models.Model):
    """What one unit owes of one period: one row, made when the period begins.

    All but period and unit follows from the versions: it is written by the actions on them alone, to be asked quickly.
    `serial` is 0 for what is owed by a date, and counts what a unit reports at any time. `accepted` is what counts.
    `public_id` names it on pages: the number of the row would show a unit how much the others report.
    """

    public_id = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    period = models.ForeignKey(ReportPeriod, models.PROTECT, related_name="reports")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="periodic_reports")
    serial = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField("报送时限", null=True, blank=True)
    state = models.CharField("状态", max_length=20, choices=ReportState.choices, default=ReportState.AWAITED)
    handed_in_at = models.DateTimeField("报送时间", null=True, blank=True)
    newest = models.ForeignKey("yuetan.ReportVersion", models.PROTECT, null=True, blank=True, related_name="+")
    accepted = models.ForeignKey("yuetan.ReportVersion", models.PROTECT, null=True, blank=True, related_name="+")

    figures = models.JSONField("计入汇总的数字", default=dict)  # the numbers of `accepted`, to be added up at once

    period_id: int
    unit_id: int
    versions: RelatedManager[ReportVersion]
    marks: RelatedManager[ReportMark]
    objects = PeriodicReportQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = permissions.of_model("periodicreport")
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(fields=("period", "unit", "serial"), name="one_report_per_unit_and_period"),
        )
        indexes = (
            models.Index(fields=("unit", "-id"), name="reports_of_unit"),
            models.Index(fields=("period", "unit", "id"), name="reports_of_period"),
            models.Index(fields=("period",), condition=Q(handed_in_at=None), name="reports_not_handed_in"),
            models.Index(fields=("period",), condition=Q(state=ReportState.HANDED_IN.value), name="reports_to_accept"),
            models.Index(
                fields=("unit", "due_at"),
                condition=Q(state__in=[state.value for state in ReportState.unfinished()]),
                name="reports_owed_by_unit",
            ),
        )

    def __str__(self) -> str:
        number = f"第{self.serial}件" if self.serial else ""
        return f"{self.unit.full_name}{self.period.label}{self.period.scheme.title}{number}"

    @property
    def lateness(self) -> str:
        """逾期 2 小时 5 分, of what was handed in late or is not handed in by now; empty for what is in time."""
        return lateness(self.due_at, self.handed_in_at or clock.now())

    @property
    def light(self) -> str:
        """The colour of its state: red for what is late and not there."""
        if self.handed_in_at is None:
            return "red" if self.lateness else "yellow" if self.period.is_open else "grey"
        if self.state in ReportState.unfinished():
            return "red" if self.state == ReportState.RETURNED else "yellow"
        return "green" if self.state == ReportState.ACCEPTED else "blue"

    @property
    def state_words(self) -> str:
        """Where it stands: 未报 once the time has passed."""
        if self.handed_in_at is None and self.lateness and self.state == ReportState.AWAITED:
            return "未报"
        if self.state == ReportState.AWAITED and not self.period.is_open:
            return "未到填报时间"
        return str(ReportState(self.state).label)

    @property
    def is_zero(self) -> bool:
        """Whether its newest version is a 零报告."""
        return self.newest is not None and self.newest.is_zero


class ReportVersion(models.Model):
    """One version of what a unit reports of a period.

    A head confirms it, and so hands it in, or sends it back, once; then the office accepts or returns it, once.
    """

    report = models.ForeignKey(PeriodicReport, models.PROTECT, related_name="versions")
    version = models.PositiveSmallIntegerField("版次")
    values = models.JSONField("填报内容", default=dict)
    is_zero = models.BooleanField("零报告", default=False)
    reason = models.TextField("更正说明", blank=True)
    entered_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=clock.now)
    confirmed_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    sent_back_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    sent_back_at = models.DateTimeField(null=True, blank=True)
    sent_back_reason = models.TextField("本单位退回原因", blank=True)
    accepted_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    returned_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    returned_at = models.DateTimeField(null=True, blank=True)
    return_reason = models.TextField("办公室退回原因", blank=True)

    report_id: int
    entered_by_id: int
    files: RelatedManager[ReportFile]
    objects = models.Manager["ReportVersion"]()

    class Meta:
        default_permissions = ()
        ordering = ("report", "version")
        constraints = (
            models.UniqueConstraint(fields=("report", "version"), name="one_report_version_per_number"),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="report_confirmation_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(sent_back_by=None, sent_back_at=None, sent_back_reason="")
                | (
                    Q(sent_back_by__isnull=False, sent_back_at__isnull=False, confirmed_at=None)
                    & ~Q(sent_back_reason="")
                ),
                name="report_sending_back_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(accepted_by=None, accepted_at=None)
                | Q(accepted_by__isnull=False, accepted_at__isnull=False, confirmed_at__isnull=False),
                name="report_acceptance_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(returned_by=None, returned_at=None, return_reason="")
                | (
                    Q(
                        returned_by__isnull=False,
                        returned_at__isnull=False,
                        confirmed_at__isnull=False,
                        accepted_at=None,
                    )
                    & ~Q(return_reason="")
                ),
                name="report_return_is_whole",
            ),
        )

    def __str__(self) -> str:
        return f"第{self.version}版"

    @property
    def state(self) -> ReportState:
        """Where it stands."""
        if self.accepted_at is not None:
            return ReportState.ACCEPTED
        if self.returned_at is not None:
            return ReportState.RETURNED
        if self.confirmed_at is not None:
            return ReportState.HANDED_IN
        return ReportState.SENT_BACK if self.sent_back_at is not None else ReportState.AWAITS_CONFIRMATION

    def differences_to(self, other: ReportVersion, fields: list[ReportField]) -> list[Difference]:
        """What this version says otherwise than an earlier one."""
        return differences(fields, other.values, self.values)

    @property
    def numbers(self) -> dict[str, int]:
        """The counts among its values, by the key of their field."""
        return {key: value for key, value in self.values.items() if type(value) is int}

    @property
    def decided_at(self) -> datetime | None:
        """When the office decided on it."""
        return self.accepted_at or self.returned_at
