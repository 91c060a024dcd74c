"""Titles broken at borders of words and phrases, into a trapezium or a rhombus; or as the clerk broke them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import combinations, pairwise
from math import ceil

from yuetan.documents.typesetting.title_phrases import PARTED, phrase_costs
from yuetan.documents.typesetting.unbroken import MAY_NOT_END, MAY_NOT_START
from yuetan.documents.typesetting.words import words

MAX_LINES = 4  # of a title that the clerk breaks himself
TITLE_WIDTH = 20  # characters of size 2 in a line of 156 mm
WIDEST_ALONE = 18  # one line from edge to edge is no title
FEW_LINES = 3  # up to here every way of breaking is looked at
LATIN = re.compile(r"[0-9A-Za-z][0-9A-Za-z.,/%_-]*")
BEST_BREAKS, GOOD_BREAKS = "，；：", "、》”）"  # after these
NOT_AT_THE_START = frozenset("的地得和与及等了们")
BEFORE_THESE = ("关于", "对")
INSIDE_A_WORD, BETWEEN_SINGLES, HOURGLASS, RECTANGLE, MARK_AT_THE_EDGE = 1_000, 60, 40, 12, 10_000
SLOPE = 1.5  # characters between lines of a trapezium


def title_lines(title: str) -> list[str]:
    """A title as the lines it is printed in."""
    whole = width(title)
    if whole <= WIDEST_ALONE:
        return [title]
    count = max(ceil(whole / TITLE_WIDTH), 2)
    penalties = _penalties(title)
    cuts = _cuts(title, count, penalties)
    if count < FEW_LINES and _parts_a_phrase(cuts, penalties):
        more = _cuts(title, count + 1, penalties)
        cuts = cuts if _parts_a_phrase(more, penalties) else more
    return [title[first:last] for first, last in pairwise((0, *cuts, len(title)))]


def _cuts(title: str, count: int, penalties: Sequence[int]) -> tuple[int, ...]:
    """Where a title is cut into so many lines, or into the fewest above that it goes into."""
    while True:
        cuts = _few(title, count, penalties) if count <= FEW_LINES else _many(title, count, penalties)
        if cuts is not None:
            return cuts
        count += 1


def _parts_a_phrase(cuts: Sequence[int], penalties: Sequence[int]) -> bool:
    return any(penalties[cut] >= PARTED for cut in cuts)


def chosen_lines(text: str) -> list[str]:
    """The lines of a title as somebody typed them, one a line."""
    return [line for each in text.splitlines() if (line := each.strip())]


def width(text: str) -> float:
    """How many characters of size 2 a text is wide; figures and Latin count half."""
    return sum(0.5 if character.isascii() else 1 for character in text)


def _penalties(title: str) -> list[int]:
    """What it costs to cut before each character."""
    costs = [0, *(_penalty(title, place) for place in range(1, len(title)))]
    pieces = _pieces(title)
    for first, last in pieces:
        for place in range(first + 1, last):
            costs[place] = max(costs[place], INSIDE_A_WORD * (20 if title[place].isascii() else 1))
    for (first, cut), (_, last) in pairwise(pieces):
        # Two that stand alone side by side are mostly a word or a name that no list knows.
        if last - first == 2 and title[first].isalpha() and title[cut].isalpha():
            costs[cut] += BETWEEN_SINGLES
    for place, cost in phrase_costs(title, pieces).items():
        costs[place] += cost
    return costs


def _penalty(title: str, place: int) -> int:
    before, after = title[place - 1], title[place]
    if after in MAY_NOT_START or before in MAY_NOT_END:
        return MARK_AT_THE_EDGE
    if after in NOT_AT_THE_START or _counts(before, after):
        return INSIDE_A_WORD
    if before in BEST_BREAKS:
        return -40
    if before in GOOD_BREAKS:
        return -15
    return -5 if before == "的" or title.startswith(BEFORE_THESE, place) else 0


def _counts(before: str, after: str) -> bool:
    """第3 and 3季: a number is not parted from what it counts."""
    return (before.isdigit() and not after.isascii()) or (before == "第" and after.isdigit())


def _pieces(title: str) -> list[tuple[int, int]]:
    """A title as words, numbers and Latin, and single characters: where each stands."""
    pieces, place = [], 0
    for latin in LATIN.finditer(title):
        pieces += [(place + first, place + last) for first, last in words(title[place : latin.start()])]
        pieces.append(latin.span())
        place = latin.end()
    return pieces + [(place + first, place + last) for first, last in words(title[place:])]


def _few(title: str, count: int, penalties: Sequence[int]) -> tuple[int, ...] | None:
    places = range(1, len(title))
    candidates = [cuts for cuts in combinations(places, count - 1) if _fits(title, cuts)]
    return min(candidates, key=lambda cuts: _cost(title, cuts, penalties), default=None)


def _fits(title: str, cuts: Sequence[int]) -> bool:
    return all(width(title[first:last]) <= TITLE_WIDTH for first, last in pairwise((0, *cuts, len(title))))


def _cost(title: str, cuts: Sequence[int], penalties: Sequence[int]) -> float:
    widths = [width(title[first:last]) for first, last in pairwise((0, *cuts, len(title)))]
    middle = sum(widths) / len(widths)
    uneven = sum((width - middle) ** 2 for width in widths)
    hourglass = HOURGLASS if len(widths) == FEW_LINES and widths[1] < min(widths[0], widths[2]) else 0
    rectangle = RECTANGLE if max(widths) - min(widths) < SLOPE else 0
    return uneven + hourglass + rectangle + sum(penalties[cut] for cut in cuts)


def _many(title: str, count: int, penalties: Sequence[int]) -> tuple[int, ...] | None:
    """The best of all ways for a title of many lines, line by line from the end."""
    ideal = width(title) / count

    @cache
    def rest(first: int, left: int) -> tuple[float, tuple[int, ...]] | None:
        if left == 1:
            last = width(title[first:])
            return ((last - ideal) ** 2, ()) if last <= TITLE_WIDTH else None
        candidates = []
        for cut in range(first + 1, len(title)):
            line = width(title[first:cut])
            after = rest(cut, left - 1) if line <= TITLE_WIDTH else None
            if after is not None:
                candidates.append(((line - ideal) ** 2 + penalties[cut] + after[0], (cut, *after[1])))
            if line > TITLE_WIDTH:
                break
        return min(candidates, default=None)

    best = rest(0, count)
    return best[1] if best else None
