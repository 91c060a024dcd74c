"""信息报送 of the demonstration by the month, the quarter, the half year and the year: what there is to compare."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TypeAlias

from yuetan.actions.reporting.acceptance import accept_reports, return_report
from yuetan.actions.reporting.periods import open_scheme
from yuetan.actions.reporting.reports import fill_report, report_zero
from yuetan.actions.reporting.schemes import Asked, create_scheme
from yuetan.models import PeriodicReport, ReportPeriod, ReportScheme, ReportVersion, Unit, User
from yuetan.rules.dates import clock
from yuetan.rules.dates.working_days import ONE_DAY
from yuetan.rules.reporting.form_fields import FieldRow
from yuetan.rules.reporting.periods import Span, span_after, span_around
from yuetan.rules.text.official_text import CHINA_STANDARD_TIME
from yuetan.scenarios.actors import in_office
from yuetan.scenarios.demo import rhythm_words as words
from yuetan.scenarios.demo.analyses import AnalysisWords, play_analysis
from yuetan.vocabulary import DayCount, ReportingRhythm, Weekday

Reported: TypeAlias = dict[str, object]
Heads: TypeAlias = Mapping[Unit, User]  # who reports for each unit

OPEN_DAYS = 10  # before the end of a period
MISSES, LATE, NOTHING, RETURNED = "440784103", "440781", "440704", "440785101"  # what a unit does, by its code
MORNING, DEADLINE = time(9), time(17, 30)
EARLY, TOO_LATE, ACCEPTED = timedelta(hours=33), timedelta(hours=16, minutes=25), timedelta(hours=17)
A_WHILE = timedelta(minutes=35)  # between one unit and the next
AGAIN_WITHIN = timedelta(days=3)


@dataclass(frozen=True)
class Rhythm:
    """A scheme: what it asks, how many periods there are until the running one, and what a unit says in each."""

    title: str
    source: str
    rhythm: ReportingRhythm
    due_days: int
    periods: int
    fields: tuple[FieldRow, ...]
    values: Callable[[int, int], Reported]
    analysis: AnalysisWords | None = None
    with_gaps: bool = False  # of the last period whose limit has passed one report is missing, one was sent back


RHYTHMS = (
    Rhythm("年度工作总结", words.YEARLY, ReportingRhythm.YEARLY, 20, 2, words.YEAR_FIELDS, words.year_values),
    Rhythm(
        "扫黑除恶工作情况",
        words.HALF_YEARLY,
        ReportingRhythm.HALF_YEARLY,
        15,
        4,
        words.HALF_YEAR_FIELDS,
        words.half_year_values,
        words.HALF_YEAR_ANALYSIS,
    ),
    Rhythm(
        "重点行业领域整治情况",
        words.QUARTERLY,
        ReportingRhythm.QUARTERLY,
        10,
        6,
        words.QUARTER_FIELDS,
        words.quarter_values,
        words.QUARTER_ANALYSIS,
        with_gaps=True,
    ),
    Rhythm(
        "重点场所底数",
        words.MONTHLY,
        ReportingRhythm.MONTHLY,
        5,
        4,
        words.MONTH_FIELDS,
        words.month_values,
        with_gaps=True,
    ),
)


def play_rhythms(heads: Heads) -> None:
    """The schemes, then period after period as their limits come, so that what is numbered runs with the calendar."""
    spans = {rhythm: _spans(rhythm) for rhythm in RHYTHMS}
    schemes = {rhythm: _scheme(rhythm, spans[rhythm][0], heads) for rhythm in RHYTHMS}
    periods = [(rhythm, number, span) for rhythm in RHYTHMS for number, span in enumerate(spans[rhythm])]
    for rhythm, number, span in sorted(periods, key=lambda one: _accepted_at(one[0], one[2])):
        _play_period(schemes[rhythm], rhythm, span, number, heads)


def _spans(rhythm: Rhythm) -> list[Span]:
    """Those that have begun, the running one last."""
    spans = [span_around(rhythm.rhythm, clock.today())]
    while len(spans) < rhythm.periods:
        spans.append(span_around(rhythm.rhythm, spans[-1].first - ONE_DAY))
    return spans[::-1]


def _first_morning(span: Span) -> datetime:
    """Of its first day; this moment where that is to come."""
    return min(datetime.combine(span.first, MORNING, CHINA_STANDARD_TIME), clock.now())


def _scheme(rhythm: Rhythm, first: Span, heads: Heads) -> ReportScheme:
    asked = Asked(
        source=rhythm.source,
        receiver="",
        kinds=[],
        area=None,
        named_units=list(heads),
        rhythm=rhythm.rhythm,
        weekday=Weekday.THURSDAY,
        due_days=rhythm.due_days,
        day_count=DayCount.CALENDAR,
        due_time=DEADLINE,
        open_days=OPEN_DAYS,
        first_day=first.first,
        last_day=None,
        fields=rhythm.fields,
    )
    with clock.at(_first_morning(first)):
        return create_scheme(by=in_office("director"), title=rhythm.title, asked=asked)


def _play_period(scheme: ReportScheme, rhythm: Rhythm, span: Span, number: int, heads: Heads) -> None:
    with clock.at(_first_morning(span)):
        open_scheme(scheme, clock.today())
    period = scheme.periods.get(last=span.last)
    gaps = _has_gaps(rhythm, span)
    for moment, report, values in _coming_reports(period, rhythm, number, heads, gaps=gaps):
        if moment <= clock.now():
            _hand_in(report, heads[report.unit], values, moment)
    if _accepted_at(rhythm, span) <= clock.now():
        with clock.at(_accepted_at(rhythm, span)):
            _accept_all(period, gaps=gaps)
    _analyse(period, rhythm)


def _has_gaps(rhythm: Rhythm, span: Span) -> bool:
    """Whether it is the last whose limit has passed, of a scheme with gaps."""
    after = span_after(rhythm.rhythm, span)
    return rhythm.with_gaps and _accepted_at(rhythm, span) <= clock.now() < _accepted_at(rhythm, after)


def _accepted_at(rhythm: Rhythm, span: Span) -> datetime:
    """The morning after its time limit."""
    due_on = span.last + timedelta(days=rhythm.due_days)
    return datetime.combine(due_on, DEADLINE, CHINA_STANDARD_TIME) + ACCEPTED


def _coming_reports(
    period: ReportPeriod, rhythm: Rhythm, number: int, heads: Heads, *, gaps: bool
) -> Iterator[tuple[datetime, PeriodicReport, Reported | None]]:
    """When each unit reports, and what; nothing where it has nothing. With gaps one is left out."""
    assert period.due_at is not None
    places = {unit.code: place for place, unit in enumerate(heads)}
    for report in PeriodicReport.objects.with_relations().filter(period=period).order_by("unit__code"):
        code, place = report.unit.code, places[report.unit.code]
        if code == MISSES and gaps:
            continue
        late = code == LATE and (gaps or not number % 2)
        moment = period.due_at + TOO_LATE if late else period.due_at - EARLY + place * A_WHILE
        yield moment, report, None if code == NOTHING and not number else rhythm.values(place, number)


def _hand_in(report: PeriodicReport, head: User, values: Reported | None, moment: datetime) -> None:
    """By the head, and so handed in at once."""
    with clock.at(moment):
        if values is None:
            report_zero(report, by=head, after=0)
        else:
            fill_report(report, by=head, values=values, files={}, reason="", after=0)


def _accept_all(period: ReportPeriod, *, gaps: bool) -> None:
    """All that came; with gaps one is sent back."""
    came = ReportVersion.objects.filter(report__period=period, accepted_at=None).select_related("report__unit")
    to_correct = [version for version in came if gaps and version.report.unit.code == RETURNED]
    accept_reports([version for version in came if version not in to_correct], by=in_office("officer"))
    for version in to_correct:
        again_by = clock.today() + AGAIN_WITHIN
        return_report(version, by=in_office("officer"), reason=words.RETURNED, again_by=again_by)


def _analyse(period: ReportPeriod, rhythm: Rhythm) -> None:
    if rhythm.analysis is not None:
        play_analysis(period, rhythm.analysis)
