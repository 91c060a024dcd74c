"""What is done about a letter that a unit got: a page with its form for each step."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from yuetan.models import ReceivedClosing, ReceivedLetter, ReceivedReply
from yuetan.views.frame.file_links import file_links
from yuetan.views.frame.request import Request
from yuetan.views.frame.room_step_page import PAGE_METHODS, RoomStepPage, Row
from yuetan.views.received.letters import facts_of_letter, is_inner
from yuetan.views.received.step_pages import OF_CLOSING, OF_LETTER, OF_REPLY


@require_http_methods(PAGE_METHODS)
def letter_step(request: Request, pk: UUID, name: str) -> HttpResponse:
    """What is done about the letter itself: 填报回复, 交办整改, 撤销登记, 来函机关撤回 and the like."""
    letter = _visible_letter(request, pk)
    return _step_page(request, OF_LETTER[name], letter, letter)


@require_http_methods(PAGE_METHODS)
def reply_step(request: Request, pk: int, name: str) -> HttpResponse:
    """What is done about one reply: 退回回复, 办结."""
    reply = get_object_or_404(ReceivedReply.objects.select_related("returned_by"), pk=pk)
    reply.letter = _visible_letter(request, reply.letter_id)
    return _step_page(request, OF_REPLY[name], reply.letter, reply)


@require_http_methods(PAGE_METHODS)
def withdraw_closing(request: Request, pk: int) -> HttpResponse:
    """撤回办结."""
    closing = get_object_or_404(ReceivedClosing.objects.select_related("withdrawn_by"), pk=pk)
    closing.letter = _visible_letter(request, closing.letter_id)
    return _step_page(request, OF_CLOSING, closing.letter, closing)


def _visible_letter(request: Request, pk: UUID) -> ReceivedLetter:
    related = ReceivedLetter.objects.visible_to(request.user).with_relations()
    return get_object_or_404(related.select_related("registered_by", "withdrawn_by"), pk=pk)


def _step_page(request: Request, page: RoomStepPage[Row], letter: ReceivedLetter, row: Row) -> HttpResponse:
    form, done = page.take(request, row)
    if done is None:
        shown = {"about": letter, "back": reverse("received_letter", args=[letter.pk]), "reply": letter.reply}
        shown["facts"] = facts_of_letter(letter, inner=is_inner(letter, request.user))
        shown["files"] = file_links(letter.reply.papers.all()) if letter.reply else []
        return page.answer(request, "received/step.html", form, row, **shown)
    page.finish(request, done)
    return redirect("received_letter", pk=letter.pk)
