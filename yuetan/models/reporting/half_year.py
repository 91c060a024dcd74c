"""半年报告 to 党委 and the upper office (镇（街）工作制度): of which half year, by when, and what there is of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from yuetan.models.office.office import CalendarDay, OfficeSetting
from yuetan.models.reporting.analysis import ReportAnalysis, ReportAnalysisQuerySet
from yuetan.models.reporting.report import ReportPeriod
from yuetan.models.reporting.scheme import ReportScheme
from yuetan.rules.dates.working_days import Calendar, add_working_days
from yuetan.rules.reporting.periods import MOST_DUE_DAYS, Span, span_after, span_around
from yuetan.rules.text.official_text import chinese_date
from yuetan.vocabulary import ReportingRhythm

DAYS = "half_year_report_days"
HALF_YEARLY = ReportingRhythm.HALF_YEARLY
A_SCHEME_MAY_BEGIN = timedelta(days=MOST_DUE_DAYS)  # with a half year that has ended


@dataclass(frozen=True)
class HalfYearReport:
    """A half year of which no 半年报告 of all units was issued, and by when it is to be.

    `period` is the one of which it is drafted; none where nothing is reported of this half year.
    """

    span: Span
    due_on: date
    period: ReportPeriod | None = None

    @property
    def title(self) -> str:
        """2026年下半年半年报告."""
        return f"{self.span.label}的半年报告"

    @property
    def words(self) -> str:
        """2026年下半年的半年报告应在2027年1月22日前印发，还没有印发."""
        return f"{self.title}应在{chinese_date(self.due_on)}前印发，还没有印发"

    def draft(self) -> ReportAnalysis | None:
        """The one under way."""
        drafts = _analyses().filter(period__last=self.span.last, issued_at=None, withdrawn_at=None)
        return drafts.with_relations().first()


def half_year_reports(today: date) -> list[HalfYearReport]:
    """Those of each half year until this one, the earliest first; none while the office wants none.

    The first is the one that is the first to be reported by half years. Where nothing is reported of a half year, it
    counts while a scheme may still begin with it, and none that ended before units reported here.
    """
    days = OfficeSetting.objects.number(DAYS)
    if days <= 0:
        return []
    periods = _half_yearly_periods()
    spans = list(_spans(periods, min(periods) if periods else _first_scheme_on(), today))
    if not spans:
        return []
    calendar, issued = CalendarDay.objects.calendar(), _analyses().filter(issued_at__isnull=False)
    done = set(issued.values_list("period__last", flat=True))
    each = [(span, periods.get(span.last)) for span in spans if span.last not in done]
    return [HalfYearReport(span, _day_with_period(span, days, period, calendar), period) for span, period in each]


def half_year_reports_due(today: date) -> list[HalfYearReport]:
    """Those of the half years that have ended, the earliest first."""
    return [one for one in half_year_reports(today) if one.span.last < today]


def _half_yearly_periods() -> dict[date, ReportPeriod]:
    """The period of each half year, by its last day; the one of the earliest scheme where there are several."""
    periods = ReportPeriod.objects.filter(version__rhythm=HALF_YEARLY, due_at__isnull=False)
    return {period.last: period for period in periods.select_related("scheme", "version").order_by("-pk")}


def _first_scheme_on() -> date | None:
    return ReportScheme.objects.order_by("created_at").values_list("created_at__date", flat=True).first()


def _spans(periods: Mapping[date, ReportPeriod], begin: date | None, today: date) -> Iterator[Span]:
    """The half years that count, issued or not."""
    span = span_around(HALF_YEARLY, begin or today)
    while begin is not None and span.first <= today:
        if span.last in periods or today < span.last + A_SCHEME_MAY_BEGIN:
            yield span
        span = span_after(HALF_YEARLY, span)


def _day_with_period(span: Span, days: int, period: ReportPeriod | None, calendar: Calendar) -> date:
    """So many working days after its end, but not before what it is made of is due: it is drafted after that."""
    due_on = add_working_days(span.last, days, calendar)
    if period is None or period.due_at is None:
        return due_on
    return max(due_on, timezone.localtime(period.due_at).date())


def _analyses() -> ReportAnalysisQuerySet:
    return ReportAnalysis.objects.filter(under=None, period__version__rhythm=HALF_YEARLY)
