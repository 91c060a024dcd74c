"""三书一函统计 of a year: by kind and by unit, how many, on what, how they were replied to; each leads to its list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Q, QuerySet

from yuetan.forms.received.received_filter import OWN, YES, conditions_of_replies
from yuetan.ledgers.received import ReceivedLedger
from yuetan.models import ReceivedLetter, Unit, User
from yuetan.models.received.letter import ReceivedLetterQuerySet
from yuetan.models.received.repeats import is_repeat
from yuetan.vocabulary import ReceivedKind

MOST_UNITS = 50  # on one page, those with the most letters
MOST_MATTERS = 3  # of a line, the last ones
NEWEST = ("-received_on", "-pk")
FIGURES: tuple[tuple[str, str, Mapping[str, str]], ...] = (
    ("收到", "total", {}),
    ("按期回复", "in_time", {"replies": "in_time"}),
    ("逾期回复", "late", {"replies": "late"}),
    ("未回复", "unreplied", {"replies": "unreplied"}),
    ("其中逾期未回复", "overdue", {"replies": "overdue"}),
    ("重复事项", "repeated", {"repeated": YES}),
)

Figures = Mapping[str, int]


@dataclass(frozen=True)
class ReceivedLine:
    """One kind or unit: its figures, each with where it is listed, and the last matters."""

    label: str
    figures: list[tuple[int, str]]
    matters: list[str]


@dataclass(frozen=True)
class ReceivedStatistics:
    """Those of a year; `more_units` is how many units are not listed."""

    year: int
    heads: list[str]
    kinds: list[ReceivedLine]
    total: ReceivedLine
    units: list[ReceivedLine]
    more_units: int


def received_statistics(user: User, year: int) -> ReceivedStatistics:
    """What stands of the letters that came in a year, as far as the person may see them; the withdrawn do not count."""
    letters = ReceivedLetter.objects.visible_to(user).in_force().filter(received_on__year=year).order_by()
    kinds, units = _figures_by(letters, "kind", len(ReceivedKind)), _figures_by(letters, "unit", MOST_UNITS + 1)
    shown = list(units)[:MOST_UNITS]
    named = Unit.objects.select_related("parent").in_bulk(shown)
    of_kinds, of_units = _matters_of_kinds(letters), _matters_of_units(letters, shown)
    more = letters.values("unit").distinct().count() - MOST_UNITS if len(units) > MOST_UNITS else 0
    return ReceivedStatistics(
        year,
        [head for head, _, _ in FIGURES],
        [
            _figures_line(kind.label, kinds.get(kind, {}), year, {"kind": kind.value}, of_kinds[kind])
            for kind in ReceivedKind
        ],
        _figures_line("合计", _sum(kinds), year, {}, []),
        [_unit_line(named[key], units[key], year, of_units[key]) for key in shown],
        more,
    )


def _figures_by(letters: ReceivedLetterQuerySet, group: str, most: int) -> dict[Any, Figures]:
    """The figures of each kind or unit, as the database counts them, those with the most letters first."""
    names = [name for _, name, _ in FIGURES]
    conditions = {"total": Q(), "repeated": is_repeat(), **conditions_of_replies()}
    counts: dict[str, Any] = {name: Count("received_on", filter=conditions[name]) for name in names}
    rows: QuerySet[Any, dict[str, Any]] = letters.values(group).annotate(**counts)
    return {row[group]: {name: row[name] for name in names} for row in rows.order_by("-total", group)[:most]}


def _sum(rows: Mapping[Any, Figures]) -> Figures:
    return {name: sum(row[name] for row in rows.values()) for _, name, _ in FIGURES}


def _unit_line(unit: Unit, row: Figures, year: int, matters: list[str]) -> ReceivedLine:
    return _figures_line(unit.full_name, row, year, {"area": unit.code, "only": OWN}, matters)


def _figures_line(label: str, row: Figures, year: int, of: Mapping[str, str], matters: list[str]) -> ReceivedLine:
    url = ReceivedLedger().url_of
    figures = [(row.get(name, 0), url({"year": str(year), **of, **asked})) for _, name, asked in FIGURES]
    return ReceivedLine(label, figures, matters)


def _matters_of_kinds(letters: ReceivedLetterQuerySet) -> dict[str, list[str]]:
    """The last matters of each kind, the last first: of each so many are read."""
    newest = letters.order_by(*NEWEST).values_list("received_on", "pk", "kind", "matter")
    first, *others = (newest.filter(kind=kind)[:MOST_MATTERS] for kind in ReceivedKind)
    matters: dict[str, list[str]] = defaultdict(list)
    for _, _, kind, matter in sorted(first.union(*others, all=True), reverse=True):
        matters[kind].append(matter)
    return matters


def _matters_of_units(letters: ReceivedLetterQuerySet, units: Sequence[int]) -> dict[int, list[str]]:
    """The same of these units."""
    own = letters.filter(unit=OuterRef("pk")).order_by(*NEWEST).values("matter")[:MOST_MATTERS]
    rows = Unit.objects.filter(pk__in=units).order_by().annotate(matters=ArraySubquery(own))
    return dict(rows.values_list("pk", "matters"))
