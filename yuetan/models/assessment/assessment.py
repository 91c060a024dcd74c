"""考核: the assessment of a year, and the versions of its scheme; a version is never edited."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from yuetan import permissions
from yuetan.models.dossier.year_facts import Days
from yuetan.models.people.unit import Unit, UnitQuerySet
from yuetan.models.people.unit_change import units_on
from yuetan.rules.assessment.scheme import Group, Indicator, groups_from, indicators_from
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import chinese_date
from yuetan.vocabulary import AssessmentStanding

if TYPE_CHECKING:
    from datetime import date

    from django.db.models.fields.related_descriptors import RelatedManager

    from yuetan.models.assessment.score import AssessmentScore
    from yuetan.models.assessment.sheet import AssessmentSheet
    from yuetan.models.papers.document import Document
    from yuetan.models.people.user import User

SEE_ASSESSMENT = "see_assessment"
OBJECTION_DAYS = "assessment_objection_days"  # a setting of the office
ONE_DAY = timedelta(days=1)
LIGHTS = {
    AssessmentStanding.RUNNING: "grey",
    AssessmentStanding.PRESENTED: "yellow",
    AssessmentStanding.OVER: "red",
    AssessmentStanding.CLOSED: "blue",
    AssessmentStanding.PUBLISHED: "green",
}


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    """Questions about many assessments, one a year."""

    def visible_to(self, user: User) -> AssessmentQuerySet:
        """The office sees all; a unit those of which its sheet was sent to it, or that are published."""
        if user.has_perm(permissions.name(SEE_ASSESSMENT)):
            return self.all()
        if not user.interviewed_units:
            return self.none()
        own = Assessment.objects.filter(
            sheets__unit__in=user.interviewed_units, sheets__round=F("round"), presented_at__isnull=False
        )
        return self.filter(Q(pk__in=own.order_by().values("pk")) | Q(published_at__isnull=False))

    def next_year(self) -> int | None:
        """This year or the next, the first that has no assessment; none where both have one."""
        this = clock.today().year
        known = set(self.filter(year__in=(this, this + 1)).order_by().values_list("year", flat=True))
        return next((year for year in (this, this + 1) if year not in known), None)

    def open_to_objections(self) -> AssessmentQuerySet:
        """Those that units look at now."""
        return self.filter(presented_at__isnull=False, closed_at=None, object_until__gte=clock.today())


class Assessment(models.Model):
    """The assessment of one year.

    `round` counts how often the sheets were sent to the units: those of earlier rounds were withdrawn, and stay.
    `scheme` is the version by which they were counted.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    year = models.PositiveSmallIntegerField("年度", unique=True)
    created_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    round = models.PositiveSmallIntegerField("第几次送核", default=0)
    scheme = models.ForeignKey("yuetan.AssessmentScheme", models.PROTECT, null=True, blank=True, related_name="+")
    presented_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    presented_at = models.DateTimeField("送单位核对时间", null=True, blank=True)
    object_until = models.DateField("异议期限", null=True, blank=True)
    closed_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField("关闭时间", null=True, blank=True)
    published_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField("公布时间", null=True, blank=True)

    schemes: RelatedManager[AssessmentScheme]
    sheets: RelatedManager[AssessmentSheet]
    scores: RelatedManager[AssessmentScore]
    documents: RelatedManager[Document]
    objects = AssessmentQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = permissions.of_model("assessment")
        ordering = ("-year",)
        constraints = (
            models.CheckConstraint(
                condition=Q(presented_by=None, presented_at=None, object_until=None, scheme=None)
                | Q(
                    presented_by__isnull=False,
                    presented_at__isnull=False,
                    object_until__isnull=False,
                    scheme__isnull=False,
                    round__gt=0,
                ),
                name="assessment_is_presented_whole",
            ),
            models.CheckConstraint(
                condition=Q(closed_by=None, closed_at=None)
                | Q(closed_by__isnull=False, closed_at__isnull=False, presented_at__isnull=False),
                name="assessment_is_closed_once_presented",
            ),
            models.CheckConstraint(
                condition=Q(published_by=None, published_at=None)
                | Q(published_by__isnull=False, published_at__isnull=False, closed_at__isnull=False),
                name="assessment_is_published_once_closed",
            ),
        )

    def __str__(self) -> str:
        return f"{self.year}年度考核"

    @property
    def standing(self) -> AssessmentStanding:
        """Where it stands today."""
        if self.published_at is not None:
            return AssessmentStanding.PUBLISHED
        if self.closed_at is not None:
            return AssessmentStanding.CLOSED
        if self.object_until is None:
            return AssessmentStanding.RUNNING
        return AssessmentStanding.PRESENTED if clock.today() <= self.object_until else AssessmentStanding.OVER

    @property
    def light(self) -> str:
        """The colour of where it stands."""
        return LIGHTS[self.standing]

    def newest_scheme(self) -> AssessmentScheme:
        """The version by which it would be counted today, or was counted when the sheets were sent."""
        versions = self.schemes.select_related("entered_by").order_by("-version")
        return versions.get(pk=self.scheme_id) if self.scheme_id else versions[0]

    @property
    def result_paper(self) -> Document | None:
        """The 考核结果通报, which stays what it is when a result is corrected; None before it is issued."""
        return self.documents.defer("html", "facts").filter(assessment_correction=None).first()

    @property
    def first_day(self) -> date:
        """The first day that counts."""
        return (self.scheme or self.newest_scheme()).first_day

    @property
    def known_until(self) -> date:
        """Until when its pages say what became of units: its closing, or today."""
        return timezone.localdate(self.closed_at) if self.closed_at else clock.today()

    scheme_id: int | None


