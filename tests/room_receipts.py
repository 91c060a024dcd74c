"""What tests of receipts of paper of 会议 and 督导 begin with: one that the office registers, as it is stated."""

from datetime import date
from typing import Any

from tests import cast
from tests.factories import pdf
from tests.meetings import invitation_of
from yuetan.actions.meeting.convening import register_meeting_receipt
from yuetan.actions.meeting.receipt_correction import correct_meeting_receipt
from yuetan.actions.rounds.announcing import paper_to_sign, register_round_receipt
from yuetan.actions.rounds.receipt_correction import correct_round_receipt
from yuetan.models import Document, Invitation, Meeting, ReceiptCorrection, ReceiptScan, RoundVisit, User
from yuetan.rules.dates import clock

SCAN, OTHER_SCAN = "送达回证.pdf", "另一份回执.pdf"
SIGNER = {"signer_name": "卫十三", "signer_title": "棠下镇党政办公室主任"}
SIGNED = "卫十三（棠下镇党政办公室主任）"
CORRECTED = {**SIGNER, "scan": None, "reason": "登记时看错了。", "never_signed": False}


def other_scan() -> Any:
    """A scan of other bytes."""
    return pdf(OTHER_SCAN, width=600)


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


def receipt_corrected(thing: Invitation | Document, **changed: Any) -> ReceiptCorrection:
    """The receipt of one of those convened, or of a unit of 督导; what is not said stays as registered."""
    correct = correct_meeting_receipt if isinstance(thing, Invitation) else correct_round_receipt
    by = changed.pop("by", None) or cast.person("officer")
    return correct(thing, by=by, **{**CORRECTED, "signed_on": date(2026, 11, 23), **changed})
