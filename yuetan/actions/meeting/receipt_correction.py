"""更正纸质回执 of a 会议通知: what was registered wrongly of who signed is put right, or revoked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Unpack

from yuetan.actions.files.paper_receipt import offered_scan
from yuetan.actions.files.receipt_change import Followed
from yuetan.actions.meeting.meeting_rows import CONVENE, INVITATIONS_OF_OTHERS, people_of
from yuetan.actions.papers.room_receipts import KeptReceipt, StatedCorrection, alert_of_change, correct_kept
from yuetan.actions.room_step import RoomStep, may_by_role, room_step
from yuetan.models import Invitation, Meeting, ReceiptCorrection, User
from yuetan.models.flow.signed_for import RECEIVED
from yuetan.rules.refusals import Finding

CORRECT_RECEIPT = "correct_meeting_receipt"


def correct_meeting_receipt(
    invitation: Invitation, *, by: User, **stated: Unpack[StatedCorrection]
) -> ReceiptCorrection:
    """更正纸质回执 of one of those convened; revoked where they `never_signed`, they are to sign again.

    Without a new scan the old one stays. Raises NotYours (also of a notice to oneself or to a unit of one's own);
    Refused where there is no receipt of paper, nothing changes, no reason is given, and to revoke it once nobody signs
    any more: the 会议纪要 are issued, the meeting is cancelled, the invitation withdrawn. Effect: alerts to both sides.
    """
    with room_step(CORRECTING, invitation, by=by, scan=offered_scan(stated)) as held:
        invitation = held.row
        made = correct_kept(held, kept_of_notice(invitation), stated, _closed_to_signing(invitation))
        held.facts["of"] = invitation.label
        alert_of_change(held, made, people_of(invitation), invitation.meeting.title, f"meeting_notice:{invitation.pk}")
    return made


def kept_of_notice(invitation: Invitation) -> KeptReceipt:
    """Where it stands who signed for the notice."""
    return KeptReceipt(invitation.meeting.notice, invitation, RECEIVED, invitation)


def receipts_to_correct(meeting: Meeting, by: User, among: Sequence[Invitation]) -> set[int]:
    """The keys of the invitations among these of which the person may correct a receipt of paper."""
    of_paper = [one.pk for one in among if one.receipt is not None and one.receipt.is_of_paper]
    if not of_paper or not may_by_role(meeting, by, CORRECTING.permission):
        return set()
    return set(Invitation.objects.filter(pk__in=of_paper).not_of(by).values_list("pk", flat=True))


def _of_no_paper(invitation: Invitation, *_by: User) -> Iterator[Finding]:
    yield from kept_of_notice(invitation).problems()


def _closed_to_signing(invitation: Invitation) -> Followed | None:
    """Since when nobody signs for it any more."""
    meeting = invitation.meeting
    over = {"印发会议纪要": meeting.minuted_at, "取消会议": meeting.cancelled_at, "移出议题": invitation.withdrawn_at}
    return next((Followed.since(what, at) for what, at in over.items() if at is not None), None)


CORRECTING = RoomStep(CORRECT_RECEIPT, INVITATIONS_OF_OTHERS, (_of_no_paper,), codename=CONVENE)
