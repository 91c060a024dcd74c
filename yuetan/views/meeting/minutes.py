"""印发会议纪要 and their correction: what would be printed is shown beside the form by which it is issued."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods

from yuetan.actions.meeting.correction import corrected_paper, open_correction
from yuetan.documents.content.content import body_of
from yuetan.documents.content.corrected_minutes import changed_lines
from yuetan.documents.content.facts import PaperFacts
from yuetan.documents.content.meeting import meeting_paper, why_not_copied
from yuetan.documents.freezing import frozen
from yuetan.errors import Refused
from yuetan.models import Meeting, MeetingCorrection, User
from yuetan.models.meeting.correction import record_text
from yuetan.rules.dates import clock
from yuetan.views.frame.request import Request
from yuetan.views.frame.room_step_page import PAGE_METHODS, offered_steps
from yuetan.views.meeting.step_pages import OF_MEETING, REWRITING
from yuetan.views.meeting.steps import STEP, answer_of, meeting_for
from yuetan.vocabulary import DocumentKind

MINUTES, ISSUING, GIVING_UP = (
    OF_MEETING[name] for name in ("meeting_minutes", "issue_meeting_correction", "withdraw_meeting_correction")
)


@require_http_methods(PAGE_METHODS)
def meeting_minutes(request: Request, pk: UUID) -> HttpResponse:
    """会议纪要 as it would be printed now; and its 印发. Raises NotYours for who may not see every item."""
    meeting = meeting_for(request, MINUTES, pk)
    form, document = MINUTES.take(request, meeting)
    if document is not None:
        MINUTES.finish(request, document)
        return redirect("meeting", pk=pk)
    shown = _shown_before(meeting) if MINUTES.step.is_offered(meeting, request.user) else {}
    return answer_of(request, MINUTES, form, meeting, "meeting/minutes.html", **shown)


@require_http_methods(PAGE_METHODS)
def issue_meeting_correction(request: Request, pk: UUID) -> HttpResponse:
    """更正稿 beside what stands, the paper as it would be printed, and its 印发 by another than who drafted it."""
    meeting = meeting_for(request, ISSUING, pk)
    form, document = ISSUING.take(request, meeting)
    if document is not None:
        ISSUING.finish(request, document)
        return redirect("meeting", pk=pk)
    correction = open_correction(meeting)
    shown = _shown_of(meeting, correction, request.user) if correction is not None else {}
    return answer_of(request, ISSUING, form, meeting, "meeting/issue_correction.html", **shown)


@require_http_methods(PAGE_METHODS)
def withdraw_meeting_correction(request: Request, pk: UUID) -> HttpResponse:
    """放弃更正."""
    meeting = meeting_for(request, GIVING_UP, pk)
    form, done = GIVING_UP.take(request, meeting)
    if done is not None:
        GIVING_UP.finish(request, done)
        return redirect("meeting", pk=pk)
    return answer_of(request, GIVING_UP, form, meeting, STEP, correction=open_correction(meeting))


def _shown_before(meeting: Meeting) -> dict[str, object]:
    facts = meeting_paper(DocumentKind.MEETING_MINUTES, meeting, number="", dated=clock.today())
    return {"preview": _sheet_of(facts), "not_copied": why_not_copied(meeting)}


def _shown_of(meeting: Meeting, correction: MeetingCorrection, user: User) -> dict[str, object]:
    return {
        "correction": correction,
        "lines": changed_lines(meeting, record_text(meeting), correction.text),
        "is_own": correction.is_by(user),
        "not_copied": why_not_copied(meeting),
        "preview": _corrected_sheet(meeting, user),
        "others": offered_steps((REWRITING, GIVING_UP), meeting, user),
    }


def _corrected_sheet(meeting: Meeting, user: User) -> str:
    """The sheet for who may issue it; empty where it cannot be issued as it stands, which the page says."""
    try:
        facts = corrected_paper(meeting, by=user)
    except Refused:
        return ""
    return _sheet_of(facts)


def _sheet_of(facts: PaperFacts) -> SafeString:
    sheet = body_of(frozen(DocumentKind.MEETING_MINUTES, facts))
    return SafeString(sheet)  # nosec B703: out of our own template, which has escaped all that was typed
