"""The figures of an analysis, as they stand in its table: plain data that is frozen when the paper is issued."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import NotRequired, TypeAlias, TypedDict, cast

Sum: TypeAlias = tuple[int, int | None, int | None]  # of the period, the one before, the same one of last year


class KeptUnitFigures(TypedDict):
    """The figures of a unit as they are kept."""

    label: str
    standing: Sequence[int]
    sums: Sequence[Sequence[int | None]]


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


@dataclass(frozen=True)
class UnitFigures:
    """A unit with all below it: how many owed, handed in, had accepted, were late, missed; and a sum a field."""

    label: str
    standing: tuple[int, int, int, int, int]
    sums: tuple[Sum, ...]


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
    )


def _figures_of_unit(kept: KeptUnitFigures) -> UnitFigures:
    expected, handed_in, accepted, late, missed = kept["standing"]
    made = tuple((now or 0, before, last_year) for now, before, last_year in kept["sums"])
    return UnitFigures(kept["label"], (expected, handed_in, accepted, late, missed), made)
