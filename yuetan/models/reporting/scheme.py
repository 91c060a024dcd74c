"""报送事项: what units report, how often, by which form. Each change is a later version; none is edited."""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from yuetan import permissions
from yuetan.models.people.unit import Unit, UnitQuerySet
from yuetan.rules.dates import clock
from yuetan.rules.reporting.form_fields import Difference, ReportField, described, fields_from
from yuetan.rules.reporting.periods import Span, span_around, span_of_days
from yuetan.rules.text.official_text import chinese_date, joined
from yuetan.vocabulary import DayCount, ReportingRhythm, UnitKind, Weekday
from yuetan.vocabulary.naming import NAMES

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from yuetan.models.reporting.report import ReportPeriod

SEE_REPORTS = "see_reports"
NOON = time(12)


class ReportScheme(models.Model):
    """One matter that is reported; what is asked stands in its versions."""

    title = models.CharField("名称", max_length=80, unique=True)
    created_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    versions: RelatedManager[SchemeVersion]
    periods: RelatedManager[ReportPeriod]
    objects = models.Manager["ReportScheme"]()

    class Meta:
        default_permissions = ()
        permissions = permissions.of_model("reportscheme")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.title

    def newest_version(self) -> SchemeVersion:
        """The last version, also where it is not in force yet."""
        return self.versions.order_by("-version")[0]

    def is_known_to(self, unit: Unit) -> bool:
        """Whether it is asked of a unit, by any of its versions."""
        return any(version.units().filter(pk=unit.pk).exists() for version in self.versions.select_related("area"))

    def is_of_any_time(self) -> bool:
        """Whether it asks, or has asked, for what happens at any time."""
        return self.versions.filter(rhythm=ReportingRhythm.ANY_TIME).exists()

    def running_period(self) -> ReportPeriod | None:
        """The period in which today lies, with the version that it keeps; none where none has begun or all are over."""
        return self.period_on(clock.today())

    def period_on(self, day: date) -> ReportPeriod | None:
        """The period in which a day lies; none before the first, and none from the day on from which it has ended."""
        ended = self.ended()
        if ended is not None and ended.from_day <= day:
            return None
        related = self.periods.select_related("version__area", "scheme")
        return related.filter(first__lte=day, last__gte=day).first()

    def ended(self) -> SchemeEnd | None:
        """That it ends, or has ended; none while it goes on."""
        return SchemeEnd.objects.select_related("ended_by").filter(scheme=self.pk).first()

    def version_on(self, day: date) -> SchemeVersion | None:
        """The version by which a period is reported that begins on a day; none before the first."""
        return self.versions.filter(first_day__lte=day).order_by("-version").first()


class SchemeEnd(models.Model):
    """停止报送: no period begins, and nothing is reported at any time, on `from_day` or later; it was said why."""

    scheme = models.OneToOneField(ReportScheme, models.PROTECT, related_name="end")
    from_day = models.DateField("不再报送自")
    reason = models.TextField("停止原因")
    ended_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(default=clock.now)

    scheme_id: int
    objects = models.Manager["SchemeEnd"]()

    class Meta:
        default_permissions = ()
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"自{chinese_date(self.from_day)}起停止报送"


