"""A row as it is once nobody else acts on it, and what is no single row."""

from __future__ import annotations

from typing import TypeVar

from django.db import connection
from django.db.models import Model, QuerySet

One = TypeVar("One", bound=Model)


def hold_row(rows: QuerySet[One], key: object) -> One:
    """The row of this key, locked until the transaction ends, with what these rows are joined with.

    By two statements: in one, a row that had to be waited for comes as it is now, and what is joined to it as before.
    """
    QuerySet(rows.model).select_for_update(no_key=True).get(pk=key)
    return rows.get(pk=key)


def hold_whole(name: str) -> None:
    """Wait for whoever else holds this, and hold it until the transaction ends: where several rows are judged together,
    or rows that are not there yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [name])
