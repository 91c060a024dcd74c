"""汇总: what the office has accepted of a period, added up by the units below one, beside two earlier periods.

Every figure is counted by the database, from the rows or from what triggers keep of them (`ReportSum`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from yuetan.models.people.unit import Unit
from yuetan.models.reporting.report import PeriodicReport, ReportPeriod
from yuetan.models.reporting.summed import Counted, Standing, counted_by_line
from yuetan.rules.reporting.analysis_figures import absent_words, lacking_words
from yuetan.rules.reporting.form_fields import REPORTS, UNITS, ReportField

MAX_LINES = 200  # units right below one; what a page leaves out is one line
EVERY_LINE = 1_000_000  # for a file: more than units may ever lie right below one
MAX_NAMED = 50
COMPARED = 3  # this period, the one before, last year's


def _change(number: int) -> str:
    return f"{number:+d}" if number else "持平"


@dataclass(frozen=True)
class Figure:
    """A sum, beside that of the period before and of last year.

    None where there was no such period, and where no report of it counts: what nobody reported is not 0. `absent` says
    which, in words, of each of the three.
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
    """A unit with all below it: its name, how many reported, and the sums by the key of the field, each of this period,
    the one before, and last year's."""

    label: str
    unit: Unit | None
    standings: list[Standing] = field(default_factory=list)
    sums: list[dict[str, int]] = field(default_factory=list)
    leads_down: bool = False

    @property
    def standing(self) -> Standing:
        """How many reported of this period."""
        return self.standings[0]

    def number(self, place: int, key: str) -> int | None:
        """A sum of one of the three; none where no report counts in it."""
        return self.sums[place].get(key, 0) if self.standings[place].accepted else None


@dataclass(frozen=True)
class Summary:
    """One period added up; `others` are the period before and that of last year, where there are such."""

    period: ReportPeriod
    others: tuple[ReportPeriod | None, ReportPeriod | None]
    fields: Sequence[ReportField]
    lines: Sequence[SummaryLine]
    total: SummaryLine
    missing: Sequence[str]
    more_missing: int
    marked: int  # of the reports that count, those marked 瞒报、谎报

    @property
    def heads(self) -> list[tuple[str, str]]:
        """What each sum is called, and in what it is counted."""
        counted_in = UNITS if self.period.version.is_periodic else REPORTS
        return [each.sum_head(counted_in) for each in self.fields]

    def figure(self, line: SummaryLine, key: str) -> Figure:
        """What a line says of a field."""
        numbers = line.number(0, key), line.number(1, key), line.number(2, key)
        now, before, last_year = (absent_words(each.expected, each.handed_in) for each in line.standings)
        absent = now, before if self.others[0] else "", last_year if self.others[1] else ""
        return Figure(*numbers, absent=absent)

    def figures(self, line: SummaryLine) -> list[Figure]:
        """What a line says, field by field."""
        return [self.figure(line, each.key) for each in self.fields]

    @property
    def lacking(self) -> list[str]:
        """上期另有2个单位未报或者未收，未计入: of each of the three of which a sum is not whole."""
        standings = zip(("本期", "上期", "去年同期"), (self.period, *self.others), self.total.standings, strict=True)
        what = "个单位" if self.period.version.is_periodic else "份报表"
        return [lacking_words(name, each.lacking, what) for name, period, each in standings if period and each.lacking]


def summarise(period: ReportPeriod, under: Unit | None = None, most: int | None = None) -> Summary:
    """The sums of a period by the units right below one, or below those at the top; so many of them, or a page full."""
    most = MAX_LINES if most is None else most
    others = (period.before(), period.a_year_before())
    fields = [each for each in period.version.form_fields if each.is_summed]
    shown = [each.pk if each else None for each in (period, *others)]
    units = Unit.objects.keys_within(under) if under else None
    counted = counted_by_line(shown, [each.key for each in fields], under.pk if under else None, units, most)
    lines = _summary_lines(under, counted, most)
    total = _added_up(lines)
    named = _missing(period, under)
    more = max(total.standing.missed - MAX_NAMED, 0)
    return Summary(period, others, fields, lines, total, named, more, _marked(period, units))


def _marked(period: ReportPeriod, units: Sequence[int] | None) -> int:
    """How many reports that count bear a mark in force."""
    counted = PeriodicReport.objects.filter(period=period, accepted__isnull=False)
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
            counted[unit.pk].sums,
            unit.pk in with_children and unit.pk not in above,
        )
        for unit in units
    ]
    rest = counted.get(None)
    if rest is not None:
        lines.append(SummaryLine(f"其余 {rest.last - most} 个", None, rest.standings, rest.sums))
    return lines


def _added_up(lines: Sequence[SummaryLine]) -> SummaryLine:
    total = SummaryLine("合计", None, [Standing() for _ in range(COMPARED)], [{} for _ in range(COMPARED)])
    for line in lines:
        for standing, other in zip(total.standings, line.standings, strict=True):
            standing.add(other)
        for own, sums in zip(total.sums, line.sums, strict=True):
            own |= {key: own.get(key, 0) + number for key, number in sums.items()}
    return total


def _missing(period: ReportPeriod, under: Unit | None) -> list[str]:
    """The first of the units below of which nothing came though it was due, by name."""
    missed = PeriodicReport.objects.missed().filter(period=period)
    if under is not None:
        missed = missed.filter(unit__in=Unit.objects.keys_within(under))
    return [each.unit.full_name for each in missed.select_related("unit__parent").order_by("unit_id")[:MAX_NAMED]]
