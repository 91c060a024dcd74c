"""待审定: what waits for a leader's decision, oldest first, and several of them approved at once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from yuetan.actions.proposal import bulk_approval as several
from yuetan.actions.step import blocking_reasons
from yuetan.errors import Reason, Refused
from yuetan.forms.proposal.decision import SeveralForm
from yuetan.models import Case, User
from yuetan.models.case.case import CaseQuerySet
from yuetan.models.case.decision_authority import may_decide, usable_authority
from yuetan.models.record.event import with_last
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import joined
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.form_key import one_by_one, refuse_second
from yuetan.views.frame.pagination import paginate, show_refusal
from yuetan.views.frame.reauthentication import require_recent_authentication
from yuetan.views.frame.request import Request
from yuetan.vocabulary import CaseState, Verb

LEADERS_ONLY = "return_proposal"  # the office, too, may approve, but only to register what leaders decided


@require_safe
def approval_list(request: Request) -> HttpResponse:
    """Every proposal put before the leading group that this leader may see, what is theirs to decide with a box."""
    user = request.user
    require_permission(request, LEADERS_ONLY)
    waiting = with_last(_visible(user).filter(state=CaseState.PROPOSED), Verb.ENDORSE)
    facts = paginate(request, waiting.order_by("last_step_at", "pk"))
    facts["rows"] = [_proposal_row(case, user) for case in facts["rows"]]
    context = {**facts, **_decision_rights(user), "form": SeveralForm(visible=waiting)}
    return render(request, "approvals/list.html", context)


@one_by_one
@require_POST
def approve_several(request: Request) -> HttpResponse:
    """选定的一并同意: listed once more with the one opinion, then each by its own step.

    Raises Http404 for a case the person may not see.
    """
    user = request.user
    require_permission(request, LEADERS_ONLY)
    form = SeveralForm(request.POST, visible=_visible(user))
    if not form.is_valid() and "cases" in form.errors:
        raise Http404  # an id of what is not there, or not to be seen
    cases = list(with_last(form.cleaned_data["cases"], Verb.ENDORSE).order_by("last_step_at", "pk"))
    handed_in_earlier = "confirmed" in request.POST
    try:
        several.refuse_selection(cases, form.cleaned_data.get("opinion", "") if handed_in_earlier else "同意。")
    except Refused as refused:
        show_refusal(form, refused)
    if form.errors or not handed_in_earlier:
        return _check_page(request, form, cases)
    require_recent_authentication(request)
    second = refuse_second(request, reverse("approval_list"))
    if second:
        return second
    seen = request.POST.getlist("seen")
    outcomes = several.approve_in_bulk(cases, by=user, opinion=form.cleaned_data["opinion"], seen=seen)
    context = {
        "approved": [outcome.case for outcome in outcomes if not outcome.reasons],
        "refused": [outcome for outcome in outcomes if outcome.reasons],
    }
    return render(request, "approvals/result.html", context)


def _check_page(request: Request, form: SeveralForm, cases: list[Case]) -> HttpResponse:
    rows = [_proposal_row(case, request.user) for case in cases]
    context = {"form": form, "rows": rows, "count": sum(not row["reasons"] for row in rows)}
    return render(request, "approvals/check.html", context, status=422 if form.errors else 200)


def _visible(user: User) -> CaseQuerySet:
    return Case.objects.visible_to(user).for_lists().with_step_relations().with_grants_of(user)


def _proposal_row(case: Case, user: User) -> dict[str, Any]:
    """One line: the case, how long it waits, in whose right it would be decided, or why it cannot be."""
    authority, step = usable_authority(case, user), case.find_step(Verb.APPROVE)
    if step is None:
        reasons = [Reason(f"现为“{case.get_state_display()}”，不在待审定。")]
    else:
        reasons = blocking_reasons(case, step, user)
    return {
        "case": case,
        "sha256": case.proposal_sha256,
        "grounds": len(case.case_grounds.all()),
        "since": case.last_step_at,
        "waits": waits(case.last_step_at),
        "delegated": authority.words if authority else "",
        "reasons": [reason.text for reason in reasons],
    }


def waits(since: datetime | None) -> str:
    """今天报来, or for how many days it has waited."""
    if since is None:
        return ""
    days = (clock.today() - timezone.localdate(since)).days
    return f"已等 {days} 天" if days else "今天报来"


def _decision_rights(user: User) -> dict[str, Any]:
    return {
        "may_decide": may_decide(user),
        "posts": joined(post.label for post in user.approving_posts),
        "delegations": user.delegations_in_force,
    }