class AssessmentScheme(models.Model):
    """One version of the scheme: which days count, groups, indicators, and from how many points on which grade."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="schemes")
    version = models.PositiveSmallIntegerField("版次")
    source = models.CharField("依据", max_length=200)
    first_day = models.DateField("统计起始日")
    last_day = models.DateField("统计截止日")
    groups = models.JSONField("组别", default=list)
    indicators = models.JSONField("指标", default=list)
    excellent_from = models.DecimalField("优秀的最低得分", max_digits=4, decimal_places=1)
    qualified_from = models.DecimalField("合格的最低得分", max_digits=4, decimal_places=1)
    reason = models.TextField("修改原因", blank=True)
    entered_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=clock.now)

    objects = models.Manager["AssessmentScheme"]()

    class Meta:
        default_permissions = ()
        ordering = ("assessment", "version")
        constraints = (
            models.UniqueConstraint(fields=("assessment", "version"), name="one_assessment_scheme_per_version"),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="assessment_scheme_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(excellent_from__gt=F("qualified_from")), name="assessment_grades_follow_each_other"
            ),
            models.CheckConstraint(
                condition=Q(version=1, reason="") | (Q(version__gt=1) & ~Q(reason="")),
                name="assessment_scheme_change_has_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.assessment}方案（第{self.version}版）"

    @property
    def group_list(self) -> list[Group]:
        """Its groups."""
        return groups_from(self.groups)

    @property
    def indicator_list(self) -> list[Indicator]:
        """Its indicators."""
        return indicators_from(self.indicators)

    def indicator(self, key: str, group: Group | None = None) -> Indicator | None:
        """The indicator of a key, of those that count for a group if one is named; None where there is none."""
        among = self.indicators_of(group) if group else self.indicator_list
        return next((one for one in among if one.key == key), None)

    @property
    def failing(self) -> frozenset[str]:
        """The keys of the indicators of which one record makes a unit 不合格."""
        return frozenset(one.key for one in self.indicator_list if one.fails)

    def indicators_of(self, group: Group) -> list[Indicator]:
        """Those that count for a group."""
        return [one for one in self.indicator_list if one.group in ("", group.name)]

    def units(self) -> UnitQuerySet:
        """The units that stood on the last day that counts, or stand today, while that is to come."""
        return units_on(self.days.last)

    def units_of(self, group: Group) -> UnitQuerySet:
        """The units of a group, of `units`: its own and those of its kind that no other group names."""
        elsewhere = [unit for other in self.group_list if other.key != group.key for unit in other.units]
        of_kind = Q(kind=group.kind) & ~Q(pk__in=elsewhere) if group.kind else Q(pk__in=[])
        return self.units().filter(of_kind | Q(pk__in=group.units))

    def group_of(self, unit: Unit) -> Group | None:
        """The group in which a unit is assessed; None for one that is in none."""
        return next((group for group in self.group_list if self.units_of(group).filter(pk=unit.pk).exists()), None)

    @property
    def days(self) -> Days:
        """The days that count, as far as they have come."""
        return Days(self.first_day, min(self.last_day, clock.today()))

    @property
    def days_words(self) -> str:
        """2026年1月1日至2026年11月30日."""
        return f"{chinese_date(self.first_day)}至{chinese_date(self.last_day)}"

    @property
    def thresholds(self) -> Mapping[str, Decimal]:
        """As `grade_of` asks for them."""
        return {"excellent_from": self.excellent_from, "qualified_from": self.qualified_from}
