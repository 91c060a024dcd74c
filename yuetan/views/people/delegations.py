"""审定委托: what a leader has delegated and holds, a new one, and the early end of one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from yuetan.actions.people import delegation as actions
from yuetan.errors import Refused
from yuetan.forms.people.delegation import DelegationForm
from yuetan.models import Delegation, User
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.pagination import paginate, run_action
from yuetan.views.frame.request import Request
from yuetan.vocabulary import DelegationState

LIGHTS = {
    DelegationState.AHEAD: "blue",
    DelegationState.IN_FORCE: "green",
    DelegationState.EXPIRED: "grey",
    DelegationState.ENDED: "grey",
}


@require_http_methods(["GET", "HEAD", "POST"])
def delegation_list(request: Request) -> HttpResponse:
    """The person's delegations, given and received, newest first; a new one is made here."""
    user = request.user
    require_permission(request, actions.DELEGATE)
    form = DelegationForm(request.POST if request.method == "POST" else None, by=user)
    made = run_action(form, actions.delegate_approval, by=user) if request.method == "POST" else None
    if made is not None:
        messages.success(request, f"已委托{made.delegate.name}审定：{made.span}。")
        return redirect("delegation_list")
    facts = paginate(request, Delegation.objects.of(user))
    rows = [_delegation_row(one, user) for one in facts["rows"]]
    reasons = actions.DELEGATING.reasons(user, user)
    context = {**facts, "rows": rows, "form": form, "reasons": reasons}
    return render(request, "delegations/list.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def end_delegation(request: Request, pk: int) -> HttpResponse:
    """提前结束, asked once; a delegation of others is not there."""
    require_permission(request, actions.DELEGATE)
    own_delegations = Delegation.objects.filter(delegator=request.user).select_related("delegate", "delegator")
    delegation = get_object_or_404(own_delegations, pk=pk)
    reasons: list[Any] = []
    if request.method == "POST":
        try:
            actions.end_delegation(delegation, by=request.user)
            messages.success(request, f"委托{delegation.delegate.name}审定已提前结束，立即生效。")
            return redirect("delegation_list")
        except Refused as refused:
            reasons = list(refused.reasons)
    may_end = actions.ENDING_DELEGATION.is_offered(delegation, request.user)
    context = {"delegation": delegation, "reasons": reasons, "may_end": may_end}
    return render(request, "delegations/end.html", context, status=422 if reasons else 200)


def _delegation_row(delegation: Delegation, user: User) -> dict[str, Any]:
    given = delegation.delegator_id == user.pk
    other = delegation.delegate if given else delegation.delegator
    return {
        "delegation": delegation,
        "words": f"委托{other.name}" if given else f"受{other.name}委托",
        "light": LIGHTS[delegation.standing],
        "may_end": actions.ENDING_DELEGATION.is_offered(delegation, user),
    }
