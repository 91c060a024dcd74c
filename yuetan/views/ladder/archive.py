"""归档 of a measure that is over: taking its 卷宗."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from yuetan.views.files.case_files import ask_for_case_file
from yuetan.views.frame.request import Request
from yuetan.views.ladder.measures import visible_measure


@require_POST
def take_measure_file(request: Request, pk: UUID) -> HttpResponse:
    """Ask for it as a package or as one PDF. Raises Http404 for a measure the person may not see, or another form."""
    return ask_for_case_file(request, visible_measure(request.user, pk))
