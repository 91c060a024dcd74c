"""Scans of receipts of paper of 会议通知, 督导通知书 and 督导意见书, for whoever reads what was signed for."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from yuetan.models import ReceiptScan
from yuetan.views.files.files import download_answer, page_answer, preview_answer
from yuetan.views.frame.request import Request


@require_safe
def paper(request: Request, pk: UUID) -> HttpResponseBase:
    """One of them, as a download."""
    return download_answer(request, _receipt_scan(request, pk))


@require_safe
def paper_preview(request: Request, pk: UUID) -> HttpResponse:
    """One of them, shown."""
    return preview_answer(request, _receipt_scan(request, pk))


@require_safe
def paper_page(request: Request, pk: UUID, number: int) -> HttpResponseBase:
    """One page of it, as a picture."""
    return page_answer(request, _receipt_scan(request, pk), number)


def _receipt_scan(request: Request, pk: UUID) -> ReceiptScan:
    visible = ReceiptScan.objects.visible_to(request.user).with_papers()
    shown: ReceiptScan = get_object_or_404(visible, pk=pk)
    return shown
