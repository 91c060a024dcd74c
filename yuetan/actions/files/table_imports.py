"""Tables that were brought in: what stood in them goes after some days."""

from __future__ import annotations

from datetime import date, timedelta

from yuetan.models import TableImport
from yuetan.rules.dates import clock
from yuetan.vocabulary import ImportState

KEPT_DAYS = 7


def purge_imports(today: date) -> dict[str, int]:
    """Take away after some days what stood in tables, and passwords that nobody fetched; the row stays as a record."""
    old = TableImport.objects.filter(asked_at__lt=clock.now() - timedelta(days=KEPT_DAYS))
    old = old.exclude(status=ImportState.CONFIRMED)  # whose rows a worker has still to take in
    kept = old.exclude(rows=[], outcomes=[], initial_passwords=[])
    open_ones = kept.filter(status__in=(ImportState.WAITING, ImportState.CHECKED))
    dropped = open_ones.update(status=ImportState.DROPPED, ended_at=clock.now())
    return {"dropped": dropped, "imports": kept.update(rows=[], outcomes=[], initial_passwords=[])}
