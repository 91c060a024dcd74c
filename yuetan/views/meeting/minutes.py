"""What is looked at beside the forms of 印发会议纪要 and of a correction: the paper as it would be printed."""

from __future__ import annotations

from django.utils.safestring import SafeString

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
from yuetan.views.frame.room_step_page import RoomStepPage, offered_steps
from yuetan.views.meeting.step_pages import OF_MEETING, REWRITING
from yuetan.vocabulary import DocumentKind

MINUTES, ISSUING, GIVING_UP = "meeting_minutes", "issue_meeting_correction", "withdraw_meeting_correction"


def shown_with_form(page: RoomStepPage[Meeting], meeting: Meeting, user: User) -> dict[str, object]:
    """What is looked at beside the form of a step on the meeting; nothing where no paper or correction waits."""
    if page.name == MINUTES:
        return _shown_before(meeting) if page.step.is_offered(meeting, user) else {}
    correction = open_correction(meeting) if page.name in (ISSUING, GIVING_UP) else None
    if correction is None:
        return {}
    return _shown_of(meeting, correction, user) if page.name == ISSUING else {"correction": correction}


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
        "others": offered_steps((REWRITING, OF_MEETING[GIVING_UP]), meeting, user),
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
