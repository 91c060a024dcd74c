"""汇总: what the office has accepted of a period, added up by the units below one, beside two earlier periods.

Every figure is counted from the rows by the database.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from yuetan.models.people.unit import Unit
from yuetan.models.reporting.report import PeriodicReport, ReportPeriod
from yuetan.models.reporting.summed import Standing, counted_by_line
from yuetan.rules.reporting.form_fields import ReportField

MOST_LINES = 200  # units right below one; what a page leaves out is one line
MOST_NAMED = 50


def _change(number: int) -> str:
    return f"{number:+d}" if number else "持平"


@dataclass(frozen=True)
class Figure:
    """A sum, beside that of the period before and of last year; none where there was no such period."""

    now: int
    before: int | None
    last_year: int | None

    @property
    def change(self) -> str:
        """+3 against the period before."""
        return "" if self.before is None else _change(self.now - self.before)

    @property
    def change_of_year(self) -> str:
        """-2 against last year."""
        return "" if self.last_year is None else _change(self.now - self.last_year)


@dataclass
class SummaryLine:
    """A unit with all below it: its name, how many reported, and the sums by the key of the field."""

    label: str
    unit: Unit | None
    standing: Standing
    sums: list[dict[str, int]] = field(default_factory=list)  # of this period, the one before, last year's
    leads_down: bool = False


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

    def figure(self, line: SummaryLine, key: str) -> Figure:
        """What a line says of a field."""
        now, before, last_year = (sums.get(key, 0) for sums in line.sums)
        return Figure(now, before if self.others[0] else None, last_year if self.others[1] else None)

    def figures(self, line: SummaryLine) -> list[Figure]:
        """What a line says, field by field."""
        return [self.figure(line, each.key) for each in self.fields]


def summarise(period: ReportPeriod, under: Unit | None = None) -> Summary:
    """The sums of a period by the units right below one, or below those at the top."""
    others = (period.before(), period.a_year_before())
    fields = [each for each in period.version.form_fields if each.is_count]
    shown = [each.pk if each else None for each in (period, *others)]
    units = Unit.objects.keys_within(under) if under else None
    asked = [key for key in shown if key is not None], [each.key for each in fields], under.pk if under else None
    counted = counted_by_line(*asked, units)
    standings = {line: one.standing for (key, line), one in counted.items() if key == period.pk}
    sums = [{line: one.sums for (key, line), one in counted.items() if key == each and one.sums} for each in shown]
    lines = _summary_lines(under, standings, sums)
    total = SummaryLine("合计", None, Standing(), [{}, {}, {}])
    for line in lines:
        total.standing.add(line.standing)
        _add_sums(total, line)
    named, more = _missing(period, under)
    return Summary(period, others, fields, _shortened(lines), total, named, more)


def _summary_lines(
    under: Unit | None, standings: Mapping[int, Standing], sums: Sequence[Mapping[int, dict[str, int]]]
) -> list[SummaryLine]:
    """A line for each unit that owes a report or has one below it that does, in the order of codes."""
    keys = standings.keys() | {key for each in sums for key in each}
    units = list(Unit.objects.filter(pk__in=keys).select_related("parent").order_by("code"))
    shown = [unit.pk for unit in units[:MOST_LINES]]
    with_children = set(Unit.objects.filter(parent__in=shown).order_by().values_list("parent", flat=True).distinct())
    above = {under.pk} if under else set()
    return [
        SummaryLine(
            f"{unit.full_name}本级" if unit.pk in above else unit.full_name,
            unit,
            standings.get(unit.pk, Standing()),
            [dict(each.get(unit.pk, {})) for each in sums],
            unit.pk in with_children and unit.pk not in above,
        )
        for unit in units
    ]


def _add_sums(total: SummaryLine, line: SummaryLine) -> None:
    for own, other in zip(total.sums, line.sums, strict=True):
        for key, number in other.items():
            own[key] = own.get(key, 0) + number


def _shortened(lines: list[SummaryLine]) -> list[SummaryLine]:
    """What is beyond the last line that a page shows is added up in one."""
    if len(lines) <= MOST_LINES:
        return lines
    rest = SummaryLine(f"其余 {len(lines) - MOST_LINES} 个", None, Standing(), [{}, {}, {}])
    for line in lines[MOST_LINES:]:
        rest.standing.add(line.standing)
        _add_sums(rest, line)
    return [*lines[:MOST_LINES], rest]


def _missing(period: ReportPeriod, under: Unit | None) -> tuple[list[str], int]:
    """The units below of which nothing came though it was due, by name, and how many more there are."""
    missed = PeriodicReport.objects.missed().filter(period=period)
    if under is not None:
        missed = missed.filter(unit__in=Unit.objects.keys_within(under))
    shown = list(missed.select_related("unit__parent").order_by("unit_id")[: MOST_NAMED + 1])
    more = missed.count() - MOST_NAMED if len(shown) > MOST_NAMED else 0
    return [report.unit.full_name for report in shown[:MOST_NAMED]], more
