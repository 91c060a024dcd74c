"""分析报告台账: what the office has made of the periods that were reported."""

from __future__ import annotations

from collections.abc import Sequence

import django_filters
from django.db.models import QuerySet

from yuetan.forms.frame.options import FormData
from yuetan.forms.reporting.analysis import AnalysisFilter
from yuetan.ledgers.ledger import Column, Ledger, Line
from yuetan.models import ReportAnalysis, User
from yuetan.models.reporting.analysis import NEWEST_ANALYSES
from yuetan.models.reporting.scheme import SEE_REPORTS
from yuetan.templatetags.official import moment


class AnalysisLedger(Ledger[ReportAnalysis]):
    """Every analysis, the newest first."""

    key, title, list_url, permission = "analyses", "分析报告台账", "analysis_list", SEE_REPORTS
    columns = (
        Column("分析报告", 50, lambda line: line["analysis"].title),
        Column("状态", 10, lambda line: line["analysis"].state.label),
        Column("拟稿人", 12, lambda line: line["analysis"].drafted_by.name),
        Column("拟稿时间", 20, lambda line: moment(line["analysis"].drafted_at)),
        Column("文号", 24, lambda line: line["number"]),
    )

    def unlimited(self, user: User, data: FormData) -> django_filters.FilterSet:
        """By where it stands, and words."""
        return AnalysisFilter(data, ReportAnalysis.objects.visible_to(user).order_by(*NEWEST_ANALYSES))

    def with_relations(self, rows: QuerySet[ReportAnalysis]) -> QuerySet[ReportAnalysis]:
        """Each with its period, who drafted it, and its paper."""
        related = ("period__scheme", "period__version", "under__parent", "drafted_by", "document")
        return rows.select_related(*related).defer("figures", "document__html", "document__facts")

    def lines(self, rows: Sequence[ReportAnalysis], user: User) -> list[Line]:
        """The analysis, and the number of its paper."""
        return [{"analysis": row, "number": row.document.number if row.issued_at else ""} for row in rows]
