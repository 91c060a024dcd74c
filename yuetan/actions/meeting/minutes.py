"""会议纪要: issued once of a meeting that was held, with every conclusion and every resolution."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from yuetan.actions.assignment.assignment import GivenTask, hand_out_assignment
from yuetan.actions.meeting.conclusions import conclusion_shown
from yuetan.actions.meeting.meeting_rows import ISSUE, MEETINGS_SEEN_WHOLE, only_while
from yuetan.actions.room_step import RoomStep, room_step
from yuetan.actions.step import refuse_uncited
from yuetan.documents.issue import issue_of_meeting
from yuetan.models import AgendaItem, Document, Invitation, Meeting, Resolution, Unit, User
from yuetan.models.office.read_once import once
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.digests import digest_of_words
from yuetan.rules.text.official_text import chinese_date
from yuetan.vocabulary import DocumentKind, MeetingState


def issue_meeting_minutes(meeting: Meeting, *, by: User, seen: str) -> Document:
    """印发会议纪要; `seen` is the digest of what was looked at. With it conclusions and resolutions are final.

    Raises NotYours, also for who may not see every item and all that was agreed; Refused before the meeting was held,
    without any item, for one without conclusion, for a resolution whose date has passed, for what has changed
    meanwhile, and the second time. Effects: a numbered paper; each unit that was given something has it as
    tasks (交办), and is alerted.
    """
    with room_step(ISSUING, meeting, by=by) as held:
        meeting = held.row
        if seen != digest_of_meeting(meeting):
            refuse_uncited([finding("meeting_minutes_not_as_shown")])
        meeting.minuted_by, meeting.minuted_at = by, clock.now()
        meeting.save()
        document = issue_of_meeting(DocumentKind.MEETING_MINUTES, meeting, by=by)
        held.facts |= {"document": document.number, "resolutions": meeting.resolutions.count()}
        held.log()
        hand_out(meeting, meeting.resolutions.select_related("unit__parent"), by=by, number=document.number)
    return document


def digest_of_meeting(meeting: Meeting) -> str:
    """The SHA-256 of what the 会议纪要 will be made of."""
    invitations = [[one.pk, one.part, one.came] for one in Invitation.objects.of_meeting(meeting)]
    items = [[item.title, conclusion_shown(item)] for item in meeting.items.all()]
    agreed = [[one.text, one.unit_id, one.due_on.isoformat()] for one in meeting.resolutions.all()]
    return digest_of_words([meeting.title, meeting.observers, invitations, items, agreed])


def _early(meeting: Meeting, *_by: User) -> Iterator[Finding]:
    if meeting.is_open:
        yield finding("meeting_minutes_early", "", meeting=meeting.title)


def lacking_of(meeting: Meeting, *_by: User) -> list[Finding]:
    """What the record of a meeting that was held still lacks, before its 会议纪要 can be issued.

    That it has no item, that nobody presided, that an item is not concluded, or that what was agreed is due before it
    is handed out.
    """
    read_from = (Invitation, AgendaItem, Resolution)
    return once(("minutes lack", meeting.pk), read_from, lambda: list(_record_not_whole(meeting)))


def _record_not_whole(meeting: Meeting) -> Iterator[Finding]:
    if not meeting.items.exists():
        yield finding("meeting_minutes_no_item", "", meeting=meeting.title)
    open_ones = Invitation.objects.of_meeting(meeting).filter(presence="").count()
    if open_ones:
        yield finding("meeting_minutes_attendance_open", "", number=open_ones)
    if not meeting.presided_by:
        yield finding("meeting_minutes_nobody_presided", "", meeting=meeting.title)
    for item in meeting.items.filter(concluded_at=None):
        yield finding("meeting_minutes_item_open", "", number=item.number, title=item.title)
    for one in meeting.resolutions.filter(due_on__lt=clock.today()):
        yield finding("resolution_due_passed", "", number=one.number, due=chinese_date(one.due_on))


def hand_out(meeting: Meeting, agreed: Iterable[Resolution], *, by: User, number: str) -> None:
    """One 交办事项 for each unit, in the order in which the units come first; `number` is that of the 会议纪要."""
    given: dict[Unit, list[Resolution]] = {}
    for one in agreed:
        given.setdefault(one.unit, []).append(one)
    for unit, rows in given.items():
        tasks = [GivenTask(one.text, one.due_on) for one in rows]
        hand_out_assignment(meeting, by=by, unit=unit, matter=meeting.title, number=number, tasks=tasks)


_NOT_YET_ISSUED = only_while("印发会议纪要", MeetingState.HELD)
ISSUING = RoomStep(ISSUE, MEETINGS_SEEN_WHOLE, (_early, _NOT_YET_ISSUED), (lacking_of,))
