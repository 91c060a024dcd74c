"""设定修改的确认: what waits for a leader, what was changed by whom, and the decision."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from yuetan import permissions
from yuetan.actions.office import office as actions
from yuetan.actions.room_step import may_by_role
from yuetan.errors import Refused
from yuetan.forms.office.office import DecideSettingForm
from yuetan.models import SettingChange, User
from yuetan.rules.text.official_text import joined
from yuetan.templatetags.official import moment
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.pagination import paginate, run_action
from yuetan.views.frame.reauthentication import require_recent_authentication
from yuetan.views.frame.request import Request
from yuetan.vocabulary import SettingOutcome

LIGHTS = {
    SettingOutcome.PENDING: "yellow",
    SettingOutcome.IN_EFFECT: "green",
    SettingOutcome.CONFIRMED: "green",
    SettingOutcome.REJECTED: "red",
    SettingOutcome.RETRACTED: "grey",
}


@require_safe
def setting_change_list(request: Request) -> HttpResponse:
    """Every change of a setting, newest first: for the director who makes them and the leaders who confirm.

    Raises PermissionDenied for anybody else.
    """
    user = request.user
    may_confirm, may_keep = (user.has_perm(permissions.name(each)) for each in (actions.CONFIRM, actions.KEEP))
    if not (may_confirm or may_keep):
        raise PermissionDenied
    facts = paginate(request, SettingChange.objects.newest_first())
    rows = [_row(change, user) for change in facts["rows"]]
    return render(request, "office/setting_changes.html", {**facts, "rows": rows, "may_keep": may_keep})


def _row(change: SettingChange, user: User) -> dict[str, Any]:
    return {
        "change": change,
        "light": LIGHTS[SettingOutcome(change.outcome)],
        "proposed": f"{change.proposed_by.name}，{moment(change.proposed_at)}",
        "decided": f"{change.decided_by.name}，{moment(change.decided_at)}" if change.decided_by else "",
        "may_decide": actions.CONFIRMING_CHANGE.is_offered(change, user),
        "may_retract": actions.RETRACTING_CHANGE.is_offered(change, user),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def decide_setting_change(request: Request, pk: int) -> HttpResponse:
    """同意 or 不同意, by a leader."""
    require_permission(request, actions.CONFIRM)
    change = get_object_or_404(SettingChange.objects.newest_first(), pk=pk)
    form = DecideSettingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        require_recent_authentication(request)
        decided = run_action(form, actions.decide_setting_change, change, by=request.user)
        if decided is not None:
            messages.success(request, f"已办理：{decided.get_outcome_display()}。")
            return redirect("setting_change_list")
    context = {"change": change, "form": form, "rows": _proposal_rows(change), "names": _names(change)}
    context["reasons"] = [] if form.is_bound else actions.CONFIRMING_CHANGE.reasons(change, request.user)
    return render(request, "office/decide_setting.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def retract_setting_change(request: Request, pk: int) -> HttpResponse:
    """收回, asked once, by the director."""
    require_permission(request, actions.KEEP)
    change = get_object_or_404(SettingChange.objects.newest_first(), pk=pk)
    reasons: list[Any] = []
    if request.method == "POST":
        try:
            actions.retract_setting_change(change, by=request.user)
            messages.success(request, f"已收回对“{change.setting.label}”的修改，设定不变。")
            return redirect("office_settings")
        except Refused as refused:
            reasons = list(refused.reasons)
    may_retract = actions.RETRACTING_CHANGE.is_offered(change, request.user)
    context = {"change": change, "rows": _proposal_rows(change), "reasons": reasons, "may_retract": may_retract}
    return render(request, "office/retract_setting.html", context, status=422 if reasons else 200)


def _proposal_rows(change: SettingChange) -> list[dict[str, str]]:
    return [
        {"label": "设定", "value": change.setting.label},
        {"label": "说明", "value": change.setting.note},
        {"label": "现为", "value": change.setting.shown},
        {"label": "拟改为", "value": change.setting.shown_as(change.after)},
        {"label": "提出人", "value": f"{change.proposed_by.name}，{moment(change.proposed_at)}"},
    ]


def _names(change: SettingChange) -> str:
    return joined(user.name for user in actions.confirmers(change))


def waiting_for(user: User) -> list[SettingChange]:
    """Changes that wait for this leader."""
    if not may_by_role(None, user, actions.CONFIRM):
        return []
    pending = SettingChange.objects.pending().select_related("setting", "proposed_by")
    return [change for change in pending if user in actions.confirmers(change)]
