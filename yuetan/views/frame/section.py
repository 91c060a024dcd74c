"""What a card of a page is made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from yuetan.models import Attachment
from yuetan.views.frame.file_links import file_links


@dataclass
class Section:
    """One card: a note and a light, a warning, a task list, facts, files, and earlier ones of its kind folded away."""

    title: str
    rows: list[dict[str, Any]] = field(default_factory=list)
    files: list[dict[str, str]] = field(default_factory=list)
    parts: list[dict[str, str]] = field(default_factory=list)
    note: str = ""
    light: Any = None
    warning: str = ""
    earlier: list[Section] = field(default_factory=list)
    link: dict[str, str] = field(default_factory=dict)


def row(label: str, value: Any, files: list[Attachment] | None = None, *, key: str = "") -> dict[str, Any]:
    """One line of a summary list, with the files that belong to it; `key` is the code of what it tells, where asked."""
    return {"label": label, "value": value, "files": file_links(files or []), "key": key}
