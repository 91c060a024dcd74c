"""What changed between two wordings of a text: first by sentences, then by words inside those that changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import NamedTuple

_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；\n]|[^。！？；\n]+")
_WORD = re.compile(r"[A-Za-z0-9.%]+|\s+|.", re.DOTALL)
MIN_SAME_LENGTH = 2  # a single word left alone amid changes only hinders reading
MAX_COMPARED_LENGTH = 2000  # words; beyond it a passage counts as replaced whole, for comparing takes their product


class Part(NamedTuple):
    """A piece of one wording, and whether only that wording has it."""

    text: str
    is_changed: bool


def compared(before: str, after: str) -> tuple[list[Part], list[Part]]:
    """Both wordings in pieces: in the first what has gone is marked, in the second what is new."""
    left: list[Part] = []
    right: list[Part] = []
    old, new = _SENTENCE.findall(before), _SENTENCE.findall(after)
    for same, a, b in _blocks(old, new):
        if same:
            left.append(Part("".join(a), False))
            right.append(Part("".join(b), False))
        else:
            for side, pieces in zip((left, right), _inside("".join(a), "".join(b)), strict=True):
                side.extend(pieces)
    return _joined(left), _joined(right)


def _blocks(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[bool, Sequence[str], Sequence[str]]]:
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield tag == "equal", old[a:b], new[c:d]


def _inside(before: str, after: str) -> tuple[list[Part], list[Part]]:
    old, new = _WORD.findall(before), _WORD.findall(after)
    if not old or not new or max(len(old), len(new)) > MAX_COMPARED_LENGTH:
        return [Part(before, True)], [Part(after, True)]
    left, right = [], []
    for same, a, b in _blocks(old, new):
        marked = not same or (len(a) < MIN_SAME_LENGTH and len(old) > MIN_SAME_LENGTH)
        left.append(Part("".join(a), marked))
        right.append(Part("".join(b), marked))
    return left, right


def _joined(parts: Sequence[Part]) -> list[Part]:
    """Neighbours of one kind as one piece, empty ones left out."""
    visible = [part for part in parts if part.text]
    return [
        Part("".join(part.text for part in of_kind), is_changed)
        for is_changed, of_kind in groupby(visible, key=lambda part: part.is_changed)
    ]
