"""汇总: what the office has accepted of a period, added up by the units below one, beside two earlier periods.

Every figure is counted by the database, from the rows or from what triggers keep of them (`ReportSum`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from yuetan.models.people.unit import Unit
from yuetan.models.reporting.report import PeriodicReport, ReportPeriod
from yuetan.models.reporting.summed import Counted, Standing, counted_by_line
from yuetan.rules.reporting.form_fields import REPORTS, UNITS, ReportField

MAX_LINES = 200  # units right below one; what a page leaves out is one line
MAX_NAMED = 50


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
    marked: int  # of the reports that count, those marked 瞒报、谎报

    @property
    def heads(self) -> list[tuple[str, str]]:
        """What each sum is called, and in what it is counted."""
        counted_in = UNITS if self.period.version.is_periodic else REPORTS
        return [each.sum_head(counted_in) for each in self.fields]

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
    fields = [each for each in period.version.form_fields if each.is_summed]
    shown = [each.pk if each else None for each in (period, *others)]
    units = Unit.objects.keys_within(under) if under else None
    counted = counted_by_line(shown, [each.key for each in fields], under.pk if under else None, units, MAX_LINES)
    lines = _summary_lines(under, counted)
    total = SummaryLine("合计", None, Standing(), [{}, {}, {}])
    for line in lines:
        total.standing.add(line.standing)
        _add_sums(total, line)
    named = _missing(period, under)
    more = max(total.standing.missed - MAX_NAMED, 0)
    return Summary(period, others, fields, lines, total, named, more, _marked(period, units))


def _marked(period: ReportPeriod, units: Sequence[int] | None) -> int:
    """How many reports that count bear a mark in force."""
    counted = PeriodicReport.objects.filter(period=period, accepted__isnull=False)
    within = counted if units is None else counted.filter(unit__in=units)
    return within.filter(marks__isnull=False, marks__withdrawn_at=None).count()  # in one, so that each is joined once


def _summary_lines(under: Unit | None, counted: Mapping[int | None, Counted]) -> list[SummaryLine]:
    """A line for each unit that owes a report or has one below it that does, in the order of codes, and the rest."""
    units = list(Unit.objects.filter(pk__in=filter(None, counted)).select_related("parent").order_by("code"))
    with_children = set(Unit.objects.filter(parent__in=units).order_by().values_list("parent", flat=True).distinct())
    above = {under.pk} if under else set()
    lines = [
        SummaryLine(
            f"{unit.full_name}本级" if unit.pk in above else unit.full_name,
            unit,
            counted[unit.pk].standing,
            counted[unit.pk].sums,
            unit.pk in with_children and unit.pk not in above,
        )
        for unit in units
    ]
    rest = counted.get(None)
    if rest is not None:
        lines.append(SummaryLine(f"其余 {rest.last - MAX_LINES} 个", None, rest.standing, rest.sums))
    return lines


def _add_sums(total: SummaryLine, line: SummaryLine) -> None:
    for own, other in zip(total.sums, line.sums, strict=True):
        for key, number in other.items():
            own[key] = own.get(key, 0) + number


def _missing(period: ReportPeriod, under: Unit | None) -> list[str]:
    """The first of the units below of which nothing came though it was due, by name."""
    missed = PeriodicReport.objects.missed().filter(period=period)
    if under is not None:
        missed = missed.filter(unit__in=Unit.objects.keys_within(under))
    return [each.unit.full_name for each in missed.select_related("unit__parent").order_by("unit_id")[:MAX_NAMED]]
