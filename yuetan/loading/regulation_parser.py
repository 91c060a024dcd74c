"""Reading the proofread text of a regulation: its articles, the clauses in them, the 情形 they list."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import NamedTuple

from yuetan.rules.text import official_text

END_OF_TEXT = "\n---\n"
ARTICLE = re.compile(r"第([零一二三四五六七八九十百]+)条　(.+)", re.DOTALL)
LISTED = re.compile(r"(?:(\d+)\. |（([零一二三四五六七八九十百]+)）)(.+)[；。]")
NUMBERS = {official_text.chinese_number(number): number for number in range(1, 200)}


class ListedItem(NamedTuple):
    """One 情形 or 情节 as an article lists it."""

    number: int
    text: str


class ArticleText(NamedTuple):
    """One article: its number and wording, line breaks kept."""

    number: int
    text: str


def title(text: str) -> str:
    """The heading of the text."""
    return text.partition("\n")[0].removeprefix("# ").strip()


def articles(text: str) -> tuple[list[ArticleText], list[str]]:
    """Every article, and the paragraphs that are none; what follows the rule at the end is no part of the text."""
    read, unread = [], []
    for paragraph in text.partition(END_OF_TEXT)[0].split("\n\n")[1:]:
        match = ARTICLE.fullmatch(paragraph.strip())
        if match and match[1] in NUMBERS:
            read.append(ArticleText(NUMBERS[match[1]], match[2]))
        elif paragraph.strip() and not paragraph.startswith("抄送："):
            unread.append(paragraph.strip())
    return read, unread


def listed(article: str) -> list[ListedItem]:
    """The 情形 that an article lists line by line, numbered 1. or （一）."""
    matches = [match for line in article.splitlines() if (match := LISTED.fullmatch(line.strip()))]
    return [ListedItem(_item_number(match), match[3]) for match in matches]


def _item_number(match: re.Match[str]) -> int:
    return int(match[1]) if match[1] else NUMBERS.get(match[2], 0)


def clauses(article: str) -> set[int]:
    """The numbers of the clauses （一）（二）… that an article has."""
    lines = [line.strip() for line in article.splitlines()]
    counted = takewhile(
        lambda number: any(line.startswith(official_text.clause_name(number)) for line in lines), range(1, 100)
    )
    return set(counted)
