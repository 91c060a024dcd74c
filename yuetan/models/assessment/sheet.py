"""考核得分表: the figures of one unit as they were frozen, with the record behind each point; and its objections."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from yuetan import permissions
from yuetan.models.assessment.assessment import SEE_ASSESSMENT, Assessment
from yuetan.models.assessment.ties import RankInWords
from yuetan.models.flow.visibility import role_or_unit_sees
from yuetan.models.people.unit import Unit
from yuetan.rules.assessment.scoring import Line, failing_lines, total_of
from yuetan.rules.dates import clock
from yuetan.vocabulary import AssessmentGrade, ObjectionOutcome

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from yuetan.models.assessment.assessment_paper import AssessmentPaper
    from yuetan.models.assessment.correction import AssessmentCorrection
    from yuetan.models.people.user import User

STANDING = Q(round=F("assessment__round"), assessment__presented_at__isnull=False)
IN_RANK = ("-year", "group_place", "rank", "id")


class AssessmentSheetQuerySet(models.QuerySet["AssessmentSheet"]):
    """Questions about many 得分表 of units."""

    def standing(self) -> AssessmentSheetQuerySet:
        """Those that were not withdrawn."""
        return self.filter(STANDING)

    def standing_of(self, assessment: Assessment) -> AssessmentSheetQuerySet:
        """Those of an assessment that were not withdrawn."""
        return self.standing().filter(assessment=assessment)

    def visible_to(self, user: User) -> AssessmentSheetQuerySet:
        """The whole of them: the office sees all, a unit its own that stand; who is of both sees what the unit does."""
        return self.filter(role_or_unit_sees(user, SEE_ASSESSMENT, STANDING))

    def ranked_for(self, user: User) -> AssessmentSheetQuerySet:
        """Those of which the person may see the total: the office all that stand, a unit its own and the published."""
        if user.has_perm(permissions.name(SEE_ASSESSMENT)):
            return self.standing()
        if not user.interviewed_units:
            return self.none()
        return self.standing().filter(Q(unit__in=user.interviewed_units) | Q(assessment__published_at__isnull=False))

    def in_rank(self) -> AssessmentSheetQuerySet:
        """The newest year first, group by group, the best first."""
        return self.order_by(*IN_RANK)


class AssessmentSheet(RankInWords, models.Model):
    """One unit in one round. `lines` are frozen: of each indicator its points, its count and the records behind it.

    `points` is their sum as it was sent to the unit; `total`, `rank` and `grade` come with the closing, after what
    objections changed; `rank` is 0 before. Where a correction changed these, its own or one of another unit of the
    group, they are as they stand now, and the `published_` ones as they were made known.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="sheets")
    year = models.PositiveSmallIntegerField("年度")
    round = models.PositiveSmallIntegerField("第几次送核")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="assessment_sheets")
    unit_name = models.CharField("单位名称", max_length=200)
    group_place = models.PositiveSmallIntegerField()
    group_name = models.CharField("组别", max_length=40)
    lines = models.JSONField("各项得分", default=list)
    points = models.DecimalField("送核得分", max_digits=5, decimal_places=1)
    fails = models.BooleanField("直接不合格", default=False)
    total = models.DecimalField("总分", max_digits=5, decimal_places=1, null=True, blank=True)
    rank = models.PositiveIntegerField("名次", default=0)
    grade = models.CharField("等次", max_length=12, choices=AssessmentGrade.choices, blank=True)
    published_total = models.DecimalField("公布的总分", max_digits=5, decimal_places=1, null=True, blank=True)
    published_rank = models.PositiveIntegerField("公布的名次", default=0)
    published_grade = models.CharField("公布的等次", max_length=12, choices=AssessmentGrade.choices, blank=True)

    unit_id: int
    assessment_id: uuid.UUID
    objections: RelatedManager[AssessmentObjection]
    corrections: RelatedManager[AssessmentCorrection]
    objects = AssessmentSheetQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("assessment", "group_place", "unit_name", "pk")
        indexes = (
            models.Index(fields=IN_RANK, name="assessment_sheets_in_rank"),
            models.Index(fields=("unit", *IN_RANK), name="assessment_sheets_of_unit"),
        )
        constraints = (
            models.UniqueConstraint(fields=("assessment", "round", "unit"), name="one_assessment_sheet_per_unit"),
            models.CheckConstraint(
                condition=Q(total=None, rank=0, grade="") | (Q(total__isnull=False, rank__gt=0) & ~Q(grade="")),
                name="assessment_sheet_is_ranked_whole",
            ),
            models.CheckConstraint(
                condition=Q(published_total=None, published_rank=0, published_grade="")
                | (
                    Q(published_total__isnull=False, published_rank__gt=0, total__isnull=False) & ~Q(published_grade="")
                ),
                name="assessment_sheet_is_corrected_whole",
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit_name}{self.assessment}得分表"

    @cached_property
    def upheld(self) -> Upheld:
        """What objections and corrections changed of it, as it was when it was first asked for."""
        return upheld_of([self])[self.pk]

    def total_now(self) -> Decimal:
        """Its sum with what objections changed by now."""
        return total_of(self.lines, self.upheld.points)

    def failing_lines(self) -> list[Line]:
        """The lines that still make it 不合格, after what objections and corrections changed."""
        scheme = self.assessment.scheme if self.round == self.assessment.round else None
        return failing_lines(self.lines, self.upheld.stands, scheme.failing if scheme else ())

    def line_of(self, indicator: str) -> dict[str, object] | None:
        """The line of an indicator; None where it has none."""
        return next((line for line in self.lines if line["key"] == indicator), None)


class AssessmentObjectionQuerySet(models.QuerySet["AssessmentObjection"]):
    """Questions about many objections to 得分表."""

    def undecided(self) -> AssessmentObjectionQuerySet:
        """Those that wait for the office."""
        return self.filter(decided_at=None, sheet__round=F("sheet__assessment__round"))

    def visible_to(self, user: User) -> AssessmentObjectionQuerySet:
        """Whoever sees the sheet whole sees what was said against it, and what of it goes on from an earlier round."""
        sheets = AssessmentSheet.objects.visible_to(user).order_by().values("pk")
        going_on = AssessmentObjection.objects.filter(sheet__in=sheets).order_by().values("carried_from")
        return self.filter(Q(sheet__in=sheets) | Q(pk__in=going_on))

    def left_behind(self, sheet: AssessmentSheet) -> AssessmentObjectionQuerySet:
        """Those of the round before against the sheet of the same unit that did not go on in this one."""
        former = self.filter(sheet__assessment=sheet.assessment, sheet__unit=sheet.unit, sheet__round=sheet.round - 1)
        on = (
            AssessmentObjection.objects.filter(sheet=sheet, carried_from__isnull=False)
            .order_by()
            .values("carried_from")
        )
        return former.exclude(pk__in=on).exclude(carried_from__in=on)


class AssessmentObjection(models.Model):
    """What a unit says against one line of its sheet, and what the office decided, once and in words.

    `carried_from` is the first of those that it goes on from, of an earlier round; that one keeps the files. One that
    the office entered has the day on which the paper came.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sheet = models.ForeignKey(AssessmentSheet, models.PROTECT, related_name="objections")
    indicator = models.CharField("指标", max_length=10)
    carried_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="carried_to")
    words = models.TextField("异议和理由")
    raised_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    raised_at = models.DateTimeField(default=clock.now)
    from_paper = models.BooleanField("办公室代录", default=False)
    received_on = models.DateField("收到日期", null=True, blank=True)
    outcome = models.CharField("处理结果", max_length=10, choices=ObjectionOutcome.choices, blank=True)
    decision = models.TextField("处理意见", blank=True)
    points = models.DecimalField("改为得分", max_digits=4, decimal_places=1, null=True, blank=True)
    record_stands = models.BooleanField("仍有记录成立", null=True, blank=True)  # asked where one record makes 不合格
    decided_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    sheet_id: uuid.UUID
    carried_from_id: uuid.UUID | None
    raised_by_id: int
    papers: RelatedManager[AssessmentPaper]
    objects = AssessmentObjectionQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("raised_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("sheet", "indicator"), condition=Q(decided_at=None), name="one_open_objection_per_line"
            ),
            models.CheckConstraint(
                condition=Q(from_paper=True, received_on__isnull=False) | Q(from_paper=False, received_on=None),
                name="objection_from_paper_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None, decided_at=None, outcome="", decision="", points=None, record_stands=None)
                | (
                    Q(decided_by__isnull=False, decided_at__isnull=False)
                    & ~Q(decision="")
                    & (
                        Q(outcome=ObjectionOutcome.UPHELD.value, points__isnull=False)
                        | Q(outcome=ObjectionOutcome.DISMISSED.value, points=None, record_stands=None)
                    )
                ),
                name="assessment_objection_is_decided_whole",
            ),
        )

    def __str__(self) -> str:
        return f"{self.sheet}：{self.indicator_name}"

    @property
    def indicator_name(self) -> str:
        """The name of the line."""
        line = self.sheet.line_of(self.indicator)
        return str(line["name"]) if line else self.indicator

    @property
    def original(self) -> AssessmentObjection:
        """The one that was raised, which keeps the files."""
        return self.carried_from or self

    @property
    def outcome_words(self) -> str:
        """异议成立，改为 18.0 分; the choice itself says “下列得分”, which stands in its form alone."""
        if self.points is None:
            return str(self.get_outcome_display())
        record = {None: "", True: "，仍有记录成立", False: "，记录均不成立，不再据此为不合格"}[self.record_stands]
        return f"异议成立，改为 {self.points:.1f} 分{record}"


@dataclass
class Upheld:
    """What was changed of a frozen sheet, by the keys of lines: points, and whether any record stands."""

    points: dict[str, Decimal] = field(default_factory=dict)
    stands: dict[str, bool] = field(default_factory=dict)

    @property
    def lifted(self) -> set[str]:
        """The lines of which no record stands."""
        return {key for key, stands in self.stands.items() if not stands}

    def take(self, key: str, points: Decimal, stands: bool | None) -> None:
        """What is decided later of a line counts."""
        self.points[key] = points
        if stands is not None:
            self.stands[key] = stands

    def take_lines(self, lines: Iterable[Mapping[str, object]]) -> None:
        """What a correction says of its lines."""
        for line in lines:
            stands = line["stands"]
            self.take(str(line["key"]), Decimal(str(line["points"])), None if stands is None else bool(stands))


def upheld_of(sheets: Iterable[AssessmentSheet]) -> dict[uuid.UUID, Upheld]:
    """Of each sheet what upheld objections, and then granted corrections, say of it.

    One query, and one more where the result of any was corrected.
    """
    known = list(sheets)
    upheld = {sheet.pk: Upheld() for sheet in known}
    rows = AssessmentObjection.objects.filter(sheet__in=list(upheld), outcome=ObjectionOutcome.UPHELD)
    decisions = rows.order_by("decided_at", "pk").values_list("sheet", "indicator", "points", "record_stands")
    for key, indicator, points, stands in decisions:
        assert points is not None
        upheld[key].take(indicator, points, stands)
    corrected = [sheet.pk for sheet in known if sheet.published_grade]
    for key, lines in _corrected_lines(corrected) if corrected else ():
        upheld[key].take_lines(lines)
    return upheld


def _corrected_lines(sheets: Sequence[uuid.UUID]) -> Iterable[tuple[uuid.UUID, list[dict[str, object]]]]:
    """The lines of granted corrections, the earliest first."""
    granted = AssessmentSheet.objects.filter(pk__in=sheets, corrections__granted=True)
    return granted.order_by("corrections__decided_at", "corrections__pk").values_list("pk", "corrections__lines")
