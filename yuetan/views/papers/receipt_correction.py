"""更正纸质回执: the page on which the office puts right what it registered of a receipt of paper."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from yuetan.actions.files.receipt_correction import correct_receipt as action
from yuetan.actions.step import required_step
from yuetan.forms.papers.receipt_correction import CorrectReceiptForm
from yuetan.models import Document
from yuetan.models.subjects import WITH_TITLES
from yuetan.templatetags.official import day
from yuetan.views.case.step_config import CONFIRM_HERE
from yuetan.views.frame.pagination import run_action
from yuetan.views.frame.request import Request
from yuetan.views.frame.section import SummaryRow, row
from yuetan.vocabulary import Verb

CONSEQUENCES = (
    "签收人、职务、日期和扫描件改为更正后的；原来登记的内容、更正的原因和您的姓名保留。",
    "办公室主任和主送单位收到消息；主送单位看得到更正了什么。",
    "更正后还有错的，可以再次更正；撤销了的，重新签收或者重新登记。",
)


@require_http_methods(["GET", "HEAD", "POST"])
def correct_receipt(request: Request, pk: UUID) -> HttpResponse:
    """更正纸质回执; raises Http404 where the paper has no receipt of paper."""
    document = get_object_or_404(
        Document.objects.visible_to(request.user).for_lists().select_related("receipt__scan", *WITH_TITLES),
        pk=pk,
    )
    required_step(document.subject, Verb.CORRECT_RECEIPT, request.user)
    receipt = document.receipt_or_none
    if receipt is None or not receipt.is_of_paper:
        raise Http404
    if request.method != "POST":
        form = CorrectReceiptForm(receipt=receipt)
    else:
        form = CorrectReceiptForm(request.POST, request.FILES, receipt=receipt)
        if "confirmed" not in request.POST:
            form.add_error(None, CONFIRM_HERE)
        elif run_action(form, action, document, by=request.user) is not None:
            messages.success(request, f"{document.number}的纸质回执已更正。")
            return redirect("document", pk=pk)
    context = {"form": form, "document": document, "rows": _registered(document), "consequences": CONSEQUENCES}
    return render(request, "papers/correct_receipt.html", context, status=422 if form.errors else 200)


def _registered(document: Document) -> list[SummaryRow]:
    """What stands now, with the scan as every file is offered."""
    receipt = document.receipt
    assert receipt.scan is not None
    registered_at = day(receipt.registered_at)
    signed = f"{receipt.signer}（{receipt.signed_title}）\n{receipt.signed_at_words}，办公室于{registered_at}登记"
    return [row("文书", document.title), row("主送", document.addressee), row("签收", signed, [receipt.scan])]
