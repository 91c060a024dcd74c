"""Chinese text as words: the likeliest of all ways to divide it, by how often each word is written.

word_frequencies.txt lists the frequent words and characters of jieba's dictionary (MIT licence), a power of two of
how often each was counted before them; title_words.txt the words of the field. Both are read when a title is broken.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

ALL_COUNTED = 26  # the power of two of all that was counted
UNLISTED, OF_THE_FIELD = 5, 16  # as if a character, a word of the field had been counted so often
MAX_LENGTH = 6


@cache
def _powers() -> dict[str, int]:
    here = Path(__file__).parent
    powers: dict[str, int] = {}
    for line in (here / "word_frequencies.txt").read_text(encoding="utf-8").splitlines():
        power, *listed = line.split()
        powers |= dict.fromkeys(listed, int(power))
    field = (here / "title_words.txt").read_text(encoding="utf-8").split()
    return powers | dict.fromkeys(field, OF_THE_FIELD)


def words(text: str) -> list[tuple[int, int]]:
    """Where each word of a text begins and ends, in order; what is no word stands as single characters."""
    best: list[tuple[int, int]] = [(0, 0)]  # the cost up to each place, and where the last word up to it begins
    for end in range(1, len(text) + 1):
        starts = range(max(end - MAX_LENGTH, 0), end)
        best.append(min((best[start][0] + cost, start) for start in starts if (cost := _cost(text[start:end]))))
    spans: list[tuple[int, int]] = []
    end = len(text)
    while end:
        spans.insert(0, (best[end][1], end))
        end = best[end][1]
    return spans


def _cost(word: str) -> int:
    """How unlikely a word is; 0 if it is none."""
    power = _powers().get(word, UNLISTED if len(word) == 1 else None)
    return 0 if power is None else ALL_COUNTED - power
