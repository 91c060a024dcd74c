"""更正纸质回执: who signed, in which post, on which day and the scan are put right, or the receipt is revoked."""

from __future__ import annotations

from datetime import datetime
from typing import Unpack

from yuetan.actions.files.attachment import attach
from yuetan.actions.files.paper_receipt import SignedReceipt, StatedReceipt, examined_receipt
from yuetan.actions.files.receipt_change import Followed, ReceiptChange, no_paper_receipt
from yuetan.actions.step import refuse_if_any, step
from yuetan.models import Attachment, Document, Receipt, Subject, User
from yuetan.models.case.current import NOTICES
from yuetan.models.papers.receipt_correction import registered, signed_by_hand
from yuetan.vocabulary import DocumentKind, FilePurpose, Verb


def correct_receipt(
    document: Document,
    *,
    by: User,
    reason: str,
    never_signed: bool = False,
    **stated: Unpack[StatedReceipt],
) -> Document:
    """更正纸质回执: put right what was registered, or revoke it where the paper was `never_signed` for.

    Without a new scan the old one stays; a replaced one, perhaps of another unit, is kept for the inner side alone.
    Raises Refused where there is no receipt of paper, nothing changes, no reason is given, or what followed would lose
    its ground; StateChanged and NotYours. Effects: the old entry stays to be read, both sides are alerted, and a paper
    whose receipt was revoked waits for one again.
    """
    facts: dict[str, object] = {"document": document.number}
    signed = examined_receipt(document.subject, has_scan=True, **stated)
    with step(document.subject, Verb.CORRECT_RECEIPT, by=by, opinion=reason, facts=facts) as subject:
        receipt = _receipt_of_paper(subject, document)
        assert receipt.scan is not None
        paper = receipt.document
        change = ReceiptChange(paper, signed, reason, never_signed, _followed(paper))
        refuse_if_any(subject, change.problems())
        before = registered(signed_by_hand(receipt), receipt.scan.sha256)
        refuse_if_any(subject, change.unchanged(before))
        change.keep(before, by)
        if never_signed:
            _revoke(receipt, facts)
        else:
            _put_right(subject, receipt, signed, by)
    return Document.objects.get(pk=document.pk)


def _receipt_of_paper(subject: Subject, document: Document) -> Receipt:
    """The receipt, held until the end of the step."""
    rows = Receipt.objects.select_for_update(of=("self",)).select_related("scan", "document__case", "document__letter")
    receipt = rows.filter(document=document, signed_by=None).first()
    if receipt is None:
        refuse_if_any(subject, [no_paper_receipt(document)])
    assert receipt is not None
    return receipt


def _put_right(subject: Subject, receipt: Receipt, signed: SignedReceipt, by: User) -> None:
    assert receipt.scan is not None
    stands = signed.as_signed_for
    receipt.signer_name, receipt.signed_title, receipt.signed_at = stands.name, stands.title, stands.at
    if signed.scan:
        _set_aside(receipt.scan)
        (receipt.scan,) = attach(subject, signed.scan, by=by, purpose=FilePurpose.RECEIPT)
    receipt.save()


def _revoke(receipt: Receipt, facts: dict[str, object]) -> None:
    scan = receipt.scan
    assert scan is not None
    receipt.delete()
    _set_aside(scan)
    facts["revoked"] = True


def _set_aside(scan: Attachment) -> None:
    scan.purpose = FilePurpose.FORMER_RECEIPT
    scan.save(update_fields=["purpose"])


def _followed(document: Document) -> Followed | None:
    """What was answered, and an interview that was held, rest on the receipt."""
    if document.kind == DocumentKind.REMINDER_LETTER:
        assert document.letter is not None
        return _followed_by_an_answer(document.letter.answered_at)
    if document.kind == DocumentKind.SUPERVISION_LETTER:
        return _followed_by_an_answer(document.supervision.answered_at)
    held_on = document.case.interviewed_on if document.case and document.kind in NOTICES else None
    return Followed("约谈", held_on) if held_on else None


def _followed_by_an_answer(moment: datetime | None) -> Followed | None:
    return Followed.since("答复", moment) if moment else None
