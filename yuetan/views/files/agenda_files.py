"""Papers of an item of an agenda, for whoever sees the item."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from yuetan.models import AgendaFile
from yuetan.views.files.files import download_answer, page_answer, preview_answer
from yuetan.views.frame.request import Request


@require_safe
def paper(request: Request, pk: UUID) -> HttpResponseBase:
    """One of them, as a download."""
    return download_answer(request, _agenda_file(request, pk))


@require_safe
def paper_preview(request: Request, pk: UUID) -> HttpResponse:
    """One of them, shown."""
    return preview_answer(request, _agenda_file(request, pk))


@require_safe
def paper_page(request: Request, pk: UUID, number: int) -> HttpResponseBase:
    """One page of it, as a picture."""
    return page_answer(request, _agenda_file(request, pk), number)


def _agenda_file(request: Request, pk: UUID) -> AgendaFile:
    visible = AgendaFile.objects.visible_to(request.user)
    shown: AgendaFile = get_object_or_404(visible.select_related("item__meeting"), pk=pk)
    return shown
