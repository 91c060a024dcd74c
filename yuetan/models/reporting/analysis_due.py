"""分析报告 that the office has to issue by a rhythm: of which periods, by when, and what there is of each.

镇（街）工作制度 has 半年报告, 常态化实施方案 has 季度分析报告. The texts set no day: that, and whether the office wants
to be reminded at all, are 办公室设定.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from yuetan.models.office.office import CalendarDay, OfficeSetting
from yuetan.models.reporting.analysis import CALLED, ReportAnalysis
from yuetan.models.reporting.report import ReportPeriod
from yuetan.models.reporting.scheme import ReportScheme
from yuetan.rules.dates.working_days import Calendar, add_working_days
from yuetan.rules.reporting.periods import MAX_DUE_DAYS, Span, span_after, span_around
from yuetan.rules.text.official_text import chinese_date
from yuetan.vocabulary import ReportingRhythm

A_SCHEME_MAY_BEGIN = timedelta(days=MAX_DUE_DAYS)  # with a period that has ended


@dataclass(frozen=True)
class AnalysisRhythm:
    """How often one is due; `days` is the setting of the office, `key` begins the keys of its messages."""

    rhythm: ReportingRhythm
    days: str
    key: str
    each: str

    @property
    def called(self) -> str:
        """半年报告."""
        return CALLED[self.rhythm]


HALF_YEARLY = AnalysisRhythm(ReportingRhythm.HALF_YEARLY, "half_year_report_days", "half_year_report", "半年")
QUARTERLY = AnalysisRhythm(ReportingRhythm.QUARTERLY, "quarter_analysis_days", "quarter_analysis", "季度")
RHYTHMS = (HALF_YEARLY, QUARTERLY)


@dataclass(frozen=True)
class AnalysisDue:
    """A span of which no 分析报告 of all units was issued, and by when it is to be.

    `period` is the one of which it is drafted; none where nothing is reported of this span.
    """

    of: AnalysisRhythm
    span: Span
    due_on: date
    period: ReportPeriod | None = None

    @property
    def title(self) -> str:
        """2026年下半年的半年报告."""
        return f"{self.span.label}的{self.of.called}"

    @property
    def words(self) -> str:
        """2026年下半年的半年报告应在2027年1月22日前印发，还没有印发."""
        return f"{self.title}应在{chinese_date(self.due_on)}前印发，还没有印发"

    @property
    def place(self) -> tuple[str, date]:
        """Which one it is."""
        return self.of.rhythm, self.span.last


def analyses_due(today: date) -> list[AnalysisDue]:
    """Those of each span until this one, rhythm by rhythm, the earliest first; none in a rhythm the office wants not.

    The first of a rhythm is the one that is the first to be reported so. Where nothing is reported of a span, it counts
    while a scheme may still begin with it, and none that ended before units reported here.
    """
    days = OfficeSetting.objects.numbers(*(each.days for each in RHYTHMS))
    wanted = {each: number for each, number in zip(RHYTHMS, days, strict=True) if number > 0}
    begin = _first_scheme_on() if wanted else None
    if begin is None:
        return []
    known, calendar = _reported_in(wanted), CalendarDay.objects.calendar()
    issued = {(one.rhythm, one.period.last) for one in known if one.is_issued}
    due = (
        AnalysisDue(each, span, _day_with_period(span, number, period, calendar), period)
        for each, number in wanted.items()
        for span, period in _spans(each, known, begin, today)
    )
    return [one for one in due if one.place not in issued]


def ended_analyses_due(today: date) -> list[AnalysisDue]:
    """Those of the spans that have ended, rhythm by rhythm, the earliest first."""
    return [one for one in analyses_due(today) if one.span.last < today]


def drafts_of(due: Iterable[AnalysisDue]) -> dict[tuple[str, date], ReportAnalysis]:
    """Those under way, each by the place of what is due; the newest of several."""
    places = [one.place for one in due]
    open_ones = ReportAnalysis.objects.filter(under=None, issued_at=None, withdrawn_at=None)
    rhythms, ends = {rhythm for rhythm, _ in places}, {last for _, last in places}
    drafts = open_ones.filter(period__version__rhythm__in=rhythms, period__last__in=ends).with_relations()
    return {(one.period.version.rhythm, one.period.last): one for one in reversed(drafts)} if places else {}


def _first_scheme_on() -> date | None:
    return ReportScheme.objects.order_by("created_at").values_list("created_at__date", flat=True).first()


class _Reported(NamedTuple):
    """A period with its rhythm, and whether an analysis of all units was issued of it."""

    period: ReportPeriod
    rhythm: str
    is_issued: bool


def _reported_in(wanted: Iterable[AnalysisRhythm]) -> list[_Reported]:
    """What is reported in these rhythms; the earliest scheme is the last, which is kept where there are several."""
    rhythms = [each.rhythm for each in wanted]
    issued = ReportAnalysis.objects.filter(period=OuterRef("pk"), under=None, issued_at__isnull=False)
    periods = ReportPeriod.objects.filter(version__rhythm__in=rhythms, due_at__isnull=False)
    rows: Iterable[Any] = periods.annotate(rhythm=F("version__rhythm"), is_issued=Exists(issued)).order_by("-pk")
    return [_Reported(row, row.rhythm, row.is_issued) for row in rows]


def _spans(
    each: AnalysisRhythm, known: Iterable[_Reported], begin: date, today: date
) -> Iterator[tuple[Span, ReportPeriod | None]]:
    """The spans that count, issued or not, each with its period."""
    periods = {one.period.last: one.period for one in known if one.rhythm == each.rhythm}
    span = span_around(each.rhythm, min(periods, default=begin))
    while span.first <= today:
        if span.last in periods or today < span.last + A_SCHEME_MAY_BEGIN:
            yield span, periods.get(span.last)
        span = span_after(each.rhythm, span)


def _day_with_period(span: Span, days: int, period: ReportPeriod | None, calendar: Calendar) -> date:
    """So many working days after its end, but not before what it is made of is due: it is drafted after that."""
    due_on = add_working_days(span.last, days, calendar)
    if period is None or period.due_at is None:
        return due_on
    return max(due_on, timezone.localtime(period.due_at).date())
