"""归档台账."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yuetan.ledgers.record.archive import ArchiveLedger
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.ledger_page import ledger_page
from yuetan.views.frame.request import Request


@require_safe
def archive_list(request: Request) -> HttpResponse:
    """Closed cases, how long each is kept, which are due and which are held. Raises NotYours without the permission."""
    ledger = ArchiveLedger()
    require_permission(request, ledger.permission)
    return render(request, "cases/archive_list.html", {**ledger_page(request, ledger)})
