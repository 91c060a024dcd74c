"""归档台账."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yuetan.ledgers.archive import ArchiveLedger
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.pagination import paginate, query_without_place
from yuetan.views.frame.request import Request


@require_safe
def archive_list(request: Request) -> HttpResponse:
    """Closed cases, how long each is kept, which are due and which are held. Raises NotYours without the permission."""
    ledger, user = ArchiveLedger(), request.user
    require_permission(request, ledger.permission)
    archive_filter = ledger.filtered(user, request.GET)
    facts = paginate(request, ledger.with_relations(archive_filter.qs))
    context = {"rows": ledger.lines(facts["rows"], user), "filter": archive_filter}
    return render(request, "cases/archive_list.html", {**facts, **context, "query": query_without_place(request)})
