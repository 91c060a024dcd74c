"""One 报表: what a unit fills in, confirms and corrects; what the office makes of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from yuetan.actions.reporting import acceptance, confirmation, marks
from yuetan.actions.reporting import reports as actions
from yuetan.actions.reporting.running_totals import values_before
from yuetan.errors import NotYours, Refused
from yuetan.forms.frame.bounds import is_key
from yuetan.forms.reporting.report import (
    MarkForm,
    ReportForm,
    ReturnReportForm,
    SendBackReportForm,
    WithdrawMarkForm,
)
from yuetan.models import PeriodicReport, ReportMark, ReportScheme, ReportVersion, Unit, User
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.pagination import run_action
from yuetan.views.frame.request import Request
from yuetan.views.reporting.report_page import report_context
from yuetan.views.reporting.schemes import PAGE_METHODS
from yuetan.vocabulary import ReportState

ACTIONS: dict[str, Callable[..., ReportVersion]] = {
    "confirm": confirmation.confirm_report,
    "send_back": confirmation.send_back_report,
    "accept": acceptance.accept_report,
    "return": acceptance.return_report,
}
DONE = {
    "confirm": "已确认报送。",
    "send_back": "已退回，由填报人修改后重新填报。",
    "accept": "已收下，数字计入汇总。",
    "return": "已退回，并已告知本单位。",
}

REASONED: dict[str, type[forms.Form]] = {"send_back": SendBackReportForm, "return": ReturnReportForm}


@require_http_methods(PAGE_METHODS)
def report(request: Request, public_id: UUID) -> HttpResponse:
    """A report with its versions, and what the reader may do with the newest of them."""
    shown = _visible(request.user, public_id)
    verb = next((name for name in DONE if name in request.POST), "")
    form = REASONED[verb](request.POST) if verb in REASONED else forms.Form(request.POST or None)
    if verb and _version_sent(request, shown) is not None:
        action = partial(ACTIONS[verb], _version_sent(request, shown))
        if run_action(form, action, by=request.user) is not None:
            messages.success(request, DONE[verb])
            return redirect("report", public_id=public_id)
    context = report_context(shown, request.user)
    context["form"] = form
    context |= {f"{name}_form": form if verb == name else of_verb() for name, of_verb in REASONED.items()}
    return render(request, "reporting/report.html", context, status=422 if form.errors else 200)


def _version_sent(request: Request, shown: PeriodicReport) -> ReportVersion | None:
    """The version that the page showed."""
    number = request.POST.get("version", "")
    known = {str(version.version): version for version in shown.versions.select_related("report")}
    return known.get(number)


def _visible(user: User, public_id: UUID) -> PeriodicReport:
    return get_object_or_404(PeriodicReport.objects.visible_to(user).with_relations(), public_id=public_id)


@require_http_methods(PAGE_METHODS)
def fill_report(request: Request, public_id: UUID) -> HttpResponse:
    """填报, or correct what was reported. Raises NotYours for whoever is not of the unit."""
    expected = _visible(request.user, public_id)
    _require_of_unit(request.user, expected.unit_id)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    before = values_before(expected)
    form = ReportForm(*sent, asked=expected.period.version.form_fields, newest=expected.newest, before=before)
    action = partial(actions.fill_report, expected)
    version = run_action(form, action, by=request.user) if request.method == "POST" else None
    if version is None:
        context = {"form": form, "report": expected, "unit": expected.unit, "scheme": expected.period.scheme}
        return render(request, "reporting/fill.html", context, status=422 if form.errors else 200)
    return _filled(request, version)


@require_POST
def report_zero(request: Request, public_id: UUID) -> HttpResponse:
    """零报告 in one click. Raises NotYours for whoever is not of the unit."""
    expected = _visible(request.user, public_id)
    _require_of_unit(request.user, expected.unit_id)
    after = request.POST.get("after", "")
    try:
        version = actions.report_zero(expected, by=request.user, after=int(after) if is_key(after) else 0)
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, reason.text)
        return redirect("report", public_id=public_id)
    return _filled(request, version)


@require_http_methods(PAGE_METHODS)
def report_any_time(request: Request, pk: int, unit: int) -> HttpResponse:
    """随时报送 of a unit. Raises NotYours for whoever is not of it, Http404 where it is not asked for this."""
    scheme = get_object_or_404(ReportScheme, pk=pk)
    own = get_object_or_404(Unit.objects.interviewed().select_related("parent"), pk=unit)
    _require_of_unit(request.user, own.pk)
    if not scheme.is_known_to(own):
        raise Http404
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    period = scheme.running_period()
    version_asked = period.version if period else scheme.newest_version()  # where none runs, the action says so
    form = ReportForm(*sent, asked=version_asked.form_fields, at_any_time=True)
    action = partial(actions.report_at_any_time, scheme, unit=own)
    version = run_action(form, action, by=request.user) if request.method == "POST" else None
    if version is None:
        context = {"form": form, "report": None, "unit": own, "scheme": scheme}
        return render(request, "reporting/fill.html", context, status=422 if form.errors else 200)
    return _filled(request, version)


def _require_of_unit(user: User, unit_id: int) -> None:
    if not actions.may_fill(unit_id, user):
        raise NotYours(actions.FILL)


def _filled(request: Request, version: ReportVersion) -> HttpResponse:
    if version.state == ReportState.HANDED_IN:
        messages.success(request, f"已报送（第{version.version}版）。")
    else:
        messages.success(request, f"已填报第{version.version}版，请本单位主要领导确认报送。")
    return redirect("report", public_id=version.report.public_id)


@require_http_methods(PAGE_METHODS)
def mark_report(request: Request, public_id: UUID) -> HttpResponse:
    """标记瞒报、谎报. Raises NotYours for who may not, or keeps away from the unit (回避)."""
    require_permission(request, marks.MARK)
    marked = _visible(request.user, public_id)
    if request.user.is_recused_from(marked.unit_id):
        raise NotYours(marks.MARK)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = MarkForm(*sent)
    mark = run_action(form, partial(marks.mark_report, marked), by=request.user) if request.method == "POST" else None
    if mark is None:
        return render(
            request, "reporting/mark.html", {"form": form, "report": marked}, status=422 if form.errors else 200
        )
    messages.success(request, f"已标记{mark}，并已告知本单位。")
    return redirect("report", public_id=public_id)


@require_http_methods(PAGE_METHODS)
def withdraw_report_mark(request: Request, pk: int) -> HttpResponse:
    """撤销标记. Raises NotYours for who may not, or keeps away from the unit (回避)."""
    require_permission(request, marks.WITHDRAW)
    related = ReportMark.objects.select_related("report__unit__parent", "report__period__scheme")
    mark = get_object_or_404(related, pk=pk)
    if request.user.is_recused_from(mark.report.unit_id):
        raise NotYours(marks.WITHDRAW)
    form = WithdrawMarkForm(request.POST if request.method == "POST" else None)
    action = partial(marks.withdraw_report_mark, mark)
    if request.method != "POST" or run_action(form, action, by=request.user) is None:
        context = {"form": form, "mark": mark, "report": mark.report}
        return render(request, "reporting/withdraw_mark.html", context, status=422 if form.errors else 200)
    messages.success(request, "已撤销标记，并已告知本单位。")
    return redirect("report", public_id=mark.report.public_id)
