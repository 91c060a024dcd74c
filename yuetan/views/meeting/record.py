"""What is written down of a meeting that was held: who came, conclusions, resolutions, 会议纪要."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods

from yuetan.actions.meeting import attendance, conclusions, minutes, resolutions
from yuetan.actions.meeting.attendance import RECORD
from yuetan.actions.meeting.meeting_rows import sees_items
from yuetan.documents.content.content import body_of
from yuetan.documents.content.meeting import meeting_paper, why_not_copied
from yuetan.documents.freezing import frozen
from yuetan.errors import NotYours
from yuetan.forms.meeting.record import AttendanceForm, ConclusionForm, MinutesOfMeetingForm, ResolutionsForm
from yuetan.models import AgendaItem, Meeting
from yuetan.rules.dates import clock
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.pagination import run_action
from yuetan.views.frame.reasons import reasons_before
from yuetan.views.frame.request import Request
from yuetan.views.frame.rows import is_sent, keep_unjudged
from yuetan.views.meeting.meetings import PAGE_METHODS, form_page, visible_meeting
from yuetan.vocabulary import DocumentKind

REGISTER_TOO = "会议审定的，须再在该事项、该责任措施的页面登记审定，引用这次会议记录，由另一人复核后生效。"


@require_http_methods(PAGE_METHODS)
def record_attendance(request: Request, pk: UUID) -> HttpResponse:
    """登记到会情况."""
    require_permission(request, RECORD)
    meeting = visible_meeting(request.user, pk)
    form = AttendanceForm(request.POST if request.method == "POST" else None, meeting=meeting)
    action = partial(attendance.record_attendance, meeting)
    if request.method == "POST" and run_action(form, action, by=request.user) is not None:
        messages.success(request, "已登记到会情况，可以登记结论和议定事项。")
        return redirect("meeting", pk=pk)
    context = {"form": form, "meeting": meeting}
    return render(request, "meeting/attendance.html", context, status=422 if form.errors else 200)


@require_http_methods(PAGE_METHODS)
def conclude_agenda_item(request: Request, pk: int) -> HttpResponse:
    """登记结论. Raises Http404 for an item that is hidden from the person."""
    require_permission(request, RECORD)
    related = ("meeting", "case__unit__parent", "measure_laid__unit__parent", "measure_laid__rung", "decided_by")
    item = get_object_or_404(AgendaItem.objects.visible_to(request.user).select_related(*related), pk=pk)
    form = ConclusionForm(request.POST if request.method == "POST" else None, item=item)
    action = partial(conclusions.conclude_agenda_item, item)
    if request.method == "POST" and run_action(form, action, by=request.user) is not None:
        messages.success(request, "已登记结论。")
        return redirect("meeting", pk=item.meeting_id)
    note = REGISTER_TOO if item.decision_choices else ""
    return form_page(request, form, f"登记结论：{item.title}", "保存", item.meeting, note=note)


@require_http_methods(PAGE_METHODS)
def record_resolutions(request: Request, pk: UUID) -> HttpResponse:
    """登记议定事项. Raises NotYours for who may not see every item."""
    require_permission(request, RECORD)
    meeting = visible_meeting(request.user, pk)
    if not sees_items(meeting, request.user):
        raise NotYours(RECORD)
    form = ResolutionsForm(request.POST if request.method == "POST" else None, meeting=meeting, by=request.user)
    action = partial(resolutions.record_resolutions, meeting)
    if is_sent(request) and run_action(form, action, by=request.user) is not None:
        messages.success(request, "已登记议定事项。")
        return redirect("meeting", pk=pk)
    keep_unjudged(request, form)
    return form_page(request, form, "登记议定事项", "保存", meeting)


@require_http_methods(PAGE_METHODS)
def meeting_minutes(request: Request, pk: UUID) -> HttpResponse:
    """会议纪要 as it would be printed now; and its 印发. Raises NotYours for who may not see every item."""
    require_permission(request, minutes.ISSUE)
    meeting = visible_meeting(request.user, pk)
    if not minutes.sees_whole(meeting, request.user):
        raise NotYours(minutes.ISSUE)
    seen = {"seen": minutes.digest_of_meeting(meeting)}
    form = MinutesOfMeetingForm(request.POST if request.method == "POST" else None, initial=dict(seen))
    action = partial(minutes.issue_meeting_minutes, meeting)
    document = run_action(form, action, by=request.user) if request.method == "POST" else None
    if document is not None:
        messages.success(request, f"会议纪要已印发，文号为{document.number}。")
        return redirect("meeting", pk=pk)
    against = reasons_before(form, minutes.minutes_problems(meeting))
    context = {"form": form, "meeting": meeting, "preview": _preview(meeting), "reasons": against}
    context["not_copied"] = why_not_copied(meeting)
    return render(request, "meeting/minutes.html", context, status=422 if form.errors else 200)


def _preview(meeting: Meeting) -> SafeString:
    facts = meeting_paper(DocumentKind.MEETING_MINUTES, meeting, number="", dated=clock.today())
    sheet = body_of(frozen(DocumentKind.MEETING_MINUTES, facts))
    return SafeString(sheet)  # nosec B703: out of our own template, which has escaped all that was typed
