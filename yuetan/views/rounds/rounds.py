"""督导: the ledger, and the page of a round with all units."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from yuetan import permissions
from yuetan.actions.rounds.planning import PLANNING
from yuetan.actions.rounds.round_rows import with_visits
from yuetan.ledgers.rounds.rounds import RoundLedger
from yuetan.models import RoundVisit, SupervisionRound, User
from yuetan.models.rounds.supervision_round import SEE_ROUNDS
from yuetan.models.rounds.visit import COVERT_SHOWN
from yuetan.templatetags.official import moment
from yuetan.views.files.case_files import forms_of_case_file
from yuetan.views.frame.ledger_page import ledger_page
from yuetan.views.frame.request import Request
from yuetan.views.frame.section import SummaryRow, row
from yuetan.views.rounds.step_pages import steps_of_round


@require_safe
def round_list(request: Request) -> HttpResponse:
    """督导台账; a unit reads its own lines."""
    user = request.user
    context = {
        **ledger_page(request, RoundLedger()),
        "may_plan": PLANNING.may_take(None, user),
        "sees_all": user.has_perm(permissions.name(SEE_ROUNDS)),
    }
    return render(request, "rounds/list.html", context)


@require_safe
def round_page(request: Request, pk: UUID) -> HttpResponse:
    """One round with a line for each of its units, without those that the person may not see (回避)."""
    of_round = visible_round(request.user, pk)
    visits = RoundVisit.objects.visible_to(request.user).filter(round=of_round).with_relations()
    lines = RoundLedger().lines(list(visits.in_order_of_days()), request.user)
    context = {
        "round": of_round,
        "lines": lines,
        "covert_shown": COVERT_SHOWN,
        "facts": facts_of_round(of_round),
        "steps": steps_of_round(of_round, request.user),
        "forms": forms_of_case_file(of_round, request.user),
    }
    return render(request, "rounds/round.html", context)


def visible_round(user: User, pk: UUID) -> SupervisionRound:
    """The round with what it does about its units, or Http404 for who may not see it."""
    visible = with_visits(SupervisionRound.objects.visible_to(user).with_people())
    shown: SupervisionRound = get_object_or_404(visible, pk=pk)
    return shown


def facts_of_round(of_round: SupervisionRound) -> list[SummaryRow]:
    """What is planned, and who did what."""
    done = (
        ("制定", of_round.planned_by, of_round.planned_at, ""),
        ("通知", of_round.announced_by, of_round.announced_at, ""),
        ("结束", of_round.ended_by, of_round.ended_at, ""),
        ("取消", of_round.cancelled_by, of_round.cancelled_at, f"：{of_round.cancel_reason}"),
    )
    rows = [
        row("督导形式", of_round.get_kind_display()),
        row("督导依据", of_round.basis),
        row("督导期", of_round.days_words),
        row("督导组", of_round.team_words),
        row("督导组的变动", "\n".join(of_round.team_changes)),
        row("派出", of_round.sent_words),
        row("特派任务", of_round.errand),
        row("联合的部门和人员", of_round.partners),
        row("有关要求", of_round.demands),
        *(row(label, f"{who.name}，{moment(at)}{more}") for label, who, at, more in done if who is not None),
    ]
    return [each for each in rows if each["value"]]
