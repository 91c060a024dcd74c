"""What every page of a ledger shows, on the screen and as it is printed."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from yuetan.ledgers.ledger import Ledger
from yuetan.views.frame.pagination import PAGE_LENGTH, paginate, query_without_place
from yuetan.views.frame.request import Request

PRINT = "print"  # asks for long pages, to be printed
PRINTED_LENGTH = 500  # lines of such a page


def ledger_page(request: Request, ledger: Ledger) -> dict[str, Any]:
    """A page of the lines that the address asks for, with the filter; with ?print=1 a long one, to be printed."""
    printed = PRINT in request.GET
    ledger_filter = ledger.filtered(request.user, request.GET)
    length = PRINTED_LENGTH if printed else PAGE_LENGTH
    facts = paginate(request, ledger.with_relations(ledger_filter.qs), length)
    return {
        "rows": ledger.lines(facts["rows"], request.user),
        "page": facts["page"],
        "filter": ledger_filter,
        "ledger": ledger,
        "query": asked_for(request),
        "printed": printed,
        "printed_length": PRINTED_LENGTH,
    }


def asked_for(request: Request) -> str:
    """What the address asks for, without the place in the list and whether it is printed."""
    query = QueryDict(query_without_place(request), mutable=True)
    query.pop(PRINT, None)
    return query.urlencode()
