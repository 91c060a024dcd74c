"""Lines of Chinese text filled to the measure: nothing here knows of fonts, pages or HTML.

WeasyPrint stretches spaces only, so that Chinese lines end anywhere within the last 11 mm. Here all the breaks of
a paragraph are chosen at once (as Knuth and Plass do), so that its worst line is as little spread or squeezed as
can be: marks keep off the wrong end of a line (GB/T 15834 禁则), and what must stay whole does (unbroken.py).
A mark gives up the empty half of its square at the end of a line or before another mark, never between two words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import inf

from yuetan.documents.typesetting.unbroken import MAY_NOT_END, MAY_NOT_START, Break, breaks, rigid_places

HALVED_BEHIND = frozenset("，。、；：）》〉”’】〕」』")  # the ink is in the left half
HALVED_BEFORE = frozenset("（《〈“‘【〔「『")  # the ink is in the right half
HALVABLE = HALVED_BEHIND | HALVED_BEFORE
MAX_HALVED = 3  # marks a line
MAX_SQUEEZED = 0.045  # of the size between two characters: a character and a fifth in a line of 28
MAX_SPREAD = 0.5  # of the size; a line that is nearly all an address is left short rather than torn further apart
EASILY = 0.025  # of the size between two characters is spread at the cost of one, half of it squeezed at the same
LOOSE = 0.05  # of the size between two characters: from here on it is seen
WIDE = 0.15  # of the size: rather than further apart a 文号 is parted before its year (7.3.3 lets it)
COST_OF_LOOSE = 200.0
COST_OF_HALVING, COST_OF_LONE_END, COST_OF_LINE, COST_OF_OVERFLOW = 0.2, 500.0, 1_000.0, 1_000_000.0
COSTS = {
    Break.LAWFUL: 0.0,
    Break.JOINT: 64.0,
    Break.NUMBERED: 4_000.0,
    Break.TIED: 4_000.0,
    Break.INSIDE: 30_000.0,
    Break.UNLAWFUL: 100_000.0,
    Break.NEVER: inf,
}
SMALLEST_END = 2  # characters on the last line
ROUNDING = 0.02
# Tried one after the other: how far apart characters may be spread, in parts of the size, and the worst break for it.
TRIALS = (
    (LOOSE, Break.LAWFUL),
    (0.1, Break.LAWFUL),
    (0.1, Break.JOINT),
    (WIDE, Break.JOINT),
    (WIDE, Break.NUMBERED),
    (0.25, Break.NUMBERED),
    (MAX_SPREAD, Break.JOINT),
    (inf, Break.UNLAWFUL),
)


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
    """One line: which characters of the paragraph, which marks are halved, how far apart all but the rigid stand."""

    start: int
    end: int
    halved: frozenset[int]
    tracking: float
    rigid: frozenset[int] = frozenset()


@dataclass(frozen=True)
class _Fit:
    """How a line is made as wide as its measure, and what that costs."""

    cost: float
    halves: int = 0
    added: float = 0.0  # to the tracking, in points


def break_lines(text: str, widths: Sequence[float], measure: Measure) -> list[Line]:
    """The lines of a paragraph; `widths` tells how wide each character is, in parts of the size."""
    start = len(text) - len(text.lstrip())
    if start == len(text):
        return []
    breaker = _Breaker(text, widths, measure, start)
    ends = next(ends for spread, worst in TRIALS if (ends := breaker.ends(spread, worst)))
    return [breaker.line(first, last) for first, last in pairwise((start, *ends))]


class _Breaker:
    def __init__(self, text: str, widths: Sequence[float], measure: Measure, start: int) -> None:
        self.text, self.measure, self.start = text, measure, start
        self.breaks, self.rigid = breaks(text), rigid_places(text)
        self.gaps = self._gaps(widths)
        pairs = zip(widths, self.gaps, strict=True)
        advances = [width * measure.size + gap * measure.tracking for width, gap in pairs]
        self.reach = list(accumulate(advances, initial=0.0))
        self.gaps_before = list(accumulate(self.gaps, initial=0))
        self.pairs_before = list(accumulate(map(self._is_pair, range(len(text))), initial=0))
        self.ink_ends = list(accumulate(range(1, len(text) + 1), self._ink_end, initial=0))
        self.lone_from = self._lone_from()

    def _gaps(self, widths: Sequence[float]) -> list[int]:
        """Behind which characters a line is spread: the last of each cluster, nowhere inside a Latin word."""
        gaps = [int(width > 0) for width in widths]
        for place in range(1, len(gaps)):
            if widths[place] == 0 and self.breaks[place] == Break.NEVER:
                gaps[place], gaps[place - 1] = gaps[place - 1], 0
        return [0 if place in self.rigid else gap for place, gap in enumerate(gaps)]

    def _is_pair(self, place: int) -> bool:
        """Whether a mark here and the next one have an empty half between them."""
        before, after = self.text[place], self.text[place + 1 : place + 2]
        return {before, after} <= HALVABLE and (before in HALVED_BEHIND or after in HALVED_BEFORE)

    def _ink_end(self, end: int, following: int) -> int:
        return end if self.text[following - 1].isspace() else following

    def _lone_from(self) -> int:
        """From which character on too few are left for a line."""
        words = [
            place
            for place, character in enumerate(self.text)
            if not (character.isspace() or character in MAY_NOT_START or character in MAY_NOT_END)
        ]
        return words[-SMALLEST_END] + 1 if len(words) >= SMALLEST_END else 0

    def ends(self, spread: float, worst: Break) -> list[int]:
        """Where the lines end at the least cost; nowhere if no line may be spread so far or broken so badly."""
        places = [place for place, kind in enumerate(self.breaks) if kind <= worst]
        best: dict[int, tuple[float, int]] = {self.start: (0.0, self.start)}
        for first in [self.start, *places]:
            if first not in best or first == len(self.text):
                continue
            for last, cost in self._lines_from(first, places, spread):
                total = best[first][0] + cost
                if total < best.get(last, (inf, 0))[0]:
                    best[last] = (total, first)
        return self._path(best)

    def _path(self, best: dict[int, tuple[float, int]]) -> list[int]:
        path = [len(self.text)] if len(self.text) in best else []
        while path and best[path[0]][1] != self.start:
            path.insert(0, best[path[0]][1])
        return path

    def _lines_from(self, first: int, places: Sequence[int], spread: float) -> Iterator[tuple[int, float]]:
        """The ends of the lines that may begin here, each with its cost."""
        limit = self.measure.of(first - self.start) + self.measure.size * (MAX_HALVED / 2 + 1)
        nearest = bisect_left(places, self._nearest(first, spread))
        for last in places[nearest:]:
            is_beyond = self.reach[self.ink_ends[last]] - self.reach[first] > limit
            if is_beyond and last != places[nearest]:
                return
            cost = self._cost(first, last, spread)
            if cost == inf and spread == inf and last == places[nearest]:
                cost = COST_OF_OVERFLOW  # a character wider than its line
            if cost < inf:
                yield last, cost

    def _nearest(self, first: int, spread: float) -> int:
        """The first place worth a look: with the line spread as far as may be it is full."""
        if spread > MAX_SPREAD or not self.measure.justified:
            return first + 1
        room, size = self.measure.of(first - self.start), self.measure.size
        widest = 2 * room / size * spread * size  # as many gaps as a line of figures has
        full = bisect_left(self.reach, self.reach[first] + room - widest)
        return min(max(full, first + 1), len(self.text))

    def _cost(self, first: int, last: int, spread: float) -> float:
        is_lone = last == len(self.text) and first >= self.lone_from and first > self.start
        if is_lone and spread <= MAX_SPREAD:
            return inf
        fit = self._fit(first, last, spread)
        return fit.cost + COSTS[self.breaks[last]] + (COST_OF_LONE_END if is_lone else 0)

    def _fit(self, first: int, last: int, spread: float) -> _Fit:
        end = self.ink_ends[last]
        gaps = self.gaps_before[end] - self.gaps_before[first] - self.gaps[end - 1]
        width = self.reach[end] - self.reach[first] - self.gaps[end - 1] * self.measure.tracking
        excess = width - self.measure.of(first - self.start)
        if excess <= ROUNDING and (last == len(self.text) or not self.measure.justified):
            slack = 0 if last == len(self.text) else -excess / self.measure.size
            return _Fit(0 if self.measure.justified else COST_OF_LINE + slack**2)
        if excess <= ROUNDING:
            return self._spread(-excess, gaps, 0, spread)
        fits = (
            self._changed(excess - halves * self.measure.size / 2, gaps, halves, spread)
            for halves in range(self._halvable(first, end) + 1)
        )
        return min(fits, key=lambda fit: fit.cost)

    def _changed(self, excess: float, gaps: int, halves: int, spread: float) -> _Fit:
        """The line with so many halved marks; what is still too much is squeezed, what is then missing spread."""
        if not self.measure.justified:
            return _Fit(COST_OF_LINE + halves if excess <= ROUNDING else inf, halves)
        if excess <= ROUNDING:
            return self._spread(-excess, gaps, halves, spread)
        squeezed = excess / max(gaps, 1) / self.measure.size
        cost = (squeezed / EASILY * 2) ** 3 + halves * COST_OF_HALVING if squeezed <= MAX_SQUEEZED else inf
        return _Fit(cost, halves, -squeezed * self.measure.size)

    def _spread(self, missing: float, gaps: int, halves: int, spread: float) -> _Fit:
        added = max(missing, 0) / max(gaps, 1) / self.measure.size
        if added > spread:
            return _Fit(inf)
        cost = (added / EASILY) ** 3 + halves * COST_OF_HALVING + (COST_OF_LOOSE if added > LOOSE else 0)
        return _Fit(cost, halves, added * self.measure.size if gaps and added <= MAX_SPREAD else 0)

    def _halvable(self, first: int, end: int) -> int:
        pairs = self.pairs_before[max(end - 1, first)] - self.pairs_before[first]
        return min(pairs + (self.text[end - 1] in HALVED_BEHIND), MAX_HALVED)

    def line(self, first: int, last: int) -> Line:
        """What was chosen between two breaks."""
        end, fit = self.ink_ends[last], self._fit(first, last, inf)
        marks = [end - 1] if self.text[end - 1] in HALVED_BEHIND else []
        pairs = filter(self._is_pair, range(first, end - 1))
        marks += [place if self.text[place] in HALVED_BEHIND else place + 1 for place in pairs]
        rigid = self.rigid & set(range(first, end))
        return Line(first, end, frozenset(marks[: fit.halves]), self.measure.tracking + fit.added, rigid)
