"""Reading the proofread text of a regulation: its articles, the clauses in them, the grounds they list."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import NamedTuple

from yuetan.rules.text import official_text

END_OF_TEXT = "\n---\n"
ARTICLE = re.compile(r"第([零一二三四五六七八九十百]+)条　(.+)", re.DOTALL)
GROUND = re.compile(r"(\d+)\. (.+)[；。]")
NUMBERS = {official_text.chinese_number(number): number for number in range(1, 200)}
OTHER = "其他需要约谈的情形"


class ListedGround(NamedTuple):
    """One 情形 as an article lists it."""

    number: int
    text: str
    is_other: bool


def title(text: str) -> str:
    """The heading of the text."""
    return text.partition("\n")[0].removeprefix("# ").strip()


def articles(text: str) -> dict[int, str]:
    """Number and wording of each article, line breaks kept; what follows the rule at the end is no part of the text.

    Raises ValueError for a paragraph that is no article.
    """
    body = text.partition(END_OF_TEXT)[0]
    wording_by_number = {}
    for paragraph in body.split("\n\n")[1:]:
        match = ARTICLE.fullmatch(paragraph.strip())
        if match is None:
            if paragraph.strip() and not paragraph.startswith("抄送："):
                raise ValueError(f"认不出条文：{paragraph.strip()[:30]}")
            continue
        wording_by_number[NUMBERS[match[1]]] = match[2]
    return wording_by_number


def grounds(article: str) -> list[ListedGround]:
    """The 情形 that an article lists line by line."""
    matches = [match for line in article.splitlines() if (match := GROUND.fullmatch(line.strip()))]
    return [ListedGround(int(match[1]), match[2], match[2] == OTHER) for match in matches]


def clauses(article: str) -> set[int]:
    """The numbers of the clauses （一）（二）… that an article has."""
    lines = [line.strip() for line in article.splitlines()]
    counted = takewhile(
        lambda number: any(line.startswith(official_text.clause_name(number)) for line in lines), range(1, 100)
    )
    return set(counted)
