"""更正纸质回执, whatever the paper is of: what stands against it, and what stays to be read of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from yuetan.actions.files.paper_receipt import SignedReceipt
from yuetan.models import Document, Invitation, ReceiptCorrection, User
from yuetan.models.papers.receipt_correction import registered
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text import official_text
from yuetan.rules.text.empty_words import require_words


@dataclass(frozen=True)
class Followed:
    """What was done on the strength of a receipt, or since when nobody signs any more, and on which day.

    What `leaves_signing` open a paper may still be signed for after it.
    """

    what: str
    day: date
    leaves_signing: bool = False

    @classmethod
    def since(cls, what: str, moment: datetime, *, leaves_signing: bool = False) -> Followed:
        """Done on the day of that moment."""
        return cls(what, timezone.localtime(moment).date(), leaves_signing)

    def words(self) -> dict[str, str]:
        """For a refusal."""
        return {"what": self.what, "day": official_text.chinese_date(self.day)}


@dataclass(frozen=True)
class ReceiptChange:
    """What the office states of a receipt that it registered wrongly: anew as it was `signed`, or `never_signed`."""

    document: Document
    signed: SignedReceipt
    reason: str
    never_signed: bool
    followed: Followed | None

    def problems(self) -> Iterator[Finding]:
        """What is missing, cannot be, or would take the ground from what followed."""
        yield from require_words(self.reason, finding("reason_missing", "reason", what="更正"))
        followed = self.followed
        if self.never_signed:
            if followed is not None:
                yield finding("receipt_followed", "never_signed", **followed.words())
            return
        yield from self.signed.problems(self.document)
        if followed is None or followed.leaves_signing or self.signed.signed_on is None:
            return
        if self.signed.signed_on > followed.day:
            yield finding("receipt_after_followed", "signed_on", **followed.words())

    def after(self, scan: str) -> dict[str, str]:
        """What is registered by it; nothing for what was never signed. A scan of this digest stays if none is new."""
        if self.never_signed:
            return {}
        return registered(self.signed.as_signed_for, self.signed.scan[0].sha256 if self.signed.scan else scan)

    def keep(self, before: dict[str, str], by: User, invitation: Invitation | None = None) -> ReceiptCorrection:
        """Write down what stood and what stands."""
        return ReceiptCorrection.objects.create(
            document=self.document,
            invitation=invitation,
            before=before,
            after=self.after(before["scan"]),
            reason=self.reason.strip(),
            corrected_by=by,
        )

    def unchanged(self, before: dict[str, str]) -> Iterator[Finding]:
        """That what is stated is what was registered `before`."""
        if self.after(before["scan"]) == before:
            yield finding("receipt_changes_nothing", "signer_name")


def no_paper_receipt(document: Document) -> Finding:
    """That nobody signed by hand for the paper."""
    return finding("no_paper_receipt", "signer_name", number=document.number)