class SchemeVersion(models.Model):
    """What a scheme asks of every period that begins on `first_day` or later, until a later version or `last_day`.

    Who reports: every unit of `kinds` within `area`, and `named_units`; those in use on the day a period begins.
    `receiver` names whom the reports are for, empty where that is the office: it takes them in either way.
    """

    scheme = models.ForeignKey(ReportScheme, models.PROTECT, related_name="versions")
    version = models.PositiveSmallIntegerField("版次")
    source = models.CharField("依据", max_length=200)
    receiver = models.CharField("报送对象", max_length=100, blank=True, default="", db_default="")
    kinds = models.JSONField("单位类别", default=list, blank=True)
    area = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    named_units = models.JSONField("指定单位", default=list, blank=True)  # their keys
    rhythm = models.CharField("周期", max_length=12, choices=ReportingRhythm.choices)
    weekday = models.CharField("每周截止日", max_length=9, choices=Weekday.choices, default=Weekday.THURSDAY)
    due_days = models.PositiveSmallIntegerField("期末后天数", default=0)
    day_count = models.CharField("天数计法", max_length=10, choices=DayCount.choices, default=DayCount.WORKING)
    due_time = models.TimeField("截止时间", default=NOON)
    open_days = models.PositiveSmallIntegerField("期末前几天开始填报", default=0)
    first_day = models.DateField("首期自")
    last_day = models.DateField("末期至", null=True, blank=True)
    fields = models.JSONField("填报项", default=list)
    reason = models.TextField("修改原因", blank=True)
    entered_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=clock.now)

    area_id: int | None
    scheme_id: int
    objects = models.Manager["SchemeVersion"]()

    class Meta:
        default_permissions = ()
        ordering = ("scheme", "version")
        constraints = (
            models.UniqueConstraint(fields=("scheme", "version"), name="one_scheme_version_per_number"),
            models.UniqueConstraint(fields=("scheme", "first_day"), name="one_scheme_version_per_day"),
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(last_day__gte=models.F("first_day")),
                name="scheme_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(version=1, reason="") | (Q(version__gt=1) & ~Q(reason="")), name="scheme_change_has_reason"
            ),
        )

    def __str__(self) -> str:
        return f"{self.scheme.title}（第{self.version}版）"

    @property
    def form_fields(self) -> list[ReportField]:
        """What the form asks."""
        return fields_from(self.fields)

    @property
    def is_periodic(self) -> bool:
        """Whether a report is owed of each period; else units report when something happens."""
        return self.rhythm != ReportingRhythm.ANY_TIME

    def units(self) -> UnitQuerySet:
        """The units that report, of those in use today."""
        in_use = Unit.objects.interviewed().in_use()
        of_kind = Q(kind__in=self.kinds)
        if self.area_id is not None:
            of_kind &= Q(pk__in=Unit.objects.keys_within(Unit(pk=self.area_id)))
        return in_use.filter(of_kind | Q(pk__in=self.named_units))

    def span_around(self, day: date) -> Span:
        """The period in which a day lies; the only one where it is reported once."""
        if self.rhythm == ReportingRhythm.ONCE:
            return span_of_days(self.first_day, self.last_day or self.first_day)
        return span_around(self.rhythm, day, Weekday(self.weekday).number)

    @property
    def receiver_words(self) -> str:
        """省扫黑办（由市扫黑办收下、汇总）; the office alone where nobody else is named."""
        office = NAMES["the_office"]
        return f"{self.receiver}（由{office}收下、汇总）" if self.receiver else office

    @property
    def rhythm_words(self) -> str:
        """每周周四 12:00；每月，期末后 5 个工作日 12:00."""
        at = f"{self.due_time:%H:%M}"
        if not self.is_periodic:
            return "随时报送，没有截止时间"
        which = Weekday(self.weekday).label if self.rhythm == ReportingRhythm.WEEKLY else ""
        unit = "个工作日" if self.day_count == DayCount.WORKING else "天"
        after = f"期末后 {self.due_days} {unit}" if self.due_days else "期末当天"
        if which and not self.due_days:
            return f"每{which} {at} 前"
        name = f"{ReportingRhythm(self.rhythm).label}{f'（至{which}）' if which else ''}"
        return f"{name}，{after} {at} 前"

    @property
    def audience_words(self) -> str:
        """蓬江区及所属的镇（街）；另有指定单位 2 个."""
        kinds = joined([str(UnitKind(kind).label) for kind in self.kinds])
        within = f"{self.area.full_name}及所属单位中的" if self.area and kinds else ""
        named = f"指定单位 {len(self.named_units)} 个" if self.named_units else ""
        return "；".join(filter(None, (f"{within}{kinds}", named)))

    @property
    def opening_words(self) -> str:
        """期末前 6 天; 期末当天."""
        return f"期末前 {self.open_days} 天" if self.open_days else "期末当天"

    @property
    def span_words(self) -> str:
        """自2026年11月20日起的各期."""
        until = f"，至{chinese_date(self.last_day)}为止" if self.last_day else ""
        return f"自{chinese_date(self.first_day)}起开始的各期{until}"

    def differences_to(self, former: SchemeVersion) -> list[Difference]:
        """What it asks otherwise than an earlier version, but for the day from which on it does so."""
        pairs = [(label, words, former.asked_in_words()[label]) for label, words in self.asked_in_words().items()]
        return [Difference(label, before or "无", now or "无") for label, now, before in pairs if now != before]

    def asked_in_words(self) -> dict[str, str]:
        """What it asks, by labels, with every unit and every field named."""
        named = Unit.objects.filter(pk__in=self.named_units).select_related("parent").order_by("pk")
        return {
            "依据": self.source,
            "报送对象": self.receiver_words,
            "报送单位": self.audience_words,
            "指定单位": joined(unit.full_name for unit in named),
            "周期": self.rhythm_words,
            "开始填报": self.opening_words,
            "末期": chinese_date(self.last_day) if self.last_day else "",
            "填报项": joined(row.words for row in described(self.form_fields)),
        }
