"""What was, or is to be, put right of a sheet, as its page shows it to each side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.urls import reverse

from yuetan import permissions
from yuetan.actions.assessment.assessment_rows import CORRECT, DECIDE_CORRECTION
from yuetan.actions.assessment.corrections import deciding_problems, proposing_problems
from yuetan.models import AssessmentCorrection, AssessmentSheet, User
from yuetan.views.frame.file_links import file_links


def correction_rows(sheet: AssessmentSheet, user: User) -> list[dict[str, object]]:
    """What was proposed to be put right of a sheet, and what stands against this person's deciding on it."""
    decides = user.has_perm(permissions.name(DECIDE_CORRECTION))
    visible = AssessmentCorrection.objects.visible_to(user).filter(sheet=sheet)
    rows = visible.select_related("sheet__assessment__scheme", "proposed_by", "decided_by", "document")
    return [_correction_row(one, user, decides=decides) for one in rows.prefetch_related("papers")]


def _correction_row(one: AssessmentCorrection, user: User, *, decides: bool) -> dict[str, object]:
    asked = decides and one.decided_at is None
    barred = [problem.reason().text for problem in deciding_problems(one, user)] if asked else []
    url = reverse("decide_assessment_correction", args=[one.pk]) if asked and not barred else ""
    return {"correction": one, "files": file_links(one.papers.all()), "decide_url": url, "barred": barred}


def corrected_keys(rows: Iterable[Mapping[str, object]]) -> set[object]:
    """The keys of the lines that corrections changed."""
    granted = [one for row in rows if isinstance(one := row["correction"], AssessmentCorrection) and one.granted]
    return {line["key"] for one in granted for line in one.lines}


def may_correct(sheet: AssessmentSheet, user: User) -> bool:
    """Whether the person may propose to put the sheet right now."""
    holds = user.has_perm(permissions.name(CORRECT)) and not user.is_recused_from(sheet.unit_id)
    return holds and not list(proposing_problems(sheet))
