"""查验: every chain computed anew, every row of the record compared with its seal, every anchor with its file.

Everything is read in pieces, beside the running site: what is committed meanwhile is sealed, and each piece is read in
one statement. The daily run of a large office looks at a part of it each day (`verified_part.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db import connection
from django.db.models import Q

from yuetan.actions.record.anchor_record import MARGIN, anchor_faults
from yuetan.actions.record.check_records import WATCHERS
from yuetan.actions.record.named_rows import chain_name, row_name
from yuetan.actions.record.verified_part import WHOLE, Part, last_entry, part_of_day
from yuetan.alerts import send_alert
from yuetan.models import Alert, ChangedRow, RecordVerification, Seal, User
from yuetan.models.record.sealed_tables import SEALED_TABLES, model_of, sealed_rows_sql
from yuetan.rules.dates import clock
from yuetan.rules.text.canonical_row import GONE
from yuetan.sealing import digest_of

AT_ONCE = 2000
SealedRow = tuple[str, str, str, str | None]  # key, content, chain, and the last digest that was sealed
_LAST_SEAL = """
    SELECT piece.*, (
        SELECT row_digest FROM yuetan_seal WHERE table_name = %s AND row_key = piece.key ORDER BY id DESC LIMIT 1
    ) FROM ({rows}) AS piece (key, content, chain)
"""
_VANISHED = """
    SELECT sealed.row_key, sealed.chain FROM (
        SELECT DISTINCT ON (row_key) row_key, row_digest, chain FROM yuetan_seal
        WHERE table_name = %s AND {part} ORDER BY row_key, id DESC
    ) AS sealed WHERE sealed.row_digest <> ''
        AND NOT EXISTS (SELECT FROM {table} AS t WHERE t.{key}::text = sealed.row_key)
    ORDER BY sealed.row_key
"""

# What was sealed since an entry, each with the entry before it in its chain.
_NEW_ENTRIES = """
    SELECT seal.id, seal.chain, seal.number, seal.table_name, seal.row_key, seal.row_digest, seal.sealed_at,
        seal.digest, before.digest
    FROM yuetan_seal AS seal
    LEFT JOIN yuetan_seal AS before ON before.chain = seal.chain AND before.number = seal.number - 1
    WHERE seal.id > %s ORDER BY seal.id LIMIT %s
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


def verify_record(part: Part = WHOLE) -> RecordVerification:
    """Verify the record or a part of it, and keep what came of it: the first fault in words, and how many there are."""
    began_at, counts, known = clock.now(), Counts(), last_entry()
    first, faults = "", 0
    for fault in record_faults(counts, part):
        first, faults = first or str(fault), faults + 1
    result = RecordVerification(began_at=began_at, entries=counts.entries, rows=counts.rows)
    result.faults, result.first_fault, result.parts, result.last_entry = faults, first, part.words, known
    result.save()
    return result


def verify_daily(today: date) -> dict[str, int]:
    """每日查验记录: alert the administrator and the auditor, once a day, where the record is not as it was sealed.

    What is new, and the part of the day; everything while there is little, or once something was found.
    """
    result = verify_record(part_of_day(today))
    occasion = f"verification:{today}"
    if result.faults and not Alert.objects.filter(key=occasion).exists():
        words = f"记录被改动：{result.first_fault}共 {result.faults} 处。请停止改动数据库，由系统维护人员查明来源。"
        send_alert(list(User.objects.in_roles(*WATCHERS)), key=occasion, words=words)
    return {"不符": result.faults}


def record_faults(counts: Counts, part: Part = WHOLE) -> Iterator[Fault]:
    """Everything that is not as it was sealed, in words; of a part what is new and what belongs to it, each once."""
    seen = set[Fault]()
    for fault in _all_faults(counts, part):
        if fault not in seen:
            seen |= set() if part.is_whole else {fault}  # what is new may belong to the part as well
            yield fault


def _all_faults(counts: Counts, part: Part) -> Iterator[Fault]:
    yield from _broken_chains(counts, part)
    if not part.is_whole:
        yield from _new_faults(counts, part)
    for table in SEALED_TABLES:
        yield from row_faults(table, counts, part)
        yield from _vanished_rows(table, part)
    for changed in ChangedRow.objects.order_by("pk").iterator():
        yield Fault("被本系统以外的程序改过，没有封存。", table=changed.table_name, key=changed.row_key)
    yield from map(Fault, anchor_faults(part.has_anchor))


