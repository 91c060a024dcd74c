"""What is typed to find a Chinese name."""

from __future__ import annotations

from pypinyin import Style, lazy_pinyin


def initials(name: str) -> str:
    """The first letters of a name's pinyin, for search."""
    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()
