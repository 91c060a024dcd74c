"""文书: the register of issued papers, and the papers themselves."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from yuetan import permissions
from yuetan.actions.papers import document as actions
from yuetan.actions.papers.batch import MAX_DOCUMENTS
from yuetan.actions.step import required_step
from yuetan.documents.pdf_store import pdf_bytes
from yuetan.forms.papers.number import VoidForm
from yuetan.ledgers.papers.documents import DocumentLedger
from yuetan.models import Document
from yuetan.views.frame.ledger_page import ledger_page
from yuetan.views.frame.pagination import capped_count, capped_words, run_action
from yuetan.views.frame.request import Request
from yuetan.vocabulary import Verb


@require_safe
def document_list(request: Request) -> HttpResponse:
    """Every paper this person may see, newest first."""
    missing = capped_count(Document.objects.visible_to(request.user).without_scan())
    context = {
        **ledger_page(request, DocumentLedger()),
        "may_see_book": request.user.has_perm(permissions.name("see_number_book")),
        "may_call": request.user.has_perm(permissions.name("see_inner_case")),
        "may_void": request.user.has_perm(permissions.name("void_document")),
        "may_see_print_log": request.user.has_perm(permissions.name("see_print_log")),
        "most": MAX_DOCUMENTS,
        "missing_scans": capped_words(missing) if missing else "",
    }
    return render(request, "papers/list.html", context)


@require_safe
def document_pdf(request: Request, pk: UUID) -> HttpResponse:
    """One paper as it was printed."""
    document = get_object_or_404(Document.objects.visible_to(request.user), pk=pk)
    response = HttpResponse(pdf_bytes(document), content_type="application/pdf")
    name = f"{document.number} {document.title}.pdf"
    response["Content-Disposition"] = content_disposition_header(False, name) or ""
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def void_document(request: Request, pk: UUID) -> HttpResponse:
    """作废文书; a paper on which the running case rests says what to do instead."""
    visible = Document.objects.visible_to(request.user).for_lists()
    document = get_object_or_404(visible.select_related("replaced_by", "entry__voided_by"), pk=pk)
    required_step(document.subject, Verb.VOID_DOCUMENT, request.user)
    form = VoidForm(request.POST if request.method == "POST" else None)
    voided = run_action(form, actions.void_document, document, by=request.user) if request.method == "POST" else None
    if voided is not None:
        messages.success(request, f"{document.number}已作废，文号簿已记下原因。")
        return redirect("document_list")
    reasons = [] if form.errors else actions.reasons_against_voiding(document)
    context = {"form": form, "document": document, "reasons": reasons}
    return render(request, "papers/void.html", context, status=422 if form.errors else 200)
