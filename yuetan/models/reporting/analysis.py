"""分析报告: what the office makes of a period that was reported, a numbered paper with the figures of 汇总."""

from __future__ import annotations

import uuid
from functools import cached_property
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q

from yuetan import permissions
from yuetan.models.people.unit import Post, Unit
from yuetan.models.people.user import User
from yuetan.models.reporting.report import ReportPeriod
from yuetan.models.reporting.scheme import SEE_REPORTS
from yuetan.models.reporting.summary import Summary, summarise
from yuetan.rules.dates import clock
from yuetan.vocabulary import AnalysisState, ReportingRhythm, Role

if TYPE_CHECKING:
    from yuetan.models.papers.document import Document

ISSUE, ISSUED_BY = "issue_report_analysis", Role.OFFICE_DIRECTOR
NEWEST_ANALYSES = ("-drafted_at", "-id")
CALLED = {
    ReportingRhythm.QUARTERLY: "季度分析报告",
    ReportingRhythm.HALF_YEARLY: "半年报告",
    ReportingRhythm.YEARLY: "年度报告",
}
LIGHTS = {
    AnalysisState.DRAFTED: "yellow",
    AnalysisState.ENDORSED: "blue",
    AnalysisState.ISSUED: "green",
    AnalysisState.WITHDRAWN: "grey",
}
_STATES: dict[str, Q] = {
    AnalysisState.WITHDRAWN: Q(withdrawn_at__isnull=False),
    AnalysisState.ISSUED: Q(issued_at__isnull=False),
    AnalysisState.ENDORSED: Q(endorsed_at__isnull=False, issued_at=None, withdrawn_at=None),
    AnalysisState.DRAFTED: Q(endorsed_at=None, withdrawn_at=None),
}


def _left_to_leaders() -> Q:
    """Those of a unit in which each director of the office holds a post: the leading group issues them (回避)."""
    there = Post.objects.current(clock.today()).filter(holder=OuterRef("pk"), unit=OuterRef(OuterRef("under")))
    free = User.objects.in_roles(ISSUED_BY).filter(~Exists(there))
    return Q(~Exists(free.order_by()), under__isnull=False)


class ReportAnalysisQuerySet(models.QuerySet["ReportAnalysis"]):
    """Questions about many analyses of a period."""

    def visible_to(self, user: User) -> ReportAnalysisQuerySet:
        """Whoever reads the reports of every unit; none of a unit's own people, nor of who keeps away from the unit
        whose parts it adds up (回避)."""
        if not user.has_perm(permissions.name(SEE_REPORTS)):
            return self.none()
        return self.exclude(under__in=user.interviewed_units)

    def to_be_issued_by(self, user: User) -> ReportAnalysisQuerySet:
        """Those that are this person's to issue, now or once endorsed: the director's; a member of the leading group's
        alone where each director keeps away from the unit. Nobody's who keeps away from it (回避)."""
        if not user.has_perm(permissions.name(ISSUE)):
            return self.none()
        is_director = Exists(User.objects.in_roles(ISSUED_BY).filter(pk=user.pk).order_by())
        theirs = self.filter(Q(is_director) | _left_to_leaders())
        return theirs.exclude(under__in=Post.objects.current(clock.today()).filter(holder=user).values("unit"))

    def in_state(self, state: str) -> ReportAnalysisQuerySet:
        """The analyses that stand in this state; none for what is no state."""
        return self.filter(_STATES[state]) if state in _STATES else self.none()

    def with_relations(self) -> ReportAnalysisQuerySet:
        """Analyses with all that a line of a list, or the page of one, shows."""
        people = ("drafted_by", "endorsed_by", "returned_by", "issued_by", "withdrawn_by")
        return self.select_related("period__scheme", "period__version", "under__parent", *people)


