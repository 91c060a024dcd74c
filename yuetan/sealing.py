"""Seals what a transaction has changed: each row's digest is chained at its end, before it is committed.

Triggers write down which rows were changed. Whoever changes a row past this program leaves it unsealed, or unlike its
seal, and `manage.py verify_record` names it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from itertools import groupby

from django.db import connection
from django.db.models import QuerySet
from psycopg2.extensions import cursor as Cursor  # noqa: N812 - the driver names its class like a variable

from yuetan.models.record.seal import ChangedRow
from yuetan.models.record.sealed_tables import SEALED_TABLES, empty_values, model_of, sealed_rows_sql
from yuetan.rules.dates import clock
from yuetan.rules.text.canonical_row import GONE, entry_digest, row_digest, row_text

AT_ONCE = 5000
MANY = 50  # chains, from which on one lock stands for all of them
LOCK = 7_316_403  # any number, the same for every process
# Deferred checks come first: what they lock must not be waited for by somebody who waits for a chain of ours.
_TAKE = """
    SET CONSTRAINTS ALL IMMEDIATE;
    DELETE FROM yuetan_changedrow WHERE id IN (
        SELECT id FROM yuetan_changedrow
        WHERE transaction = pg_current_xact_id_if_assigned()::text::bigint AND id > %s ORDER BY id LIMIT %s
    ) RETURNING id, table_name, row_key
"""
_LOCK_SOME = """
    SELECT pg_advisory_xact_lock_shared(%(lock)s);
    SELECT pg_advisory_xact_lock(%(lock)s, hash) FROM (
        SELECT DISTINCT hashtext(chain) AS hash FROM unnest(%(chains)s) AS chain ORDER BY hash
    ) AS hashes;
"""
_LOCK_ALL = "SELECT pg_advisory_xact_lock(%(lock)s);"
_HEADS = """
    SELECT wanted.name, head.number, head.digest FROM unnest(%(chains)s::text[]) AS wanted (name) CROSS JOIN LATERAL (
        SELECT number, digest FROM yuetan_seal WHERE chain = wanted.name ORDER BY number DESC LIMIT 1
    ) AS head
"""
_WRITE = """
    INSERT INTO yuetan_seal (chain, number, table_name, row_key, row_digest, sealed_at, digest)
    SELECT * FROM unnest(
        %s::text[], %s::int[], %s::text[], %s::text[], %s::text[], %s::timestamptz[], %s::text[]
    )
"""
_LAST_CHAINS = """
    SELECT DISTINCT ON (seal.table_name, seal.row_key) seal.table_name, seal.row_key, seal.row_digest, seal.chain
    FROM yuetan_seal AS seal JOIN unnest(%s::text[], %s::text[]) AS gone (name, key)
        ON seal.table_name = gone.name AND seal.row_key = gone.key
    ORDER BY seal.table_name, seal.row_key, seal.id DESC
