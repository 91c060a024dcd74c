"""更正会议纪要: the form of the draft, the page on which another looks at it and issues it, and how it is given up."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods

from yuetan.actions.meeting import correction as corrections
from yuetan.actions.meeting import minutes
from yuetan.actions.meeting.attendance import RECORD
from yuetan.documents.content.content import body_of
from yuetan.documents.content.corrected_minutes import changed_lines
from yuetan.documents.content.meeting import why_not_copied
from yuetan.documents.freezing import frozen
from yuetan.errors import NotYours, Refused
from yuetan.forms.meeting.correction import CorrectMinutesForm, WithdrawCorrectionForm
from yuetan.forms.meeting.record import MinutesOfMeetingForm
from yuetan.models import Meeting, MeetingCorrection
from yuetan.models.meeting.correction import record_text
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.pagination import run_action
from yuetan.views.frame.request import Request
from yuetan.views.frame.rows import is_sent, keep_unjudged
from yuetan.views.meeting.meetings import PAGE_METHODS, form_page, visible_meeting
from yuetan.vocabulary import DocumentKind


@require_http_methods(PAGE_METHODS)
def correct_meeting_minutes(request: Request, pk: UUID) -> HttpResponse:
    """拟定更正. Raises Http404 before the 会议纪要 are issued, NotYours for who must keep away from it."""
    meeting = _meeting_to_correct(request, pk, RECORD)
    text, known = corrections.text_to_correct(meeting), corrections.open_correction(meeting)
    initial: dict[str, object] = {
        "seen": corrections.digest_to_correct(meeting),
        "reason": known.reason if known else "",
    }
    data = request.POST if request.method == "POST" else None
    form = CorrectMinutesForm(data, meeting=meeting, text=text, initial=initial)
    action = partial(corrections.correct_meeting_minutes, meeting)
    if is_sent(request) and run_action(form, action, by=request.user) is not None:
        messages.success(request, "已保存更正稿，请由另一人核对后印发；印发前原纪要继续有效。")
        return redirect("meeting", pk=pk)
    keep_unjudged(request, form)
    context = {"form": form, "meeting": meeting, "minutes": meeting.minutes}
    return render(request, "meeting/correct.html", context, status=422 if form.errors else 200)


@require_http_methods(PAGE_METHODS)
def issue_meeting_correction(request: Request, pk: UUID) -> HttpResponse:
    """更正稿 beside what stands, the paper as it would be printed, and its 印发 by another than who drafted it."""
    meeting = _meeting_to_correct(request, pk, minutes.ISSUE)
    correction = _open_unless_sent(request, meeting)
    data = request.POST if request.method == "POST" else None
    form = MinutesOfMeetingForm(data, initial={"seen": correction.digest if correction else ""})
    action = partial(corrections.issue_meeting_correction, meeting)
    document = run_action(form, action, by=request.user) if data is not None else None
    if document is not None:
        messages.success(request, f"更正的会议纪要已印发，文号为{document.number}；有关单位和人员已收到消息。")
        return redirect("meeting", pk=pk)
    if correction is None:
        return form_page(request, form, "核对并印发更正", "印发更正", meeting)
    context = {
        "form": form,
        "meeting": meeting,
        "correction": correction,
        "lines": changed_lines(meeting, record_text(meeting), correction.text),
        "is_own": correction.is_by(request.user),
        "not_copied": why_not_copied(meeting),
        **_paper(meeting, correction, request),
    }
    return render(request, "meeting/issue_correction.html", context, status=422 if form.errors else 200)


@require_http_methods(PAGE_METHODS)
def withdraw_meeting_correction(request: Request, pk: UUID) -> HttpResponse:
    """放弃更正."""
    meeting = _meeting_to_correct(request, pk, RECORD)
    correction = _open_unless_sent(request, meeting)
    form = WithdrawCorrectionForm(request.POST if request.method == "POST" else None)
    action = partial(corrections.withdraw_meeting_correction, meeting)
    if request.method == "POST" and run_action(form, action, by=request.user) is not None:
        messages.success(request, "已放弃更正，原纪要继续有效。")
        return redirect("meeting", pk=pk)
    whose = f"{correction.drafted_by.name}拟定的" if correction is not None else ""
    note = f"{whose}更正稿不再印发，原纪要继续有效；要更正的可以另行拟定。"
    return form_page(request, form, "放弃更正", "放弃更正", meeting, note=note)


def _meeting_to_correct(request: Request, pk: UUID, codename: str) -> Meeting:
    require_permission(request, codename)
    meeting = visible_meeting(request.user, pk)
    if not corrections.may_correct(meeting, request.user):
        raise NotYours(codename)
    if meeting.minuted_at is None:
        raise Http404
    return meeting


def _open_unless_sent(request: Request, meeting: Meeting) -> MeetingCorrection | None:
    """The correction that waits; none where what was sent came too late, which the action refuses in words."""
    correction = corrections.open_correction(meeting)
    if correction is None and request.method != "POST":
        raise Http404
    return correction


def _paper(meeting: Meeting, correction: MeetingCorrection, request: Request) -> dict[str, object]:
    """The sheet for who may issue it; or why it cannot be issued as it stands."""
    if correction.is_by(request.user):
        return {}
    try:
        facts = corrections.corrected_paper(Meeting.objects.with_people().get(pk=meeting.pk), by=request.user)
    except Refused as refused:
        return {"reasons": refused.reasons}
    sheet = body_of(frozen(DocumentKind.MEETING_MINUTES, facts))
    return {"preview": SafeString(sheet)}  # nosec B703: out of our own template, which has escaped all that was typed
