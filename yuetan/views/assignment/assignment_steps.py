"""办结, 撤销交办: the page of each, its form, and the step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from yuetan.actions.assignment.assignment import conclude_assignment, revoke_assignment
from yuetan.actions.step import blocking_reasons, required_step
from yuetan.forms.assignment.steps import ConcludeAssignmentForm, RevokeAssignmentForm
from yuetan.models import Assignment
from yuetan.views.assignment.assignments import facts_of_assignment, visible_assignment
from yuetan.views.case.step_config import IRREVERSIBLE
from yuetan.views.frame.pagination import run_action
from yuetan.views.frame.request import Request
from yuetan.vocabulary import Verb


@dataclass(frozen=True)
class AssignmentPage:
    """The page of one step: its form and action, what follows, and what it says when it is done."""

    form: type[forms.Form]
    action: Callable[..., Assignment]
    done: str
    consequences: tuple[str, ...]
    danger: bool = False


ASSIGNMENT_PAGES: dict[str, AssignmentPage] = {
    Verb.CONCLUDE_ASSIGNMENT: AssignmentPage(
        ConcludeAssignmentForm,
        conclude_assignment,
        "已办结。",
        ("单位收到消息，看得到办结意见；这项交办即告结束。", IRREVERSIBLE),
    ),
    Verb.REVOKE_ASSIGNMENT: AssignmentPage(
        RevokeAssignmentForm,
        revoke_assignment,
        "已撤销交办。",
        ("没有销号的任务一并撤销，不再催办、督办；单位收到消息，看得到原因。", IRREVERSIBLE),
        danger=True,
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def assignment_step(request: Request, pk: UUID, verb: str) -> HttpResponse:
    """One step of a 交办事项, with what follows from it.

    Raises Http404 for what is no step, StateChanged where it has moved on, NotYours for another's step.
    """
    if verb not in ASSIGNMENT_PAGES:
        raise Http404
    assignment, page = visible_assignment(request.user, pk), ASSIGNMENT_PAGES[verb]
    step = required_step(assignment, verb, request.user)
    posted = request.method == "POST"
    form = page.form(request.POST if posted else None)
    if posted and run_action(form, partial(page.action, assignment), by=request.user) is not None:
        messages.success(request, page.done)
        return redirect("assignment", pk=assignment.pk)
    context = {
        "assignment": assignment,
        "page": page,
        "form": form,
        "step_label": step.verb.label,
        "reasons": [] if posted else blocking_reasons(assignment, step, request.user),
        "facts": facts_of_assignment(assignment, request.user),
    }
    return render(request, "assignments/step.html", context, status=422 if form.errors else 200)
