"""Files of 信息报送, for whoever sees the report, and the proof of a mark for the office."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from yuetan.models import ReportFile
from yuetan.views.files.files import download_answer, page_answer, preview_answer
from yuetan.views.frame.request import Request


@require_safe
def report_file(request: Request, pk: UUID) -> HttpResponseBase:
    """What was reported as a file, or the proof of a mark, as a download."""
    return download_answer(request, _report_file(request, pk))


@require_safe
def report_file_preview(request: Request, pk: UUID) -> HttpResponse:
    """One of them, shown."""
    return preview_answer(request, _report_file(request, pk))


@require_safe
def report_file_page(request: Request, pk: UUID, number: int) -> HttpResponseBase:
    """One page of it, as a picture."""
    return page_answer(request, _report_file(request, pk), number)


def _report_file(request: Request, pk: UUID) -> ReportFile:
    reports = ("version__report", "mark__report")
    related = [f"{each}__{name}" for each in reports for name in ("unit__parent", "period__scheme")]
    return get_object_or_404(ReportFile.objects.visible_to(request.user).select_related(*related), pk=pk)
