"""Files of an assessment, for whoever sees the score or the objection that they prove."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from yuetan.models import AssessmentPaper
from yuetan.views.files.files import download_answer, page_answer, preview_answer
from yuetan.views.frame.request import Request


@require_safe
def paper(request: Request, pk: UUID) -> HttpResponseBase:
    """The proof of a score or of an objection, as a download."""
    return download_answer(request, _assessment_paper(request, pk))


@require_safe
def paper_preview(request: Request, pk: UUID) -> HttpResponse:
    """One of them, shown."""
    return preview_answer(request, _assessment_paper(request, pk))


@require_safe
def paper_page(request: Request, pk: UUID, number: int) -> HttpResponseBase:
    """One page of it, as a picture."""
    return page_answer(request, _assessment_paper(request, pk), number)


def _assessment_paper(request: Request, pk: UUID) -> AssessmentPaper:
    visible = AssessmentPaper.objects.visible_to(request.user)
    related = (
        "score__assessment",
        "score__unit__parent",
        "objection__sheet__assessment",
        "correction__sheet__assessment",
    )
    return get_object_or_404(visible.select_related(*related), pk=pk)
