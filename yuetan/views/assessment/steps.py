"""What is done about an assessment and its sheets: a page with its form for each."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from yuetan.actions.assessment.assessment_rows import DECIDE, OBJECT, SCORE
from yuetan.actions.assessment.objections import decide_objection, is_of_failing_line, may_object, raise_objection
from yuetan.actions.assessment.scores import withdraw_score
from yuetan.errors import NotYours
from yuetan.forms.assessment.steps import DecideObjectionForm, ObjectionForm, ScoreForm, WithdrawScoreForm
from yuetan.models import AssessmentObjection, AssessmentPaper, AssessmentScore, AssessmentSheet
from yuetan.views.assessment.assessments import PAGE_METHODS, visible_assessment
from yuetan.views.assessment.step_table import STEPS, AssessmentStep
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.file_links import file_links, report_on_files
from yuetan.views.frame.pagination import run_action
from yuetan.views.frame.reasons import reasons_before
from yuetan.views.frame.request import Request


@require_http_methods(PAGE_METHODS)
def score_unit(request: Request, pk: UUID) -> HttpResponse:
    """人工评分."""
    return _whole_step(request, pk, STEPS["score_assessment"])


@require_http_methods(PAGE_METHODS)
def present_assessment(request: Request, pk: UUID) -> HttpResponse:
    """送单位核对."""
    return _whole_step(request, pk, STEPS["present_assessment"])


@require_http_methods(PAGE_METHODS)
def withdraw_sheets(request: Request, pk: UUID) -> HttpResponse:
    """撤回送核."""
    return _whole_step(request, pk, STEPS["withdraw_assessment_sheets"])


@require_http_methods(PAGE_METHODS)
def close_assessment(request: Request, pk: UUID) -> HttpResponse:
    """关闭考核."""
    return _whole_step(request, pk, STEPS["close_assessment"])


@require_http_methods(PAGE_METHODS)
def publish_assessment(request: Request, pk: UUID) -> HttpResponse:
    """印发考核结果通报."""
    return _whole_step(request, pk, STEPS["publish_assessment"])


def _whole_step(request: Request, pk: UUID, step: AssessmentStep) -> HttpResponse:
    require_permission(request, step.codename)
    assessment = visible_assessment(request, pk)
    make: Callable[..., forms.Form] = step.form
    if step.form is ScoreForm:
        initial: dict[str, object] = {"unit": request.GET.get("unit", "")}
        make = partial(ScoreForm, assessment=assessment, initial=initial)
    form = bound(request, make)
    done = run_action(form, partial(step.action, assessment), by=request.user) if request.method == "POST" else None
    if done is None:
        words = {"title": step.title, "note": step.note}
        against = reasons_before(form, step.against(assessment, request.user))
        return step_form(request, form, f"{assessment}", reverse("assessment", args=[pk]), words, {"reasons": against})
    messages.success(request, step.done)
    if isinstance(done, AssessmentScore):
        report_on_files(request, AssessmentPaper.objects.filter(score=done))
        return redirect("assessed_unit", pk=pk, unit=done.unit_id)
    return redirect("assessment", pk=pk)


@require_http_methods(PAGE_METHODS)
def withdraw_assessment_score(request: Request, pk: int) -> HttpResponse:
    """撤销评分. Raises NotYours for who may not, or holds a post in the unit (回避)."""
    require_permission(request, SCORE)
    score = get_object_or_404(AssessmentScore.objects.select_related("assessment", "unit__parent"), pk=pk)
    if request.user.is_recused_from(score.unit_id):
        raise NotYours(SCORE)
    form, back = bound(request, WithdrawScoreForm), reverse("assessed_unit", args=[score.assessment_id, score.unit_id])
    if request.method == "POST" and run_action(form, partial(withdraw_score, score), by=request.user) is not None:
        messages.success(request, "已撤销评分，可以重新评分。")
        return redirect(back)
    words = {"title": "撤销评分", "note": f"原评分：{score.points} 分，{score.reason}"}
    return step_form(request, form, str(score), back, words)


@require_http_methods(PAGE_METHODS)
def object_to_sheet(request: Request, pk: UUID) -> HttpResponse:
    """提出异议. Raises NotYours for who may not object for the unit."""
    visible = AssessmentSheet.objects.visible_to(request.user).standing()
    sheet = get_object_or_404(visible.select_related("assessment"), pk=pk)
    if not may_object(sheet, request.user):
        raise NotYours(OBJECT)
    form, back = bound(request, partial(ObjectionForm, sheet=sheet)), reverse("assessment_sheet", args=[pk])
    action = partial(raise_objection, sheet)
    objection = run_action(form, action, by=request.user) if request.method == "POST" else None
    if objection is None:
        note = "提出以后不能修改，由办公室主任处理并书面答复；一项得分同时只有一件异议。"
        words = {"title": "提出异议", "note": note}
        return step_form(request, form, str(sheet), back, words)
    messages.success(request, "已提出异议，等办公室处理。")
    report_on_files(request, AssessmentPaper.objects.filter(objection=objection))
    return redirect(back)


@require_http_methods(PAGE_METHODS)
def decide_on_objection(request: Request, pk: UUID) -> HttpResponse:
    """处理异议. Raises NotYours for who may not, or holds a post in the unit (回避)."""
    require_permission(request, DECIDE)
    related = AssessmentObjection.objects.visible_to(request.user).select_related("sheet__assessment__scheme")
    prefetched = related.select_related("carried_from").prefetch_related("papers", "carried_from__papers")
    objection = get_object_or_404(prefetched, pk=pk)
    if request.user.is_recused_from(objection.sheet.unit_id):
        raise NotYours(DECIDE)
    make = partial(DecideObjectionForm, is_failing=is_of_failing_line(objection))
    form, back = bound(request, make), reverse("assessment_sheet", args=[objection.sheet_id])
    action = partial(decide_objection, objection)
    if request.method == "POST" and run_action(form, action, by=request.user) is not None:
        messages.success(request, "已处理异议，并已告知单位。")
        return redirect(back)
    line = objection.sheet.line_of(objection.indicator) or {}
    now = objection.sheet.upheld.points.get(objection.indicator, line.get("points", ""))
    words = {"title": "处理异议", "note": f"{objection.indicator_name}：现在 {now} 分，{line.get('words', '')}"}
    more: dict[str, object] = {"words_of_unit": objection.words, "files": file_links(objection.original.papers.all())}
    return step_form(request, form, str(objection.sheet), back, words, more)


def bound(request: Request, make: Callable[..., forms.Form]) -> forms.Form:
    """The form as it was sent off, or an empty one."""
    if request.method != "POST":
        return make()
    return make(request.POST, request.FILES)


def step_form(
    request: Request,
    form: forms.Form,
    about: str,
    back: str,
    words: dict[str, str],
    more: dict[str, object] | None = None,
) -> HttpResponse:
    """The page of one thing done about an assessment."""
    context = {"form": form, "about": about, "back": back, "reasons": [], **words, **(more or {})}
    return render(request, "assessment/step.html", context, status=422 if form.errors else 200)
