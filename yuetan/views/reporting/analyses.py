"""分析报告: the ledger, one of them with its paper as it would be printed, and what is done about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_safe

from yuetan import permissions
from yuetan.actions.reporting import analyses as actions
from yuetan.actions.seen import SEEN
from yuetan.documents.content.content import body_of
from yuetan.documents.content.phrases import body_name
from yuetan.documents.content.report_analysis import figures_of, report_analysis
from yuetan.documents.freezing import frozen
from yuetan.errors import NotYours
from yuetan.forms.frame.options import FormData
from yuetan.forms.reporting.analysis import (
    AnalysisForm,
    ReturnAnalysisForm,
    ReviseAnalysisForm,
    SeenAnalysisForm,
    WithdrawAnalysisForm,
)
from yuetan.ledgers.analyses import AnalysisLedger
from yuetan.models import ReportAnalysis, ReportPeriod, Unit, User
from yuetan.models.reporting.scheme import SEE_REPORTS
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import names_in
from yuetan.templatetags.official import moment
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.ledger_page import ledger_page
from yuetan.views.frame.pagination import run_action
from yuetan.views.frame.request import Request
from yuetan.views.reporting.boards import unit_asked_for
from yuetan.vocabulary import AnalysisState, DocumentKind, UnitKind

PAGE_METHODS = ["GET", "HEAD", "POST"]
DRAFTED, ENDORSED, ISSUED, WITHDRAWN = AnalysisState
TEXTS = ("addressee", "situation", "problems", "proposals", "reason")


@dataclass(frozen=True)
class AnalysisStep:
    """One thing that may be done: its address and right, its words, form and action, and in which states."""

    name: str
    codename: str
    title: str
    note: str
    done: str
    form: type[forms.Form]
    action: Callable[..., object]
    states: tuple[AnalysisState, ...]


STEPS = {
    step.name: step
    for step in (
        AnalysisStep(
            "endorse_analysis",
            actions.ENDORSE,
            "核稿",
            "核稿以后文稿不能再改，要改的先退回拟稿人；数字以印发时的为准。",
            "已核稿，可以印发。",
            SeenAnalysisForm,
            actions.endorse_analysis,
            (DRAFTED,),
        ),
        AnalysisStep(
            "issue_analysis",
            actions.ISSUE,
            "印发",
            "取文号，文稿和数字从此固定；以后收下、更正的报表不再改变它。",
            "分析报告已印发。",
            SeenAnalysisForm,
            actions.issue_analysis,
            (ENDORSED,),
        ),
        AnalysisStep(
            "return_analysis",
            actions.ENDORSE,
            "退回",
            "退回拟稿人修改，原因会告知拟稿人。",
            "已退回拟稿人。",
            ReturnAnalysisForm,
            actions.return_analysis,
            (DRAFTED, ENDORSED),
        ),
        AnalysisStep(
            "withdraw_analysis",
            actions.DRAFT,
            "撤销",
            "没有印发的才能撤销；撤销以后可以重新起草。",
            "已撤销。",
            WithdrawAnalysisForm,
            actions.withdraw_analysis,
            (DRAFTED, ENDORSED),
        ),
    )
}


@require_safe
def analysis_list(request: Request) -> HttpResponse:
    """分析报告台账. Raises NotYours for units."""
    require_permission(request, SEE_REPORTS)
    facts = ledger_page(request, AnalysisLedger())
    rows = [row | {"url": f"{row['analysis'].pk}/"} for row in facts["rows"]]  # relative to the list
    return render(request, "reporting/analyses.html", {**facts, "rows": rows})


@require_http_methods(PAGE_METHODS)
def draft_analysis(request: Request, pk: int) -> HttpResponse:
    """起草分析报告 of a period. Raises NotYours, also for who keeps away from the unit (回避)."""
    require_permission(request, actions.DRAFT)
    period = get_object_or_404(ReportPeriod.objects.select_related("scheme", "version"), pk=pk)
    under = unit_asked_for(request)
    if under is not None and request.user.is_recused_from(under.pk):
        raise NotYours(actions.DRAFT)
    former = ReportAnalysis(period=period, under=under).former()
    begun = former or actions.begun_analysis(period, under)
    texts = {name: getattr(begun, name) for name in ("addressee", "situation", "problems", "proposals")}
    copied = names_in(begun.copied_to)
    form = AnalysisForm(_posted_data(request), is_further=former is not None, copied=copied, initial=texts)
    action = partial(actions.draft_analysis, period, under=under)
    analysis = run_action(form, action, by=request.user) if request.method == "POST" else None
    if analysis is None:
        heading = f"起草分析报告：{ReportAnalysis(period=period, under=under)}"
        back = f"{reverse('report_summary', args=[pk])}{_asking_for(under)}"
        return _analysis_form_page(request, form, heading, (back, f"{period.label}的汇总"))
    messages.success(request, "拟稿已保存，请由另一人核稿。")
    return redirect("report_analysis", pk=analysis.pk)


@require_safe
def report_analysis_page(request: Request, pk: UUID) -> HttpResponse:
    """One analysis: where it stands, its paper, and what the person may do."""
    analysis = _visible_analysis(request.user, pk)
    context = {
        "analysis": analysis,
        "facts": _facts_of_analysis(analysis),
        "steps": _steps_open(analysis, request.user),
        "may_revise": analysis.state == DRAFTED and _holds(request.user, actions.DRAFT),
        "paper": analysis.document if analysis.state == ISSUED else None,
        "texts": _texts_of_analysis(analysis),
        "further_url": _further_url(analysis, request.user),
        "preview": None if analysis.state == ISSUED else _analysis_as_printed(analysis, request.user),
    }
    return render(request, "reporting/analysis.html", context)


@require_http_methods(PAGE_METHODS)
def revise_analysis(request: Request, pk: UUID) -> HttpResponse:
    """修改分析报告."""
    require_permission(request, actions.DRAFT)
    analysis = _visible_analysis(request.user, pk)
    initial = {name: getattr(analysis, name) for name in TEXTS}
    initial[SEEN] = actions.wording_shown(analysis)
    copied = names_in(analysis.copied_to)
    form = ReviseAnalysisForm(_posted_data(request), is_further=analysis.edition > 1, copied=copied, initial=initial)
    action = partial(actions.revise_analysis, analysis)
    if request.method == "POST" and run_action(form, action, by=request.user) is not None:
        messages.success(request, "已保存。")
        return redirect("report_analysis", pk=pk)
    back = reverse("report_analysis", args=[pk]), str(analysis)
    return _analysis_form_page(request, form, f"修改分析报告：{analysis}", back)


@require_http_methods(PAGE_METHODS)
def endorse_analysis(request: Request, pk: UUID) -> HttpResponse:
    """核稿."""
    return _analysis_step_page(request, pk, STEPS["endorse_analysis"])


@require_http_methods(PAGE_METHODS)
def issue_analysis(request: Request, pk: UUID) -> HttpResponse:
    """印发."""
    return _analysis_step_page(request, pk, STEPS["issue_analysis"])


@require_http_methods(PAGE_METHODS)
def return_analysis(request: Request, pk: UUID) -> HttpResponse:
    """退回."""
    return _analysis_step_page(request, pk, STEPS["return_analysis"])


@require_http_methods(PAGE_METHODS)
def withdraw_analysis(request: Request, pk: UUID) -> HttpResponse:
    """撤销."""
    return _analysis_step_page(request, pk, STEPS["withdraw_analysis"])


def _analysis_step_page(request: Request, pk: UUID, step: AnalysisStep) -> HttpResponse:
    require_permission(request, step.codename)
    analysis = _visible_analysis(request.user, pk)
    shown = {} if step.form is not SeenAnalysisForm else {"seen": _digest_shown(analysis)}
    form = step.form(_posted_data(request), initial=dict(shown))
    if request.method == "POST" and run_action(form, partial(step.action, analysis), by=request.user) is not None:
        messages.success(request, step.done)
        return redirect("report_analysis", pk=pk)
    preview = _analysis_as_printed(analysis, request.user) if shown else None
    context = {"form": form, "analysis": analysis, "step": step, "preview": preview}
    return render(request, "reporting/analysis_step.html", context, status=422 if form.errors else 200)


def _analysis_form_page(request: Request, form: AnalysisForm, heading: str, back: tuple[str, str]) -> HttpResponse:
    context = {"form": form, "heading": heading, "back": back[0], "back_words": back[1]}
    return render(request, "reporting/analysis_form.html", context, status=422 if form.errors else 200)


def _visible_analysis(user: User, pk: UUID) -> ReportAnalysis:
    return get_object_or_404(ReportAnalysis.objects.visible_to(user).with_relations(), pk=pk)


def _posted_data(request: Request) -> FormData:
    return request.POST if request.method == "POST" else None


def _holds(user: User, codename: str) -> bool:
    return bool(user.has_perm(permissions.name(codename)))


def _steps_open(analysis: ReportAnalysis, user: User) -> list[dict[str, str]]:
    """What the person may do with it now; nobody endorses what they drafted."""
    return [
        {"title": step.title, "url": reverse(name, args=[analysis.pk])}
        for name, step in STEPS.items()
        if analysis.state in step.states
        and _holds(user, step.codename)
        and not (name == "endorse_analysis" and analysis.drafted_by_id == user.pk)
    ]


def _further_url(analysis: ReportAnalysis, user: User) -> str:
    """Where an edition that is in force is put right by a further one; empty where it is not, or not by this person."""
    in_force = analysis.state == ISSUED and analysis.document.replaced_by is None
    if not (in_force and actions.may_analyse(analysis.period, analysis.under, user)):
        return ""
    return f"{reverse('draft_analysis', args=[analysis.period_id])}{_asking_for(analysis.under)}"


def _asking_for(under: Unit | None) -> str:
    return f"?under={under.code}" if under else ""


def _texts_of_analysis(analysis: ReportAnalysis) -> list[dict[str, str]]:
    labels = {"situation": "总体情况", "problems": "存在的问题", "proposals": "下一步工作"}
    return [{"label": label, "value": getattr(analysis, name)} for name, label in labels.items()]


def _digest_shown(analysis: ReportAnalysis) -> str:
    return actions.digest_of_analysis(analysis, figures_of(analysis))


def _analysis_as_printed(analysis: ReportAnalysis, user: User) -> SafeString:
    """The paper as it would be printed now; 签发人 is named to who would be it."""
    former = analysis.former()
    replaced = former.document.number if former else ""
    signer = user.name if _holds(user, actions.ISSUE) else ""
    figures, words = figures_of(analysis), {"replaced": replaced, "signer": signer}
    facts = report_analysis(analysis, figures, number="", dated=clock.today(), **words)
    sheet = body_of(frozen(DocumentKind.REPORT_ANALYSIS, facts))
    return SafeString(sheet)  # nosec B703: out of our own template, which has escaped all that was typed


def _facts_of_analysis(analysis: ReportAnalysis) -> list[dict[str, str]]:
    done_by = {
        "拟稿": (analysis.drafted_by, analysis.drafted_at, ""),
        "退回": (analysis.returned_by, analysis.returned_at, analysis.return_reason),
        "核稿": (analysis.endorsed_by, analysis.endorsed_at, ""),
        "印发": (analysis.issued_by, analysis.issued_at, ""),
        "撤销": (analysis.withdrawn_by, analysis.withdrawn_at, analysis.withdrawal_reason),
    }
    facts = {
        "范围": f"{analysis.under.full_name}及所属单位" if analysis.under else "全部报送单位",
        "主送": analysis.addressee or body_name(UnitKind.LEADING_GROUP),
    }
    facts |= {"抄送": analysis.copied_to} if analysis.copied_to else {}
    facts |= {"更正说明": analysis.reason} if analysis.reason else {}
    for label, (who, when, words) in done_by.items():
        if who is not None:
            facts[label] = f"{who.name}，{moment(when)}{f'：{words}' if words else ''}"
    return [{"label": label, "value": value} for label, value in facts.items()]
