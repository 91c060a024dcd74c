"""常用筛选: kept by a person for themselves; nobody else sees it, and it shows nothing that its person may not see."""

from __future__ import annotations

from django.db import transaction

from yuetan.actions.step import refuse_uncited
from yuetan.models import SavedFilter, User
from yuetan.rules.refusals import finding

MAX_SAVED = 20  # of one person, of one ledger


@transaction.atomic
def save_filter(*, by: User, ledger: str, name: str, query: str) -> SavedFilter:
    """Keep a filter under a name, in place of one of that name. Raises Refused without a name, and for too many."""
    if not name:
        refuse_uncited([finding("filter_without_name", "name")])
    User.objects.select_for_update().get(pk=by.pk)
    own = SavedFilter.objects.filter(person=by, ledger=ledger)
    if own.exclude(name=name).count() >= MAX_SAVED:
        refuse_uncited([finding("filters_too_many", "name", most=MAX_SAVED)])
    saved, _ = own.update_or_create(name=name, defaults={"person": by, "ledger": ledger, "query": query})
    return saved


def drop_filter(saved: SavedFilter) -> None:
    """Forget a filter."""
    saved.delete()
