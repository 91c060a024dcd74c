"""Counting a year by its scheme, stored nowhere: a query for each source and each group, for any number of units."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet

from yuetan.models.assessment.assessment import Assessment, AssessmentScheme
from yuetan.models.assessment.score import AssessmentScore
from yuetan.models.assessment.sources import SOURCES, Record, records_of
from yuetan.models.people.unit_change import FormerUnit, former_units
from yuetan.rules.assessment.scheme import NOTHING, Group, Indicator
from yuetan.rules.assessment.scoring import points_of, unscored_points
from yuetan.vocabulary import RecordOfPoints

MAX_LACKING = 1000  # units without a score: beyond, it is said that there are more


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
class Lacking:
    """Units of a group that lack a score: how many, counted no further than one beyond MAX_LACKING; the first of them;
    and what must be scored."""

    number: int = 0
    units: Sequence[int] = ()
    names: Sequence[str] = ()

    @classmethod
    def among(cls, units: Sequence[CountedUnit], most: int) -> Lacking:
        """Those of these units."""
        lacking = [one for one in units if one.missing]
        missing = {name for one in lacking for name in one.missing}
        in_order = (line.indicator.name for one in lacking[:1] for line in one.lines)
        names = tuple(name for name in in_order if name in missing)
        return cls(min(len(lacking), MAX_LACKING + 1), [one.unit for one in lacking[:most]], names)


class Counting:
    """The figures of an assessment under one version of its scheme, for all units or some; a source is asked once."""

    def __init__(self, assessment: Assessment, scheme: AssessmentScheme, units: Collection[int] | None = None) -> None:
        self.assessment, self.scheme, self.units = assessment, scheme, units
        self.indicators, self.days = scheme.indicator_list, scheme.days

    @property
    def used(self) -> list[str]:
        """The sources that its indicators count."""
        return self.used_for(self.indicators)

    def used_for(self, indicators: Iterable[Indicator]) -> list[str]:
        """The sources that some of its indicators count."""
        return list(dict.fromkeys(one.source for one in indicators if one.is_counted))

    @cached_property
    def former(self) -> list[FormerUnit]:
        """Which units had what has gone over to others since the first day."""
        return former_units(self.days.first)

    @cached_property
    def counts(self) -> dict[str, dict[int, int]]:
        """By source and unit."""
        return {source: SOURCES[source].counts(self.days, self.former, self.units) for source in self.used}

    @cached_property
    def records(self) -> dict[str, dict[int, list[Record]]]:
        """The records behind the counts, by source and unit. One query."""
        return records_of(self.used, self.days, self.former, self.units)

    @cached_property
    def scores(self) -> dict[tuple[int, str], tuple[int, Decimal]]:
        """The scores in force, by unit and indicator."""
        rows = AssessmentScore.objects.in_force().filter(assessment=self.assessment)
        if self.units is not None:
            rows = rows.filter(unit__in=self.units)
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
        return one.must_be_scored and (unit, one.key) not in self.scores

    def lacking(self, group: Group, most: int) -> Lacking:
        """The units of a group that lack a score, `most` of them named; asked of the scores, no unit is read for it."""
        must = [one for one in self.scheme.indicators_of(group) if one.must_be_scored]
        without = {one.name: Q(~Exists(self._scores_of_unit().filter(indicator=one.key))) for one in must}
        if not without:
            return Lacking()
        units = self.scheme.units_of(group).filter(reduce(or_, without.values())).order_by("pk")
        first = tuple(units.values_list("pk", flat=True)[:most])
        number = units.order_by().values("pk")[: MAX_LACKING + 1].count() if len(first) == most else len(first)
        names = [name for name, lacks in without.items() if first and units.filter(lacks).exists()]
        return Lacking(number, first, tuple(names))

    def _scores_of_unit(self) -> QuerySet[AssessmentScore]:
        return AssessmentScore.objects.in_force().filter(assessment=self.assessment, unit=OuterRef("pk"))

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
