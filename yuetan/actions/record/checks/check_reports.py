"""信息报送: a report is what its versions say, and a period has a row for each unit that it counted."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, F, Q

from yuetan import report_sums
from yuetan.actions.record.disagreement import Disagreement
from yuetan.models import PeriodicReport, ReportAnalysis, ReportPeriod
from yuetan.rules.reporting.analysis_figures import figures_from
from yuetan.vocabulary import RecordKind

# The newest version, the last that was accepted, and when the first was handed in, beside what the row says.
_OTHERWISE = """
    SELECT report.id, report.period_id, report.unit_id, report.serial FROM yuetan_periodicreport AS report
    LEFT JOIN LATERAL (
        SELECT (array_agg(version.id ORDER BY version.version DESC))[1] AS newest,
            (array_agg(version.id ORDER BY version.version DESC) FILTER (WHERE version.accepted_at IS NOT NULL))[1]
                AS accepted,
            (array_agg(version.confirmed_at ORDER BY version.version)
                FILTER (WHERE version.confirmed_at IS NOT NULL))[1] AS handed_in_at,
            (array_agg(CASE WHEN version.accepted_at IS NOT NULL THEN 'accepted'
                WHEN version.returned_at IS NOT NULL THEN 'returned'
                WHEN version.confirmed_at IS NOT NULL THEN 'handed_in'
                WHEN version.sent_back_at IS NOT NULL THEN 'sent_back'
                ELSE 'awaits_confirmation' END ORDER BY version.version DESC))[1] AS state,
            (array_agg(version.again_by ORDER BY version.version DESC)
                FILTER (WHERE version.confirmed_at IS NOT NULL))[1] AS again_by
        FROM yuetan_reportversion AS version WHERE version.report_id = report.id
    ) AS kept ON true
    LEFT JOIN LATERAL (
        SELECT jsonb_object_agg(figure.key, CASE figure.value WHEN 'true' THEN '1'::jsonb
            WHEN 'false' THEN '0'::jsonb ELSE figure.value END) AS figures
        FROM yuetan_reportversion AS version CROSS JOIN LATERAL jsonb_each(version.values) AS figure
        WHERE version.id = kept.accepted AND jsonb_typeof(figure.value) IN ('number', 'boolean')
    ) AS counted ON true
    WHERE report.figures IS DISTINCT FROM COALESCE(counted.figures, '{}')
        OR (report.newest_id, report.accepted_id, report.handed_in_at, report.again_by)
        IS DISTINCT FROM (kept.newest, kept.accepted, kept.handed_in_at, kept.again_by)
        OR (report.released_at IS NULL AND report.state <> COALESCE(kept.state, 'awaited'))
"""


def check_reports() -> Iterator[Disagreement]:
    """Every report whose row says otherwise than its versions, every period that lacks units, has too many or whose
    sums are not those of its reports, and every analysis that was issued whose lines do not add up, or without paper.
    """
    yield from _check_analyses()
    for report in PeriodicReport.objects.raw(_OTHERWISE):
        yield Disagreement(RecordKind.REPORT, f"报表 {report.pk}", "报送情况与报表各版不一致")
    counted = ReportPeriod.objects.order_by("pk").annotate(number=Count("reports", filter=Q(reports__serial=0)))
    for period in counted.exclude(number=F("unit_count")):
        words = f"应报 {period.unit_count} 个单位，列了 {period.number} 个"
        yield Disagreement(RecordKind.REPORT, f"报送的第 {period.pk} 期", words)
    for other in report_sums.different():
        words = "汇总的合计数不是各单位报表之和，请运行 manage.py rebuild_tallies"
        yield Disagreement(RecordKind.REPORT, f"报送的第 {other.pk} 期", words)


def _check_analyses() -> Iterator[Disagreement]:
    issued = ReportAnalysis.objects.filter(issued_at__isnull=False).order_by("pk")
    for analysis in issued.with_relations().annotate(papers=Count("document")).iterator():
        named = f"分析报告 {analysis.title}"
        if not figures_from(analysis.figures).is_whole:
            yield Disagreement(RecordKind.REPORT, named, "各单位的数字加起来不等于合计")
        if not analysis.papers:
            yield Disagreement(RecordKind.REPORT, named, "已印发，没有文书")
