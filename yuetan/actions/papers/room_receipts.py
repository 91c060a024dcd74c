"""更正纸质回执 of what 会议 and 督导 send, whose receipt stands in the row of the unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Model

from yuetan.actions.files.paper_receipt import StatedReceipt, signed_receipt
from yuetan.actions.files.receipt_change import Followed, ReceiptChange, no_paper_receipt
from yuetan.actions.room_step import Held, Row
from yuetan.actions.step import refuse_uncited
from yuetan.alerts import send_alert
from yuetan.models import Document, Invitation, ReceiptCorrection, ReceiptScan, User
from yuetan.models.flow.signed_for import SignedFor, forget_signature, signed_for
from yuetan.models.papers.receipt_correction import registered
from yuetan.permissions import BY_CODENAME
from yuetan.rules.refusals import Finding
from yuetan.vocabulary.naming import in_names

TO_UNIT = "{about}，{number}的纸质回执登记有误，{the_office}已更正，{asked}。"


@dataclass(frozen=True)
class KeptReceipt:
    """Where the receipt of a paper stands: in columns of the row that begin like this."""

    document: Document
    row: Model
    beginning: str
    invitation: Invitation | None = None

    @property
    def signed(self) -> SignedFor | None:
        """Who signed, if anybody did."""
        return signed_for(self.row, self.beginning)

    @property
    def of_paper(self) -> SignedFor:
        """Who signed by hand, where somebody did."""
        assert self.signed is not None
        return self.signed

    @property
    def scan(self) -> ReceiptScan:
        """The scan that stands, of a receipt of paper."""
        return ReceiptScan.objects.in_force().get(document=self.document, invitation=self.invitation)

    def problems(self) -> Iterator[Finding]:
        """That it is none of paper: nobody signed, or somebody in the system."""
        if self.signed is None or not self.signed.is_of_paper:
            yield no_paper_receipt(self.document)

    def keep(self, signed: SignedFor | None) -> None:
        """Let the row say so."""
        if signed is None:
            forget_signature(self.row, self.beginning)
        else:
            signed.keep_in(self.row, self.beginning)
        self.row.save()


class StatedCorrection(StatedReceipt):
    """What the office states of a receipt that it registered wrongly: keywords of every action on it."""

    reason: str
    never_signed: bool


def correct_kept(
    held: Held[Row], kept: KeptReceipt, stated: StatedCorrection, followed: Followed | None
) -> ReceiptCorrection:
    """Let the row say what is stated, inside a step; the scan that does not stand any more is set aside.

    Raises Refused for what stands against it, and where nothing changes.
    """
    signed = signed_receipt(stated, held.files["scan"], has_scan=True)
    change = ReceiptChange(kept.document, signed, stated["reason"], stated["never_signed"], followed)
    refuse_uncited(change.problems())
    before = registered(kept.of_paper, kept.scan.sha256)
    refuse_uncited(change.unchanged(before))
    made = change.keep(before, held.by, kept.invitation)  # the database lets nothing change without it
    _replace_scan(held, kept, made)
    kept.keep(signed.as_signed_for if made.after else None)
    held.facts |= {"document": kept.document.number, "changed": made.words, "reason": made.reason}
    return made


def _replace_scan(held: Held[Row], kept: KeptReceipt, made: ReceiptCorrection) -> None:
    if made.after and not held.files["scan"]:
        return
    scan = kept.scan
    scan.is_former = True
    scan.save(update_fields=["is_former"])
    if made.after:
        held.keep("scan", ReceiptScan, document=kept.document, invitation=kept.invitation, came_with=made)


def alert_of_change(held: Held[Row], made: ReceiptCorrection, whose: Sequence[User], about: str, row: str) -> None:
    """Tell both sides, but for who did it: the unit to look at it, the office that it was put right. `row` is how the
    keys of messages about it begin."""
    number, key = made.document.number, f"{row}:receipt:{made.pk}"
    asked = "请核对" if made.after else "请重新签收"
    words = in_names(TO_UNIT, about=about, number=number, asked=asked)
    send_alert([one for one in whose if one.pk != held.by.pk], key=key, words=words)
    known = {held.by.pk, *(one.pk for one in whose)}
    office = [one for one in _office(held) if one.pk not in known]
    send_alert(office, key=key, words=f"{about}，{number}的纸质回执已更正。")


def _office(held: Held[Row]) -> list[User]:
    """Who may put it right, and need not keep away (回避)."""
    people = User.objects.in_roles(*BY_CODENAME[held.step.permission].roles)
    return [one for one in people if held.step.may_take(held.row, one)]
