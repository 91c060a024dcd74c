"""督办单台账."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yuetan.ledgers.deadline_lights import note_under
from yuetan.ledgers.rectification.supervisions import SupervisionLedger
from yuetan.views.frame.ledger_page import ledger_page
from yuetan.views.frame.request import Request


@require_safe
def supervision_list(request: Request) -> HttpResponse:
    """Every 督办单 this person may see."""
    facts = ledger_page(request, SupervisionLedger())
    provisional = note_under(row["deadline"] for row in facts["rows"])
    return render(request, "tasks/supervisions.html", {**facts, "provisional": provisional})
