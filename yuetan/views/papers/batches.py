"""Many papers as one PDF or one zip: chosen in the list, made ready some at a request, fetched by who chose."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from yuetan.actions.papers import batch as actions
from yuetan.actions.papers.printing import record_printing
from yuetan.errors import Refused
from yuetan.forms.papers.document import BatchForm, DocumentFilter
from yuetan.models import Batch, Document
from yuetan.rules.files.file_kind import FileKind
from yuetan.views.files.files import file_answer
from yuetan.views.frame.request import Request
from yuetan.vocabulary import PrintMethod


@require_POST
def start_batch(request: Request) -> HttpResponse:
    """Begin with the papers ticked, or with all that the filter of the list finds.

    Raises Http404 for papers the person may not see.
    """
    visible = Document.objects.visible_to(request.user).defer("html")
    form = BatchForm(request.POST, papers=visible)
    if not form.is_valid():
        raise Http404
    batch_request = form.cleaned_data
    if "everything" in request.POST:
        batch_request["documents"] = DocumentFilter(request.GET, visible).qs
    try:
        batch = actions.start_batch(
            by=request.user,
            documents=list(batch_request["documents"][: actions.MAX_DOCUMENTS + 1]),
            form=PrintMethod(batch_request["form"]),
        )
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(f"{reverse('document_list')}?{request.GET.urlencode()}")
    return redirect("batch", pk=batch.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def batch_page(request: Request, pk: UUID) -> HttpResponse:
    """已准备 12/200; each POST makes some more ready and comes back, by itself where there are scripts."""
    batch = _own(request, pk)
    if request.method == "POST":
        actions.prepare_batch(batch, by=request.user)
        return redirect("batch", pk=pk)
    items = list(batch.items.select_related("document").defer("document__html", "document__facts"))
    context = {
        "batch": batch,
        "prepared": sum(item.prepared_at is not None for item in items),
        "total": len(items),
        "problems": [item for item in items if item.problem],
        "at_a_time": actions.AT_A_TIME,
    }
    return render(request, "papers/batch.html", context)


@require_POST
def batch_file(request: Request, pk: UUID) -> HttpResponseBase:
    """Fetch what was put together: each paper in it is written down, and must still be the person's to see.

    Raises Http404 before it is ready.
    """
    batch = _own(request, pk)
    if not batch.file:
        raise Http404
    papers = Document.objects.filter(pk__in=batch.items.filter(problem="").values("document"))
    record_printing(
        list(papers.select_related("case", "letter").defer("html")), by=request.user, method=PrintMethod(batch.form)
    )
    merged = batch.form == PrintMethod.MERGED
    name = f"文书{timezone.localtime(batch.made_at):%Y%m%d-%H%M}.{'pdf' if merged else 'zip'}"
    return file_answer(batch.file, name, FileKind.PDF.content_type if merged else "application/zip")


def _own(request: Request, pk: UUID) -> Batch:
    return get_object_or_404(Batch.objects.filter(made_by=request.user), pk=pk)
