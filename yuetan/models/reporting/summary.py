"""汇总: what the office has accepted of a period or several, added up by the units below one, beside two earlier ones.

Every figure is counted by the database, from the rows or from what triggers keep of them (`ReportSum`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Count

from yuetan.models.people.unit import Unit
from yuetan.models.reporting.report import PeriodicReport, PeriodicReportQuerySet, ReportPeriod
from yuetan.models.reporting.span import Others, PeriodSpan, of_one
from yuetan.models.reporting.summed import Counted, Standing, counted_by_line
from yuetan.rules.reporting.analysis_figures import absent_words, lacking_words
from yuetan.rules.reporting.form_fields import ReportField

MAX_LINES = 200  # units right below one; what a page leaves out is one line
EVERY_LINE = 1_000_000  # for a file: more than units may ever lie right below one
MAX_NAMED = 50
COMPARED = 3  # this period, the one before, last year's


def _change(number: int) -> str:
    return f"{number:+d}" if number else "持平"


@dataclass(frozen=True)
class Figure:
    """A sum, beside that of the period, or the span, before and of last year.

    None where there was no such, where it asked otherwise, and where no report of it counts: what nobody reported is
    not 0. `absent` says which, in words, of each of the three.
    """

    now: int | None
    before: int | None
    last_year: int | None
    absent: tuple[str, str, str] = field(default=("", "", ""), compare=False)

    @property
    def words(self) -> tuple[str, str, str]:
        """Each of the three: the number, or why there is none."""
        numbers = zip((self.now, self.before, self.last_year), self.absent, strict=True)
        now, before, last_year = (absent if number is None else str(number) for number, absent in numbers)
        return now, before, last_year

    @property
    def change(self) -> str:
        """+3 against the period before."""
        return "" if self.now is None or self.before is None else _change(self.now - self.before)

    @property
    def change_of_year(self) -> str:
        """-2 against last year."""
        return "" if self.now is None or self.last_year is None else _change(self.now - self.last_year)


@dataclass
class SummaryLine:
    """A unit with all below it: its name, how many reported, so of the last period, and the sums by the key of the
    field, each of this span, the one before, and last year's."""

    label: str
    unit: Unit | None
    standings: list[Standing] = field(default_factory=list)
    ends: list[Standing] = field(default_factory=list)
    sums: list[dict[str, int]] = field(default_factory=list)
    leads_down: bool = False

    @property
    def standing(self) -> Standing:
        """How many reported of this period."""
        return self.standings[0]

    def number(self, place: int, key: str, came: Standing) -> int | None:
        """A sum of one of the three; none where none of those that came counts."""
        return self.sums[place].get(key, 0) if came.accepted else None


@dataclass(frozen=True)
class Summary:
    """A period or several added up; `others` are the span before and that of last year, where there are such."""

    span: PeriodSpan
    others: Others
    lines: Sequence[SummaryLine]
    total: SummaryLine
    missing: Sequence[str]
    more_missing: int
    marked: int  # of the reports that count, those marked 瞒报、谎报

    @property
    def period(self) -> ReportPeriod:
        """The period, the last of several."""
        return self.span.last

    @property
    def fields(self) -> Sequence[ReportField]:
        """What is added up."""
        return self.span.fields

    @cached_property
    def heads(self) -> list[tuple[str, str]]:
        """What each sum is called, and in what it is counted."""
        return self.span.heads()

    @cached_property
    def _asked_in_all(self) -> list[set[str]]:
        """Of each of the three, which of the fields it asked alike."""
        return [each.alike(self.fields) if each else set() for each in (self.span, *self.others)]

    def figure(self, line: SummaryLine, key: str) -> Figure:
        """What a line says of a field."""
        came = line.ends if key in self.span.at_end else line.standings
        asked = [key in each for each in self._asked_in_all]
        numbers = [line.number(place, key, each) if asked[place] else None for place, each in enumerate(came)]
        words = [absent_words(each.expected, each.handed_in) if asked[place] else "" for place, each in enumerate(came)]
        now, before, last_year = numbers
        return Figure(now, before, last_year, absent=(words[0], words[1], words[2]))

    def figures(self, line: SummaryLine) -> list[Figure]:
        """What a line says, field by field."""
        return [self.figure(line, each.key) for each in self.fields]

    @property
    def lacking(self) -> list[str]:
        """上期另有2个单位未报或者未收，未计入: of each of the three of which a sum is not whole."""
        what = "个单位" if self.span.is_single and self.period.version.is_periodic else "份报表"
        lacking = list(self._lacking_of("", self.total.standings, what))
        return [*lacking, *self._lacking_of("最后一期", self.total.ends, "个单位")] if self.has_ends else lacking

    @property
    def has_ends(self) -> bool:
        """Whether a sum is that of the last period alone."""
        return any(each.key in self.span.at_end for each in self.fields)

    def _lacking_of(self, which: str, standings: Sequence[Standing], what: str) -> Iterator[str]:
        spans = zip(("本期", "上期", "去年同期"), (self.span, *self.others), standings, strict=True)
        for name, span, each in spans:
            if span and each.lacking:
                yield lacking_words(f"{name}{which}", each.lacking, what)


