"""A lock of the database's session: it goes with the process that holds it, so that nothing is left half claimed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection


@contextmanager
def session_lock(key: UUID) -> Iterator[bool]:
    """Whether this process holds the lock of that key now; another's is not waited for."""
    number = int(key) & (2**63 - 1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [number])
        got_it = bool(cursor.fetchone()[0])
    try:
        yield got_it
    finally:
        if got_it:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [number])
