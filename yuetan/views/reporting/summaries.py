"""汇总 of a period or of several, on the page and as files."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from yuetan.actions.reporting.analyses import DRAFTING
from yuetan.errors import Reason, Refused
from yuetan.forms.frame.bounds import is_key
from yuetan.ledgers.reporting.report_returns import returns_book
from yuetan.ledgers.reporting.report_summary import summary_book
from yuetan.models import ReportAnalysis, ReportPeriod, Unit, User
from yuetan.models.reporting.analysis import NEWEST_ANALYSES
from yuetan.models.reporting.report_sum import counted_periods
from yuetan.models.reporting.scheme import SEE_REPORTS
from yuetan.models.reporting.span import PeriodSpan, of_one, span_between
from yuetan.models.reporting.summary import EVERY_LINE, Summary, summarise_span
from yuetan.views.files.files import spreadsheet_answer
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.request import Request
from yuetan.views.reporting.span_choice import SpanChoice

MAX_ANALYSES = 10


@require_safe
def report_summary(request: Request, pk: int) -> HttpResponse:
    """汇总 of a period, or from the period that `from` names until it, of the units below one.

    A span that is none is said so above the period alone. Raises NotYours for units, Http404 for a unit or a period
    that is none.
    """
    period, under = _asked_for(request, pk)
    until, begin = request.GET.get("to", ""), _first_asked_for(request)
    if is_key(until) and int(until) != pk:
        return redirect(_url_of(int(until), begin, under))
    span, reasons = _span_or_reasons(period, begin)
    choice = SpanChoice.of(begin, period) if begin else None
    shown = {"choice": choice, "reasons": reasons, **_page_of_span(request, span, under)}
    return render(request, "reporting/summary.html", shown)


def _span_or_reasons(period: ReportPeriod, begin: ReportPeriod | None) -> tuple[PeriodSpan, tuple[Reason, ...]]:
    """What is to be added up; where that cannot be, the period alone, and why."""
    try:
        return _span_from(period, begin), ()
    except Refused as refused:
        return of_one(period), refused.reasons


def _span_from(period: ReportPeriod, begin: ReportPeriod | None) -> PeriodSpan:
    """The period alone where no other is named, or it is the same. Raises Refused for what cannot be added up."""
    if begin is None or begin == period:
        return of_one(period)
    return span_between(begin, period)


def _page_of_span(request: Request, span: PeriodSpan, under: Unit | None) -> dict[str, object]:
    """The figures with what may be done about them and where they lead."""
    period, summary = span.last, summarise_span(span, under)
    begun = ReportAnalysis(period=period, under=under)
    return {
        "summary": summary,
        "span": span,
        "period": period,
        "under": under,
        "query": _query_of(None if span.is_single else span.first, under),
        "asking": "?under=" if span.is_single else f"?from={span.first.pk}&under=",
        "rows": [{"line": line, "figures": summary.figures(line)} for line in summary.lines],
        "total": summary.figures(summary.total),
        "up_query": _query_of(None if span.is_single else span.first, under.parent if under else None),
        "neighbours": _neighbours(summary, under),
        "parts": _parts(span, under),
        "may_analyse": span.is_single and DRAFTING.is_offered(begun, request.user),
        "analyses": _analyses(period, under, request.user) if span.is_single else [],
    }


def _parts(span: PeriodSpan, under: Unit | None) -> list[dict[str, object]]:
    """Each period of several, the newest first, with how many of all units reported of it."""
    if span.is_single:
        return []
    counts = counted_periods(span.periods)
    return [
        {"period": each, "counts": counts[each.pk], "url": _url_of(each.pk, None, under)}
        for each in reversed(span.periods)
    ]


def _analyses(period: ReportPeriod, under: Unit | None, user: User) -> list[ReportAnalysis]:
    """What was made of this period and these units, the newest first."""
    visible = ReportAnalysis.objects.visible_to(user).filter(period=period, under=under).with_relations()
    return list(visible.order_by(*NEWEST_ANALYSES)[:MAX_ANALYSES])


def _neighbours(summary: Summary, under: Unit | None) -> list[tuple[str, PeriodSpan, str]]:
    """The span before and that of last year, each with its address."""
    labels = ("上一期" if summary.span.is_single else "上一时段", "去年同期")
    spans = [(label, each) for label, each in zip(labels, summary.others, strict=True) if each]
    return [
        (label, each, _url_of(each.last.pk, None if each.is_single else each.first, under)) for label, each in spans
    ]


def _url_of(key: int, begin: ReportPeriod | None, under: Unit | None) -> str:
    return f"{reverse('report_summary', args=[key])}{_query_of(begin, under)}"


def _query_of(begin: ReportPeriod | None, under: Unit | None) -> str:
    """?from=12&under=440703; empty where it asks for nothing."""
    asked = {"from": begin.pk if begin else None, "under": under.code if under else None}
    named = {name: value for name, value in asked.items() if value is not None}
    return f"?{urlencode(named)}" if named else ""


@require_safe
def report_summary_file(request: Request, pk: int) -> HttpResponseBase:
    """The 汇总 of a period or several as an Excel file, with a line for each unit, also for those that the page leaves
    out. Raises Refused for what cannot be added up."""
    period, under = _asked_for(request, pk)
    span = _span_from(period, _first_asked_for(request))
    name = f"{period.scheme.title}{span.label}汇总"
    return spreadsheet_answer(summary_book(summarise_span(span, under, EVERY_LINE)), name)


@require_safe
def report_returns_file(request: Request, pk: int) -> HttpResponseBase:
    """What every unit reported of the period, field by field, as an Excel file. Raises NotYours for units."""
    period, under = _asked_for(request, pk)
    book = returns_book(period, request.user, under)
    return spreadsheet_answer(book, f"{period.scheme.title}{period.label}各单位报表")


def _asked_for(request: Request, pk: int) -> tuple[ReportPeriod, Unit | None]:
    require_permission(request, SEE_REPORTS)
    return _period(pk), unit_asked_for(request)


def _period(pk: int) -> ReportPeriod:
    return get_object_or_404(ReportPeriod.objects.select_related("scheme", "version"), pk=pk)


def _first_asked_for(request: Request) -> ReportPeriod | None:
    """The period from which on several are asked for; none for a single one. Raises Http404 for what is no period."""
    key = request.GET.get("from", "")
    if not key:
        return None
    if not is_key(key):
        raise Http404
    return _period(int(key))


def unit_asked_for(request: Request) -> Unit | None:
    """The unit whose parts are asked for; none for all. Raises Http404 for a code that no unit has."""
    code = request.GET.get("under", "")
    if not code:
        return None
    under = Unit.objects.select_related("parent").filter(code=code).first()
    if under is None:
        raise Http404
    return under
