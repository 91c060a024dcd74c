"""会议纪要: issued once of a meeting that was held, with every conclusion and every resolution."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from django.db import transaction

from yuetan.actions.meeting.meeting_rows import locked_meeting, note_meeting, people_of, require_state
from yuetan.actions.step import refuse_uncited, require_right
from yuetan.alerts import send_alert
from yuetan.documents.issue import issue_of_meeting
from yuetan.errors import NotYours
from yuetan.models import AgendaItem, Document, Invitation, Meeting, User
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.official_text import chinese_date
from yuetan.vocabulary import DocumentKind, MeetingState

ISSUE = "issue_meeting_minutes"


@transaction.atomic
def issue_meeting_minutes(meeting: Meeting, *, by: User, seen: str) -> Document:
    """印发会议纪要; `seen` is the digest of what was looked at. With it conclusions and resolutions are final.

    Raises NotYours, also for who may not see every item; Refused before the meeting was held, for an item without
    conclusion, for what has changed meanwhile, and the second time. Effects: a numbered paper; each unit that was
    given something is alerted of it.
    """
    require_right(by, ISSUE)
    if not sees_whole(meeting, by):
        raise NotYours(ISSUE)
    meeting = locked_meeting(meeting)
    refuse_uncited(_minutes_problems(meeting))
    require_state(meeting, "印发会议纪要", MeetingState.HELD)
    if seen != digest_of_meeting(meeting):
        refuse_uncited([finding("meeting_minutes_not_as_shown")])
    meeting.minuted_by, meeting.minuted_at = by, clock.now()
    meeting.save()
    document = issue_of_meeting(DocumentKind.MEETING_MINUTES, meeting, by=by)
    note_meeting(ISSUE, by, meeting, document=document.number, resolutions=meeting.resolutions.count())
    _alert_units(meeting)
    return document


def sees_whole(meeting: Meeting, by: User) -> bool:
    """Whether no item of it is hidden from the person."""
    return not AgendaItem.objects.filter(meeting=meeting).meetings_not_whole_to(by).exists()


def digest_of_meeting(meeting: Meeting) -> str:
    """The SHA-256 of what the 会议纪要 will be made of."""
    invitations = [[one.pk, one.presence, one.came] for one in Invitation.objects.of_meeting(meeting)]
    items = [[item.title, item.conclusion, item.decision, item.concluded_by] for item in meeting.items.all()]
    agreed = [[one.text, one.unit_id, one.due_on.isoformat()] for one in meeting.resolutions.all()]
    words = json.dumps([meeting.title, meeting.observers, invitations, items, agreed], ensure_ascii=False)
    return hashlib.sha256(words.encode()).hexdigest()


def _minutes_problems(meeting: Meeting) -> Iterator[Finding]:
    if meeting.state in (MeetingState.PLANNED, MeetingState.CONVENED):
        yield finding("meeting_minutes_early", "", meeting=meeting.title)
        return
    for item in meeting.items.filter(concluded_at=None):
        yield finding("meeting_minutes_item_open", "", number=item.number, title=item.title)


def _alert_units(meeting: Meeting) -> None:
    for one in meeting.resolutions.select_related("unit__parent", "meeting"):
        people = people_of(Invitation(meeting=meeting, unit=one.unit))
        words = f"{meeting.title}议定，由{one.unit.full_name}于{chinese_date(one.due_on)}前完成：{one.text}"
        send_alert(people, key=f"resolution:{one.pk}", words=words)
