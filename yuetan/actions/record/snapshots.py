"""Reading very many rows piece by piece, each piece with all that is compared with it as it was at one moment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import connection, transaction
from django.db.models import Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)


@contextmanager
def at_one_moment() -> Iterator[None]:
    """A transaction that sees nothing of what is committed meanwhile; within somebody else's, that one as it is."""
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def pieces(rows: QuerySet[Row], size: int, order: Sequence[str] = ("pk",)) -> Iterator[list[Row]]:
    """These rows in order, so many at a time; each piece and what is asked until the next is as it was at one moment.

    No transaction lasts longer than a piece: what the database must keep for it would grow with all that is done.
    """
    last: Row | None = None
    while True:
        with at_one_moment():
            piece = list(_rows_after(rows.order_by(*order), last, order)[:size])
            yield piece
        if len(piece) < size:
            return
        last = piece[-1]


def _rows_after(rows: QuerySet[Row], last: Row | None, order: Sequence[str]) -> QuerySet[Row]:
    """Those after the last in this order, which are found by an index over its fields."""
    if last is None:
        return rows
    first, *others = order
    values: dict[str, Any] = {name: getattr(last, name) for name in order}
    if not others:
        return rows.filter(**{f"{first}__gt": values[first]})
    *alike, lowest = order
    upto = Q(**{name: values[name] for name in alike}, **{f"{lowest}__lte": values[lowest]})
    return rows.filter(**{f"{first}__gte": values[first]}).exclude(upto)
