"""Files of a round, for the office and the leaders."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from yuetan.models import RoundFile
from yuetan.views.files.files import download_answer, page_answer, preview_answer
from yuetan.views.frame.request import Request


@require_safe
def paper(request: Request, pk: UUID) -> HttpResponseBase:
    """A photo or paper of a finding, or the signed sheet of a conclusion, as a download."""
    return download_answer(request, _round_file(request, pk))


@require_safe
def paper_preview(request: Request, pk: UUID) -> HttpResponse:
    """One of them, shown."""
    return preview_answer(request, _round_file(request, pk))


@require_safe
def paper_page(request: Request, pk: UUID, number: int) -> HttpResponseBase:
    """One page of it, as a picture."""
    return page_answer(request, _round_file(request, pk), number)


def _round_file(request: Request, pk: UUID) -> RoundFile:
    visible = RoundFile.objects.visible_to(request.user)
    paths = ("visit", "finding__visit")
    related = [f"{path}__{name}" for path in paths for name in ("round", "unit__parent")]
    shown: RoundFile = get_object_or_404(visible.select_related(*related), pk=pk)
    return shown