def _broken_chains(counts: Counts, part: Part) -> Iterator[Fault]:
    """Each chain at the first entry that does not follow from the one before it."""
    chain, number, digest, broken = "", 0, "", ""
    own = Seal.objects.extra(where=[part.condition("chain")])  # nosec B610 - made of numbers
    while True:
        beyond = Q(chain__gt=chain) | Q(chain=chain, number__gt=number)
        entries = list(own.filter(beyond).order_by("chain", "number")[:AT_ONCE])
        if not entries:
            return
        for entry in entries:
            previous = digest if entry.chain == chain else ""
            expected = number + 1 if entry.chain == chain else 1
            if broken != entry.chain and (entry.number != expected or entry.computed_digest(previous) != entry.digest):
                broken = entry.chain
                yield _broken(entry)
            chain, number, digest = entry.chain, entry.number, entry.digest
        counts.entries += len(entries)


def _broken(entry: Seal) -> Fault:
    return Fault(f"封存链在第 {entry.number} 条断开：该条与前一条不相接。", entry.chain)


def _new_faults(counts: Counts, part: Part) -> Iterator[Fault]:
    """What was sealed since the last verification: each entry against the one before it, and the row that it is of."""
    last, broken = max(part.since - MARGIN, 0), set[str]()
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_NEW_ENTRIES, [last, AT_ONCE])
            entries = [(Seal(*values), previous) for *values, previous in cursor.fetchall()]
        if not entries:
            return
        for entry, previous in entries:
            is_first = entry.number == 1
            follows = (previous is None) == is_first and entry.computed_digest(previous or "") == entry.digest
            if not follows and entry.chain not in broken:
                broken.add(entry.chain)
                yield _broken(entry)
        yield from _faults_of_rows({(entry.table_name, entry.row_key) for entry, _ in entries}, counts)
        counts.entries += len(entries)
        last = entries[-1][0].pk


def _faults_of_rows(rows: set[tuple[str, str]], counts: Counts) -> Iterator[Fault]:
    """Those among these rows that are not as they were sealed last, or are gone."""
    for table, pairs in groupby(sorted(rows), key=lambda pair: pair[0]):
        if table not in SEALED_TABLES:
            continue
        keys = [key for _, key in pairs]
        column, kind = _key(table)
        there = _sealed(table, f"t.{column} = ANY(%s::{kind}[])", [keys])
        yield from _otherwise(table, there)
        counts.rows += len(there)
        gone = sorted(set(keys) - {key for key, *_ in there})
        last = Seal.objects.filter(table_name=table, row_key__in=gone).order_by("row_key", "-pk").distinct("row_key")
        yield from (Fault("封存之后被删除。", one.chain, table, one.row_key) for one in last if one.row_digest != GONE)


def row_faults(table: str, counts: Counts, part: Part = WHOLE) -> Iterator[Fault]:
    """The rows of one table that are not as they were sealed, or were never sealed."""
    place = None
    while True:
        piece = _piece(table, place, part)
        yield from _otherwise(table, piece)
        counts.rows += len(piece)
        if len(piece) < AT_ONCE:
            return
        place = piece[-1][0]


def _otherwise(table: str, rows: Sequence[SealedRow]) -> Iterator[Fault]:
    for row_key, content, chain, sealed in rows:
        if sealed is None:
            yield Fault("没有封存，不是由本系统写入的。", chain, table, row_key)
        elif digest_of(table, row_key, content) != sealed:
            yield Fault("内容与封存时不一致。", chain, table, row_key)


def _piece(table: str, place: str | None, part: Part) -> list[SealedRow]:
    """Rows of a part beyond a key, in its order."""
    column, kind = _key(table)
    beyond = "TRUE" if place is None else f"t.{column} > %s::{kind}"
    own = part.condition(f"t.{column}::text")
    return _sealed(table, f"{beyond} AND {own} ORDER BY t.{column} LIMIT {AT_ONCE}", [] if place is None else [place])


def _sealed(table: str, condition: str, values: Sequence[str | list[str]]) -> list[SealedRow]:
    """Rows as they are, each with the last digest that was sealed."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST_SEAL.format(rows=sealed_rows_sql(table, condition)), [table, *values])
        return cursor.fetchall()


def _key(table: str) -> tuple[str, str]:
    """The column of its key, and what kind that is."""
    key = model_of(table)._meta.pk
    return str(key.column), key.db_type(connection) or "text"


def _vanished_rows(table: str, part: Part) -> Iterator[Fault]:
    named = {"table": model_of(table)._meta.db_table, "key": _key(table)[0], "part": part.condition("row_key")}
    with connection.cursor() as cursor:
        cursor.execute(_VANISHED.format(**named), [table])
        while piece := cursor.fetchmany(AT_ONCE):
            for key, chain in piece:
                yield Fault("封存之后被删除。", chain, table, key)
