"""How the record of who saw what names the notices of a meeting, and receipts of paper of 会议 and 督导."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from yuetan.models import Document, Invitation, ReceiptScan

Words = dict[str, str]


def _of_notices(keys: set[str]) -> Words:
    notices = Invitation.objects.with_names().select_related("meeting").filter(public_id__in=keys)
    return {str(one.public_id): f"{one.meeting}会议通知（{one.label}）" for one in notices}


def _of_receipt_scans(keys: set[str]) -> Words:
    return {str(file.pk): file.used_for for file in ReceiptScan.objects.filter(pk__in=keys).with_papers()}


def _of_round_papers(keys: set[str]) -> Words:
    papers = Document.objects.filter(pk__in=keys, visit__isnull=False).select_related("entry")
    return {str(one.pk): one.number for one in papers.defer("html", "facts")}


NAMES_OF_RECEIPTS: Mapping[str, Callable[[set[str]], Words]] = {
    "/meetings/notices/": _of_notices,
    "/meetings/receipts/": _of_receipt_scans,
    "/rounds/papers/": _of_round_papers,
}
