"""Counting and binding the pages of a 卷宗, in a process of its own: what it reads strangers wrote."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from yuetan.rules.files.file_kind import FileKind

BINDER = Path(__file__).with_name("binder.py")
SECONDS = 1200


@dataclass(frozen=True)
class Bookmark:
    """An entry of the table of contents: the file behind it, and others under it."""

    title: str
    path: str = ""
    kind: str = FileKind.PDF
    inside: Sequence[Bookmark] = field(default_factory=list)


@dataclass(frozen=True)
class Bound:
    """What came of binding: how many pages there are, and which files could not be read."""

    pages: int
    unbound: Sequence[str]


def page_counts(files: Sequence[tuple[str, str]]) -> list[int | None]:
    """How many pages each file, given by path and kind, has when it is bound; None for what cannot be."""
    try:
        return list(_ask_binder("count", files))
    except subprocess.SubprocessError:  # one of them has stopped the reader: each by itself says which
        return [_page_count(file) for file in files]


def _page_count(file: tuple[str, str]) -> int | None:
    try:
        pages: int | None = _ask_binder("count", [file])[0]
    except subprocess.SubprocessError:
        return None
    return pages


def bind(bookmarks: Sequence[Bookmark], target: Path, *, title: str) -> Bound:
    """Write one PDF with all pages under their bookmarks. Raises SubprocessError where that takes too much."""
    order = {"target": str(target), "title": title, "bookmarks": [asdict(bookmark) for bookmark in bookmarks]}
    return Bound(**_ask_binder("bind", order))


def _ask_binder(command: str, order: object) -> Any:
    done = subprocess.run(
        [sys.executable, "-I", str(BINDER), command],
        input=json.dumps(order),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=True,
        env={},
    )
    return json.loads(done.stdout)
