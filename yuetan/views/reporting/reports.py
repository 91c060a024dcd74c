"""One 报表: what a unit fills in, confirms and corrects; what the office decides on it."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from yuetan.actions.reporting.reports import report_zero as take_zero
from yuetan.actions.reporting.scheme_rows import UnitScheme
from yuetan.forms.frame.bounds import is_key
from yuetan.models import PeriodicReport, ReportScheme, ReportVersion, Unit
from yuetan.rules.dates import clock
from yuetan.views.frame.request import Request
from yuetan.views.frame.room_step_page import PAGE_METHODS, press
from yuetan.views.reporting.report_page import report_context, visible_report
from yuetan.views.reporting.step_pages import AT_ANY_TIME, FILLED, OF_ACCEPTOR, OF_CONFIRMER
from yuetan.views.reporting.steps import step_page

FILLING = "reporting/fill.html"
PRESSED = OF_CONFIRMER | OF_ACCEPTOR


@require_http_methods(PAGE_METHODS)
def report(request: Request, public_id: UUID) -> HttpResponse:
    """A report with its versions, and what the reader may do with the newest of them."""
    shown, form = visible_report(request.user, public_id), forms.Form()
    page = next((page for name, page in PRESSED.items() if name in request.POST), None)
    version = _version_sent(request, shown) if page else None
    if page and version is not None:
        form, made = page.take(request, version)
        if made is not None:
            page.finish(request, made)
            return redirect("report", public_id=public_id)
    context = {**report_context(shown, request.user, {page.name: form} if page else {}), "form": form}
    return render(request, "reporting/report.html", context, status=422 if form.errors else 200)


def _version_sent(request: Request, shown: PeriodicReport) -> ReportVersion | None:
    """The version that the page showed."""
    number = request.POST.get("version", "")
    known = {str(version.version): version for version in shown.versions.select_related("report")}
    return known.get(number)


@require_http_methods(PAGE_METHODS)
def fill_report(request: Request, public_id: UUID) -> HttpResponse:
    """填报, or correct what was reported. Raises NotYours for whoever is not of the unit."""
    report = visible_report(request.user, public_id)
    period = report.period
    shown = {"about": period.scheme, "report": report, "unit": report.unit, "version": period.version}
    return step_page(request, FILLED, report, FILLING, back=reverse("report", args=[public_id]), **shown)


@require_http_methods(PAGE_METHODS)
def report_any_time(request: Request, pk: int, unit: int) -> HttpResponse:
    """随时报送 of a unit. Raises NotYours for whoever is not of it, Http404 where it is not asked for this."""
    scheme = get_object_or_404(ReportScheme, pk=pk)
    own = get_object_or_404(Unit.objects.interviewed().select_related("parent"), pk=unit)
    of_unit = UnitScheme(scheme, own)
    AT_ANY_TIME.step.require(of_unit, request.user)
    if not scheme.is_known_to(own):
        raise Http404
    shown = {"about": scheme, "report": None, "unit": own, "version": scheme.version_on(clock.today())}
    return step_page(request, AT_ANY_TIME, of_unit, FILLING, back=reverse("report_list"), **shown)


@require_POST
def report_zero(request: Request, public_id: UUID) -> HttpResponse:
    """零报告 in one click. Raises NotYours for whoever is not of the unit."""
    report, after = visible_report(request.user, public_id), request.POST.get("after", "")
    press(request, partial(take_zero, after=int(after) if is_key(after) else 0), report, FILLED.done)
    return redirect("report", public_id=public_id)
