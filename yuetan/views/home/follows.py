"""我的关注: what a person follows, and the button on its page."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from yuetan import permissions
from yuetan.actions.people import follow as actions
from yuetan.ledgers.case.followed import FollowedLedger
from yuetan.models import Subject
from yuetan.views.assignment.assignments import visible_assignment
from yuetan.views.case.lookup import visible_case
from yuetan.views.frame.ledger_page import ledger_page
from yuetan.views.frame.request import Request
from yuetan.views.ladder.measures import visible_measure
from yuetan.views.letter.letters import visible_letter


@require_safe
def followed_list(request: Request) -> HttpResponse:
    """我的关注: how what the person follows stands."""
    inner = request.user.has_perm(permissions.name("see_inner_case"))
    return render(request, "followed_list.html", {**ledger_page(request, FollowedLedger()), "inner": inner})


@require_POST
def follow_case(request: Request, pk: UUID) -> HttpResponse:
    """关注, 取消关注 of a case. Raises Http404 for one the person may not see."""
    return _follow(request, visible_case(request.user, pk))


@require_POST
def follow_letter(request: Request, pk: UUID) -> HttpResponse:
    """关注, 取消关注 of a letter. Raises Http404 for one the person may not see."""
    return _follow(request, visible_letter(request.user, pk))


@require_POST
def follow_measure(request: Request, pk: UUID) -> HttpResponse:
    """关注, 取消关注 of a measure. Raises Http404 for one the person may not see."""
    return _follow(request, visible_measure(request.user, pk))


@require_POST
def follow_assignment(request: Request, pk: UUID) -> HttpResponse:
    """关注, 取消关注 of a 交办事项. Raises Http404 for one the person may not see."""
    return _follow(request, visible_assignment(request.user, pk))


def _follow(request: Request, subject: Subject) -> HttpResponse:
    if request.POST.get("follow") == "no":
        actions.unfollow(subject, by=request.user)
        messages.success(request, f"已取消关注“{subject.title}”。")
    else:
        actions.follow(subject, by=request.user)
        messages.success(request, f"已关注“{subject.title}”，列在“我的关注”中。")
    return redirect(subject.ABOUT, pk=subject.pk)
