"""分析报告: the ledger, one of them with its paper as it would be printed, and what is done about it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_safe

from yuetan.actions.reporting.analysis_rows import issues_analysis
from yuetan.documents.content.content import body_of
from yuetan.documents.content.phrases import body_name
from yuetan.documents.content.report_analysis import figures_of, report_analysis
from yuetan.documents.freezing import frozen
from yuetan.forms.reporting.analysis import SeenAnalysisForm
from yuetan.ledgers.reporting.analyses import AnalysisLedger
from yuetan.models import ReportAnalysis, ReportPeriod, Unit, User
from yuetan.models.reporting.scheme import SEE_REPORTS
from yuetan.rules.dates import clock
from yuetan.templatetags.official import moment
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.ledger_page import ledger_page
from yuetan.views.frame.request import Request
from yuetan.views.frame.room_step_page import PAGE_METHODS, offered_steps
from yuetan.views.reporting.analysis_pages import NEW_ANALYSIS, OF_ANALYSIS
from yuetan.views.reporting.steps import after_step, step_page
from yuetan.views.reporting.summaries import unit_asked_for
from yuetan.vocabulary import AnalysisState, DocumentKind, UnitKind


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
    require_permission(request, NEW_ANALYSIS.step.permission)
    period = get_object_or_404(ReportPeriod.objects.select_related("scheme", "version"), pk=pk)
    under = unit_asked_for(request)
    begun = ReportAnalysis(period=period, under=under)
    back = f"{reverse('report_summary', args=[pk])}{_asking_for(under)}"
    shown = {"about": begun, "back_words": f"{period.label}的汇总"}
    return step_page(request, NEW_ANALYSIS, begun, "reporting/analysis_form.html", back=back, **shown)


@require_safe
def report_analysis_page(request: Request, pk: UUID) -> HttpResponse:
    """One analysis: where it stands, its paper, and what the person may do."""
    analysis = _visible_analysis(request.user, pk)
    context = {
        "analysis": analysis,
        "facts": _facts_of_analysis(analysis),
        "steps": offered_steps(OF_ANALYSIS.values(), analysis, request.user),
        "paper": analysis.document if analysis.state == AnalysisState.ISSUED else None,
        "texts": _texts_of_analysis(analysis),
        "further_url": _further_url(analysis, request.user),
        "preview": None if analysis.state == AnalysisState.ISSUED else _analysis_as_printed(analysis, request.user),
    }
    return render(request, "reporting/analysis.html", context)


@require_http_methods(PAGE_METHODS)
def analysis_step(request: Request, pk: UUID, name: str) -> HttpResponse:
    """修改, 核稿, 印发, 退回, 撤销. Raises NotYours for who may not (also 回避)."""
    page = OF_ANALYSIS[name]
    require_permission(request, page.step.permission)
    analysis = _visible_analysis(request.user, pk)
    back = reverse("report_analysis", args=[pk])
    form, made = page.take(request, analysis)
    if made is not None:
        return after_step(request, page, made, back)
    of_paper = isinstance(form, SeenAnalysisForm)  # which is looked at as it stands
    shown = {"about": analysis, "preview": _analysis_as_printed(analysis, request.user) if of_paper else None}
    return page.answer(request, "reporting/analysis_step.html", form, analysis, back=back, **shown)


def _visible_analysis(user: User, pk: UUID) -> ReportAnalysis:
    return get_object_or_404(ReportAnalysis.objects.visible_to(user).with_relations(), pk=pk)


def _further_url(analysis: ReportAnalysis, user: User) -> str:
    """Where an edition that is in force is put right by a further one; empty where it is not, or not by this person."""
    in_force = analysis.state == AnalysisState.ISSUED and analysis.document.replaced_by is None
    if not (in_force and NEW_ANALYSIS.step.is_offered(analysis, user)):
        return ""
    return f"{reverse('draft_analysis', args=[analysis.period_id])}{_asking_for(analysis.under)}"


def _asking_for(under: Unit | None) -> str:
    return f"?under={under.code}" if under else ""


def _texts_of_analysis(analysis: ReportAnalysis) -> list[dict[str, str]]:
    labels = {"situation": "总体情况", "problems": "存在的问题", "proposals": "下一步工作"}
    return [{"label": label, "value": getattr(analysis, name)} for name, label in labels.items()]


def _analysis_as_printed(analysis: ReportAnalysis, user: User) -> SafeString:
    """The paper as it would be printed now; 签发人 is named to who would be it."""
    former = analysis.former()
    replaced = former.document.number if former else ""
    signer = user.name if issues_analysis(analysis, user) else ""
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
