"""Points, ranks and grades of an assessment, as pure functions."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias

from yuetan.rules.assessment.scheme import NOTHING, Indicator
from yuetan.vocabulary import AssessmentGrade

Line: TypeAlias = Mapping[str, object]


def points_of(indicator: Indicator, count: int) -> Decimal:
    """What a unit with so many records has of a counted indicator."""
    counted = indicator.each * count
    if indicator.cap:
        counted = min(counted, indicator.cap)
    return counted if indicator.adds else max(indicator.full - counted, indicator.floor, NOTHING)


def unscored_points(indicator: Indicator) -> Decimal:
    """What a unit has of a scored indicator for which nobody has scored it, where that is allowed."""
    return indicator.full


def ranks(totals: Sequence[Decimal]) -> list[int]:
    """The rank of each, the most points first; ties share a rank, and the next one counts them all."""
    first: dict[Decimal, int] = {}
    for place, total in enumerate(sorted(totals, reverse=True), start=1):
        first.setdefault(total, place)
    return [first[total] for total in totals]


def rank_words(rank: int, *, shared: bool) -> str:
    """并列第1名: one wording on pages, sheets and papers."""
    return f"{'并列' if shared else ''}第{rank}名"


def grade_of(total: Decimal, *, excellent_from: Decimal, qualified_from: Decimal, fails: bool) -> AssessmentGrade:
    """优秀, 合格 or 不合格; a unit that `fails` is 不合格 whatever its points."""
    if fails or total < qualified_from:
        return AssessmentGrade.UNQUALIFIED
    return AssessmentGrade.EXCELLENT if total >= excellent_from else AssessmentGrade.QUALIFIED


def may_fail(line: Line, known: Container[object] = ()) -> bool:
    """Whether a record of the line alone makes a unit 不合格.

    A line says so itself; one frozen before lines did may where its key is among the `known`.
    """
    return bool(line.get("fails", line["key"] in known))


def failing_lines(
    lines: Sequence[Line], stands: Mapping[str, bool] | None = None, known: Container[object] = ()
) -> list[Line]:
    """The lines of which a record alone makes a unit 不合格, and one stands: it was counted, unless `stands` says
    otherwise, by the key of the indicator."""
    decided = stands or {}
    return [line for line in lines if may_fail(line, known) and decided.get(str(line["key"]), bool(line["count"]))]


def total_of(lines: Sequence[Line], changed: Mapping[str, Decimal]) -> Decimal:
    """The sum of a sheet; `changed` are the points that objections gave lines, by the key of their indicator."""
    return sum((changed.get(str(line["key"]), Decimal(str(line["points"]))) for line in lines), NOTHING)
