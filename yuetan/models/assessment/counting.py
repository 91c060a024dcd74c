"""Counting a year by its scheme, stored nowhere: a query for each source and each group, for any number of units."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from yuetan.models.assessment.assessment import Assessment, AssessmentScheme
from yuetan.models.assessment.score import AssessmentScore
from yuetan.models.assessment.sources import SOURCES, Record, records_of
from yuetan.models.people.unit_change import FormerUnit, former_units
from yuetan.rules.assessment.scheme import NOTHING, Group, Indicator
from yuetan.rules.assessment.scoring import grade_of, points_of, ranks, unscored_points
from yuetan.vocabulary import AssessmentGrade, RecordOfPoints, UnscoredPoints


@dataclass(frozen=True)
class CountedLine:
    """An indicator for a unit: how many records there are, and the points; `is_missing` where it must be scored yet."""

    indicator: Indicator
    count: int
    points: Decimal
    score: int | None = None  # the key of the score
    is_missing: bool = False


@dataclass(frozen=True)
class CountedUnit:
    """A unit with its lines and their sum, as they are now."""

    unit: int
    lines: list[CountedLine]

    @cached_property
    def total(self) -> Decimal:
        """The sum."""
        return sum((line.points for line in self.lines), NOTHING)

    @property
    def fails(self) -> bool:
        """Whether a record stands against it that alone makes it 不合格."""
        return any(line.indicator.fails and line.count for line in self.lines)

    @property
    def missing(self) -> list[str]:
        """The indicators that must be scored yet."""
        return [line.indicator.name for line in self.lines if line.is_missing]


@dataclass(frozen=True)
class RankedUnit:
    """A counted unit with the rank and the grade it would have."""

    counted: CountedUnit
    rank: int
    grade: AssessmentGrade


class Counting:
    """The figures of an assessment under one version of its scheme; each source is asked once."""

    def __init__(self, assessment: Assessment, scheme: AssessmentScheme, unit: int | None = None) -> None:
        self.assessment, self.scheme, self.unit = assessment, scheme, unit
        self.indicators, self.days = scheme.indicator_list, scheme.days

    @property
    def used(self) -> list[str]:
        """The sources that its indicators count."""
        return list(dict.fromkeys(one.source for one in self.indicators if one.is_counted))

    @cached_property
    def former(self) -> list[FormerUnit]:
        """Which units had what has gone over to others since the first day."""
        return former_units(self.days.first)

    @cached_property
    def counts(self) -> dict[str, dict[int, int]]:
        """By source and unit."""
        return {source: SOURCES[source].counts(self.days, self.former, self.unit) for source in self.used}

    @cached_property
    def records(self) -> dict[str, dict[int, list[Record]]]:
        """The records behind the counts, by source and unit. One query."""
        return records_of(self.used, self.days, self.former, self.unit)

    @cached_property
    def scores(self) -> dict[tuple[int, str], tuple[int, Decimal]]:
        """The scores in force, by unit and indicator."""
        rows = AssessmentScore.objects.in_force().filter(assessment=self.assessment)
        if self.unit is not None:
            rows = rows.filter(unit=self.unit)
        rows_read = rows.values_list("unit", "indicator", "pk", "points")
        return {(unit, indicator): (key, points) for unit, indicator, key, points in rows_read}

    def of_unit(self, unit: int, group: Group) -> CountedUnit:
        """The lines of one unit."""
        return self._counted_unit(unit, self.scheme.indicators_of(group))

    def of_group(self, group: Group) -> list[CountedUnit]:
        """Those of every unit of a group, in the order of the units."""
        indicators = self.scheme.indicators_of(group)
        return [self._counted_unit(unit, indicators) for unit in self._keys_of(group)]

    def _counted_unit(self, unit: int, indicators: Sequence[Indicator]) -> CountedUnit:
        return CountedUnit(unit, [self._counted_line(one, unit) for one in indicators])

    def _keys_of(self, group: Group) -> Iterable[int]:
        return self.scheme.units_of(group).order_by("pk").values_list("pk", flat=True)

    def ranked(self, group: Group) -> list[RankedUnit]:
        """The units of a group, the best first."""
        return list(self._ranked(self.of_group(group)))

    def _ranked(self, units: Sequence[CountedUnit]) -> Iterator[RankedUnit]:
        places = ranks([one.total for one in units])
        for rank, one in sorted(zip(places, units, strict=True), key=lambda each: (each[0], each[1].unit)):
            yield RankedUnit(one, rank, grade_of(one.total, fails=one.fails, **self.scheme.thresholds))

    def _counted_line(self, one: Indicator, unit: int) -> CountedLine:
        if one.is_counted:
            count = self.counts[one.source].get(unit, 0)
            return CountedLine(one, count, points_of(one, count))
        if (unit, one.key) in self.scores:
            key, points = self.scores[unit, one.key]
            return CountedLine(one, 1, points, key)
        if self._lacks(one, unit):
            return CountedLine(one, 0, NOTHING, is_missing=True)
        return CountedLine(one, 0, unscored_points(one))

    def _lacks(self, one: Indicator, unit: int) -> bool:
        must = not one.is_counted and one.unscored != UnscoredPoints.FULL
        return must and (unit, one.key) not in self.scores

    def lacking(self, group: Group) -> dict[int, list[str]]:
        """The units of a group that lack a score, and what must be scored; no record is counted for it."""
        indicators = self.scheme.indicators_of(group)
        names = {unit: [one.name for one in indicators if self._lacks(one, unit)] for unit in self._keys_of(group)}
        return {unit: missing for unit, missing in names.items() if missing}

    def frozen_lines(self, counted: CountedUnit) -> list[dict[str, object]]:
        """The lines of a unit as its sheet keeps them, with every record behind them."""
        return [
            {
                "key": line.indicator.key,
                "name": line.indicator.name,
                "words": line.indicator.words,
                "most": str(line.indicator.most),
                "adds": line.indicator.adds,
                "fails": line.indicator.fails,
                "count": line.count,
                "points": str(line.points),
                "records": self._records_of(line, counted.unit),
            }
            for line in counted.lines
        ]

    def _records_of(self, line: CountedLine, unit: int) -> list[Record]:
        if line.score is not None:
            return [(RecordOfPoints.SCORE.value, str(line.score), "")]
        return self.records[line.indicator.source].get(unit, []) if line.indicator.is_counted else []


class CountingOfRecords(Counting):
    """The figures counted over the records themselves, as they are to be kept: no count without its record."""

    @cached_property
    def counts(self) -> dict[str, dict[int, int]]:
        """By source and unit."""
        return {source: {unit: len(rows) for unit, rows in of_unit.items()} for source, of_unit in self.records.items()}
