"""Lines of Chinese text filled to the measure: nothing here knows of fonts, pages or HTML.

WeasyPrint stretches spaces only, so that Chinese lines end anywhere within the last 11 mm. Here the
lines are chosen one after the other: as many characters as go in, marks kept from the wrong end of a
line (GB/T 15834 禁则), digits and Latin words whole. What is too much by a mark or two is squeezed in
by halving marks; else a character goes to the next line, and the rest is spread over the line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

MAY_NOT_START = frozenset("，。、；：！？）》〉”’】〕」』｝］％‰℃·…—～－/,.;:!?)]}%°")
MAY_NOT_END = frozenset("（《〈“‘【〔「『｛［￥№/([{#$")
HALVED_BEHIND = frozenset("，。、；：）》〉”’】〕」』")  # the ink is in the left half
HALVED_BEFORE = frozenset("（《〈“‘【〔「『")  # the ink is in the right half
WHOLE = re.compile(
    r"[0-9A-Za-zÀ-ÿ]+(?:[.,:/_@&'+-]+[0-9A-Za-zÀ-ÿ]+)*[%‰℃°]?|——|……|\s+|.[\u0300-\u036f\ufe00-\ufe0f\U000e0100-\U000e01ef]*"
)
MAX_SQUEEZED = 3  # marks a line, half a character each
NEARLY_FULL = 0.8  # of a character may be spread over a line before squeezing is thought of
STRETCHED = 0.1  # of a character between two; an address is divided at its joints rather than torn further apart
MAX_STRETCHED = 0.5  # a word or number is cut rather than torn further apart
JOINTS = re.compile(r".+?(?:[@_&:-]+|[.,](?=[A-Za-z]))|.+")
SMALLEST_END = 2  # characters on the last line
ROUNDING = 0.02


@dataclass(frozen=True)
class Measure:
    """How wide the first and the other lines may be, the size of the type and its usual tracking, all in points."""

    first: float
    others: float
    size: float
    tracking: float
    justified: bool = True

    def of(self, line: int) -> float:
        """The width of a line, counted from 0."""
        return self.others if line else self.first


@dataclass(frozen=True)
class Line:
    """One line: which characters of the paragraph, which of them are halved marks, how far apart they stand."""

    start: int
    end: int
    halved: frozenset[int]
    tracking: float


@dataclass(frozen=True)
class _Part:
    """What is never divided: a character, a number, a word, a dash of two."""

    start: int
    text: str
    width: float
    glyphs: int

    @property
    def is_blank(self) -> bool:
        return self.text.isspace()

    @property
    def is_mark(self) -> bool:
        return self.text[0] in MAY_NOT_START or self.text[0] in MAY_NOT_END

    @property
    def may_start(self) -> bool:
        return self.text in ("——", "……") or self.text[0] not in MAY_NOT_START

    @property
    def may_end(self) -> bool:
        return self.text[-1] not in MAY_NOT_END

    @property
    def is_halvable(self) -> bool:
        return self.text in HALVED_BEHIND or self.text in HALVED_BEFORE


def break_lines(text: str, widths: Sequence[float], measure: Measure) -> list[Line]:
    """The lines of a paragraph; `widths` tells how wide each character is, in parts of the size."""
    return _Breaker(text, widths, measure).lines()


class _Breaker:
    def __init__(self, text: str, widths: Sequence[float], measure: Measure) -> None:
        self.all_widths, self.measure = widths, measure
        self.parts = [self._part(match.start(), match.group()) for match in WHOLE.finditer(text)]

    def _part(self, start: int, text: str) -> _Part:
        widths = [width * self.measure.size for width in self.all_widths[start : start + len(text)]]
        return _Part(start, text, sum(widths), sum(width > 0 for width in widths))

    def lines(self) -> list[Line]:
        broken: list[Line] = []
        first = 0
        while first < len(self.parts):
            room = self.measure.of(len(broken))
            end = self._end(first, room)
            broken.append(self._line_between(first, end, room))
            first = end
        return broken

    def _end(self, first: int, room: float) -> int:
        """Where the line ends; a word is divided only where no end of the line is any good."""
        while True:
            fitting, squeezed, beyond = self._candidates(first, room)
            best = self._best_end(first, room, fitting, squeezed)
            pieces = self._pieces(beyond, MAX_STRETCHED if best is None else self._stretch(first, best, room))
            if len(pieces) > 1:
                self.parts[beyond : beyond + 1] = pieces
            else:
                return best if best is not None else max(beyond, first + 1)

    def _pieces(self, index: int, stretch: float) -> list[_Part]:
        """What the part that does not go in is divided into, if the line would be torn without it."""
        if index >= len(self.parts) or stretch <= STRETCHED:
            return []
        part = self.parts[index]
        has_letters = any(character.isalpha() for character in part.text)
        pieces = JOINTS.findall(part.text) if has_letters else [part.text]
        if len(pieces) == 1 and stretch >= MAX_STRETCHED:
            pieces = list(part.text)
        starts = accumulate(map(len, pieces), initial=part.start)
        return [self._part(start, piece) for start, piece in zip(starts, pieces, strict=False)]

    def _candidates(self, first: int, room: float) -> tuple[list[int], list[int], int]:
        """Lawful ends of the line as it is, lawful ends when marks are halved, and the first part too much."""
        fitting, squeezed, beyond = [], [], len(self.parts)
        for end in range(first + 1, len(self.parts) + 1):
            width = self._width(first, end)
            if width > room + ROUNDING:
                beyond = min(beyond, end - 1)
            if width > room + MAX_SQUEEZED / 2 * self.measure.size + ROUNDING:
                break
            if not self._is_lawful(end):
                continue
            if width <= room + ROUNDING:
                fitting.append(end)
            elif width - self._squeezable(first, end) <= room + ROUNDING:
                squeezed.append(end)
        return fitting, squeezed, beyond

    def _best_end(self, first: int, room: float, fitting: list[int], squeezed: list[int]) -> int | None:
        everything = len(self.parts)
        if everything in fitting:
            return everything
        kind = [end for end in fitting if not self._leaves_one(end)] or fitting
        tight = [end for end in squeezed if not self._leaves_one(end)]
        if kind and (not tight or room - self._width(first, kind[-1]) < NEARLY_FULL * self.measure.size):
            return kind[-1]
        return tight[0] if tight else None

    def _stretch(self, first: int, end: int, room: float) -> float:
        """How far apart the characters would stand, in parts of the size; nowhere where lines are not filled."""
        if not self.measure.justified or end == len(self.parts):
            return 0
        gaps = max(self._glyphs(first, end) - 1, 1)
        return (room - self._width(first, end)) / gaps / self.measure.size

    def _is_lawful(self, end: int) -> bool:
        if end == len(self.parts):
            return True
        return self.parts[end].may_start and self.parts[end - 1].may_end and not self.parts[end].is_blank

    def _leaves_one(self, end: int) -> bool:
        rest = [part for part in self.parts[end : end + 6] if not part.is_blank]
        if end + 6 < len(self.parts):
            return False
        return len(rest) > 0 and sum(part.glyphs for part in rest if not part.is_mark) < SMALLEST_END

    def _ink(self, first: int, end: int) -> Sequence[_Part]:
        while end > first + 1 and self.parts[end - 1].is_blank:
            end -= 1
        return self.parts[first:end]

    def _glyphs(self, first: int, end: int) -> int:
        return sum(part.glyphs for part in self._ink(first, end))

    def _width(self, first: int, end: int) -> float:
        natural = sum(part.width for part in self._ink(first, end))
        return natural + (self._glyphs(first, end) - 1) * self.measure.tracking

    def _squeezable(self, first: int, end: int) -> float:
        marks = sum(part.is_halvable for part in self._ink(first, end))
        return min(marks, MAX_SQUEEZED) * self.measure.size / 2

    def _line_between(self, first: int, end: int, room: float) -> Line:
        ink, width = self._ink(first, end), self._width(first, end)
        halved = self._halved(ink, width - room)
        is_last = end == len(self.parts)
        spread = room - width + len(halved) * self.measure.size / 2
        gaps = self._glyphs(first, end) - 1
        tracking = self.measure.tracking
        if gaps > 0 and ((self.measure.justified and not is_last) or halved):
            tracking += spread / gaps
        start, last = ink[0], ink[-1]
        return Line(start.start, last.start + len(last.text), frozenset(halved), tracking)

    def _halved(self, ink: Sequence[_Part], excess: float) -> list[int]:
        """The marks to halve: the last one first, then those beside another mark, then from the left."""
        if excess <= ROUNDING:
            return []
        last = len(ink) - 1

        def order(index: int) -> tuple[bool, bool, int]:
            adjacent = any(ink[other].is_halvable for other in (index - 1, index + 1) if 0 <= other <= last)
            return index != last, not adjacent, index

        marks = sorted((index for index, part in enumerate(ink) if part.is_halvable), key=order)
        half = self.measure.size / 2
        enough = next(count for count in range(1, MAX_SQUEEZED + 1) if count * half >= excess - ROUNDING)
        return [ink[index].start for index in marks[:enough]]
