"""The levels of a paper, numbered 一、（一）1.（1）: a number left out, repeated or written otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from yuetan.rules.text.official_text import chinese_number, heading

LEVELS = (
    re.compile("([一二三四五六七八九十百]+)、"),
    re.compile("[（(]([一二三四五六七八九十百]+)[）)]"),
    re.compile(r"(\d{1,2})[.．](?!\d)"),
    re.compile(r"[（(](\d{1,2})[）)]"),
)
INSIDE = re.compile("(?:^|(?<=[。；：]))（([一二三四五六七八九十百]+)）(?=[一-鿿])")
POINTS = re.compile("(?:^|(?<=[。；：，]))([一二三四五六七八九十]{1,2})是")
# How levels are written by mistake, and how they should be.
OTHERWISE = (
    (re.compile(r"([一二三四五六七八九十百]+)[.．](?!\d)"), "{}、"),
    (re.compile("(?:（[一二三四五六七八九十百]+）)、"), ""),
    (re.compile("([0-9]{1,2})、(?![0-9])"), "{}."),
)
NUMBERS = {chinese_number(number): number for number in range(1, 100)}

Remarked = tuple[int, int, str]


def misnumbered(paragraphs: Sequence[str]) -> dict[int, list[Remarked]]:
    """By paragraph: from where to where, and what is the matter with the number there."""
    remarks: dict[int, list[Remarked]] = {}
    for row, start, end, reason in (*_leading(paragraphs), *_inside(paragraphs), *_otherwise(paragraphs)):
        remarks.setdefault(row, []).append((start, end, reason))
    return remarks


def _leading(paragraphs: Sequence[str]) -> Iterator[tuple[int, int, int, str]]:
    """Numbers at the heads of paragraphs; a higher level begins those below it anew."""
    last, previous = [0] * len(LEVELS), (-1, -1)
    for row, text in enumerate(paragraphs):
        level, number, end = _level_of(text)
        if number is None:
            continue
        begins = number == 1 and previous != (level, row - 1)
        if number != last[level] + 1 and not begins:
            yield row, 0, end, _reason(level + 1, number, last[level])
        last[level:] = [number] + [0] * (len(LEVELS) - level - 1)
        previous = (level, row)


def _level_of(text: str) -> tuple[int, int | None, int]:
    for level, pattern in enumerate(LEVELS):
        if head := pattern.match(text):
            # 0. is no number of a level.
            return level, NUMBERS.get(head[1]) or (int(head[1]) if head[1].isdecimal() else 0) or None, head.end()
    return 0, None, 0


def _reason(level: int, number: int, last: int) -> str:
    if number <= last:
        return f"序号“{heading(level, number)}”排在“{heading(level, last)}”之后"
    return f"序号“{heading(level, number)}”前面缺“{heading(level, last + 1)}”"


def _inside(paragraphs: Sequence[str]) -> Iterator[tuple[int, int, int, str]]:
    """Numbers within one paragraph: （一）…；（三）… and 一是…；三是…."""
    for row, text in enumerate(paragraphs):
        for pattern, written in ((INSIDE, "（{}）"), (POINTS, "{}是")):
            last = 0
            for one in pattern.finditer(text):
                number = NUMBERS.get(one[1], 0)
                # A lone 三是… is no list; one begins with its first.
                if last and number != last + 1 and number != 1:
                    missing = written.format(chinese_number(last + 1))
                    yield row, one.start(), one.end(), f"“{one[0]}”前面缺“{missing}”"
                last = number if last or number == 1 else 0


def _otherwise(paragraphs: Sequence[str]) -> Iterator[tuple[int, int, int, str]]:
    for row, text in enumerate(paragraphs):
        for pattern, written in OTHERWISE:
            if head := pattern.match(text):
                proper = written.format(head[1]) if written else head[0].removesuffix("、")
                yield row, 0, head.end(), f"序号“{head[0]}”应为“{proper}”"
