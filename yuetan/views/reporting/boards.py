"""信息报送表, units by periods; several of its reports accepted at once."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from yuetan.actions.reporting.acceptance import ACCEPTING, accept_reports
from yuetan.actions.reporting.chase_many import CHASING_MANY
from yuetan.actions.reporting.release import EXCUSING
from yuetan.actions.reporting.report_rows import ACCEPT
from yuetan.forms.frame.bounds import is_key
from yuetan.ledgers.deadline_lights import note_under
from yuetan.ledgers.ledger import Line
from yuetan.ledgers.reporting.reports import ReportLedger, period_asked_for
from yuetan.models import ReportPeriod, ReportVersion, User
from yuetan.models.reporting.report_sum import counted_periods
from yuetan.models.reporting.scheme import SEE_REPORTS
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
