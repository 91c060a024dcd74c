"""报表: what a unit owes of a period, or owes no more; what it reported stands in its versions."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, TruncDate

from yuetan import permissions
from yuetan.models.people.unit import Unit
from yuetan.models.reporting.scheme import SEE_REPORTS, ReportScheme, SchemeVersion
from yuetan.rules.dates import clock
from yuetan.rules.reporting.periods import Span, lateness
from yuetan.rules.reporting.spans import a_year_before
from yuetan.vocabulary import ReportState

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from yuetan.models.people.user import User
    from yuetan.models.reporting.mark import ReportMark
    from yuetan.models.reporting.version import ReportVersion


UNIT_ENDED = "单位已撤并、停用"
# Among these are all that came late, and all that were missed: indexes hold these few.
WAS_LATE, MAY_BE_MISSED = Q(handed_in_at__gt=F("due_at")), Q(handed_in_at=None) | Q(again_by__isnull=False)


class ReportPeriodQuerySet(models.QuerySet["ReportPeriod"]):
    """Questions about many periods."""

    def due_next(self) -> ReportPeriod | None:
        """The one whose limit is the next ahead; with no limit ahead the newest of what is reported at any time."""
        return self.exclude(due_at__lt=clock.now()).order_by("due_at", "-first", "-pk").first()

    def last_due(self) -> ReportPeriod | None:
        """The one whose limit has passed last."""
        return self.filter(due_at__lt=clock.now()).order_by("-first", "-pk").first()


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
    objects = ReportPeriodQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("-first", "-pk")
        constraints = (models.UniqueConstraint(fields=("scheme", "first"), name="one_report_period_per_day"),)
        indexes = (models.Index(fields=("scheme", "-first", "-id"), name="report_periods_newest"),)

    def __str__(self) -> str:
        return f"{self.scheme.title}（{self.label}）"

    @property
    def span(self) -> Span:
        """Its days, and what it is called."""
        return Span(self.first, self.last, self.label)

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
        return self.of_rhythm().filter(first__lt=self.first).order_by("-first").first()

    def a_year_before(self) -> ReportPeriod | None:
        """The period of last year: the one in which the same day of the year before lies, in the same rhythm."""
        same = a_year_before(self.last)
        return self.of_rhythm().filter(first__lte=same, last__gte=same).order_by("-first").first()

    def of_rhythm(self) -> models.QuerySet[ReportPeriod]:
        """The periods of its scheme that can be compared: a quarter is not held against a week."""
        same = ReportPeriod.objects.filter(scheme=self.scheme_id, version__rhythm=self.version.rhythm)
        return same.select_related("version")


def missed_now() -> Q:
    """Of which the time has passed and nothing was handed in, or what was returned was not put right by its day.

    Where the office has accepted a version, that counts: what is awaited is a correction. What a unit owes no more,
    it has not missed.
    """
    nothing, not_again = Q(handed_in_at=None, due_at__lt=clock.now()), Q(accepted=None, again_by__lt=clock.today())
    return Q(released_at=None) & (nothing | not_again)


def missed_at_its_end() -> Q:
    """What a unit that has ended had missed by then, as `missed_now` said that day.

    It owes it no more, and nobody asks for it; but a year that was over had missed it all the same.
    """
    nothing = Q(handed_in_at=None, due_at__lt=F("released_at"))
    not_again = Q(accepted=None, again_by__lt=TruncDate("released_at"))
    return Q(state=ReportState.UNIT_ENDED) & (nothing | not_again)


def counted_by_state() -> Q:
    """Those of a period that a board counts one by one: few, for most are accepted, and of these it is kept how many
    (`ReportSum`). Accepted and to be corrected since are in that number, and on the board are where they stand."""
    waits = Q(state__in=[ReportState.HANDED_IN.value, ReportState.EXCUSED.value])
    return waits | Q(accepted__isnull=False) & ~Q(state=ReportState.ACCEPTED.value)


def reported_now() -> Q:
    """Handed in, and not returned to be put right by a day that has passed."""
    in_order = Q(again_by=None) | Q(again_by__gte=clock.today()) | Q(accepted__isnull=False)
    return Q(handed_in_at__isnull=False) & (in_order | Q(released_at__isnull=False))


class PeriodicReportQuerySet(models.QuerySet["PeriodicReport"]):
    """Questions about many reports of units."""

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
        """Those of `missed_now`."""
        return self.filter(missed_now())

    def in_order_of_limits(self) -> PeriodicReportQuerySet:
        """What is still to be reported, by the day on which it is due, soonest first; then the rest, newest first."""
        due_on = Coalesce("again_by", TruncDate("due_at"), date.max, output_field=models.DateField())
        open_ones = models.When(state__in=ReportState.unfinished(), then=due_on)
        to_report_by = models.Case(open_ones, output_field=models.DateField())
        return self.annotate(to_report_by=to_report_by).order_by("to_report_by", "-pk")

    def to_accept(self) -> PeriodicReportQuerySet:
        """Those that wait for the office."""
        return self.filter(state=ReportState.HANDED_IN)

    def with_relations(self) -> PeriodicReportQuerySet:
        """Reports with all that a line of a list, or the page of one, shows."""
        related = ("unit__parent", "period__scheme", "period__version", "newest", "accepted")
        return self.select_related(*related)


class PeriodicReport(models.Model):
    """What one unit owes of one period: one row, made when the period begins.

    All but period and unit follows from the versions: it is written by the actions on them alone, to be asked quickly.
    `serial` is 0 for what is owed by a date, and counts what a unit reports at any time. `accepted` is what counts.
    `again_by` is the day by which what the office returned is to be put right, until it is handed in again. A report
    that is `released` is owed no more: excused, or its scheme or its unit has ended.
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

    again_by = models.DateField("重新报送的期限", null=True, blank=True)
    released_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    released_at = models.DateTimeField("不再应报的时间", null=True, blank=True)
    release_reason = models.TextField("不再应报的原因", blank=True, db_default="")

    figures = models.JSONField("计入汇总的数字", default=dict)  # the numbers of `accepted`, to be added up at once

    period_id: int
    unit_id: int
    newest_id: int | None
    accepted_id: int | None
    versions: RelatedManager[ReportVersion]
    marks: RelatedManager[ReportMark]
    objects = PeriodicReportQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = permissions.of_model("periodicreport")
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(fields=("period", "unit", "serial"), name="one_report_per_unit_and_period"),
            models.CheckConstraint(
                condition=Q(released_at=None, released_by=None, release_reason="")
                & ~Q(state__in=[state.value for state in ReportState.released()])
                | Q(released_at__isnull=False, state__in=[state.value for state in ReportState.released()])
                & ~Q(release_reason=""),
                name="report_is_released_whole",
            ),
        )
        indexes = (
            models.Index(fields=("unit", "-id"), name="reports_of_unit"),
            models.Index(fields=("period", "unit", "id"), name="reports_of_period"),
            models.Index(fields=("period",), condition=Q(handed_in_at=None), name="reports_not_handed_in"),
            models.Index(fields=("period",), condition=Q(again_by__isnull=False), name="reports_to_put_right"),
            models.Index(
                fields=("period", "state"), include=("accepted",), condition=counted_by_state(), name="reports_by_state"
            ),
            models.Index(
                fields=("period", "unit"),
                include=("due_at", "handed_in_at", "again_by", "accepted"),
                condition=Q(released_at=None) & (Q(handed_in_at=None) | Q(again_by__isnull=False)),
                name="reports_missed",  # and all that `missed_now` asks
            ),
            models.Index(
                fields=("unit", "due_at"),
                condition=Q(state__in=[state.value for state in ReportState.unfinished()]),
                name="reports_owed_by_unit",
            ),
            # What 考核 counts of a year, without reading all that was reported in time.
            models.Index(fields=("due_at", "unit"), condition=WAS_LATE, name="reports_late_by_limit"),
            models.Index(fields=("due_at", "unit"), condition=MAY_BE_MISSED, name="reports_missed_by_limit"),
        )

    def __str__(self) -> str:
        number = f"第{self.serial}件" if self.serial else ""
        return f"{self.unit.full_name}{self.period.label}{self.period.scheme.title}{number}"

    @property
    def numbered_period(self) -> str:
        """2026年11月20日至11月26日; 2026年第2件 of what is reported at any time."""
        return f"{self.period.label}第{self.serial}件" if self.serial else self.period.label

    @property
    def lateness(self) -> str:
        """逾期 2 小时 5 分, of what was handed in late or is not handed in by now; empty for what is in time, and for
        what is owed no more."""
        if self.handed_in_at is None and self.released_at is not None:
            return ""
        return lateness(self.due_at, self.handed_in_at or clock.now())

    @property
    def is_not_put_right(self) -> bool:
        """Whether the day has passed by which it was to be handed in again, and nothing of it counts (`missed_now`)."""
        nothing_counts = self.released_at is None and self.accepted_id is None
        return nothing_counts and self.again_by is not None and self.again_by < clock.today()

    @property
    def missed_since(self) -> datetime | None:
        """From when on it is missed, where it is (`missed_now`)."""
        if self.handed_in_at is None or self.again_by is None:
            return self.due_at
        return clock.day_begins(self.again_by + timedelta(days=1))

    @property
    def state_words(self) -> str:
        """Where it stands: 未报 once the time has passed, also the time to put right what was returned."""
        if self.is_not_put_right:
            return "退回后逾期未改报"
        if self.handed_in_at is None and self.lateness and self.state == ReportState.AWAITED:
            return "未报"
        if self.state == ReportState.AWAITED and not self.period.is_open:
            return "未到填报时间"
        return str(ReportState(self.state).label)

    def last_handed_in(self) -> ReportVersion | None:
        """The version that a head stands for, the last of them."""
        return self.versions.filter(confirmed_at__isnull=False).order_by("-version").first()

    @property
    def is_zero(self) -> bool:
        """Whether its newest version is a 零报告."""
        return self.newest is not None and self.newest.is_zero
