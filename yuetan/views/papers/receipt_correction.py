"""更正纸质回执: the pages on which the office puts right what it registered of a receipt of paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from yuetan.actions.files.receipt_correction import correct_receipt as action
from yuetan.actions.meeting import receipt_correction as of_meetings
from yuetan.actions.papers.room_receipts import KeptReceipt
from yuetan.actions.rounds import receipt_correction as of_rounds
from yuetan.actions.step import required_step
from yuetan.forms.papers.receipt_correction import (
    CorrectNoticeReceiptForm,
    CorrectReceiptForm,
    CorrectRoundReceiptForm,
)
from yuetan.models import Attachment, Document, Invitation, ReceiptScan
from yuetan.models.flow.signed_for import SignedFor
from yuetan.models.papers.receipt_correction import signed_by_hand
from yuetan.models.subjects import WITH_TITLES
from yuetan.templatetags.official import day
from yuetan.views.case.step_config import CONFIRM_HERE
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.pagination import run_action
from yuetan.views.frame.request import Request
from yuetan.views.frame.room_step_page import PAGE_METHODS
from yuetan.views.frame.section import SummaryRow, row
from yuetan.vocabulary import Verb

CONSEQUENCES = (
    "签收人、职务、日期和扫描件改为更正后的；原来登记的内容、更正的原因和您的姓名保留。",
    "办公室和签收的一方收到消息；签收的一方看得到更正了什么。",
    "更正后还有错的，可以再次更正；撤销了的，重新签收或者重新登记。",
)


@dataclass(frozen=True)
class ReceiptPage:
    """What the page says of the receipt that stands, and where one comes back to."""

    document: Document
    stands: SignedFor
    rows: Sequence[SummaryRow]
    form: type[CorrectReceiptForm]
    place: tuple[str, str]  # the list, by the name of its address, and in words
    about: str
    back: str

    def answer(self, request: Request, correct: Callable[..., object], thing: object) -> HttpResponse:
        """The form, refused or not sent yet; or the way back once it is done to the thing whose receipt it is."""
        if request.method != "POST":
            form = self.form(stands=self.stands)
        else:
            form = self.form(request.POST, request.FILES, stands=self.stands)
            if "confirmed" not in request.POST:
                form.add_error(None, CONFIRM_HERE)
            elif run_action(form, correct, thing, by=request.user) is not None:
                messages.success(request, f"{self.document.number}的纸质回执已更正。")
                return redirect(self.back)
        listed, room = self.place
        context = {"page": self, "form": form, "consequences": CONSEQUENCES, "list_url": reverse(listed), "room": room}
        return render(request, "papers/correct_receipt.html", context, status=422 if form.errors else 200)


@require_http_methods(PAGE_METHODS)
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
    stands, addressee = signed_by_hand(receipt), row("主送", document.addressee)
    rows = _registered(document, addressee, stands, day(receipt.registered_at), receipt.scan)
    place, back = ("document_list", "文书"), reverse("document", args=[pk])
    page = ReceiptPage(document, stands, rows, CorrectReceiptForm, place, document.number, back)
    return page.answer(request, action, document)


@require_http_methods(PAGE_METHODS)
def correct_meeting_receipt(request: Request, public_id: UUID) -> HttpResponse:
    """更正纸质回执 of a 会议通知; raises NotYours, Http404 for what never was and what nobody signed for by hand."""
    step = of_meetings.CORRECTING
    require_permission(request, step.permission)
    named = Invitation.objects.with_names().select_related("meeting")
    invitation: Invitation = get_object_or_404(named, public_id=public_id)
    step.require(invitation, request.user)
    kept, meeting = of_meetings.kept_of_notice(invitation), invitation.meeting
    rows = _rows_of(kept, row("受通知的单位、人员", invitation.label))
    place, back = ("meeting_list", "会议"), reverse("meeting", args=[meeting.pk])
    page = ReceiptPage(kept.document, kept.of_paper, rows, CorrectNoticeReceiptForm, place, meeting.title, back)
    return page.answer(request, of_meetings.correct_meeting_receipt, invitation)


@require_http_methods(PAGE_METHODS)
def correct_round_receipt(request: Request, pk: UUID) -> HttpResponse:
    """更正纸质回执 of a paper of 督导; raises NotYours, Http404 for what the person may not see, what was replaced, and
    what nobody signed for by hand."""
    papers = Document.objects.visible_to(request.user).filter(visit__isnull=False, replaced_by=None).for_lists()
    document = get_object_or_404(papers.select_related("visit__round", "visit__unit__parent"), pk=pk)
    of_rounds.CORRECTING.require(document, request.user)
    kept, visit = of_rounds.kept_of_paper(document), of_rounds.visit_of(document)
    rows = _rows_of(kept, row("单位", visit.unit.full_name))
    place, back = ("round_list", "督导"), reverse("round_visit", args=[visit.pk])
    page = ReceiptPage(document, kept.of_paper, rows, CorrectRoundReceiptForm, place, str(visit), back)
    return page.answer(request, of_rounds.correct_round_receipt, document)


def _rows_of(kept: KeptReceipt, whose: SummaryRow) -> list[SummaryRow]:
    """Raises Http404 where nobody signed by hand."""
    if any(kept.problems()):
        raise Http404
    return _registered(kept.document, whose, kept.of_paper, day(kept.scan.uploaded_at), kept.scan)


def _registered(
    document: Document, whose: SummaryRow, stands: SignedFor, registered_at: str, scan: Attachment | ReceiptScan | None
) -> list[SummaryRow]:
    """What stands now, with the scan as every file is offered."""
    assert scan is not None
    signed = f"{stands.signer}（{stands.title}）\n{stands.moment}，办公室于{registered_at}登记"
    return [row("文书", document.title), whose, row("签收", signed, [scan])]
