"""What a card of a page is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypedDict

from yuetan.rules.dates.deadlines import Deadline
from yuetan.views.frame.file_links import FileLink, KeptFile, file_links


class SummaryRow(TypedDict):
    """One line of a summary list."""

    label: str
    value: object
    files: list[FileLink]
    key: str


class Badge(TypedDict):
    """A light with its words, where no date gives them."""

    light: str
    words: str


@dataclass
class Section:
    """One card: a note and a light, a warning, a task list, facts, files, and earlier ones of its kind folded away."""

    title: str
    rows: list[SummaryRow] = field(default_factory=list)
    files: list[FileLink] = field(default_factory=list)
    parts: list[dict[str, str]] = field(default_factory=list)
    note: str = ""
    light: Deadline | Badge | None = None
    warning: str = ""
    earlier: list[Section] = field(default_factory=list)
    link: dict[str, str] = field(default_factory=dict)
    other_links: list[dict[str, str]] = field(default_factory=list)
    anchor: str = ""


def row(label: str, value: object, files: Sequence[KeptFile] | None = None, *, key: str = "") -> SummaryRow:
    """One line of a summary list, with the files that belong to it; `key` is the code of what it tells, where asked."""
    return {"label": label, "value": value, "files": file_links(files or []), "key": key}
