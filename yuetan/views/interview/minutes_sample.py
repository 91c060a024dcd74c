"""样稿 of minutes that are not issued yet, to be read on paper before they are confirmed or commented on."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from yuetan.actions.interview.minutes_sample import may_read_unissued, take_minutes_sample
from yuetan.documents.pdf import render_pdf
from yuetan.documents.preview import preview
from yuetan.views.case.lookup import visible_case
from yuetan.views.case.page_context import paper_fragment
from yuetan.views.files.files import pdf_answer
from yuetan.views.frame.request import Request
from yuetan.vocabulary import DocumentKind


@require_http_methods(["GET", "HEAD", "POST"])
def minutes_sample(request: Request, pk: UUID) -> HttpResponse:
    """The text as it would be printed; posted to, its PDF. Raises Http404 for who may not read it, or once issued."""
    case = visible_case(request.user, pk)
    if request.method == "POST":
        return pdf_answer(render_pdf(take_minutes_sample(case, by=request.user)), "纪要样稿.pdf", as_attachment=True)
    if not may_read_unissued(case, request.user):
        raise Http404
    paper = paper_fragment(preview(DocumentKind.MINUTES, case))
    return render(request, "cases/minutes_sample.html", {"case": case, "paper": paper})
