"""存证: once a day the heads of all chains become one line, in the database and in a file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from yuetan.actions.record.named_rows import chain_name
from yuetan.alerts import send_alert
from yuetan.file_storage import sync_to_disk
from yuetan.models import Anchor, AnchoredHead, User
from yuetan.rules.dates import clock
from yuetan.rules.text.canonical_row import anchor_digest
from yuetan.vocabulary import Role

# Of each chain its last entry, where that is not the one of the last anchor that names the chain.
_HEADS = """
    SELECT chain, number, digest FROM (
        SELECT DISTINCT ON (chain) chain, number, digest FROM yuetan_seal
        WHERE id > %s ORDER BY chain, number DESC
    ) AS head WHERE NOT EXISTS (
        SELECT FROM yuetan_anchoredhead AS anchored WHERE anchored.chain = head.chain AND anchored.number >= head.number
    ) ORDER BY chain
"""
_WRITE_HEADS = """
    INSERT INTO yuetan_anchoredhead (anchor_id, chain, number, digest)
    SELECT %s, * FROM unnest(%s::text[], %s::int[], %s::text[])
"""
_UNLIKE_SEALED = """
    SELECT DISTINCT ON (head.anchor_id) head.anchor_id, head.chain, head.number FROM yuetan_anchoredhead AS head
    LEFT JOIN yuetan_seal AS seal ON seal.chain = head.chain AND seal.number = head.number
    WHERE seal.digest IS DISTINCT FROM head.digest ORDER BY head.anchor_id, head.chain
"""
AT_ONCE = 5000
MARGIN = 100_000  # entries that may have been committed after later ones


@transaction.atomic
def anchor_record(today: date) -> dict[str, int]:
    """Anchor the record once a day: a line over every chain that went on, kept as a file, and told to the auditors.

    Raises OSError where the file cannot be written; then there is no anchor either, and the next run makes it.
    """
    last = Anchor.objects.newest_first().first()
    if last is not None and timezone.localdate(last.made_at) >= today:
        return {"chains": 0}
    heads, last_entry = _heads_since(last)
    number, previous, moment = (last.number + 1, last.digest, clock.now()) if last else (1, "", clock.now())
    digest = anchor_digest(previous, number, moment, heads)
    anchor = Anchor.objects.create(
        number=number, made_at=moment, chains=len(heads), last_entry=last_entry, previous=previous, digest=digest
    )
    with connection.cursor() as cursor:
        columns = [list(column) for column in zip(*heads, strict=True)] or [[], [], []]
        cursor.execute(_WRITE_HEADS, [anchor.pk, *columns])
    _write_file(anchor)
    words = f"记录存证第 {number} 号已生成，存证值 {anchor.spaced_digest}。请打印存证单，核对后签字存档。"
    send_alert(list(User.objects.in_roles(Role.SECURITY_AUDITOR)), key=f"anchor:{number}", words=words)
    return {"chains": len(heads)}


def _heads_since(last: Anchor | None) -> tuple[list[tuple[str, int, str]], int]:
    since = max(last.last_entry - MARGIN, 0) if last else 0
    with connection.cursor() as cursor:
        cursor.execute(_HEADS, [since])
        heads = cursor.fetchall()
        cursor.execute("SELECT COALESCE(max(id), 0) FROM yuetan_seal")
        row = cursor.fetchone()
    return heads, row[0] if row else 0


def _write_file(anchor: Anchor) -> None:
    """Whole and on the disk before the anchor is kept: a file that a power cut empties contradicts it for ever."""
    file = anchor_file(anchor)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = file.with_suffix(".new")
    new.write_text(f"{anchor.line}\n", encoding="utf-8")
    sync_to_disk(new)
    new.replace(file)
    sync_to_disk(file.parent)


def anchor_file(anchor: Anchor) -> Path:
    """Where its line is kept outside the database."""
    return settings.ANCHORS / f"{anchor.number:06}.txt"


def anchor_faults() -> Iterator[str]:
    """Every anchor that does not follow from the one before it, from the chains or that its file contradicts."""
    previous, unlike = "", _unlike_sealed()
    for number, (anchor, heads) in enumerate(_with_heads(), 1):
        named = f"记录存证第 {anchor.number} 号"
        wanted = anchor_digest(anchor.previous, anchor.number, anchor.made_at, heads)
        if (anchor.number, anchor.previous, anchor.digest) != (number, previous, wanted):
            yield f"{named}：与前一号或者所存的各链不相接。"
        elif anchor.pk in unlike:
            chain, place = unlike[anchor.pk]
            yield f"{named}：{chain_name(chain)}的封存链第 {place} 条已不是存证时的那一条。"
        yield from (f"{named}：{problem}" for problem in _file_problems(anchor))
        previous = anchor.digest


def _with_heads() -> Iterator[tuple[Anchor, list[tuple[str, int, str]]]]:
    """Every anchor with the heads of chains that it stands for, the first before the second."""
    rows = AnchoredHead.objects.order_by("anchor__number", "chain").values_list("anchor", "chain", "number", "digest")
    heads = groupby(rows.iterator(chunk_size=AT_ONCE), key=lambda row: row[0])
    of, own = next(heads, (None, iter(())))
    for anchor in Anchor.objects.order_by("number"):
        if anchor.pk != of:
            yield anchor, []
            continue
        yield anchor, [(chain, number, digest) for _, chain, number, digest in own]
        of, own = next(heads, (None, iter(())))


def _unlike_sealed() -> dict[int, tuple[str, int]]:
    """Of each anchor the first chain that does not lead through its head any more."""
    with connection.cursor() as cursor:
        cursor.execute(_UNLIKE_SEALED)
        return {anchor: (chain, number) for anchor, chain, number in cursor.fetchall()}


def _file_problems(anchor: Anchor) -> Iterator[str]:
    try:
        line = anchor_file(anchor).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        yield "存证文件不在原处。"
        return
    if line != anchor.line:
        yield "存证文件与数据库不一致。"
