"""会议: the ledger, the page of one, and what is done with it until it is held."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yuetan import permissions
from yuetan.actions.meeting import agenda, convening, meetings
from yuetan.actions.meeting.meetings import CALL
from yuetan.documents.pdf_store import pdf_bytes
from yuetan.errors import Reason, Refused
from yuetan.forms.meeting.meeting import AgendaItemForm, CancelMeetingForm, ConveneForm, MeetingForm
from yuetan.ledgers.meetings import MeetingLedger
from yuetan.models import AgendaItem, Invitation, Meeting, Resolution, User
from yuetan.rules.files.file_kind import safe_name
from yuetan.views.files.files import pdf_answer
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.ledger_page import ledger_page
from yuetan.views.frame.pagination import run_action, shown_of
from yuetan.views.frame.reasons import reasons_before
from yuetan.views.frame.request import Request
from yuetan.views.meeting.meeting_page import meeting_context, sees_record
from yuetan.vocabulary import DocumentKind

PAGE_METHODS = ["GET", "HEAD", "POST"]
MOST_RESOLUTIONS = 50


@require_safe
def meeting_list(request: Request) -> HttpResponse:
    """会议台账; for a unit beside it the resolutions that were given to it."""
    user = request.user
    given = Resolution.objects.visible_to(user).filter(unit__in=user.interviewed_units)
    latest = given.select_related("meeting", "unit__parent").order_by("-due_on", "-pk")
    shown, others = shown_of(latest, MOST_RESOLUTIONS)
    context = {
        **ledger_page(request, MeetingLedger()),
        "may_call": user.has_perm(permissions.name(CALL)),
        "given": shown,
        "others": others,
        "inner": sees_record(user),
    }
    return render(request, "meeting/list.html", context)


@require_safe
def meeting(request: Request, pk: UUID) -> HttpResponse:
    """One meeting; its record the office and the leaders alone, of an item nobody of the unit that it is about."""
    return render(request, "meeting/meeting.html", meeting_context(visible_meeting(request.user, pk), request.user))


def visible_meeting(user: User, pk: UUID) -> Meeting:
    """The meeting, or Http404 for who may not see it."""
    return get_object_or_404(Meeting.objects.visible_to(user).with_people(), pk=pk)


@require_http_methods(PAGE_METHODS)
def call_meeting(request: Request) -> HttpResponse:
    """召集会议."""
    require_permission(request, CALL)
    form = MeetingForm(request.POST if request.method == "POST" else None)
    called = run_action(form, meetings.call_meeting, by=request.user) if request.method == "POST" else None
    if called is None:
        return form_page(request, form, "召集会议", "保存")
    messages.success(request, f"已安排{called.title}，请列入议题，再印发会议通知。")
    return redirect("meeting", pk=called.pk)


@require_http_methods(PAGE_METHODS)
def revise_meeting(request: Request, pk: UUID) -> HttpResponse:
    """修改 what is planned."""
    require_permission(request, CALL)
    planned = visible_meeting(request.user, pk)
    form = MeetingForm(request.POST if request.method == "POST" else None, meeting=planned)
    action = partial(meetings.revise_meeting, planned)
    if request.method == "POST" and run_action(form, action, by=request.user) is not None:
        messages.success(request, "已修改。")
        return redirect("meeting", pk=pk)
    return form_page(request, form, "修改会议", "保存", planned)


@require_http_methods(PAGE_METHODS)
def cancel_meeting(request: Request, pk: UUID) -> HttpResponse:
    """取消会议."""
    require_permission(request, CALL)
    planned = visible_meeting(request.user, pk)
    form = CancelMeetingForm(request.POST if request.method == "POST" else None)
    action = partial(meetings.cancel_meeting, planned)
    if request.method == "POST" and run_action(form, action, by=request.user) is not None:
        messages.success(request, "会议已取消，已告知收到通知的单位和人员。")
        return redirect("meeting", pk=pk)
    return form_page(
        request, form, "取消会议", "取消会议", planned, note="取消后不能恢复；另行召集的重新安排、重新通知。"
    )


@require_http_methods(PAGE_METHODS)
def add_agenda_item(request: Request, pk: UUID) -> HttpResponse:
    """列入议题."""
    require_permission(request, CALL)
    planned = visible_meeting(request.user, pk)
    form = AgendaItemForm(request.POST if request.method == "POST" else None, by=request.user)
    action = partial(agenda.add_agenda_item, planned)
    if request.method == "POST" and run_action(form, action, by=request.user) is not None:
        messages.success(request, "已列入议程。")
        return redirect("meeting", pk=pk)
    note = "审定事项在会议通知上只写“审定有关事项”，不写单位和事由。"
    return form_page(request, form, "列入议题", "列入", planned, note=note)


@require_POST
def remove_agenda_item(request: Request, pk: int) -> HttpResponse:
    """移出议程. Raises NotYours for who may not, Http404 for an item that is hidden from the person."""
    require_permission(request, CALL)
    item = get_object_or_404(AgendaItem.objects.visible_to(request.user).select_related("meeting"), pk=pk)
    try:
        agenda.remove_agenda_item(item, by=request.user)
        messages.success(request, "已移出议程。")
    except Refused as refused:
        show_reasons(request, refused)
    return redirect("meeting", pk=item.meeting_id)


@require_http_methods(PAGE_METHODS)
def convene_meeting(request: Request, pk: UUID) -> HttpResponse:
    """印发会议通知."""
    require_permission(request, convening.CONVENE)
    planned = visible_meeting(request.user, pk)
    form = ConveneForm(request.POST if request.method == "POST" else None, meeting=planned)
    action = partial(convening.convene_meeting, planned)
    document = run_action(form, action, by=request.user) if request.method == "POST" else None
    if document is not None:
        messages.success(request, f"已印发会议通知（{document.number}），已告知参会单位和人员。")
        return redirect("meeting", pk=pk)
    note = "印发后时间、地点、主持人不能再改；有变的，取消后另行召集。"
    against = reasons_before(form, convening.convening_problems(planned))
    return form_page(request, form, "印发会议通知", "印发", planned, note=note, reasons=against)


@require_POST
def receive_meeting_notice(request: Request, public_id: UUID) -> HttpResponse:
    """签收会议通知. Raises Http404 for what was not sent to the person, NotYours for who may not sign."""
    sent = Invitation.objects.of_person(request.user).select_related("meeting")
    invitation = get_object_or_404(sent, public_id=public_id)
    try:
        convening.receive_meeting_notice(invitation, by=request.user)
        messages.success(request, "已签收会议通知。")
    except Refused as refused:
        show_reasons(request, refused)
    return redirect("meeting", pk=invitation.meeting.pk)


@require_safe
def meeting_notice(request: Request, pk: UUID) -> HttpResponse:
    """会议通知 as it was printed, for everybody who may see the meeting. Raises Http404 before it is issued."""
    shown = visible_meeting(request.user, pk)
    document = shown.documents.filter(kind=DocumentKind.MEETING_NOTICE).first()
    if document is None:
        raise Http404
    return pdf_answer(pdf_bytes(document), safe_name(f"{document}.pdf"))


def show_reasons(request: Request, refused: Refused) -> None:
    """Each reason above the page that follows."""
    for reason in refused.reasons:
        messages.error(request, reason.text)


def form_page(
    request: Request,
    form: forms.Form,
    title: str,
    button: str,
    of: Meeting | None = None,
    *,
    note: str = "",
    reasons: Sequence[Reason] = (),
) -> HttpResponse:
    """A form on a page of its own; in its place the reasons against it, if any."""
    context = {"form": form, "title": title, "button": button, "meeting": of, "note": note, "reasons": reasons}
    return render(request, "meeting/form.html", context, status=422 if form.errors else 200)
