"""What was, or is to be, put right of a sheet, as its page shows it to each side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from yuetan.actions.assessment.corrections import result_after
from yuetan.models import AssessmentCorrection, AssessmentSheet, User
from yuetan.views.assessment.step_pages import DECIDE_CORRECTION, asked_of
from yuetan.views.frame.file_links import file_links


def correction_rows(sheet: AssessmentSheet, user: User) -> list[dict[str, object]]:
    """What was proposed to be put right of a sheet, and what stands against this person's deciding on it."""
    visible = AssessmentCorrection.objects.visible_to(user).filter(sheet=sheet)
    rows = visible.with_ties().select_related("sheet__assessment__scheme", "proposed_by", "decided_by", "document")
    return [
        {"correction": one, "files": file_links(one.papers.all()), **asked_of(DECIDE_CORRECTION, one, user)}
        for one in rows.prefetch_related("papers")
    ]


def corrected_keys(rows: Iterable[Mapping[str, object]]) -> set[object]:
    """The keys of the lines that corrections changed."""
    granted = [one for row in rows if isinstance(one := row["correction"], AssessmentCorrection) and one.granted]
    return {line["key"] for one in granted for line in one.lines}


def result_in_words(correction: AssessmentCorrection) -> str:
    """What becomes of the sheet if the correction is granted."""
    sheet = correction.sheet
    total, grade = result_after(sheet, correction.lines)
    changed = f"总分由 {sheet.total} 分变为 {total:.1f} 分，等次由“{sheet.get_grade_display()}”变为“{grade.label}”"
    return f"准予更正的，{changed}，名次随本组重新排列。"
