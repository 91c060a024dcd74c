"""Statements composed of identifiers and values."""

from __future__ import annotations

from typing import Any

from django.db import connection
from psycopg2 import sql


def execute(statement: str, **parts: object) -> list[tuple[Any, ...]]:
    """Run a statement with its `{parts}` filled in, SQL as it is and anything else as a value; returns its rows."""
    filled = {name: part if isinstance(part, sql.Composable) else sql.Literal(part) for name, part in parts.items()}
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(**filled).as_string(cursor.connection))
        return cursor.fetchall() if cursor.description else []
