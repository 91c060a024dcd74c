"""What is done about a letter that a unit got: a page with its form for each step of the table."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from yuetan.actions.received.letter_rows import may_do
from yuetan.errors import NotYours
from yuetan.models import ReceivedClosing, ReceivedDueChange, ReceivedLetter, ReceivedReply
from yuetan.views.frame.file_links import file_links, report_on_files
from yuetan.views.frame.pagination import run_action
from yuetan.views.frame.reasons import reasons_before
from yuetan.views.frame.request import Request
from yuetan.views.received.letter_steps import STEPS, Row
from yuetan.views.received.letters import facts_of_letter, is_inner

PAGE_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE_METHODS)
def letter_step(request: Request, pk: UUID, name: str) -> HttpResponse:
    """What is done about the letter itself: 填报回复, 交办整改, 撤销登记, 来函机关撤回 and the like."""
    letter = _visible_letter(request, pk)
    return _step_page(request, name, letter, letter)


@require_http_methods(PAGE_METHODS)
def reply_step(request: Request, pk: int, name: str) -> HttpResponse:
    """What is done about one reply: 退回回复, 办结."""
    reply = get_object_or_404(ReceivedReply.objects.all(), pk=pk)
    return _step_page(request, name, _visible_letter(request, reply.letter_id), reply)


@require_http_methods(PAGE_METHODS)
def withdraw_closing(request: Request, pk: int) -> HttpResponse:
    """撤回办结."""
    closing = get_object_or_404(ReceivedClosing.objects.all(), pk=pk)
    return _step_page(request, "withdraw_received_closing", _visible_letter(request, closing.letter_id), closing)


def _visible_letter(request: Request, pk: UUID) -> ReceivedLetter:
    related = ReceivedLetter.objects.visible_to(request.user).with_relations()
    return get_object_or_404(related.select_related("registered_by", "withdrawn_by"), pk=pk)


def _step_page(request: Request, name: str, letter: ReceivedLetter, row: Row) -> HttpResponse:
    step = STEPS[name]
    if not may_do(letter.unit_id, request.user, step.codename):
        raise NotYours(step.codename)
    posted = request.method == "POST"
    form = step.form_of(letter)(request.POST if posted else None, request.FILES if posted else None)
    done = run_action(form, partial(step.action, row), by=request.user) if posted else None
    if done is None:
        context = {
            "step": step,
            "letter": letter,
            "form": form,
            "facts": facts_of_letter(letter, inner=is_inner(letter, request.user)),
            "reply": letter.reply,
            "reasons": reasons_before(form, step.against(letter, request.user)),
        }
        context["files"] = file_links(letter.reply.papers.all()) if letter.reply else []
        return render(request, "received/step.html", context, status=422 if form.errors else 200)
    messages.success(request, step.done)
    if isinstance(done, ReceivedReply | ReceivedClosing | ReceivedDueChange):
        report_on_files(request, done.papers.all())
    return redirect("received_letter", pk=letter.pk)
