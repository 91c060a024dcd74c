"""信息报送表: of every unit that owes a period, where its report stands; beside it the periods before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import QuerySet

from yuetan.forms.frame.bounds import is_key
from yuetan.forms.frame.options import FormData
from yuetan.forms.reporting.report_filter import ReportFilter
from yuetan.ledgers.deadline_lights import DeadlineLights
from yuetan.ledgers.ledger import Column, Ledger, Line
from yuetan.ledgers.reporting.report_standing import ReportStanding
from yuetan.models import PeriodicReport, ReportPeriod, ReportScheme, User
from yuetan.models.reporting.offered import mark_in_force
from yuetan.models.reporting.scheme import SEE_REPORTS
from yuetan.templatetags.official import moment

PERIODS_BEFORE = 5
MAX_PERIODS = 120  # that a list offers; more than two years of weeks
Cells = Mapping[tuple[int, int], ReportStanding]


def period_asked_for(data: FormData) -> ReportPeriod | None:
    """The period that an address asks for; the one due next, or else due last, where it names none."""
    related = ReportPeriod.objects.select_related("scheme", "version")
    key = str((data or {}).get("period", ""))
    asked = related.filter(pk=int(key)).first() if is_key(key) else None
    return asked or related.due_next() or related.last_due()


def periods_of(scheme: ReportScheme) -> list[ReportPeriod]:
    """The last periods of a scheme, the newest first."""
    return list(scheme.periods.order_by("-first")[:MAX_PERIODS])


def periods_before(period: ReportPeriod | None) -> list[ReportPeriod]:
    """The periods that stand beside one, the newest first; none beside what is reported at any time."""
    if period is None or not period.version.is_periodic:
        return []
    return list(period.scheme.periods.filter(first__lt=period.first).order_by("-first")[:PERIODS_BEFORE])


class ReportLedger(Ledger[PeriodicReport]):
    """The reports of one period, by unit, and beside each those of the periods before."""

    key, title, list_url, permission = "reports", "信息报送表", "report_board", SEE_REPORTS
    columns = (
        Column("报送事项", 24, lambda line: line["report"].period.scheme.title),
        Column("期", 28, lambda line: line["report"].period.label),
        Column("单位", 30, lambda line: line["report"].unit.full_name),
        Column("报送时限", 20, lambda line: moment(line["report"].due_at)),
        Column("报送情况", 16, lambda line: line["report"].state_words),
        Column("时限状态", 16, lambda line: line["standing"].deadline.words if line["standing"].deadline else ""),
        Column("报送时间", 20, lambda line: moment(line["report"].handed_in_at)),
        Column("逾期", 20, lambda line: line["report"].lateness),
        Column("零报告", 8, lambda line: "是" if line["report"].is_zero else ""),
        Column("报送方式", 12, lambda line: _came_by(line["report"])),
        Column("报送对象", 24, lambda line: line["report"].period.version.receiver_words),
        Column("不再应报的原因", 30, lambda line: line["report"].release_reason),
        Column("版次", 8, lambda line: line["report"].newest.version if line["report"].newest else ""),
        Column("标记", 10, lambda line: line["mark"]),
    )

    def unlimited(self, user: User, data: FormData) -> ReportFilter:
        """Of the period that is asked for, by kind, unit, where it stands, and words."""
        period = period_asked_for(data)
        reports = PeriodicReport.objects.visible_to(user).filter(period=period).order_by("unit_id", "pk")
        offered = [(str(each.pk), each.label) for each in periods_of(period.scheme)] if period else []
        return ReportFilter(data, reports, periods=offered)

    def with_relations(self, rows: QuerySet[PeriodicReport]) -> QuerySet[PeriodicReport]:
        """Each with its unit, its period and its newest version."""
        related = ("unit__parent", "period__scheme", "period__version", "newest")
        return rows.select_related(*related).prefetch_related("marks")

    def columns_for(self, user: User, data: FormData) -> list[Column]:
        """With one for each of the periods before, as on the page."""
        earlier = periods_before(period_asked_for(data))
        return [*super().columns_for(user, data), *(_column_of(period) for period in earlier)]

    def lines(self, rows: Sequence[PeriodicReport], user: User) -> list[Line]:
        """The report with its light and mark, and those before it."""
        lights = DeadlineLights.now()
        earlier = periods_before(rows[0].period if rows else None)
        cells = cells_before(rows, earlier, lights)
        return [
            {
                "report": row,
                "standing": ReportStanding.of(row, lights),
                "before": [(period, cells.get((row.unit_id, period.pk))) for period in earlier],
                "mark": mark_of(row),
            }
            for row in rows
        ]


def _came_by(report: PeriodicReport) -> str:
    return "纸质代录" if report.newest is not None and report.newest.is_from_paper else ""


def _column_of(period: ReportPeriod) -> Column:
    return Column(period.label, 30, lambda line: _cell_words(dict(line["before"]).get(period)))


def _cell_words(standing: ReportStanding | None) -> str:
    """已收，零报告，逾期 2 小时; empty where the unit owed nothing of the period."""
    if standing is None:
        return ""
    report = standing.report
    late = report.lateness if report.handed_in_at else ""
    return "，".join(filter(None, (report.state_words, "零报告" if report.is_zero else "", late)))


def mark_of(report: PeriodicReport) -> str:
    """瞒报, 谎报; empty where none stands."""
    mark = mark_in_force(report)
    return str(mark) if mark else ""


def cells_before(reports: Sequence[PeriodicReport], periods: Sequence[ReportPeriod], lights: DeadlineLights) -> Cells:
    """The reports of the same units in other periods, by unit and period."""
    units = [report.unit_id for report in reports]
    rows = PeriodicReport.objects.filter(unit__in=units, period__in=periods, serial=0).select_related("newest")
    by_key = {period.pk: period for period in periods}
    cells = {}
    for row in rows:
        row.period = by_key[row.period_id]
        cells[row.unit_id, row.period_id] = ReportStanding.of(row, lights)
    return cells
