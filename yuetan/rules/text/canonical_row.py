"""What is digested of a row and of an entry in a chain: one form for one content, whoever writes it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime

from yuetan.rules.text.sm3 import sm3

GONE = ""  # in the place of the digest of a row that was deleted


def row_text(table: str, key: str, content: str, empty: Mapping[str, object], unsealed: Collection[str] = ()) -> str:
    """The one form of a row given as the JSON of PostgreSQL; `empty` is what each column says for nothing."""
    columns = json.loads(content, parse_float=lambda number: f"float {number}")
    filled = {name: value for name, value in columns.items() if name not in unsealed and value != empty.get(name)}
    text = json.dumps(filled, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"{table}\n{key}\n{text}"


def row_digest(table: str, key: str, content: str, empty: Mapping[str, object], unsealed: Collection[str] = ()) -> str:
    """SM3 of that form."""
    return sm3(row_text(table, key, content, empty, unsealed))


def moment_text(moment: datetime) -> str:
    """A moment as entries and anchors are digested with it."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def entry_digest(previous: str, chain: str, number: int, row: tuple[str, str, str], sealed_at: datetime) -> str:
    """SM3 of an entry: of what stands before it in its chain, of the row it is about and of when it was written."""
    return sm3("\n".join((previous, chain, str(number), *row, moment_text(sealed_at))))


def anchor_digest(previous: str, number: int, made_at: datetime, heads: Iterable[tuple[str, int, str]]) -> str:
    """SM3 of an anchor: of the one before it and of the heads of all chains that went on, by their names."""
    lines = (f"{chain} {place} {digest}" for chain, place, digest in sorted(heads))
    return sm3("\n".join((previous, str(number), moment_text(made_at), *lines)))
