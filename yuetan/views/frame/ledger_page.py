"""What every page of a ledger shows, on the screen and as it is printed."""

from __future__ import annotations

from typing import TypedDict

from django.http import QueryDict
from django_filters import FilterSet

from yuetan.ledgers.ledger import Ledger, Line
from yuetan.views.frame.pagination import PageLinks, paginate, query_without_place
from yuetan.views.frame.request import Request

PRINT = "print"  # asks for long pages, to be printed
PRINTED_LENGTH = 500  # lines of such a page


class LedgerPage(TypedDict):
    """What list.html, ledger_actions.html and ledger_filter.html need."""

    rows: list[Line]
    page: PageLinks
    filter: FilterSet
    ledger: Ledger
    query: str
    printed: bool
    printed_length: int


def ledger_page(request: Request, ledger: Ledger) -> LedgerPage:
    """A page of the lines that the address asks for, with the filter; with ?print=1 a long one, to be printed."""
    printed = PRINT in request.GET
    ledger_filter = ledger.filtered(request.user, request.GET)
    rows = ledger.with_relations(ledger_filter.qs)
    facts = paginate(request, rows, PRINTED_LENGTH if printed else None)
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
