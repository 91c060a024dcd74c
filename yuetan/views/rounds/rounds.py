"""督导: the ledger, the plan of a round, and its page with all units."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from yuetan import permissions
from yuetan.actions.rounds.planning import plan_round, revise_round
from yuetan.actions.rounds.round_rows import PLAN, require_on_round
from yuetan.forms.rounds.planning import RoundForm
from yuetan.ledgers.rounds import RoundLedger
from yuetan.models import RoundVisit, SupervisionRound, User
from yuetan.models.rounds.supervision_round import SEE_ROUNDS
from yuetan.templatetags.official import moment
from yuetan.views.files.case_files import forms_of_case_file
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.ledger_page import ledger_page
from yuetan.views.frame.pagination import run_action
from yuetan.views.frame.request import Request
from yuetan.views.frame.rows import is_sent, keep_unjudged
from yuetan.views.frame.section import SummaryRow, row
from yuetan.views.rounds.step_table import steps_of_round

PAGE_METHODS = ["GET", "HEAD", "POST"]


@require_safe
def round_list(request: Request) -> HttpResponse:
    """督导台账; a unit reads its own lines."""
    user = request.user
    context = {
        **ledger_page(request, RoundLedger()),
        "may_plan": user.has_perm(permissions.name(PLAN)),
        "sees_all": user.has_perm(permissions.name(SEE_ROUNDS)),
    }
    return render(request, "rounds/list.html", context)


@require_safe
def round_page(request: Request, pk: UUID) -> HttpResponse:
    """One round with a line for each of its units, without those that the person may not see (回避)."""
    of_round = visible_round(request.user, pk)
    visits = RoundVisit.objects.visible_to(request.user).filter(round=of_round).with_relations()
    lines = RoundLedger().lines(list(visits.order_by("day", "unit__code", "pk")), request.user)
    context = {
        "round": of_round,
        "lines": lines,
        "facts": facts_of_round(of_round),
        "steps": steps_of_round(of_round, request.user),
        "forms": forms_of_case_file(of_round, request.user),
    }
    return render(request, "rounds/round.html", context)


def visible_round(user: User, pk: UUID) -> SupervisionRound:
    """The round, or Http404 for who may not see it."""
    shown: SupervisionRound = get_object_or_404(SupervisionRound.objects.visible_to(user).with_people(), pk=pk)
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
        row("联合的部门和人员", of_round.partners),
        row("有关要求", of_round.demands),
        *(row(label, f"{who.name}，{moment(at)}{more}") for label, who, at, more in done if who is not None),
    ]
    return [each for each in rows if each["value"]]


@require_http_methods(PAGE_METHODS)
def plan(request: Request) -> HttpResponse:
    """制定督导方案."""
    require_permission(request, PLAN)
    form = RoundForm(request.POST if request.method == "POST" else None)
    planned = run_action(form, plan_round, by=request.user) if is_sent(request) else None
    if planned is None:
        return _plan_page(request, form, "制定督导方案", None)
    messages.success(request, _what_next(planned))
    return redirect("supervision_round", pk=planned.pk)


@require_http_methods(PAGE_METHODS)
def revise(request: Request, pk: UUID) -> HttpResponse:
    """修改督导方案."""
    require_permission(request, PLAN)
    of_round = visible_round(request.user, pk)
    require_on_round(of_round, request.user, PLAN)
    form = RoundForm(request.POST if request.method == "POST" else None, of_round=of_round)
    action = partial(revise_round, of_round)
    if is_sent(request) and run_action(form, action, by=request.user) is not None:
        messages.success(request, "已修改督导方案。")
        return redirect("supervision_round", pk=pk)
    return _plan_page(request, form, "修改督导方案", of_round)


def _what_next(planned: SupervisionRound) -> str:
    if planned.is_covert:
        return "已制定方案。明察暗访到各单位的督导日期以前，单位看不到；到日期以后登记督导情况。"
    return "已制定方案，请印发督导通知书；印发以前单位看不到。"


def _plan_page(request: Request, form: RoundForm, title: str, of_round: SupervisionRound | None) -> HttpResponse:
    keep_unjudged(request, form)
    context = {"form": form, "title": title, "round": of_round}
    return render(request, "rounds/form.html", context, status=422 if form.errors else 200)
