"""会议: the ledger, the page of one, and its notice as it was printed."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from yuetan.actions.meeting.meetings import CALLING
from yuetan.documents.pdf_store import pdf_bytes
from yuetan.ledgers.meeting.meetings import MeetingLedger
from yuetan.models import Meeting, Resolution, User
from yuetan.rules.files.file_kind import safe_name
from yuetan.views.files.files import pdf_answer
from yuetan.views.frame.ledger_page import ledger_page
from yuetan.views.frame.pagination import shown_of
from yuetan.views.frame.request import Request
from yuetan.views.meeting.meeting_page import meeting_context, sees_record
from yuetan.vocabulary import DocumentKind

MAX_RESOLUTIONS = 50


@require_safe
def meeting_list(request: Request) -> HttpResponse:
    """会议台账; for a unit beside it the resolutions that were given to it."""
    user = request.user
    given = Resolution.objects.visible_to(user).filter(unit__in=user.interviewed_units)
    latest = given.select_related("meeting", "unit__parent").order_by("-due_on", "-pk")
    shown, others = shown_of(latest, MAX_RESOLUTIONS)
    context = {
        **ledger_page(request, MeetingLedger()),
        "may_call": CALLING.is_offered(None, user),
        "given": shown,
        "others": others,
        "inner": sees_record(user),
    }
    return render(request, "meeting/list.html", context)


@require_safe
def meeting(request: Request, pk: UUID) -> HttpResponse:
    """One meeting; its record the office and the leaders alone, of an item nobody of the unit that it is about."""
    return render(request, "meeting/meeting.html", meeting_context(request, visible_meeting(request.user, pk)))


def visible_meeting(user: User, pk: UUID) -> Meeting:
    """The meeting, or Http404 for who may not see it."""
    return get_object_or_404(Meeting.objects.visible_to(user).with_people(), pk=pk)


@require_safe
def meeting_notice(request: Request, pk: UUID) -> HttpResponse:
    """会议通知 as it was printed, for everybody who may see the meeting. Raises Http404 before it is issued."""
    shown = visible_meeting(request.user, pk)
    document = shown.documents.filter(kind=DocumentKind.MEETING_NOTICE).first()
    if document is None:
        raise Http404
    return pdf_answer(pdf_bytes(document), safe_name(f"{document}.pdf"))
