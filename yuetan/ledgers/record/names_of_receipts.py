"""How the record of who saw what names the notices of a meeting, and receipts of paper of 会议 and 督导."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from yuetan.models import Invitation, ReceiptScan

Words = dict[str, str]


def _of_notices(keys: set[str]) -> Words:
    notices = Invitation.objects.with_names().select_related("meeting").filter(public_id__in=keys)
    return {str(one.public_id): f"{one.meeting}会议通知（{one.label}）" for one in notices}


def _of_receipt_scans(keys: set[str]) -> Words:
    return {str(file.pk): file.used_for for file in ReceiptScan.objects.filter(pk__in=keys).with_papers()}


NAMES_OF_RECEIPTS: Mapping[str, Callable[[set[str]], Words]] = {
    "/meetings/notices/": _of_notices,
    "/meetings/receipts/": _of_receipt_scans,
}
