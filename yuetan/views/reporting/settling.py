"""What the office settles of reports: 代录 of paper, 本期不报, 停止报送, 瞒报 of what was never reported."""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from yuetan.actions.reporting import marks, paper_returns, release, schemes
from yuetan.actions.reporting.running_totals import values_before
from yuetan.errors import NotYours
from yuetan.forms.frame.options import FormData, FormFiles
from yuetan.forms.frame.paper_filing import PaperFields
from yuetan.forms.reporting.settling import (
    ConcealedForm,
    EndSchemeForm,
    ExcuseForm,
    PaperReportForm,
    UnitOfPaperForm,
)
from yuetan.models import PeriodicReport, ReportPeriod, ReportScheme, Unit
from yuetan.rules.dates import clock
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.pagination import run_action
from yuetan.views.frame.request import Request
from yuetan.views.reporting.schemes import PAGE_METHODS

REGISTERED = "已代录，请由另一人收下或者退回。"
PAPER_NOTE = (
    "各处标明“纸质代录”，该单位看得到、可以核对；代录的人不得再收下、退回这份报表。代录后不能撤销，有误的代录更正。"
)
EXCUSED_NOTE = "不报的单位不再提醒、催报，不算未报；已经报送的不变。决定以后不能撤销。"
ENDED_NOTE = "停止以后不再开期，也不能恢复；已经逾期未报的仍然算未报，已报的各期照常查看、汇总。"
CONCEALED_NOTE = "标记以后本单位看得到标记和认定的事实，须补报这一件；标记有误的由办公室主任撤销，不能修改。"


@require_http_methods(PAGE_METHODS)
def register_paper_report(request: Request, public_id: UUID) -> HttpResponse:
    """代录 a report of a period. Raises NotYours for who may not, or keeps away from the unit (回避)."""
    require_permission(request, paper_returns.REGISTER)
    visible = PeriodicReport.objects.visible_to(request.user).with_relations()
    expected = get_object_or_404(visible, public_id=public_id)
    _require_not_own(request, expected.unit_id, paper_returns.REGISTER)
    form = PaperReportForm(
        *_sent(request),
        unit=expected.unit,
        since=expected.period.first,
        asked=expected.period.version.form_fields,
        newest=expected.newest,
        before=values_before(expected),
    )
    action = partial(paper_returns.register_paper_report, expected)
    if request.method == "POST" and run_action(form, action, by=request.user) is not None:
        messages.success(request, REGISTERED)
        return redirect("report", public_id=public_id)
    return _settling_page(request, form, "代录纸质报表", str(expected), reverse("report", args=[public_id]), PAPER_NOTE)


@require_http_methods(PAGE_METHODS)
def register_paper_incident(request: Request, pk: int) -> HttpResponse:
    """代录 of what came at any time, of the unit that `?unit=` names. Raises NotYours as above."""
    require_permission(request, paper_returns.REGISTER)
    scheme, back = _scheme_and_its_page(pk)
    code = request.GET.get("unit", "")
    unit = Unit.objects.interviewed().in_use().select_related("parent").filter(code=code).first()
    if unit is None:
        choice = UnitOfPaperForm(request.GET if code else None)
        context = {"form": choice, "scheme": scheme}
        return render(request, "reporting/paper_unit.html", context)
    _require_not_own(request, unit.pk, paper_returns.REGISTER)
    period, since = _period_of_paper(request, scheme)
    version = period.version if period else scheme.newest_version()
    form = PaperReportForm(*_sent(request), unit=unit, since=since, asked=version.form_fields, at_any_time=True)
    action = partial(paper_returns.register_paper_incident, scheme, unit=unit)
    registered = run_action(form, action, by=request.user) if request.method == "POST" else None
    if registered is None:
        return _settling_page(request, form, "代录", f"{unit.full_name}{scheme.title}", back, PAPER_NOTE)
    messages.success(request, REGISTERED)
    return redirect("report", public_id=registered.report.public_id)


def _period_of_paper(request: Request, scheme: ReportScheme) -> tuple[ReportPeriod | None, date]:
    """The period by whose form a paper is entered, that of the moment that was sent, else the last; and since when
    the heads are offered who may have signed it: also those of the period before."""
    try:
        received_at = PaperFields.base_fields["received_at"].clean(request.POST.get("received_at", ""))
    except ValidationError:
        received_at = None
    last = list(scheme.periods.select_related("version").order_by("-first")[:2])
    period = scheme.period_on(paper_returns.day_of_paper(scheme, received_at)) or (last[0] if last else None)
    return period, last[-1].first if last else clock.today()


@require_http_methods(PAGE_METHODS)
def mark_concealed(request: Request, pk: int) -> HttpResponse:
    """标记瞒报 of what a unit did not report. Raises NotYours for who may not, or keeps away from the unit (回避)."""
    require_permission(request, marks.MARK)
    scheme, back = _scheme_and_its_page(pk)
    form = ConcealedForm(*_sent(request))
    action = partial(marks.mark_concealed, scheme)
    mark = run_action(form, action, by=request.user) if request.method == "POST" else None
    if mark is None:
        return _settling_page(request, form, "标记瞒报", scheme.title, back, CONCEALED_NOTE)
    messages.success(request, f"已标记{mark}，并已告知本单位。")
    return redirect("report", public_id=mark.report.public_id)


@require_http_methods(PAGE_METHODS)
def excuse_reports(request: Request, pk: int) -> HttpResponse:
    """本期不报. Raises NotYours for who may not, or keeps away from a unit that is named (回避)."""
    require_permission(request, release.EXCUSE)
    period = get_object_or_404(ReportPeriod.objects.select_related("scheme"), pk=pk)
    back = f"{reverse('report_board')}?period={pk}"
    form = ExcuseForm(_sent(request)[0])
    action = partial(release.excuse_reports, period)
    number = run_action(form, action, by=request.user) if request.method == "POST" else None
    if number is None:
        return _settling_page(request, form, "本期不报", str(period), back, EXCUSED_NOTE)
    messages.success(request, f"已决定 {number} 个单位本期不报，并已告知这些单位。")
    return redirect(back)


@require_http_methods(PAGE_METHODS)
def end_scheme(request: Request, pk: int) -> HttpResponse:
    """停止报送. Raises NotYours for who may not."""
    require_permission(request, schemes.KEEP)
    scheme, back = _scheme_and_its_page(pk)
    form = EndSchemeForm(_sent(request)[0])
    end = run_action(form, partial(release.end_scheme, scheme), by=request.user) if request.method == "POST" else None
    if end is None:
        return _settling_page(request, form, "停止报送", scheme.title, back, ENDED_NOTE)
    messages.success(request, f"{scheme.title}{end}，并已告知报送单位。")
    return redirect(back)


def _scheme_and_its_page(pk: int) -> tuple[ReportScheme, str]:
    return get_object_or_404(ReportScheme, pk=pk), reverse("report_scheme", args=[pk])


def _sent(request: Request) -> tuple[FormData, FormFiles]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _require_not_own(request: Request, unit: int, codename: str) -> None:
    if request.user.is_recused_from(unit):
        raise NotYours(codename)


def _settling_page(request: Request, form: forms.Form, title: str, about: str, back: str, note: str) -> HttpResponse:
    context = {"form": form, "title": title, "about": about, "back": back, "note": note}
    return render(request, "reporting/settling.html", context, status=422 if form.errors else 200)
