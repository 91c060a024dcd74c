"""查验: every chain computed anew, every row of the record compared with its seal, every anchor with its file.

Everything is read in pieces, beside the running site: what is committed meanwhile is sealed, and each piece is read in
one statement.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Q

from yuetan.actions.record.anchor_record import anchor_faults
from yuetan.actions.record.check_records import WATCHERS
from yuetan.actions.record.named_rows import chain_name, row_name
from yuetan.alerts import send_alert
from yuetan.models import Alert, ChangedRow, RecordVerification, Seal, User
from yuetan.models.record.sealed_tables import SEALED_TABLES, model_of, sealed_rows_sql
from yuetan.rules.dates import clock
from yuetan.sealing import digest_of

AT_ONCE = 2000
_LAST_SEAL = """
    SELECT piece.*, (
        SELECT row_digest FROM yuetan_seal WHERE table_name = %s AND row_key = piece.key ORDER BY id DESC LIMIT 1
    ) FROM ({rows}) AS piece (key, content, chain)
"""
_VANISHED = """
    SELECT sealed.row_key, sealed.chain FROM (
        SELECT DISTINCT ON (row_key) row_key, row_digest, chain FROM yuetan_seal
        WHERE table_name = %s ORDER BY row_key, id DESC
    ) AS sealed WHERE sealed.row_digest <> ''
        AND NOT EXISTS (SELECT FROM {table} AS t WHERE t.{key}::text = sealed.row_key)
    ORDER BY sealed.row_key
"""


@dataclass
class Counts:
    """How much was verified."""

    entries: int = 0
    rows: int = 0


@dataclass(frozen=True)
class Fault:
    """What is otherwise, of a row or of a chain; it is put into words for who reads it, and only then."""

    problem: str
    chain: str = ""
    table: str = ""
    key: str = ""

    def __str__(self) -> str:
        if self.table:
            return f"{row_name(self.chain, self.table, self.key)}：{self.problem}"
        return f"{chain_name(self.chain)}的{self.problem}" if self.chain else self.problem


def verify_record() -> RecordVerification:
    """Verify the whole record and keep what came of it: the first fault in words, and how many there are."""
    began_at, counts = clock.now(), Counts()
    first, faults = "", 0
    for fault in record_faults(counts):
        first, faults = first or str(fault), faults + 1
    result = RecordVerification(began_at=began_at, entries=counts.entries, rows=counts.rows)
    result.faults, result.first_fault = faults, first
    result.save()
    return result


def verify_daily(today: date) -> dict[str, int]:
    """每日查验记录: alert the administrator and the auditor, once a day, where the record is not as it was sealed."""
    result = verify_record()
    occasion = f"verification:{today}"
    if result.faults and not Alert.objects.filter(key=occasion).exists():
        words = f"记录被改动：{result.first_fault}共 {result.faults} 处。请停止改动数据库，由系统维护人员查明来源。"
        send_alert(list(User.objects.in_roles(*WATCHERS)), key=occasion, words=words)
    return {"不符": result.faults}


def record_faults(counts: Counts) -> Iterator[Fault]:
    """Everything that is not as it was sealed, in words."""
    yield from _broken_chains(counts)
    for table in SEALED_TABLES:
        yield from row_faults(table, counts)
        yield from _vanished_rows(table)
    for changed in ChangedRow.objects.order_by("pk").iterator():
        yield Fault("被本系统以外的程序改过，没有封存。", table=changed.table_name, key=changed.row_key)
    yield from map(Fault, anchor_faults())


def _broken_chains(counts: Counts) -> Iterator[Fault]:
    """Each chain at the first entry that does not follow from the one before it."""
    chain, number, digest, broken = "", 0, "", ""
    while True:
        beyond = Q(chain__gt=chain) | Q(chain=chain, number__gt=number)
        entries = list(Seal.objects.filter(beyond).order_by("chain", "number")[:AT_ONCE])
        if not entries:
            return
        for entry in entries:
            previous = digest if entry.chain == chain else ""
            expected = number + 1 if entry.chain == chain else 1
            if broken != entry.chain and (entry.number != expected or entry.computed_digest(previous) != entry.digest):
                broken = entry.chain
                yield Fault(f"封存链在第 {entry.number} 条断开：该条与前一条不相接。", entry.chain)
            chain, number, digest = entry.chain, entry.number, entry.digest
        counts.entries += len(entries)


def row_faults(table: str, counts: Counts) -> Iterator[Fault]:
    """The rows of one table that are not as they were sealed, or were never sealed."""
    place = None
    while True:
        piece = _piece(table, place)
        for row_key, content, chain, sealed in piece:
            if sealed is None:
                yield Fault("没有封存，不是由本系统写入的。", chain, table, row_key)
            elif digest_of(table, row_key, content) != sealed:
                yield Fault("内容与封存时不一致。", chain, table, row_key)
        counts.rows += len(piece)
        if len(piece) < AT_ONCE:
            return
        place = piece[-1][0]


def _piece(table: str, place: str | None) -> list[tuple[str, str, str, str | None]]:
    """Rows beyond a key in its order: key, content, chain and the last digest that was sealed."""
    key = model_of(table)._meta.pk.column
    beyond = "TRUE" if place is None else f"t.{key} > %s::{model_of(table)._meta.pk.db_type(connection)}"
    rows = sealed_rows_sql(table, f"{beyond} ORDER BY t.{key} LIMIT {AT_ONCE}")
    with connection.cursor() as cursor:
        cursor.execute(_LAST_SEAL.format(rows=rows), [table] if place is None else [table, place])
        return cursor.fetchall()


def _vanished_rows(table: str) -> Iterator[Fault]:
    model = model_of(table)
    with connection.cursor() as cursor:
        cursor.execute(_VANISHED.format(table=model._meta.db_table, key=model._meta.pk.column), [table])
        while piece := cursor.fetchmany(AT_ONCE):
            for key, chain in piece:
                yield Fault("封存之后被删除。", chain, table, key)
