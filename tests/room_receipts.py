"""What tests of receipts of paper of 会议 and 督导 begin with: one that the office registers, as it is stated."""

from typing import Any

from tests.factories import pdf
from tests.meetings import invitation_of
from yuetan.actions.meeting.convening import register_meeting_receipt
from yuetan.actions.rounds.announcing import paper_to_sign, register_round_receipt
from yuetan.models import Meeting, ReceiptScan, RoundVisit, User
from yuetan.rules.dates import clock

SCAN = "送达回证.pdf"
SIGNER = {"signer_name": "卫十三", "signer_title": "棠下镇党政办公室主任"}
SIGNED = "卫十三（棠下镇党政办公室主任）"


def stated(**changed: Any) -> dict[str, Any]:
    """Signed today by somebody without an account."""
    return {**SIGNER, "signed_on": clock.today(), "scan": pdf(SCAN), **changed}


def notice_on_paper(meeting: Meeting, of: str, *, by: User, **changed: Any) -> ReceiptScan:
    """The receipt of the notice that somebody of the cast is to sign for."""
    return register_meeting_receipt(invitation_of(meeting, of), by=by, **stated(**changed))


def round_paper_on_paper(of_visit: RoundVisit, *, by: User, **changed: Any) -> ReceiptScan:
    """The receipt of what was last issued to the unit."""
    waits = paper_to_sign(of_visit)
    seen = str(waits.pk) if waits is not None else ""
    return register_round_receipt(of_visit, by=by, **{"seen": seen, **stated(**changed)})
