"""Texts of a lawful case as patterns: what is another in each copy stands there as an argument of SQL's format()."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from yuetan.rules.text.official_text import chinese_date

DATES = (r"\d{4}年\d{1,2}月\d{1,2}日", r"\d{4}-\d{2}-\d{2}")
NUMBERS = re.compile(r"\d+")
TAGS = re.compile(r"<[^<>]*>")
BETWEEN_SIGNS = "(?:<[^<>]*>)*"  # a paper's lines are broken wherever they are full, in the midst of a name too


@dataclass
class Wording:
    """The words of one case that are others in each copy, each with its place among the arguments.

    Dates are others only between `since` and `until`: those of the case, not that of a law. Their places
    follow the words', in the order in which they are met.
    """

    words: Mapping[str, int]
    since: date
    until: date
    places: int
    dates: list[tuple[date, bool]] = field(default_factory=list)  # whether written as an official paper writes it

    def pattern(self, text: str, *, is_paper: bool = False) -> str:
        """The text for format(); the marks inside a word of a paper come to stand behind it."""
        written, last = [], 0
        for match in re.finditer(self._paper if is_paper else self._plain, text):
            word = TAGS.sub("", match[0])
            place = self.words.get(word) or self._place_of_date(word)
            if place is not None:
                marks = "".join(TAGS.findall(match[0]))
                written += [_escaped(text[last : match.start()]), f"%{place}$s", _escaped(marks)]
                last = match.end()
        return "".join([*written, _escaped(text[last:])])

    def __post_init__(self) -> None:
        longest_first = sorted(self.words, key=len, reverse=True)
        dates = list(DATES)
        self._plain = re.compile("|".join([*map(re.escape, longest_first), *dates]))
        in_papers = [BETWEEN_SIGNS.join(map(re.escape, word)) for word in longest_first]
        self._paper = re.compile("|".join([*in_papers, *map(_spread, dates)]))

    def _place_of_date(self, word: str) -> int | None:
        year, month, day = (int(number) for number in NUMBERS.findall(word))
        written = date(year, month, day), "年" in word
        if not self.since <= written[0] <= self.until:
            return None
        if written not in self.dates:
            self.dates.append(written)
        return self.places + 1 + self.dates.index(written)

    def dates_after(self, weeks: int) -> list[str]:
        """The dates as they are written where the case lies so many weeks later."""
        return list(_written(self.dates, timedelta(weeks=weeks)))


def nothing_worded() -> Wording:
    """For rows that are the same in each copy but for their keys and dates."""
    return Wording({}, date.max, date.min, 0)


def _written(dates: Iterable[tuple[date, bool]], later: timedelta) -> Iterator[str]:
    for day, is_official in dates:
        yield chinese_date(day + later) if is_official else (day + later).isoformat()


def _escaped(text: str) -> str:
    return text.replace("%", "%%")


def _spread(pattern: str) -> str:
    r"""A pattern of digits and signs with marks allowed between any two: \d{4}年 becomes \d(marks)\d(marks)…."""
    pattern = re.sub(r"\\d\{4\}", r"\\d" * 4, pattern)
    pattern = re.sub(r"\\d\{2\}", r"\\d" * 2, pattern)
    pattern = re.sub(r"\\d\{1,2\}", r"\\d(?:M\\d)?", pattern)
    signs = re.findall(r"\\d|\(\?:M\\d\)\?|.", pattern)
    joined = "M".join(signs).replace("M(?:M", "(?:M")
    return joined.replace("M", BETWEEN_SIGNS)


def places(words: Sequence[str], first: int) -> dict[str, int]:
    """Each word with its place among the arguments; of two that are the same the first counts."""
    by_word: dict[str, int] = {}
    for place, word in enumerate(words, start=first):
        if word:
            by_word.setdefault(word, place)
    return by_word
