"""Totals, ranks and grades of the sheets of one group, with what objections and corrections changed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TypeAlias

from yuetan.models import Assessment, AssessmentCorrection, AssessmentSheet
from yuetan.models.assessment.sheet import Upheld, upheld_of
from yuetan.rules.assessment.scoring import failing_lines, grade_of, ranks, total_of
from yuetan.vocabulary import AssessmentGrade

Result: TypeAlias = tuple[Decimal | None, int, str]  # total, rank, grade


def rank_sheets(
    assessment: Assessment, sheets: Sequence[AssessmentSheet], correction: AssessmentCorrection | None = None
) -> None:
    """Give each its total, rank and grade, not kept yet; with a correction that is just being granted, after it."""
    upheld = upheld_of(sheets)
    if correction is not None:
        upheld[correction.sheet_id].take_lines(correction.lines)
    for sheet in sheets:
        sheet.total = total_of(sheet.lines, upheld[sheet.pk].points)
    totals = [sheet.total for sheet in sheets if sheet.total is not None]
    for sheet, rank in zip(sheets, ranks(totals), strict=True):
        sheet.rank, sheet.grade = rank, graded(assessment, sheet, upheld[sheet.pk])


def graded(assessment: Assessment, sheet: AssessmentSheet, upheld: Upheld) -> AssessmentGrade:
    """The grade of a sheet with what was changed of it."""
    scheme = assessment.scheme
    assert scheme is not None
    fails = bool(failing_lines(sheet.lines, upheld.stands, scheme.failing))
    return grade_of(total_of(sheet.lines, upheld.points), fails=fails, **scheme.thresholds)


def result_of(sheet: AssessmentSheet) -> Result:
    """As it stands now."""
    return sheet.total, sheet.rank, sheet.grade
