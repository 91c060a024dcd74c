"""信息报送表, units by periods; 汇总 of a period, on the page and as a file."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from yuetan.actions.reporting.acceptance import ACCEPTING, accept_reports
from yuetan.actions.reporting.analyses import DRAFTING
from yuetan.actions.reporting.chase_many import CHASING_MANY
from yuetan.actions.reporting.release import EXCUSING
from yuetan.actions.reporting.report_rows import ACCEPT
from yuetan.forms.frame.bounds import is_key
from yuetan.ledgers.deadline_lights import note_under
from yuetan.ledgers.ledger import Line
from yuetan.ledgers.reporting.report_returns import returns_book
from yuetan.ledgers.reporting.report_summary import summary_book
from yuetan.ledgers.reporting.reports import ReportLedger, period_asked_for
from yuetan.models import ReportAnalysis, ReportPeriod, ReportVersion, Unit, User
from yuetan.models.reporting.analysis import NEWEST_ANALYSES
from yuetan.models.reporting.report_sum import counted_periods
from yuetan.models.reporting.scheme import SEE_REPORTS
from yuetan.models.reporting.summary import EVERY_LINE, Summary, summarise
from yuetan.views.files.files import spreadsheet_answer
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.ledger_page import ledger_page
from yuetan.views.frame.request import Request
from yuetan.views.frame.room_step_page import press
from yuetan.views.reporting.next_steps import NextStepsOfReports
from yuetan.vocabulary import ReportState

MAX_ANALYSES = 10
MAX_ACCEPTED = 500  # at once; as many as the longest page has


@require_safe
def report_board(request: Request) -> HttpResponse:
    """The units of a period with where their reports stand, and the periods before it. Raises NotYours for units."""
    require_permission(request, SEE_REPORTS)
    period = period_asked_for(request.GET)
    facts = ledger_page(request, ReportLedger())
    steps = NextStepsOfReports(request.user)
    rows = [_board_line(row, request.user) | _following(row, steps) for row in facts["rows"]]
    context = {
        "period": period,
        "earlier": [each for each, _ in rows[0]["before"]] if rows else [],
        "rows": rows,
        "provisional": note_under(row["standing"].deadline for row in rows),
        "may_accept": any(row["acceptable"] for row in rows),
        "counts": _counts_of_period(period) if period else [],
        "may_chase": period is not None and CHASING_MANY.is_offered(period, request.user),
        "may_excuse": period is not None and EXCUSING.is_offered(period, request.user),
    }
    return render(request, "reporting/board.html", {**facts, **context})


def _board_line(row: Line, user: User) -> Line:
    report = row["report"]
    if report.newest is not None:
        report.newest.report = report
    return {
        **row,
        "cells": [(each.short_label, cell) for each, cell in row["before"]],
        "acceptable": report.newest is not None and ACCEPTING.is_offered(report.newest, user),
    }


def _following(row: Line, steps: NextStepsOfReports) -> Line:
    """What may follow the report of a line; 催报 leads back to the board."""
    report = row["report"]
    return {"next_steps": steps.after(report, f"?period={report.period_id}")}


def _counts_of_period(period: ReportPeriod) -> list[tuple[str, int, str]]:
    """How many owe, have handed in, and so on, each with the filter that lists them."""
    counted = counted_periods([period])[period.pk]
    first = ("应报", counted.expected, "") if period.version.is_periodic else ("已报", counted.handed_in, "")
    others = [
        ("待收", counted.to_accept, ReportState.HANDED_IN.value),
        ("已收", counted.accepted, ReportState.ACCEPTED.value),
        ("未报", counted.missed, "missed"),
    ]
    excused = [("本期不报", counted.excused, ReportState.EXCUSED.value)] if counted.excused else []
    return [first, *others, *excused]


@require_POST
def accept_selected(request: Request) -> HttpResponse:
    """收下 what was ticked, all or none. Raises NotYours for who may not, or keeps away from a unit among them."""
    require_permission(request, ACCEPT)
    keys = [int(key) for key in request.POST.getlist("versions")[:MAX_ACCEPTED] if is_key(key)]
    versions = list(ReportVersion.objects.filter(pk__in=keys).select_related("report__unit"))
    press(request, accept_reports, versions, "已收下 {} 份报表。")
    period = request.POST.get("period", "")
    return redirect(f"{reverse('report_board')}{f'?period={period}' if is_key(period) else ''}")


@require_safe
def report_summary(request: Request, pk: int) -> HttpResponse:
    """汇总 of a period, of the units below one. Raises NotYours for units, Http404 for a unit that is none."""
    period, under = _asked_for(request, pk)
    summary = summarise(period, under)
    rows = [{"line": line, "figures": summary.figures(line)} for line in summary.lines]
    context = {
        "summary": summary,
        "period": period,
        "under": under,
        "rows": rows,
        "total": summary.figures(summary.total),
        "above": under.parent if under else None,
        "periods": _neighbours(summary),
        "may_analyse": DRAFTING.is_offered(ReportAnalysis(period=period, under=under), request.user),
        "analyses": _analyses(period, under, request.user),
    }
    return render(request, "reporting/summary.html", context)


def _analyses(period: ReportPeriod, under: Unit | None, user: User) -> list[ReportAnalysis]:
    """What was made of this period and these units, the newest first."""
    visible = ReportAnalysis.objects.visible_to(user).filter(period=period, under=under).with_relations()
    return list(visible.order_by(*NEWEST_ANALYSES)[:MAX_ANALYSES])


def _neighbours(summary: Summary) -> list[tuple[str, ReportPeriod]]:
    labels = ("上一期", "去年同期")
    return [(label, each) for label, each in zip(labels, summary.others, strict=True) if each]


@require_safe
def report_summary_file(request: Request, pk: int) -> HttpResponseBase:
    """The 汇总 of a period as an Excel file, with a line for each unit, also for those that the page leaves out."""
    period, under = _asked_for(request, pk)
    name = f"{period.scheme.title}{period.label}汇总"
    return spreadsheet_answer(summary_book(summarise(period, under, EVERY_LINE)), name)


@require_safe
def report_returns_file(request: Request, pk: int) -> HttpResponseBase:
    """What every unit reported of the period, field by field, as an Excel file. Raises NotYours for units."""
    period, under = _asked_for(request, pk)
    book = returns_book(period, request.user, under)
    return spreadsheet_answer(book, f"{period.scheme.title}{period.label}各单位报表")


def _asked_for(request: Request, pk: int) -> tuple[ReportPeriod, Unit | None]:
    require_permission(request, SEE_REPORTS)
    period = get_object_or_404(ReportPeriod.objects.select_related("scheme", "version"), pk=pk)
    return period, unit_asked_for(request)


def unit_asked_for(request: Request) -> Unit | None:
    """The unit whose parts are asked for; none for all. Raises Http404 for a code that no unit has."""
    code = request.GET.get("under", "")
    if not code:
        return None
    under = Unit.objects.select_related("parent").filter(code=code).first()
    if under is None:
        raise Http404
    return under
