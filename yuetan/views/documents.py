"""文书: the register of issued papers, and the papers themselves."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from yuetan.documents.issue import pdf_bytes
from yuetan.forms.document import DocumentFilter
from yuetan.models import Document
from yuetan.views.pages import paged
from yuetan.vocabulary import DocumentKind

SIGNED_FOR = (DocumentKind.INTERVIEW_NOTICE, DocumentKind.RESCHEDULE_NOTICE, DocumentKind.REMINDER_LETTER)


@require_safe
def document_list(request: HttpRequest) -> HttpResponse:
    """Every paper this person may see, newest first."""
    visible = Document.objects.visible_to(request.user).defer("html").select_related("receipt__signed_by")
    found = DocumentFilter(request.GET, visible)
    context = {**paged(request, found.qs), "form": found.form, "signed_for": SIGNED_FOR}
    return render(request, "papers/list.html", context)


@require_safe
@cache_control(private=True, no_store=True)
def document_pdf(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One paper as it was printed."""
    document = get_object_or_404(Document.objects.visible_to(request.user), pk=pk)
    response = HttpResponse(pdf_bytes(document), content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(
        as_attachment=False, filename=f"{document.number} {document.title}.pdf"
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