class ReportAnalysis(models.Model):
    """One edition of the analysis of a period, of all units or of those below one.

    `addressee` is empty where it goes to the leading group; `copied_to` names organs one after the other (、).
    `figures` are those of 汇总 as they were printed (`rules/reporting/analysis_figures.py`); empty before it is issued.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    period = models.ForeignKey(ReportPeriod, models.PROTECT, related_name="analyses")
    under = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, verbose_name="范围", related_name="+")
    edition = models.PositiveSmallIntegerField("第几次印发", default=1)
    reason = models.TextField("更正说明", blank=True)
    addressee = models.CharField("主送", max_length=100, blank=True)
    copied_to = models.TextField("抄送", blank=True)
    situation = models.TextField("总体情况", blank=True)
    problems = models.TextField("存在的问题", blank=True)
    proposals = models.TextField("下一步工作", blank=True)
    figures = models.JSONField("印发的数字", default=dict, blank=True)
    drafted_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField("拟稿时间", default=clock.now)
    endorsed_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    endorsed_at = models.DateTimeField("核稿时间", null=True, blank=True)
    returned_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    returned_at = models.DateTimeField("退回时间", null=True, blank=True)
    return_reason = models.TextField("退回原因", blank=True)
    issued_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    issued_at = models.DateTimeField("印发时间", null=True, blank=True)
    withdrawn_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField("撤销时间", null=True, blank=True)
    withdrawal_reason = models.TextField("撤销原因", blank=True)

    period_id: int
    under_id: int | None
    drafted_by_id: int
    document: Document
    objects = ReportAnalysisQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = permissions.of_model("reportanalysis")
        ordering = NEWEST_ANALYSES
        indexes = (models.Index(fields=NEWEST_ANALYSES, name="report_analyses_newest"),)
        constraints = (
            models.UniqueConstraint(
                fields=("period", "under"),
                condition=Q(issued_at=None, withdrawn_at=None),
                nulls_distinct=False,
                name="one_open_analysis_per_period",
            ),
            models.UniqueConstraint(
                fields=("period", "under", "edition"),
                condition=Q(withdrawn_at=None),
                nulls_distinct=False,
                name="one_analysis_per_edition",
            ),
            models.CheckConstraint(
                condition=Q(edition=1, reason="") | (Q(edition__gt=1) & ~Q(reason="")),
                name="later_analysis_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(endorsed_by=None, endorsed_at=None)
                | Q(endorsed_by__isnull=False, endorsed_at__isnull=False) & ~Q(endorsed_by=models.F("drafted_by")),
                name="analysis_endorsed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(returned_by=None, returned_at=None, return_reason="")
                | Q(returned_by__isnull=False, returned_at__isnull=False) & ~Q(return_reason=""),
                name="analysis_is_returned_whole",
            ),
            models.CheckConstraint(
                condition=Q(issued_by=None, issued_at=None, figures={})
                | Q(issued_by__isnull=False, issued_at__isnull=False, endorsed_at__isnull=False) & ~Q(figures={}),
                name="analysis_is_issued_once_endorsed",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by=None, withdrawn_at=None, withdrawal_reason="")
                | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False, issued_at=None) & ~Q(withdrawal_reason=""),
                name="analysis_is_withdrawn_before_issue",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """蓬江区2026年第3季度“线索摸排情况”季度分析报告."""
        where = self.under.full_name if self.under else ""
        named = CALLED.get(ReportingRhythm(self.period.version.rhythm), "分析报告")
        return f"{where}{self.period.label}“{self.period.scheme.title}”{named}"

    @cached_property
    def summary(self) -> Summary:
        """汇总 of its period and units, counted once for a row that was read."""
        return summarise(self.period, self.under)

    @property
    def is_half_yearly(self) -> bool:
        """Whether it is the one of a half year, which goes to 党委 and the upper office."""
        return self.period.version.rhythm == ReportingRhythm.HALF_YEARLY

    @property
    def state(self) -> AnalysisState:
        """Where the analysis stands: drafted, endorsed, issued or withdrawn."""
        if self.withdrawn_at is not None:
            return AnalysisState.WITHDRAWN
        if self.issued_at is not None:
            return AnalysisState.ISSUED
        return AnalysisState.ENDORSED if self.endorsed_at is not None else AnalysisState.DRAFTED

    @property
    def light(self) -> str:
        """The colour of its state."""
        return LIGHTS[self.state]

    @property
    def is_returned(self) -> bool:
        """Whether it is a draft that was given back, so that its drafter has to go on."""
        return self.returned_at is not None and self.state == AnalysisState.DRAFTED

    def former(self) -> ReportAnalysis | None:
        """The edition in force of the same period and units, before this one."""
        issued = ReportAnalysis.objects.filter(period=self.period_id, under=self.under_id, issued_at__isnull=False)
        return issued.exclude(pk=self.pk).order_by("-edition").first()
