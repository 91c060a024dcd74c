"""半年报告 to 党委 and the upper office (镇（街）工作制度): of which half year, by when, and what there is of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from yuetan.models.office.office import CalendarDay, OfficeSetting
from yuetan.models.reporting.analysis import ReportAnalysis, ReportAnalysisQuerySet
from yuetan.models.reporting.report import ReportPeriod
from yuetan.models.reporting.scheme import ReportScheme
from yuetan.rules.dates.working_days import ONE_DAY, add_working_days
from yuetan.rules.reporting.periods import Span, span_around
from yuetan.rules.text.official_text import chinese_date
from yuetan.vocabulary import ReportingRhythm

DAYS = "half_year_report_days"
HALF_YEARLY = ReportingRhythm.HALF_YEARLY


@dataclass(frozen=True)
class HalfYearReport:
    """A half year of which no 半年报告 of all units was issued, and by when it is to be."""

    span: Span
    due_on: date

    @property
    def title(self) -> str:
        """2026年下半年半年报告."""
        return f"{self.span.label}的半年报告"

    @property
    def words(self) -> str:
        """2026年下半年的半年报告应在2027年1月22日前印发，还没有印发."""
        return f"{self.title}应在{chinese_date(self.due_on)}前印发，还没有印发"

    def period(self) -> ReportPeriod | None:
        """The period of which it is drafted; none where nothing is reported by half years."""
        periods = ReportPeriod.objects.filter(version__rhythm=HALF_YEARLY, last=self.span.last, due_at__isnull=False)
        return periods.select_related("scheme", "version").order_by("pk").first()

    def draft(self) -> ReportAnalysis | None:
        """The one under way."""
        return _analyses_of(self.span).filter(issued_at=None, withdrawn_at=None).with_relations().first()


def half_year_reports(today: date) -> list[HalfYearReport]:
    """Those of the half year that ended last and of this one, the earlier first; none while the office wants none, and
    of a half year that ended before units reported here."""
    days = OfficeSetting.objects.number(DAYS)
    if days <= 0:
        return []
    first = ReportScheme.objects.order_by("created_at").values_list("created_at__date", flat=True).first()
    this = span_around(HALF_YEARLY, today)
    spans = [span for span in (span_around(HALF_YEARLY, this.first - ONE_DAY), this) if first and first <= span.last]
    calendar = CalendarDay.objects.calendar() if spans else None
    return [
        HalfYearReport(span, add_working_days(span.last, days, calendar))
        for span in spans
        if calendar is not None and not _analyses_of(span).filter(issued_at__isnull=False).exists()
    ]


def half_year_report_due(today: date) -> HalfYearReport | None:
    """That of the half year that has ended."""
    return next((one for one in half_year_reports(today) if one.span.last < today), None)


def _analyses_of(span: Span) -> ReportAnalysisQuerySet:
    return ReportAnalysis.objects.filter(under=None, period__version__rhythm=HALF_YEARLY, period__last=span.last)
