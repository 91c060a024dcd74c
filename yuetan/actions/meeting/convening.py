"""会议通知: issued to units and to people by their posts, and signed for by each of them, here or on paper."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Unpack

from yuetan.actions.files.paper_receipt import StatedReceipt, offered_scan, signed_receipt
from yuetan.actions.meeting.meeting_rows import (
    CONVENE,
    INVITATIONS,
    INVITATIONS_OF_OTHERS,
    MEETINGS,
    RECEIVE,
    REGISTER_RECEIPT,
    alert_convened,
    only_while,
)
from yuetan.actions.room_step import RoomStep, may_by_role, room_step
from yuetan.actions.step import refuse_uncited
from yuetan.documents.issue import issue_of_meeting
from yuetan.models import Document, Invitation, Meeting, Post, ReceiptScan, Unit, UnitAtItem, User
from yuetan.models.flow.signed_for import SignedFor
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.vocabulary import DocumentKind, MeetingState

STILL_REGISTERED = (MeetingState.CONVENED, MeetingState.HELD)  # a receipt of paper may come after the meeting


def convene_meeting(meeting: Meeting, *, by: User, units: Sequence[Unit], posts: Sequence[Post]) -> Document:
    """印发会议通知 to units and to people by their posts, who chairs and who attends for an item always among them.

    Raises NotYours; Refused without an item on the agenda, without anybody to come, once its hour has passed, and
    once it is convened. Effects: a numbered paper, one invitation each, alerts to all who are to sign for it.
    """
    with room_step(CONVENING, meeting, by=by) as held:
        meeting = held.row
        at_items = Unit.objects.filter(pk__in=UnitAtItem.objects.filter(item__meeting=meeting).values("unit"))
        only_for_items = set(at_items.values_list("pk", flat=True)) - {unit.pk for unit in units}
        units = [*units, *at_items]
        if not units and not posts:
            refuse_uncited([finding("invitations_empty")])
        meeting.convened_by, meeting.convened_at = by, clock.now()
        meeting.save()
        _invite(meeting, units, posts, only_for_items)
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
    with room_step(RECEIVING, invitation, by=by) as held:
        invitation = held.row
        SignedFor(by, "", by.title, clock.now()).keep_in(invitation)
        invitation.save()
        held.facts["of"] = invitation.label
    return invitation


def register_meeting_receipt(invitation: Invitation, *, by: User, **stated: Unpack[StatedReceipt]) -> ReceiptScan:
    """登记纸质回执 of a 会议通知: who signed by hand, in which post, on which day, with the scan that shows it.

    Raises NotYours (also of a notice to oneself or to a unit of one's own); Refused for what is missing, a day before
    the notice or ahead, what has been signed for, and once the 会议纪要 are issued or the meeting is cancelled.
    """
    with room_step(REGISTERING, invitation, by=by, scan=offered_scan(stated)) as held:
        invitation, signed = held.row, signed_receipt(stated, held.files["scan"])
        notice = invitation.meeting.notice
        refuse_uncited(signed.problems(notice))
        signed.as_signed_for.keep_in(invitation)
        invitation.save()
        (scan,) = held.keep("scan", ReceiptScan, document=notice, invitation=invitation)
        held.facts |= {"of": invitation.label, "signer": signed.signer_words}
    return scan


def receipts_to_register(meeting: Meeting, by: User, among: Sequence[Invitation] | None = None) -> set[int]:
    """The keys of the invitations, of these or of all, of which the person may register a receipt of paper now."""
    if not may_by_role(meeting, by, REGISTERING.permission) or meeting.state not in STILL_REGISTERED:
        return set()
    waiting = Invitation.objects.standing().filter(meeting=meeting, received_at=None)
    if among is not None:
        waiting = waiting.filter(pk__in=[one.pk for one in among])
    return set(waiting.not_of(by).values_list("pk", flat=True))


def _not_sent_or_over(invitation: Invitation, by: User) -> Iterable[Finding]:
    return only_while("登记会议通知的纸质回执", *STILL_REGISTERED)(invitation.meeting, by)


def _received(invitation: Invitation, *_by: User) -> Iterator[Finding]:
    if invitation.receipt is not None:
        yield finding("notice_received", "", name=invitation.receipt.signer, when=invitation.receipt.moment)


def _withdrawn(invitation: Invitation, *_by: User) -> Iterator[Finding]:
    if invitation.withdrawn_at is not None:
        yield finding("invitation_withdrawn", "", unit=invitation.label)


def _not_ahead(invitation: Invitation, *_by: User) -> Iterator[Finding]:
    meeting = invitation.meeting
    if meeting.state != MeetingState.CONVENED:
        yield finding("notice_not_ahead", "", meeting=meeting.title, state=meeting.state.label)


def _invite(meeting: Meeting, units: Sequence[Unit], posts: Sequence[Post], only_for_items: Collection[int]) -> None:
    people, each = {post.pk: post for post in (meeting.chair, *posts)}, {unit.pk: unit for unit in units}
    rows = [Invitation(meeting=meeting, post=post) for post in people.values()]
    rows += [Invitation(meeting=meeting, unit=unit, only_for_items=pk in only_for_items) for pk, unit in each.items()]
    Invitation.objects.bulk_create(rows)


CONVENING = RoomStep(CONVENE, MEETINGS, (only_while("印发会议通知", MeetingState.PLANNED),), (_nothing_to_notify,))
RECEIVING = RoomStep(RECEIVE, INVITATIONS, (_received, _withdrawn, _not_ahead))
_NOT_TO_REGISTER = (_received, _withdrawn, _not_sent_or_over)
REGISTERING = RoomStep(REGISTER_RECEIPT, INVITATIONS_OF_OTHERS, _NOT_TO_REGISTER, codename=CONVENE)
