"""What is typed to find a Chinese name."""

from __future__ import annotations


def initials(name: str) -> str:
    """The first letters of a name's pinyin, for search."""
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()
