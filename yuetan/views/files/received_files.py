"""Scans of 三书一函, for whoever sees the letter."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from yuetan.models import ReceivedPaper
from yuetan.views.files.files import download_answer, page_answer, preview_answer
from yuetan.views.frame.request import Request


@require_safe
def paper(request: Request, pk: UUID) -> HttpResponseBase:
    """The scan of a letter or of a reply, as a download."""
    return download_answer(request, _received_paper(request, pk))


@require_safe
def paper_preview(request: Request, pk: UUID) -> HttpResponse:
    """One of them, shown."""
    return preview_answer(request, _received_paper(request, pk))


@require_safe
def paper_page(request: Request, pk: UUID, number: int) -> HttpResponseBase:
    """One page of it, as a picture."""
    return page_answer(request, _received_paper(request, pk), number)


def _received_paper(request: Request, pk: UUID) -> ReceivedPaper:
    visible = ReceivedPaper.objects.visible_to(request.user)
    related = (f"{of}letter__unit__parent" for of in ("", "reply__", "closing__", "due_change__"))
    return get_object_or_404(visible.select_related(*related), pk=pk)
