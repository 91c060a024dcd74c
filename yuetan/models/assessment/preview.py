"""The units of a group as they would be ranked today, a page of them: the database ranks them, and none is read but
those that are shown.

What a record costs is said in `rules/assessment/scoring.py`; here the same is said in SQL, for the total alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from yuetan.models.assessment.assessment import Assessment, AssessmentScheme
from yuetan.models.assessment.counting import CountedUnit, Counting
from yuetan.models.assessment.sources import counts_by_unit
from yuetan.rules.assessment.scheme import NOTHING, Group, Indicator
from yuetan.rules.assessment.scoring import grade_of, unscored_points
from yuetan.vocabulary import AssessmentGrade

_NO_COUNTS = "SELECT NULL::text, NULL::bigint, 0 WHERE false"
_OF_INDICATORS = ("text[]", "text[]", *["numeric[]"] * 5)
_RANKED = """
    WITH counted (source, unit, number) AS (
        SELECT source, unit, sum(number) FROM ({counts}) AS of_part (source, unit, number) GROUP BY 1, 2
    ), indicator (key, source, whole, each, cap, lowest, unscored) AS (
        SELECT * FROM unnest({arrays})
    ), total (unit, points) AS (
        SELECT unit.id, sum(CASE
            WHEN indicator.source = '' THEN coalesce(score.points, unscored)
            WHEN whole = 0 THEN counting.points
            ELSE greatest(whole - counting.points, lowest, 0)
        END)
        FROM ({units}) AS unit (id) CROSS JOIN indicator
        LEFT JOIN counted ON counted.source = indicator.source AND counted.unit = unit.id
        CROSS JOIN LATERAL (
            SELECT least(each * coalesce(number, 0), CASE WHEN cap > 0 THEN cap END)
        ) AS counting (points)
        LEFT JOIN yuetan_assessmentscore AS score ON indicator.source = '' AND score.indicator = indicator.key
            AND score.assessment_id = %s AND score.unit_id = unit.id AND score.withdrawn_at IS NULL
        GROUP BY unit.id
    ), ranked (unit, rank, place, number) AS (
        SELECT unit, rank() OVER (ORDER BY points DESC),
            row_number() OVER (ORDER BY points DESC, unit), count(*) OVER ()
        FROM total
    ), of_unit (place) AS (
        SELECT max(place) FROM ranked WHERE unit = %s
    )
    SELECT ranked.unit, rank, ranked.place, number FROM ranked CROSS JOIN of_unit
    WHERE ranked.place >= least({begin}, number) ORDER BY ranked.place LIMIT %s
"""
_BEYOND, _UP_TO, _FROM_FIRST = "coalesce(of_unit.place + 1, 1)", "greatest(of_unit.place - %s, 1)", "1"


@dataclass(frozen=True)
class RankedUnit:
    """A counted unit with the rank and the grade it would have."""

    counted: CountedUnit
    rank: int
    grade: AssessmentGrade


@dataclass(frozen=True)
class RankedPage:
    """Some units of a group, the best first; of how many; whether there are others before and after these."""

    units: Sequence[RankedUnit]
    number: int
    has_earlier: bool
    has_later: bool


@dataclass(frozen=True)
class Near:
    """Which units are asked for: those after a unit, or those before it; from the first one where none is named.

    `without` are units that are left out.
    """

    after: int | None = None
    before: int | None = None
    without: Sequence[int] = ()


def ranked_page(assessment: Assessment, scheme: AssessmentScheme, group: Group, near: Near, most: int) -> RankedPage:
    """A page of a group: one statement ranks it; the lines of those on the page are counted as on their own pages."""
    rows = _ranked_rows(Counting(assessment, scheme), group, near, most)
    shown = rows[:most]
    counting = Counting(assessment, scheme, [unit for unit, *_ in shown])
    units = [_ranked_unit(counting.of_unit(unit, group), rank, scheme) for unit, rank, *_ in shown]
    first, number = (shown[0][2], shown[0][3]) if shown else (1, 0)
    return RankedPage(units, number, first > 1, len(rows) > most)


def _ranked_unit(counted: CountedUnit, rank: int, scheme: AssessmentScheme) -> RankedUnit:
    return RankedUnit(counted, rank, grade_of(counted.total, fails=counted.fails, **scheme.thresholds))


def _ranked_rows(counting: Counting, group: Group, near: Near, most: int) -> list[tuple[int, int, int, int]]:
    """Of each unit its key, its rank, its place and how many there are; one more than are shown."""
    indicators = counting.scheme.indicators_of(group)
    counted = counts_by_unit(counting.used_for(indicators), counting.days, counting.former)
    counts, of_counts = counted.query.sql_with_params() if counted is not None else (_NO_COUNTS, ())
    of_group = counting.scheme.units_of(group).exclude(pk__in=near.without).order_by().values_list("pk")
    units, of_units = of_group.query.sql_with_params()
    begin, of_begin = _begin(near, most)
    arrays = ", ".join(f"%s::{kind}" for kind in _OF_INDICATORS)
    statement = _RANKED.format(counts=counts, arrays=arrays, units=units, begin=begin)
    named = [counting.assessment.pk, near.after or near.before, *of_begin, most + 1]
    values: list[Any] = [*of_counts, *_columns(indicators), *of_units, *named]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[int, int, int, int]] = cursor.fetchall()
    return rows


def _begin(near: Near, most: int) -> tuple[str, list[int]]:
    if near.after is not None:
        return _BEYOND, []
    return (_UP_TO, [most]) if near.before is not None else (_FROM_FIRST, [])


def _columns(indicators: Sequence[Indicator]) -> list[list[object]]:
    """What the statement asks of the indicators; of one that is scored there is no source."""
    columns = [
        [one.key for one in indicators],
        [one.source if one.is_counted else "" for one in indicators],
        *([getattr(one, name) for one in indicators] for name in ("full", "each", "cap", "floor")),
        [NOTHING if one.must_be_scored else unscored_points(one) for one in indicators],
    ]
    return [list(column) for column in columns]
