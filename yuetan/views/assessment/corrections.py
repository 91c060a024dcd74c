"""考核更正: proposed from the sheet of a unit, decided by a second person, and read in its 更正通报."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from yuetan.actions.assessment.assessment_rows import CORRECT, DECIDE_CORRECTION
from yuetan.actions.assessment.corrections import (
    decide_correction,
    deciding_problems,
    propose_correction,
    proposing_problems,
    result_after,
)
from yuetan.documents.pdf_store import pdf_bytes
from yuetan.errors import NotYours
from yuetan.forms.assessment.steps import CorrectionForm, DecideCorrectionForm
from yuetan.models import Assessment, AssessmentCorrection, AssessmentPaper, AssessmentSheet
from yuetan.rules.files.file_kind import safe_name
from yuetan.views.assessment.assessments import PAGE_METHODS
from yuetan.views.assessment.steps import bound, step_form
from yuetan.views.files.files import pdf_answer
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.file_links import file_links, report_on_files
from yuetan.views.frame.pagination import run_action
from yuetan.views.frame.reasons import reasons_before
from yuetan.views.frame.request import Request

NOTE = "公布的通报保留不变；经另一人审定后印发更正通报，本组的名次、等次随之更正，并告知有关单位。"


@require_http_methods(PAGE_METHODS)
def propose(request: Request, pk: UUID) -> HttpResponse:
    """提出更正. Raises NotYours for who may not, or holds a post in the unit (回避)."""
    require_permission(request, CORRECT)
    visible = AssessmentSheet.objects.visible_to(request.user).standing()
    sheet = get_object_or_404(visible.select_related("assessment__scheme"), pk=pk)
    if request.user.is_recused_from(sheet.unit_id):
        raise NotYours(CORRECT)
    form, back = bound(request, partial(CorrectionForm, sheet=sheet)), reverse("assessment_sheet", args=[pk])
    action = partial(propose_correction, sheet)
    correction = run_action(form, action, by=request.user) if request.method == "POST" else None
    if correction is None:
        against = reasons_before(form, proposing_problems(sheet))
        return step_form(request, form, str(sheet), back, {"title": "提出更正", "note": NOTE}, {"reasons": against})
    messages.success(request, "已提出更正，等另一人审定。")
    report_on_files(request, AssessmentPaper.objects.filter(correction=correction))
    return redirect(back)


@require_http_methods(PAGE_METHODS)
def decide(request: Request, pk: UUID) -> HttpResponse:
    """审定更正. Raises NotYours for who may not."""
    require_permission(request, DECIDE_CORRECTION)
    visible = AssessmentCorrection.objects.visible_to(request.user)
    correction = get_object_or_404(visible.select_related("sheet__assessment__scheme", "decided_by"), pk=pk)
    form, back = bound(request, DecideCorrectionForm), reverse("assessment_sheet", args=[correction.sheet_id])
    action = partial(decide_correction, correction)
    decided = run_action(form, action, by=request.user) if request.method == "POST" else None
    if decided is None:
        words = {"title": "审定更正", "note": NOTE}
        against = reasons_before(form, deciding_problems(correction, request.user))
        files, result = file_links(correction.papers.all()), _result_in_words(correction)
        more = {"correction": correction, "result": result, "files": files, "reasons": against}
        return step_form(request, form, str(correction.sheet), back, words, more)
    done = f"已印发更正通报（{decided.document.number}）" if decided.document else "已退回，公布的结果不变"
    messages.success(request, f"{done}，并已告知。")
    return redirect(back)


def _result_in_words(correction: AssessmentCorrection) -> str:
    """What becomes of the sheet if the correction is granted."""
    sheet = correction.sheet
    total, grade = result_after(sheet, correction.lines)
    changed = f"总分由 {sheet.total} 分变为 {total:.1f} 分，等次由“{sheet.get_grade_display()}”变为“{grade.label}”"
    return f"准予更正的，{changed}，名次随本组重新排列。"


@require_safe
def paper(request: Request, pk: UUID) -> HttpResponse:
    """更正通报 as it was printed, for everybody who may see the assessment. Raises Http404 before it is issued."""
    assessments = Assessment.objects.visible_to(request.user).order_by().values("pk")
    granted = AssessmentCorrection.objects.granted().filter(sheet__assessment__in=assessments)
    document = get_object_or_404(granted.select_related("document"), pk=pk).document
    if document is None:
        raise Http404
    return pdf_answer(pdf_bytes(document), safe_name(f"{document}.pdf"))
