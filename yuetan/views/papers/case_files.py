"""取卷宗: asking for the 卷宗 of a closed case."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from yuetan.views.case.lookup import visible_case
from yuetan.views.files.case_files import ask_for_case_file
from yuetan.views.frame.request import Request


@require_POST
def take_case_file(request: Request, pk: UUID) -> HttpResponse:
    """Ask for it as a package or as one PDF. Raises Http404 for a case the person may not see, or another form."""
    return ask_for_case_file(request, visible_case(request.user, pk))
