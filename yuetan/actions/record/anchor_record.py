"""存证: once a day the heads of all chains become one line, in the database and in a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
    WHERE seal.digest IS DISTINCT FROM head.digest AND head.anchor_id = ANY(%s) ORDER BY head.anchor_id, head.chain
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


def anchor_faults(is_its_turn: Callable[[int], bool] = lambda number: True) -> Iterator[str]:
    """Every anchor that does not follow from the one before it, from the chains or that its file contradicts.

    The heads of chains behind an anchor are read where it is its turn, by its number, and those of the last two: the
    newest was made of whatever is there today, so that it is the one before which contradicts what was changed since.
    Of another only what it says itself.
    """
    anchors = list(Anchor.objects.order_by("number"))
    looked_at = [anchor.pk for anchor in anchors if is_its_turn(anchor.number) or anchor in anchors[-2:]]
    previous, unlike, heads_of = "", _unlike_sealed(looked_at), _heads_in_order(looked_at)
    for number, anchor in enumerate(anchors, 1):
        named = f"记录存证第 {anchor.number} 号"
        wanted = anchor.digest
        if anchor.pk in looked_at:
            wanted = anchor_digest(anchor.previous, anchor.number, anchor.made_at, heads_of(anchor.pk))
        if (anchor.number, anchor.previous, anchor.digest) != (number, previous, wanted):
            yield f"{named}：与前一号或者所存的各链不相接。"
        elif anchor.pk in unlike:
            chain, place = unlike[anchor.pk]
            yield f"{named}：{chain_name(chain)}的封存链第 {place} 条已不是存证时的那一条。"
        yield from (f"{named}：{problem}" for problem in _file_problems(anchor))
        previous = anchor.digest


def _heads_in_order(anchors: list[int]) -> Callable[[int], list[tuple[str, int, str]]]:
    """Reads the heads of chains that each of these anchors stands for, when asked for one after the other."""
    rows = AnchoredHead.objects.filter(anchor__in=anchors).order_by("anchor__number", "chain")
    values = rows.values_list("anchor", "chain", "number", "digest").iterator(chunk_size=AT_ONCE)
    groups = groupby(values, key=lambda row: row[0])
    of, own = next(groups, (None, iter(())))

    def heads_of(anchor: int) -> list[tuple[str, int, str]]:
        nonlocal of, own
        if anchor != of:
            return []
        heads = [(chain, number, digest) for _, chain, number, digest in own]
        of, own = next(groups, (None, iter(())))
        return heads

    return heads_of


def _unlike_sealed(anchors: list[int]) -> dict[int, tuple[str, int]]:
    """Of each of these anchors the first chain that does not lead through its head any more."""
    with connection.cursor() as cursor:
        cursor.execute(_UNLIKE_SEALED, [anchors])
        return {anchor: (chain, number) for anchor, chain, number in cursor.fetchall()}


def _file_problems(anchor: Anchor) -> Iterator[str]:
    try:
        line = anchor_file(anchor).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        yield "存证文件不在原处。"
        return
    if line != anchor.line:
        yield "存证文件与数据库不一致。"
