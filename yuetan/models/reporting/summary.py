"""汇总: what the office has accepted of a period, added up by the units below one, beside two earlier periods.

Every figure is counted from the rows by the database.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import connection

from yuetan.models.people.unit import Unit
from yuetan.models.reporting.report import PeriodicReport, ReportPeriod
from yuetan.rules.dates import clock
from yuetan.rules.reporting.form_fields import ReportField

MOST_LINES = 200  # units right below one; what a page leaves out is one line
MOST_NAMED = 50

# Every unit with the one of the lines that it lies below, or is; the unit that is asked for stands for itself.
_BELOW = """
    WITH RECURSIVE below (line, unit) AS (
        SELECT id, id FROM yuetan_unit
        WHERE parent_id = %(under)s::bigint OR (%(under)s::bigint IS NULL AND parent_id IS NULL)
        UNION
        SELECT below.line, child.id FROM below JOIN yuetan_unit AS child ON child.parent_id = below.unit
    ), lined (line, unit) AS (
        SELECT line, unit FROM below UNION ALL SELECT id, id FROM yuetan_unit WHERE id = %(under)s::bigint
    )
"""
_COUNTS = (
    _BELOW
    + """
    SELECT lined.line, count(*), count(report.handed_in_at), count(report.accepted_id),
        count(*) FILTER (WHERE report.handed_in_at >= report.due_at + interval '1 minute'),
        count(*) FILTER (WHERE report.handed_in_at IS NULL AND report.due_at < %(now)s)
    FROM yuetan_periodicreport AS report JOIN lined ON lined.unit = report.unit_id
    WHERE report.period_id = %(period)s GROUP BY lined.line
"""  # nosec B608 - made of what stands here
)
_SUMS = (
    _BELOW
    + """
    SELECT lined.line, figure.key, sum(figure.value::text::bigint)
    FROM yuetan_periodicreport AS report JOIN lined ON lined.unit = report.unit_id
    CROSS JOIN LATERAL jsonb_each(report.figures) AS figure
    WHERE report.period_id = %(period)s GROUP BY lined.line, figure.key
"""  # nosec B608 - made of what stands here
)


@dataclass
class Standing:
    """How many units owed, handed in, had accepted, were late, and handed in nothing though it was due."""

    expected: int = 0
    handed_in: int = 0
    accepted: int = 0
    late: int = 0
    missed: int = 0

    def add(self, other: Standing) -> None:
        """Add those of another line."""
        for name, number in vars(other).items():
            setattr(self, name, getattr(self, name) + number)


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
    root = under.pk if under else None
    standings = _standings(period, root)
    sums = [_sums(each, root) if each else {} for each in (period, *others)]
    lines = _summary_lines(under, standings, sums)
    total = SummaryLine("合计", None, Standing(), [{}, {}, {}])
    for line in lines:
        total.standing.add(line.standing)
        _add_sums(total, line)
    fields = [each for each in period.version.form_fields if each.is_count]
    named, more = _missing(period, under)
    return Summary(period, others, fields, _shortened(lines), total, named, more)


def _standings(period: ReportPeriod, root: int | None) -> dict[int, Standing]:
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, {"under": root, "period": period.pk, "now": clock.now()})
        return {line: Standing(*counts) for line, *counts in cursor.fetchall()}


def _sums(period: ReportPeriod, root: int | None) -> dict[int, dict[str, int]]:
    sums: dict[int, dict[str, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_SUMS, {"under": root, "period": period.pk})
        for line, key, number in cursor.fetchall():
            sums.setdefault(line, {})[key] = int(number)
    return sums


def _summary_lines(
    under: Unit | None, standings: Mapping[int, Standing], sums: Sequence[Mapping[int, dict[str, int]]]
) -> list[SummaryLine]:
    """A line for each unit that owes a report or has one below it that does, in the order of codes."""
    keys = standings.keys() | {key for each in sums for key in each}
    units = Unit.objects.filter(pk__in=keys).select_related("parent").order_by("code")
    with_children = set(Unit.objects.filter(parent__in=keys).values_list("parent", flat=True))
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