"""
Row = tuple[str, str, str, str]  # chain, table, key, digest

_is_put_off: ContextVar[bool] = ContextVar("sealing_is_put_off", default=False)


@contextmanager
def sealing_put_off() -> Iterator[None]:
    """Seal nothing while the tables themselves are changed; `follow_sealed_tables` does it afterwards."""
    before = _is_put_off.set(True)
    try:
        yield
    finally:
        _is_put_off.reset(before)


def seal_before_commit(cursor: Cursor) -> None:
    """Seal what this transaction has changed; called with a cursor of the driver at its end."""
    if _is_put_off.get():
        return
    cursor.execute("SELECT pg_current_xact_id_if_assigned() IS NOT NULL")
    row = cursor.fetchone()
    if row and row[0]:  # else it has written nothing, and may be one that must not
        seal_transaction(cursor)


def seal_transaction(cursor: Cursor) -> int:
    """Seal now what this transaction has changed so far; returns how many rows were sealed."""
    sealed = last = 0
    while True:
        cursor.execute(_TAKE, [last, AT_ONCE])  # beyond the last: those before it are gone, and slow to pass by
        changed_rows = cursor.fetchall()
        if changed_rows:
            last = max(number for number, *_ in changed_rows)
            changed = sorted({(table, key) for _, table, key in changed_rows})
            _chain_up(cursor, _rows_now(cursor, changed))
            sealed += len(changed)
        if len(changed_rows) < AT_ONCE:  # to seal changes nothing that is sealed
            return sealed


def seal_table(table: str) -> int:
    """Seal every row of a table as it is now, for one that was not sealed until now; returns how many there are."""
    keys = [str(key) for key in QuerySet(model_of(table)).order_by("pk").values_list("pk", flat=True)]
    _seal_rows([(table, key) for key in keys])
    return len(keys)


def seal_rows_of(changed: QuerySet[ChangedRow]) -> None:
    """Seal the rows that are named there, as they are now."""
    _seal_rows(sorted(set(changed.values_list("table_name", "row_key"))))


def _seal_rows(rows: Sequence[tuple[str, str]]) -> None:
    with connection.cursor() as cursor:
        for place in range(0, len(rows), AT_ONCE):
            _chain_up(cursor, _rows_now(cursor, rows[place : place + AT_ONCE]))


def _rows_now(cursor: Cursor, changed: Sequence[tuple[str, str]]) -> Iterator[Row]:
    """The changed rows as they are, and of those that are no more the chain they were in."""
    gone = set(changed)
    keys_of = {name: [key for _, key in pairs] for name, pairs in groupby(changed, key=lambda pair: pair[0])}
    cursor.execute(" UNION ALL ".join(_query(name) for name in keys_of), list(keys_of.values()))
    for table, key, content, chain in cursor.fetchall():
        gone.discard((table, key))
        yield chain, table, key, digest_of(table, key, content)
    if gone:
        names, keys = zip(*sorted(gone), strict=True)
        cursor.execute(_LAST_CHAINS, [list(names), list(keys)])
        yield from ((chain, table, key, GONE) for table, key, digest, chain in cursor.fetchall() if digest != GONE)


def digest_of(table: str, key: str, content: str) -> str:
    """What is sealed of a row."""
    return row_digest(table, key, content, _empty(table), SEALED_TABLES[table].unsealed)


def text_of(table: str, key: str, content: str) -> str:
    """The form of a row of which that is the digest."""
    return row_text(table, key, content, _empty(table), SEALED_TABLES[table].unsealed)


@cache
def _empty(table: str) -> dict[str, object]:
    return empty_values(table)


@cache
def _query(table: str) -> str:
    kind = model_of(table)._meta.pk.db_type(connection) or "text"
    rows = sealed_rows_sql(table, f"t.{model_of(table)._meta.pk.column} = ANY(%s::{kind}[])")
    return f"SELECT '{table}', rows.* FROM ({rows}) AS rows"  # nosec B608 - names of our own


def _chain_up(cursor: Cursor, rows: Iterable[Row]) -> None:
    """Append the rows to their chains, which nobody else can do until this transaction ends."""
    rows = sorted(rows)
    chains = sorted({chain for chain, *_ in rows})
    if not chains:
        return
    values = {"chains": chains, "lock": LOCK}
    cursor.execute((_LOCK_ALL if len(chains) > MANY else _LOCK_SOME) + _HEADS, values)
    heads = {chain: (number, digest) for chain, number, digest in cursor.fetchall()}
    entries = []
    moment = clock.now()
    for chain, *row in rows:
        number, previous = heads.get(chain, (0, ""))
        table, key, digest = row
        heads[chain] = number + 1, entry_digest(previous, chain, number + 1, (table, key, digest), moment)
        entries.append((chain, number + 1, table, key, digest, moment, heads[chain][1]))
    cursor.execute(_WRITE, [list(column) for column in zip(*entries, strict=True)])
