"""What is done about reports and what asks for them: a page with its form for each step."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from yuetan.actions.reporting.chase_many import chase_each
from yuetan.actions.reporting.scheme_rows import UnitScheme
from yuetan.forms.reporting.settling import UnitOfPaperForm
from yuetan.models import (
    ReportAnalysis,
    ReportMark,
    ReportPeriod,
    ReportScheme,
    ReportVersion,
    Unit,
)
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.form_key import one_by_one, refuse_second
from yuetan.views.frame.request import Request
from yuetan.views.frame.room_step_page import PAGE_METHODS, RoomStepPage, Row
from yuetan.views.reporting.report_page import visible_report
from yuetan.views.reporting.step_pages import (
    CHASED,
    NEW_SCHEME,
    OF_MARK,
    OF_PERIOD,
    OF_REPORT,
    OF_SCHEME,
    OF_UNIT_SCHEME,
)


@require_http_methods(PAGE_METHODS)
def report_step(request: Request, public_id: UUID, name: str) -> HttpResponse:
    """代录纸质报表, 标记瞒报、谎报. Raises NotYours for who may not, or keeps away from the unit (回避)."""
    page = OF_REPORT[name]
    require_permission(request, page.step.permission)
    report = visible_report(request.user, public_id)
    return step_page(request, page, report, about=report, back=reverse("report", args=[public_id]))


@require_http_methods(PAGE_METHODS)
def withdraw_report_mark(request: Request, pk: int) -> HttpResponse:
    """撤销标记. Raises NotYours for who may not, or keeps away from the unit (回避)."""
    require_permission(request, OF_MARK.step.permission)
    related = ReportMark.objects.select_related("report__unit__parent", "report__period__scheme", "withdrawn_by")
    mark = get_object_or_404(related, pk=pk)
    back = reverse("report", args=[mark.report.public_id])
    template = "reporting/withdraw_mark.html"
    return step_page(request, OF_MARK, mark, template, back=back, about=mark.report, mark=mark)


@require_http_methods(PAGE_METHODS)
def create_scheme(request: Request) -> HttpResponse:
    """设立报送事项. Raises NotYours for who may not."""
    template, back = "reporting/scheme_form.html", reverse("report_list")
    return step_page(request, NEW_SCHEME, None, template, back=back, about=NEW_SCHEME.title)


@require_http_methods(PAGE_METHODS)
def scheme_step(request: Request, pk: int, name: str) -> HttpResponse:
    """修改报送事项 from a coming period on, 停止报送. Raises NotYours for who may not."""
    page = OF_SCHEME[name]
    require_permission(request, page.step.permission)
    scheme = get_object_or_404(ReportScheme, pk=pk)
    return step_page(request, page, scheme, about=scheme, back=reverse("report_scheme", args=[pk]))


@require_http_methods(PAGE_METHODS)
def excuse_reports(request: Request, pk: int) -> HttpResponse:
    """本期不报. Raises NotYours for who may not, or keeps away from a unit that is named (回避)."""
    require_permission(request, OF_PERIOD.step.permission)
    period = get_object_or_404(ReportPeriod.objects.select_related("scheme"), pk=pk)
    return step_page(request, OF_PERIOD, period, about=period, back=f"{reverse('report_board')}?period={pk}")


@one_by_one
@require_http_methods(PAGE_METHODS)
def chase_period(request: Request, pk: int) -> HttpResponse:
    """催报 of several units of a period, and back to its board, which says whom it reached and whom not, and why.

    Raises NotYours for who may not.
    """
    require_permission(request, CHASED.step.permission)
    period = get_object_or_404(ReportPeriod.objects.select_related("scheme"), pk=pk)
    back = f"{reverse('report_board')}?period={pk}"
    form, chosen = CHASED.take(request, period, after=request.GET.get("after", ""))
    if not isinstance(chosen, list):
        return CHASED.answer(request, "reporting/step.html", form, period, about=period, back=back)
    second = refuse_second(request, back)
    return second or _chased(request, period, chosen, back)


def _chased(request: Request, period: ReportPeriod, units: Sequence[Unit], back: str) -> HttpResponse:
    made = chase_each(period, units, by=request.user)
    if made.reached:
        messages.success(request, made.reached_words)
    for words in made.left_words:
        messages.warning(request, words)
    return redirect(back)


@require_http_methods(PAGE_METHODS)
def mark_concealed(request: Request, pk: int) -> HttpResponse:
    """标记瞒报 of what a unit did not report. Raises NotYours for who may not, or keeps away from the unit (回避)."""
    page = OF_UNIT_SCHEME["mark_concealed"]
    require_permission(request, page.step.permission)
    scheme = get_object_or_404(ReportScheme, pk=pk)
    return step_page(request, page, UnitScheme(scheme), about=scheme, back=reverse("report_scheme", args=[pk]))


@require_http_methods(PAGE_METHODS)
def register_paper_incident(request: Request, pk: int) -> HttpResponse:
    """代录 of what came at any time, of the unit that `?unit=` names. Raises NotYours as above."""
    page = OF_UNIT_SCHEME["register_paper_incident"]
    require_permission(request, page.step.permission)
    scheme, code = get_object_or_404(ReportScheme, pk=pk), request.GET.get("unit", "")
    unit = Unit.objects.interviewed().in_use().select_related("parent").filter(code=code).first()
    if unit is None:
        context = {"form": UnitOfPaperForm(request.GET if code else None), "scheme": scheme}
        return render(request, "reporting/paper_unit.html", context)
    of_unit = UnitScheme(scheme, unit)
    return step_page(request, page, of_unit, about=of_unit, back=reverse("report_scheme", args=[pk]))


def step_page(
    request: Request,
    page: RoomStepPage[Row],
    row: Row,
    template: str = "reporting/step.html",
    *,
    back: str,
    **shown: object,
) -> HttpResponse:
    """The page of a step with its form; once it is taken, what `after_step` leads to."""
    form, made = page.take(request, row)
    if made is None:
        return page.answer(request, template, form, row, back=back, **shown)
    return after_step(request, page, made, back)


def after_step(request: Request, page: RoomStepPage[Row], made: object, back: str) -> HttpResponse:
    """Say that a step is taken, on the page of what was made, or else on the one it leads back to."""
    page.finish(request, made)
    return redirect(_page_of(made, back))


def _page_of(made: object, back: str) -> str:
    if isinstance(made, ReportMark | ReportVersion):
        return reverse("report", args=[made.report.public_id])
    if isinstance(made, ReportScheme):
        return reverse("report_scheme", args=[made.pk])
    return reverse("report_analysis", args=[made.pk]) if isinstance(made, ReportAnalysis) else back
