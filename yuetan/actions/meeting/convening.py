"""会议通知: issued to units and to people by their posts, and signed for by each of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from yuetan.actions.meeting.meeting_rows import (
    CONVENE,
    INVITATIONS,
    MEETINGS,
    RECEIVE,
    alert_convened,
    only_while,
)
from yuetan.actions.room_step import RoomStep, room_step
from yuetan.actions.step import refuse_uncited
from yuetan.documents.issue import issue_of_meeting
from yuetan.models import Document, Invitation, Meeting, Post, Unit, UnitAtItem, User
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.official_text import short_datetime
from yuetan.vocabulary import DocumentKind, MeetingState


def convene_meeting(meeting: Meeting, *, by: User, units: Sequence[Unit], posts: Sequence[Post]) -> Document:
    """印发会议通知 to units and to people by their posts, who chairs and who attends for an item always among them.

    Raises NotYours; Refused without an item on the agenda, without anybody to come, once its hour has passed, and
    once it is convened. Effects: a numbered paper, one invitation each, alerts to all who are to sign for it.
    """
    with room_step(SEND, meeting, by=by) as held:
        meeting = held.row
        units = [*units, *Unit.objects.filter(pk__in=UnitAtItem.objects.filter(item__meeting=meeting).values("unit"))]
        if not units and not posts:
            refuse_uncited([finding("invitations_empty")])
        meeting.convened_by, meeting.convened_at = by, clock.now()
        meeting.save()
        _invite(meeting, units, posts)
        document = issue_of_meeting(DocumentKind.MEETING_NOTICE, meeting, by=by)
        held.facts |= {"document": document.number, "units": len(units), "people": len(posts)}
        words = f"请参加{meeting.title}：{meeting.when}，{meeting.place}。请在“会议”中查阅并签收会议通知。"
        alert_convened(meeting, words, key=f"meeting:{meeting.pk}", but=by)
    return document


def _nothing_to_notify(meeting: Meeting, *_by: User) -> Iterator[Finding]:
    """That it has no item, or that its hour has passed."""
    if not meeting.items.exists():
        yield finding("agenda_empty")
    if meeting.has_begun:
        yield finding("meeting_begins_past", "", when=meeting.when)


def receive_meeting_notice(invitation: Invitation, *, by: User) -> Invitation:
    """签收会议通知 for the unit, or by whom it names. Raises NotYours; Refused the second time, or when it is over."""
    with room_step(SIGN, invitation, by=by) as held:
        invitation = held.row
        invitation.received_by, invitation.received_at, invitation.received_title = by, clock.now(), by.title
        invitation.save()
        held.facts["of"] = invitation.label
    return invitation


def _received(invitation: Invitation, *_by: User) -> Iterator[Finding]:
    if invitation.received_by is not None and invitation.received_at is not None:
        words = {"name": invitation.received_by.name, "when": short_datetime(invitation.received_at)}
        yield finding("notice_received", "", **words)


def _not_ahead(invitation: Invitation, *_by: User) -> Iterator[Finding]:
    meeting = invitation.meeting
    if meeting.state != MeetingState.CONVENED:
        yield finding("notice_not_ahead", "", meeting=meeting.title, state=meeting.state.label)


def _invite(meeting: Meeting, units: Sequence[Unit], posts: Sequence[Post]) -> None:
    people = {post.pk: post for post in (meeting.chair, *posts)}
    rows = [Invitation(meeting=meeting, post=post) for post in people.values()]
    rows += [Invitation(meeting=meeting, unit=unit) for unit in {unit.pk: unit for unit in units}.values()]
    Invitation.objects.bulk_create(rows)


SEND = RoomStep(CONVENE, MEETINGS, (only_while("印发会议通知", MeetingState.PLANNED),), (_nothing_to_notify,))
SIGN = RoomStep(RECEIVE, INVITATIONS, (_received, _not_ahead))
