"""签收: who took a paper, here by themself or by hand on a receipt that the office registers with its scan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TypedDict, Unpack

from django.utils import timezone

from yuetan.actions.files.attachment import ExaminedFile, Offer, attach, examine_files
from yuetan.actions.files.readable_scan import scan_problems
from yuetan.models import Document, Receipt, Subject, User
from yuetan.models.flow.recording import entered_at
from yuetan.models.flow.signed_for import SignedFor
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text import official_text
from yuetan.rules.text.empty_words import missing_of
from yuetan.rules.text.person_names import is_person_name, person_name
from yuetan.vocabulary import FilePurpose

RECEIPT_LABELS = {
    "signer_name": "签收人姓名",
    "signer_title": "签收人职务",
    "signed_on": "签收日期",
    "scan": "回执扫描件",
}


class StatedReceipt(TypedDict):
    """What the office states of a receipt of paper: keywords of every action that registers or corrects one."""

    signer_name: str
    signer_title: str
    signed_on: date | None
    scan: Offer | None


@dataclass(frozen=True)
class SignedReceipt:
    """What is stated of a receipt of paper, with its examined scan."""

    signer_name: str
    signer_title: str
    signed_on: date | None
    scan: tuple[ExaminedFile, ...]
    has_scan: bool = False  # one that was registered before stays

    @property
    def as_signed_for(self) -> SignedFor:
        """As a row keeps it that is no subject: of 会议 and 督导."""
        return SignedFor(None, self.signer_name, self.signer_title.strip(), self.signed_at)

    @property
    def signer_words(self) -> str:
        """For the log."""
        return f"{self.signer_name}（{self.signer_title}）"

    @property
    def signed_at(self) -> datetime:
        """The first moment of the day: a receipt of paper knows no hour."""
        assert self.signed_on is not None
        return timezone.make_aware(datetime.combine(self.signed_on, time.min))

    def problems(self, document: Document) -> Iterator[Finding]:
        """What is missing or cannot be of a receipt for this paper."""
        needed = [name for name in RECEIPT_LABELS if name != "scan" or not self.has_scan]
        yield from missing_of(
            "receipt_incomplete", {name: (RECEIPT_LABELS[name], getattr(self, name)) for name in needed}
        )
        if self.signer_name and not is_person_name(self.signer_name):
            yield finding("name_unfit", "signer_name")
        issued_on = timezone.localtime(document.issued_at).date()
        if self.signed_on is not None and self.signed_on < issued_on:
            yield finding("receipt_before_notice", "signed_on", issued=official_text.chinese_date(issued_on))
        if self.signed_on is not None and self.signed_on > clock.today():
            yield finding("receipt_ahead", "signed_on")
        yield from scan_problems(self.scan, "scan")


def examined_receipt(subject: Subject, *, has_scan: bool = False, **stated: Unpack[StatedReceipt]) -> SignedReceipt:
    """What is stated, with its scan examined before the step; raises Refused if that is not accepted."""
    scan = examine_files(subject, offered_scan(stated), "scan")
    return signed_receipt(stated, scan, has_scan=has_scan)


def offered_scan(stated: StatedReceipt) -> list[Offer]:
    """The scan that was sent with it, if any."""
    return [stated["scan"]] if stated["scan"] else []


def signed_receipt(stated: StatedReceipt, scan: Sequence[ExaminedFile], *, has_scan: bool = False) -> SignedReceipt:
    """What is stated, with its examined scan."""
    name = person_name(stated["signer_name"])
    return SignedReceipt(name, stated["signer_title"], stated["signed_on"], tuple(scan), has_scan)


def unread_problems(document: Document, seen: str) -> Iterator[Finding]:
    """That the paper to sign for is not the one that was looked at, whose key is `seen`."""
    if str(document.pk) != seen:
        yield finding("paper_not_as_shown", paper=document.get_kind_display())


def sign_for(document: Document, *, by: User) -> dict[str, str]:
    """A named person of the addressee takes the paper, inside a step; returns what its event says of it."""
    Receipt.objects.create(document=document, signed_by=by, signed_title=by.title)
    return {"document": document.number}


def keep_receipt(subject: Subject, document: Document, signed: SignedReceipt, *, by: User) -> dict[str, str]:
    """Keep the receipt and its scan inside a step; returns what its event says of it."""
    (kept,) = attach(subject, signed.scan, by=by, purpose=FilePurpose.RECEIPT)
    Receipt.objects.create(
        document=document,
        signer_name=signed.signer_name,
        signed_title=signed.signer_title,
        signed_at=signed.signed_at,
        registered_by=by,
        registered_at=entered_at(),
        scan=kept,
    )
    return {"document": document.number, "signer": signed.signer_words}
