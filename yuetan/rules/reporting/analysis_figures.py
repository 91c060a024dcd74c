"""The figures of an analysis, as they stand in its table: plain data that is frozen when the paper is issued."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import NotRequired, TypeAlias, TypedDict, cast

# Of the period, the one before, the same one of last year: none where there was no such, or no report of it counts.
Sum: TypeAlias = tuple[int | None, int | None, int | None]
Came: TypeAlias = tuple[int, int, int]  # how many owed, handed in, had accepted
NOT_REPORTED, NOT_ACCEPTED, NOT_THERE = "未报", "未收", "—"


class KeptUnitFigures(TypedDict):
    """The figures of a unit as they are kept."""

    label: str
    standing: Sequence[int]
    sums: Sequence[Sequence[int | None]]
    earlier: NotRequired[Sequence[Sequence[int]]]  # none in what was frozen before it was said who is not counted


class KeptFigures(TypedDict):
    """All of them as they are kept."""

    fields: Sequence[tuple[str, str]]
    lines: Sequence[KeptUnitFigures]
    total: KeptUnitFigures
    before: str
    last_year: str
    missing: Sequence[str]
    more_missing: int
    marked: NotRequired[int]  # none in what was frozen before marks were counted
    lacking: NotRequired[Sequence[str]]


@dataclass(frozen=True)
class UnitFigures:
    """A unit with all below it: how many owed, handed in, had accepted, were late, missed; and a sum a field.

    `earlier` is how many owed, handed in, had accepted of the period before and of last year's.
    """

    label: str
    standing: tuple[int, int, int, int, int]
    sums: tuple[Sum, ...]
    earlier: tuple[Came, ...] = ()

    @property
    def came(self) -> list[Came]:
        """The same of this period, the one before, last year's; as if nobody had owed where it was not kept."""
        expected, handed_in, accepted, *_ = self.standing
        return [(expected, handed_in, accepted), *(self.earlier or ((0, 0, 0), (0, 0, 0)))]

    def cells(self, place: int) -> list[str]:
        """The three of a sum in words: each the number, or why there is none."""
        numbers = zip(self.sums[place], self.came, strict=True)
        return [
            absent_words(expected, handed_in) if number is None else str(number)
            for number, (expected, handed_in, _) in numbers
        ]


def absent_words(expected: int, handed_in: int) -> str:
    """Why nothing is counted: not accepted, not reported, or nobody owed it."""
    if handed_in:
        return NOT_ACCEPTED
    return NOT_REPORTED if expected else NOT_THERE


def lacking_words(name: str, number: int, what: str) -> str:
    """上期另有2个单位未报或者未收，未计入."""
    return f"{name}另有{number}{what}未报或者未收，未计入"


@dataclass(frozen=True)
class AnalysisFigures:
    """What an analysis says in numbers: the fields that are counted, each unit, all together, who is missing."""

    fields: tuple[tuple[str, str], ...]  # label and unit
    lines: tuple[UnitFigures, ...]
    total: UnitFigures
    before: str  # the label of the period before; empty where there was none
    last_year: str
    missing: tuple[str, ...]
    more_missing: int
    marked: int = 0  # of the reports that count, those marked 瞒报、谎报
    lacking: tuple[str, ...] = ()  # of which of the three sums are not whole, in words

    def as_json(self) -> KeptFigures:
        """As they are kept."""
        return cast(KeptFigures, asdict(self))

    @property
    def is_whole(self) -> bool:
        """Whether the lines add up to the total."""
        standings = [sum(each) for each in zip(*(line.standing for line in self.lines), strict=True)]
        if self.lines and standings != list(self.total.standing):
            return False
        for place, whole in enumerate(self.total.sums):
            for column, number in enumerate(whole):
                parts = [line.sums[place][column] or 0 for line in self.lines]
                if number is not None and sum(parts) != number:
                    return False
        return True


def figures_from(kept: KeptFigures) -> AnalysisFigures:
    """The figures out of what was kept."""
    return AnalysisFigures(
        fields=tuple((label, unit) for label, unit in kept["fields"]),
        lines=tuple(_figures_of_unit(line) for line in kept["lines"]),
        total=_figures_of_unit(kept["total"]),
        before=kept["before"],
        last_year=kept["last_year"],
        missing=tuple(kept["missing"]),
        more_missing=kept["more_missing"],
        marked=kept.get("marked", 0),
        lacking=tuple(kept.get("lacking", ())),
    )


def _figures_of_unit(kept: KeptUnitFigures) -> UnitFigures:
    expected, handed_in, accepted, late, missed = kept["standing"]
    made = tuple((now, before, last_year) for now, before, last_year in kept["sums"])
    earlier = tuple((expected_then, came, counted) for expected_then, came, counted in kept.get("earlier", ()))
    return UnitFigures(kept["label"], (expected, handed_in, accepted, late, missed), made, earlier)
