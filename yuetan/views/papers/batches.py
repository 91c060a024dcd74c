"""Many papers as one PDF or one zip: chosen in the list, made in the background."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from yuetan.actions.papers import batch as actions
from yuetan.errors import Refused
from yuetan.forms.papers.document import BatchForm
from yuetan.ledgers.papers.documents import DocumentLedger
from yuetan.models import Document
from yuetan.views.frame.request import Request
from yuetan.vocabulary import PreparedKind


@require_POST
def start_batch(request: Request) -> HttpResponse:
    """Ask for the papers ticked, or for all that the filter of the list finds.

    Raises Http404 for papers the person may not see.
    """
    visible = Document.objects.visible_to(request.user).defer("html")
    form = BatchForm(request.POST, papers=visible)
    if not form.is_valid():
        raise Http404
    documents = form.cleaned_data["documents"]
    if "everything" in request.POST:
        documents = DocumentLedger().filtered(request.user, request.GET).qs
    try:
        prepared = actions.request_papers(
            by=request.user,
            documents=list(documents[: actions.MAX_DOCUMENTS + 1]),
            form=PreparedKind(form.cleaned_data["form"]),
        )
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(f"{reverse('document_list')}?{request.GET.urlencode()}")
    return redirect("prepared_file", pk=prepared.pk)
