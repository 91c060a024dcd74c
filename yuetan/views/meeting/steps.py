"""What is done with meetings: a page with its form for each step, and the steps that are a button alone."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from yuetan.actions.meeting import agenda, agenda_files, convening
from yuetan.actions.meeting.meeting_rows import CALL
from yuetan.forms.meeting.record import MAX_INVITED
from yuetan.models import AgendaFile, AgendaItem, Invitation, Meeting
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.pagination import PageOfRows, is_one_of_several, paginate
from yuetan.views.frame.request import Request
from yuetan.views.frame.room_step_page import PAGE_METHODS, press
from yuetan.views.meeting.meetings import visible_meeting
from yuetan.views.meeting.minutes import shown_with_form
from yuetan.views.meeting.step_pages import CALLING, OF_ITEM, OF_MEETING, REGISTERING

RELATED = ("meeting", "case__unit__parent", "measure_laid__unit__parent", "measure_laid__rung", "decided_by")
STEP = "meeting/step.html"
OF_INVITED = ("record_attendance", "correct_meeting_minutes")  # whose forms have a line for each who was convened
TEMPLATES = {"meeting_minutes": "meeting/minutes.html", "issue_meeting_correction": "meeting/issue_correction.html"}


@require_http_methods(PAGE_METHODS)
def call_meeting(request: Request) -> HttpResponse:
    """召集会议."""
    form, called = CALLING.take(request, None)
    if called is None:
        return CALLING.answer(request, "meeting/call.html", form, None, back=reverse("meeting_list"))
    assert isinstance(called, Meeting)
    CALLING.finish(request, called)
    return redirect("meeting", pk=called.pk)


@require_http_methods(PAGE_METHODS)
def meeting_step(request: Request, pk: UUID, name: str) -> HttpResponse:
    """What is done with the meeting itself. Raises NotYours for who takes it on none, or may not see every item that a
    paper is about; Http404 as its page."""
    page = OF_MEETING[name]
    require_permission(request, page.step.permission)
    meeting = visible_meeting(request.user, pk)
    part = _part_of_invited(request, meeting) if name in OF_INVITED else None
    asked = {} if part is None else {"shown": part["rows"]}
    form, done = page.take(request, meeting, **asked)
    if done is not None:
        page.finish(request, done)
        return _after_meeting_step(pk, name, part)
    shown = {"about": meeting, "back": reverse("meeting", args=[pk]), **shown_with_form(page, meeting, request.user)}
    shown |= {"page": part["page"] if part is not None and is_one_of_several(part) else None}
    return page.answer(request, TEMPLATES.get(name, STEP), form, meeting, **shown)


def _part_of_invited(request: Request, meeting: Meeting) -> PageOfRows[Invitation]:
    """The page of those convened that the address asks for: what is said of the others stays as it is."""
    return paginate(request, Invitation.objects.of_meeting(meeting), MAX_INVITED)


def _after_meeting_step(pk: UUID, name: str, part: PageOfRows[Invitation] | None) -> HttpResponse:
    """The page of the meeting; of many who were convened first the next page of them."""
    if name == "record_attendance" and part is not None and part["page"]["next_url"]:
        return HttpResponseRedirect(reverse(name, args=[pk]) + part["page"]["next_url"])
    return redirect("meeting", pk=pk)


@require_http_methods(PAGE_METHODS)
def item_step(request: Request, pk: int, name: str) -> HttpResponse:
    """What is done with one item: 登记结论, 上传材料. Raises Http404 for an item that is hidden from the person."""
    page = OF_ITEM[name]
    require_permission(request, page.step.permission)
    item = get_object_or_404(AgendaItem.objects.visible_to(request.user).select_related(*RELATED), pk=pk)
    form, done = page.take(request, item)
    if done is None:
        shown = {"about": item.meeting, "back": reverse("meeting", args=[item.meeting_id]), "item": item}
        return page.answer(request, STEP, form, item, **shown)
    page.finish(request, done)
    return redirect("meeting", pk=item.meeting_id)


@require_POST
def remove_agenda_item(request: Request, pk: int) -> HttpResponse:
    """移出议程. Raises NotYours for who may not, Http404 for an item that is hidden from the person."""
    require_permission(request, CALL)
    item = get_object_or_404(AgendaItem.objects.visible_to(request.user).select_related("meeting"), pk=pk)
    press(request, agenda.remove_agenda_item, item, "已移出议程。")
    return redirect("meeting", pk=item.meeting_id)


@require_POST
def remove_agenda_file(request: Request, pk: UUID) -> HttpResponse:
    """撤下议题材料. Raises Http404 for a file of an item that is hidden from the person."""
    require_permission(request, CALL)
    visible = AgendaFile.objects.visible_to(request.user).select_related("item__meeting")
    file: AgendaFile = get_object_or_404(visible, pk=pk)
    press(request, agenda_files.remove_agenda_file, file, "已撤下议题材料。")
    return redirect("meeting", pk=file.item.meeting_id)


@require_POST
def receive_meeting_notice(request: Request, public_id: UUID) -> HttpResponse:
    """签收会议通知. Raises Http404 for what was not sent to the person, NotYours for who may not sign."""
    sent = Invitation.objects.of_person(request.user).select_related("meeting")
    invitation = get_object_or_404(sent, public_id=public_id)
    press(request, convening.receive_meeting_notice, invitation, "已签收会议通知。")
    return redirect("meeting", pk=invitation.meeting.pk)


@require_http_methods(PAGE_METHODS)
def register_meeting_receipt(request: Request, public_id: UUID) -> HttpResponse:
    """登记纸质回执 of a notice. Raises NotYours for who may not, Http404 for a notice that never was."""
    require_permission(request, REGISTERING.step.permission)
    invitation = get_object_or_404(Invitation.objects.with_names().select_related("meeting"), public_id=public_id)
    form, kept = REGISTERING.take(request, invitation)
    if kept is None:
        back = reverse("meeting", args=[invitation.meeting.pk])
        shown = {"about": invitation.meeting, "back": back, "of": invitation.label}
        return REGISTERING.answer(request, STEP, form, invitation, **shown)
    REGISTERING.finish(request, kept)
    return redirect("meeting", pk=invitation.meeting.pk)
