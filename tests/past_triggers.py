"""Straight SQL that somebody runs past the triggers, and rows as versions before them had left them."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from yuetan.embedded_database import APPLICATION


@contextmanager
def past_triggers() -> Iterator[None]:
    """Inside, no trigger guards anything; what was lawfully done before is settled first."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("SET LOCAL ROLE NONE")  # whoever owns the tables
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")
        cursor.execute(f"SET LOCAL ROLE {APPLICATION}")
