"""What a step writes last, and nothing in it reads any more: sent in one go, for a step waits for each answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.db import connection

# A go of several statements says itself which tables it writes, for whoever watches what is sent.
WRITES = "/* writes {tables} */ "
SAYS_WHAT = re.compile(r"/\* writes ([\w ]+) \*/")


class LastWrites:
    """Statements that are kept until `send`, in their order."""

    def __init__(self) -> None:
        self._statements: list[str] = []
        self._values: list[Any] = []
        self._tables: list[str] = []

    def add(self, statement: str, values: Sequence[object], *tables: str) -> None:
        """Keep a statement with its values; these tables, named as the database names them, are written by it."""
        self._statements.append(statement)
        self._values += values
        self._tables += tables

    def has_of(self, tables: frozenset[str]) -> bool:
        """Whether one of these tables is to be written."""
        return not tables.isdisjoint(self._tables)

    def send(self) -> None:
        """Write all of it; nothing where there is nothing."""
        if self._statements:
            with connection.cursor() as cursor:
                cursor.execute(writing(self._tables) + "; ".join(self._statements), self._values)
        self._statements, self._values, self._tables = [], [], []


def writing(tables: Sequence[str]) -> str:
    """What stands before a go that does not begin with the name of every table it writes."""
    return WRITES.format(tables=" ".join(dict.fromkeys(tables)))
