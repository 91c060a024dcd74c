"""三书一函统计 of a year, half a year or a quarter: by kind and by unit, how many, on what, what became of them.

Each figure leads to its list. 收到 is the sum of what was replied to in time or late, is unreplied, or ended so.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Q, QuerySet

from yuetan.forms.received.received_filter import OWN, YES, conditions_of_replies
from yuetan.ledgers.ledger import Cell
from yuetan.ledgers.received.received import ReceivedLedger
from yuetan.models import ReceivedLetter, Unit, User
from yuetan.models.received.letter import CLOSED_UNREPLIED, WITHOUT_REPLY, ReceivedLetterQuerySet
from yuetan.models.received.repeats import is_repeat
from yuetan.rules.dates.periods import Period, PeriodKind
from yuetan.vocabulary import ReceivedKind

PERIODS = (PeriodKind.YEAR, PeriodKind.HALF_YEAR, PeriodKind.QUARTER)
MAX_UNITS = 50  # on one page, those with the most letters
MAX_MATTERS = 3  # of a line, the last ones
NARROW, WIDE, WIDEST = 12, 30, 60  # columns of the file
NEWEST = ("-received_on", "-pk")
FIGURES: tuple[tuple[str, str, Mapping[str, str]], ...] = (
    ("收到", "total", {}),
    ("按期回复", "in_time", {"replies": "in_time"}),
    ("逾期回复", "late", {"replies": "late"}),
    ("未回复", "unreplied", {"replies": "unreplied"}),
    ("其中逾期", "overdue", {"replies": "overdue"}),
    ("不经回复办结", "unit_ended", {"replies": "unit_ended"}),
    ("来函机关撤回", "recalled", {"replies": "recalled"}),
    ("重复事项", "repeated", {"repeated": YES}),
)

Figures = dict[str, int]


@dataclass(frozen=True)
class ReceivedLine:
    """One kind or unit: its figures, each with where it is listed, and the last matters."""

    label: str
    figures: list[tuple[int, str]]
    matters: list[str]


@dataclass(frozen=True)
class ReceivedStatistics:
    """Those of a period; `more_units` is how many units are not listed, `url` lists all that came in it."""

    period: Period
    heads: list[str]
    kinds: list[ReceivedLine]
    total: ReceivedLine
    units: list[ReceivedLine]
    more_units: int
    url: str


def received_statistics(user: User, period: Period, most_units: int | None = MAX_UNITS) -> ReceivedStatistics:
    """What stands of the letters that came in a period, as far as the person may see them; the withdrawn do not count.

    Of the units those with the most letters, no more than asked for; None is all.
    """
    visible = ReceivedLetter.objects.visible_to(user).in_force()
    letters = visible.filter(received_on__range=(period.first, period.last)).order_by()
    of_kinds, of_units = _figures_by(letters, "kind"), _figures_by(letters, "unit", most_units)
    _add_how_closed(letters, of_kinds, of_units)
    named = Unit.objects.select_related("parent").in_bulk(of_units)
    matters, matters_of_units = _matters_of_kinds(letters), _matters_of_units(letters, list(of_units))
    full = most_units is not None and len(of_units) == most_units
    url = _Addresses(period)
    return ReceivedStatistics(
        period,
        [head for head, _, _ in FIGURES],
        [url.line(kind.label, of_kinds.get(kind, {}), {"kind": kind.value}, matters[kind]) for kind in ReceivedKind],
        url.line("合计", _sum(of_kinds), {}, []),
        [
            url.line(named[key].full_name, row, {"area": named[key].code, "only": OWN}, matters_of_units[key])
            for key, row in of_units.items()
        ],
        letters.values("unit").distinct().count() - len(of_units) if full else 0,
        url.of({}),
    )


@dataclass(frozen=True)
class _Addresses:
    """Where the letters of a period are listed."""

    period: Period

    def of(self, asked: Mapping[str, str]) -> str:
        """The address of those of its letters that are asked for."""
        days = {"begin": self.period.first.isoformat(), "end": self.period.last.isoformat()}
        return ReceivedLedger().url_of({**days, **asked})

    def line(self, label: str, row: Figures, of: Mapping[str, str], matters: list[str]) -> ReceivedLine:
        """The figures of one kind or unit."""
        figures = [(row.get(name, 0), self.of({**of, **asked})) for _, name, asked in FIGURES]
        return ReceivedLine(label, figures, matters)


def _figures_by(letters: ReceivedLetterQuerySet, group: str, most: int | None = None) -> dict[Any, Figures]:
    """The figures of each kind or unit, as the database counts them, those with the most letters first."""
    conditions = {"total": Q(), "repeated": is_repeat(), **conditions_of_replies()}
    names = [name for _, name, _ in FIGURES if name not in CLOSED_UNREPLIED]
    counts: dict[str, Any] = {name: Count("received_on", filter=conditions[name]) for name in names}
    rows: QuerySet[Any, dict[str, Any]] = letters.values(group).annotate(**counts)
    return {row[group]: {name: row[name] for name in names} for row in rows.order_by("-total", group)[:most]}


def _add_how_closed(
    letters: ReceivedLetterQuerySet, of_kinds: dict[Any, Figures], of_units: dict[Any, Figures]
) -> None:
    """How those were closed that ended unreplied: few, so that these alone are looked up among the closings."""
    closed = letters.filter(WITHOUT_REPLY, closing__kind__in=CLOSED_UNREPLIED)
    counts: dict[str, Counter[Any]] = {how: Counter() for how in CLOSED_UNREPLIED}
    for kind, unit, how, number in closed.values_list("kind", "unit", "closing__kind").annotate(Count("received_on")):
        counts[how] += Counter({("kind", kind): number, ("unit", unit): number})
    for group, figures in (("kind", of_kinds), ("unit", of_units)):
        for key, row in figures.items():
            row |= {how: counted[group, key] for how, counted in counts.items()}


def _sum(rows: Mapping[Any, Figures]) -> Figures:
    return {name: sum(row[name] for row in rows.values()) for _, name, _ in FIGURES}


def _matters_of_kinds(letters: ReceivedLetterQuerySet) -> dict[str, list[str]]:
    """The last matters of each kind, the last first: of each so many are read."""
    newest = letters.order_by(*NEWEST).values_list("received_on", "pk", "kind", "matter")
    first, *others = (newest.filter(kind=kind)[:MAX_MATTERS] for kind in ReceivedKind)
    matters: dict[str, list[str]] = defaultdict(list)
    for _, _, kind, matter in sorted(first.union(*others, all=True), reverse=True):
        matters[kind].append(matter)
    return matters


def _matters_of_units(letters: ReceivedLetterQuerySet, units: Sequence[int]) -> dict[int, list[str]]:
    """The last matters of these units, by unit, the last first: of each so many are read."""
    own = letters.filter(unit=OuterRef("pk")).order_by(*NEWEST).values("matter")[:MAX_MATTERS]
    rows = Unit.objects.filter(pk__in=units).order_by().annotate(matters=ArraySubquery(own))
    return dict(rows.values_list("pk", "matters"))


def received_statistics_book(user: User, period: Period) -> IO[bytes]:
    """The figures of a period as an Excel file with every unit, open at its beginning; who asked for it closes it."""
    from yuetan.documents.exports.spreadsheet import workbook

    statistics = received_statistics(user, period, most_units=None)
    head = ["分类", "种类、单位", *statistics.heads, "最近的事由"]
    parts = (("按种类", [*statistics.kinds, statistics.total]), ("按单位", statistics.units))
    rows = (_row_of_book(part, line) for part, lines in parts for line in lines)
    widths = [NARROW, WIDE, *(NARROW for _ in statistics.heads), WIDEST]
    return workbook(period.label, head, rows, widths=widths)


def _row_of_book(part: str, line: ReceivedLine) -> list[Cell]:
    return [part, line.label, *(number for number, _ in line.figures), "；".join(line.matters)]
