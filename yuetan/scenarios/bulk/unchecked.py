"""Writing very many copies: what was asked of the first of them is not asked of each again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from typing import TypeVar

from psycopg2 import sql

from yuetan.database.statements import execute

Batch = TypeVar("Batch")
# Those that tell rows apart stay: keys lead to them.
INDEXES = """
    SELECT each.indexrelid::regclass::text, pg_get_indexdef(each.indexrelid)
    FROM pg_index AS each JOIN pg_class AS own ON own.oid = each.indrelid
    WHERE own.relname = ANY({tables}) AND NOT each.indisunique AND NOT each.indisexclusion
"""


@contextmanager
def unchecked(tables: Iterable[str]) -> Iterator[None]:
    """Let these tables be written without their triggers and foreign keys; their indexes are made once, at the end.

    For databases to measure with, whose rows are copies of such as were checked. Only a superuser may do so; must be
    called in a transaction, when no check is put off any more.
    """
    indexes = execute(INDEXES, tables=list(tables))
    for name, _ in indexes:
        execute("DROP INDEX {index}", index=sql.SQL(name))
    execute("SET LOCAL session_replication_role = replica")
    yield
    execute("SET LOCAL session_replication_role = origin")
    execute("SET LOCAL maintenance_work_mem = '512MB'")
    for _, definition in indexes:
        execute(definition.replace("{", "{{").replace("}", "}}"))


def write_batches(
    tables: Iterable[str], batches: Iterable[Batch], write: Callable[[Batch], None], *, is_checked: bool
) -> None:
    """Write one batch after the other; without `is_checked`, all but the first with these tables unchecked."""
    first, *others = batches
    write(first)
    with nullcontext() if is_checked else unchecked(tables):
        for batch in others:
            write(batch)
