"""Where words stand in a text, found as the search finds them: letters and digits alone, of one width and case."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

BEFORE, LENGTH = 16, 90


@dataclass(frozen=True)
class Piece:
    """A part of a text, and whether it is one of the words that were asked for."""

    text: str
    is_marked: bool


def marked(text: str, words: Iterable[str]) -> list[Piece]:
    """The whole text in pieces, every place of every word marked."""
    return _pieces(text, _places(text, words))


def excerpt(text: str, words: Sequence[str]) -> list[Piece]:
    """The lines of a text in which words stand, each cut round its first word and marked; the fewest that hold most.

    Nothing if no word stands in the text.
    """
    pieces: list[Piece] = []
    left = list(words)
    for line in text.split("\n"):
        places = _places(line, left)
        if not places:
            continue
        pieces += [Piece(" … ", is_marked=False)] if pieces else []
        begin = max(0, places[0][0] - BEFORE)
        cut = line[begin : begin + LENGTH]
        pieces += [Piece("…", is_marked=False)] if begin else []
        pieces += _pieces(cut, _places(cut, words))
        pieces += [Piece("…", is_marked=False)] if begin + LENGTH < len(line) else []
        left = [word for word in left if not _places(cut, [word])]
        if not left:
            break
    return pieces


def _places(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Where words begin and end, in order and without overlap."""
    spelled, origin = _spelled(text)
    places: list[tuple[int, int]] = []
    for word in words:
        wanted, at = _spelled(word)[0], 0
        while wanted and (at := spelled.find(wanted, at)) >= 0:
            places.append((origin[at], origin[at + len(wanted) - 1] + 1))
            at += len(wanted)
    return _apart(sorted(places))


def _apart(places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Places that touch or overlap as one."""
    apart: list[tuple[int, int]] = []
    for begin, end in places:
        if apart and begin <= apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((begin, end))
    return apart


def _spelled(text: str) -> tuple[str, list[int]]:
    """The signs that are looked at, and from which sign of the text each comes."""
    signs = [
        (sign, place)
        for place, written in enumerate(text)
        for sign in unicodedata.normalize("NFKC", written).lower()
        if sign.isalnum()
    ]
    return "".join(sign for sign, _ in signs), [place for _, place in signs]


def _pieces(text: str, places: Sequence[tuple[int, int]]) -> list[Piece]:
    pieces, at = [], 0
    for begin, end in places:
        pieces += [Piece(text[at:begin], is_marked=False), Piece(text[begin:end], is_marked=True)]
        at = end
    return [piece for piece in [*pieces, Piece(text[at:], is_marked=False)] if piece.text]