def summarise(period: ReportPeriod, under: Unit | None = None, most: int | None = None) -> Summary:
    """The sums of a period by the units right below one, or below those at the top; so many of them, or a page full."""
    return summarise_span(of_one(period), under, most)


def summarise_span(span: PeriodSpan, under: Unit | None = None, most: int | None = None) -> Summary:
    """The sums of a period, or of several one after the other, in the same way."""
    most = MAX_LINES if most is None else most
    others = span.others()
    shown = [each.keys if each else [] for each in (span, *others)]
    units = Unit.objects.keys_within(under) if under else None
    keys = [each.key for each in span.fields]
    counted = counted_by_line(shown, keys, span.at_end, under.pk if under else None, units, most)
    lines = _summary_lines(under, counted, most)
    total = _added_up(lines)
    return Summary(span, others, lines, total, *_missing(span, total, units), _marked(span, units))


def _marked(span: PeriodSpan, units: Sequence[int] | None) -> int:
    """How many reports that count bear a mark in force."""
    counted = PeriodicReport.objects.filter(period__in=span.keys, accepted__isnull=False)
    within = counted if units is None else counted.filter(unit__in=units)
    return within.filter(marks__isnull=False, marks__withdrawn_at=None).count()  # in one, so that each is joined once


def _summary_lines(under: Unit | None, counted: Mapping[int | None, Counted], most: int) -> list[SummaryLine]:
    """A line for each unit that owes a report or has one below it that does, in the order of codes, and the rest."""
    units = list(Unit.objects.filter(pk__in=filter(None, counted)).select_related("parent").order_by("code"))
    with_children = set(Unit.objects.filter(parent__in=units).order_by().values_list("parent", flat=True).distinct())
    above = {under.pk} if under else set()
    lines = [
        SummaryLine(
            f"{unit.full_name}本级" if unit.pk in above else unit.full_name,
            unit,
            counted[unit.pk].standings,
            counted[unit.pk].ends,
            counted[unit.pk].sums,
            unit.pk in with_children and unit.pk not in above,
        )
        for unit in units
    ]
    rest = counted.get(None)
    if rest is not None:
        lines.append(SummaryLine(f"其余 {rest.last - most} 个", None, rest.standings, rest.ends, rest.sums))
    return lines


def _added_up(lines: Sequence[SummaryLine]) -> SummaryLine:
    nothing = Counted.nothing(COMPARED)
    total = SummaryLine("合计", None, nothing.standings, nothing.ends, nothing.sums)
    for line in lines:
        for standing, other in zip((*total.standings, *total.ends), (*line.standings, *line.ends), strict=True):
            standing.add(other)
        for own, sums in zip(total.sums, line.sums, strict=True):
            own |= {key: own.get(key, 0) + number for key, number in sums.items()}
    return total


def _missing(span: PeriodSpan, total: SummaryLine, units: Sequence[int] | None) -> tuple[list[str], int]:
    """The first of the units of which nothing came though it was due, by name, and how many more there are."""
    missed = PeriodicReport.objects.missed().filter(period__in=span.keys)
    if units is not None:
        missed = missed.filter(unit__in=units)
    if not span.is_single:
        return _missed_most(missed, len(span.periods))
    first = missed.select_related("unit__parent").order_by("unit_id")[:MAX_NAMED]
    return [each.unit.full_name for each in first], max(total.standing.missed - MAX_NAMED, 0)


def _missed_most(missed: PeriodicReportQuerySet, periods: int) -> tuple[list[str], int]:
    """棠下镇（13期中未报2期）: those first that missed most of several periods."""
    times = dict(
        missed.order_by().values_list("unit").annotate(times=Count("*")).order_by("-times", "unit")[:MAX_NAMED]
    )
    units = Unit.objects.select_related("parent").in_bulk(list(times))
    named = [f"{units[key].full_name}（{periods}期中未报{number}期）" for key, number in times.items()]
    return named, missed.order_by().values("unit").distinct().count() - len(named)
