"""What is done about an assessment, its scores, sheets, objections and corrections: a page with its form for each."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from yuetan.models import Assessment, AssessmentCorrection, AssessmentObjection, AssessmentScore, AssessmentSheet
from yuetan.views.assessment.assessments import visible_assessment
from yuetan.views.assessment.correction_rows import result_in_words
from yuetan.views.assessment.step_pages import (
    CORRECT,
    DECIDE,
    DECIDE_CORRECTION,
    OF_ASSESSMENT,
    RAISE,
    REVISE,
    SCORE,
    SET_UP,
    WITHDRAW_SCORE,
)
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.file_links import file_links
from yuetan.views.frame.request import Request
from yuetan.views.frame.room_step_page import PAGE_METHODS, RoomStepPage, Row

STEP, SCHEME = "assessment/step.html", "assessment/scheme_form.html"


@require_http_methods(PAGE_METHODS)
def create_assessment(request: Request) -> HttpResponse:
    """设立年度考核."""
    form, made = SET_UP.take(request, None)
    if made is None:
        return SET_UP.answer(request, SCHEME, form, None, back=reverse("assessment_list"))
    assert isinstance(made, Assessment)
    SET_UP.finish(request, made)
    return redirect("assessment", pk=made.pk)


@require_http_methods(PAGE_METHODS)
def revise_assessment_scheme(request: Request, pk: UUID) -> HttpResponse:
    """修改考核方案, as a new version."""
    require_permission(request, REVISE.step.permission)
    assessment, back = visible_assessment(request, pk), reverse("assessment", args=[pk])
    form, version = REVISE.take(request, assessment)
    if version is None:
        return REVISE.answer(request, SCHEME, form, assessment, about=assessment, back=back)
    REVISE.finish(request, version)
    return redirect(back)


@require_http_methods(PAGE_METHODS)
def assessment_step(request: Request, pk: UUID, name: str) -> HttpResponse:
    """What is done about the year as a whole: 送单位核对, 撤回送核, 关闭考核, 印发考核结果通报."""
    page = OF_ASSESSMENT[name]
    require_permission(request, page.step.permission)
    assessment = visible_assessment(request, pk)
    return _step_page(request, page, assessment, assessment, reverse("assessment", args=[pk]))


@require_http_methods(PAGE_METHODS)
def score_unit(request: Request, pk: UUID) -> HttpResponse:
    """人工评分; the address may name the unit."""
    require_permission(request, SCORE.step.permission)
    assessment = visible_assessment(request, pk)
    form, score = SCORE.take(request, assessment, initial={"unit": request.GET.get("unit", "")})
    if score is None:
        back = reverse("assessment", args=[pk])
        return SCORE.answer(request, STEP, form, assessment, about=assessment, back=back)
    assert isinstance(score, AssessmentScore)
    SCORE.finish(request, score)
    return redirect("assessed_unit", pk=pk, unit=score.unit_id)


@require_http_methods(PAGE_METHODS)
def withdraw_score(request: Request, pk: int) -> HttpResponse:
    """撤销评分. Raises NotYours for who may not, or holds a post in the unit (回避)."""
    require_permission(request, WITHDRAW_SCORE.step.permission)
    related = AssessmentScore.objects.select_related("assessment", "unit__parent", "withdrawn_by")
    score = get_object_or_404(related, pk=pk)
    back = reverse("assessed_unit", args=[score.assessment_id, score.unit_id])
    return _step_page(request, WITHDRAW_SCORE, score, score, back, score=score)


@require_http_methods(PAGE_METHODS)
def object_to_sheet(request: Request, pk: UUID) -> HttpResponse:
    """提出异议. Raises NotYours for who may not object for the unit."""
    return _sheet_step(request, pk, RAISE)


@require_http_methods(PAGE_METHODS)
def propose_correction(request: Request, pk: UUID) -> HttpResponse:
    """提出更正. Raises NotYours for who may not, or holds a post in the unit (回避)."""
    require_permission(request, CORRECT.step.permission)
    return _sheet_step(request, pk, CORRECT)


def _sheet_step(request: Request, pk: UUID, page: RoomStepPage[AssessmentSheet]) -> HttpResponse:
    visible = AssessmentSheet.objects.visible_to(request.user).standing()
    sheet = get_object_or_404(visible.select_related("assessment__scheme"), pk=pk)
    return _step_page(request, page, sheet, sheet, reverse("assessment_sheet", args=[pk]))


@require_http_methods(PAGE_METHODS)
def decide_on_objection(request: Request, pk: UUID) -> HttpResponse:
    """处理异议. Raises NotYours for who may not, or holds a post in the unit (回避)."""
    require_permission(request, DECIDE.step.permission)
    visible = AssessmentObjection.objects.visible_to(request.user)
    related = visible.select_related("sheet__assessment__scheme", "carried_from", "decided_by")
    objection = get_object_or_404(related.prefetch_related("papers", "carried_from__papers"), pk=pk)
    sheet, line = objection.sheet, objection.sheet.line_of(objection.indicator) or {}
    now = sheet.upheld.points.get(objection.indicator, line.get("points", ""))
    shown = {"objection": objection, "line": line, "now": now, "files": file_links(objection.original.papers.all())}
    return _step_page(request, DECIDE, objection, sheet, reverse("assessment_sheet", args=[sheet.pk]), **shown)


@require_http_methods(PAGE_METHODS)
def decide_on_correction(request: Request, pk: UUID) -> HttpResponse:
    """审定更正. Raises NotYours for who may not."""
    require_permission(request, DECIDE_CORRECTION.step.permission)
    visible = AssessmentCorrection.objects.visible_to(request.user)
    correction = get_object_or_404(visible.select_related("sheet__assessment__scheme", "decided_by"), pk=pk)
    sheet, files = correction.sheet, file_links(correction.papers.all())
    shown = {"correction": correction, "files": files}
    if correction.decided_at is None:
        shown["result"] = result_in_words(correction)
    back = reverse("assessment_sheet", args=[sheet.pk])
    return _step_page(request, DECIDE_CORRECTION, correction, sheet, back, **shown)


def _step_page(
    request: Request, page: RoomStepPage[Row], row: Row, about: object, back: str, **shown: object
) -> HttpResponse:
    """The page of a step, or back to where it was begun, with the files that were kept named."""
    form, made = page.take(request, row)
    if made is None:
        return page.answer(request, STEP, form, row, about=about, back=back, **shown)
    page.finish(request, made)
    return redirect(back)
