"""取卷宗: asking for the 卷宗 of a closed case."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from yuetan.actions.record import case_file as actions
from yuetan.errors import Refused
from yuetan.views.case.lookup import visible_case
from yuetan.views.files.prepared_files import OF_CASES
from yuetan.views.frame.request import Request
from yuetan.vocabulary import PreparedKind


@require_POST
def take_case_file(request: Request, pk: UUID) -> HttpResponse:
    """Ask for it as a package or as one PDF. Raises Http404 for a case the person may not see, or another form."""
    case = visible_case(request.user, pk)
    form = request.POST.get("form", "")
    if form not in OF_CASES:
        raise Http404
    try:
        prepared = actions.request_case_file(case, by=request.user, form=PreparedKind(form))
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("case", pk=case.pk)
    return redirect("prepared_file", pk=prepared.pk)
