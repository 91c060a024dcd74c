"""Where the bars of a chart stand: a drawing made here, of whole numbers, that every browser shows without scripts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from yuetan.ledgers.statistics import Line, Table

WIDTH, HEIGHT = 400, 180
BAR, LINE_HEIGHT, FOR_NUMBER = 14, 40, 48
FOOT, HEAD = 22, 18  # of upright bars: for the names below them and the numbers above
MAX_LABEL_LENGTH = 24
MAX_BARS = 12


@dataclass(frozen=True)
class Bar:
    """One bar with its words; `before` is the length of the thin one of the last period under it."""

    x: int
    y: int
    width: int
    height: int
    label: str
    number: int
    label_x: int
    label_y: int
    number_x: int
    number_y: int
    before: int = 0

    @property
    def before_y(self) -> int:
        """Right under it."""
        return self.y + self.height


@dataclass(frozen=True)
class Chart:
    """Bars of one table in a drawing of this height."""

    title: str
    words: str
    height: int
    upright: bool
    bars: Sequence[Bar]


def chart_of(table: Table) -> Chart | None:
    """Lying bars, or upright ones for months; none where there is nothing to show."""
    lines = table.lines if table.upright else table.lines[:MAX_BARS]
    most = max((count for line in lines for count in _counts(table, line)), default=0)
    if not most:
        return None
    place = _upright if table.upright else _lying
    bars = [place(line.label, _counts(table, line), number, most) for number, line in enumerate(lines)]
    words = "；".join(f"{bar.label} {bar.number}" for bar in bars)
    return Chart(table.title, words, HEIGHT if table.upright else LINE_HEIGHT * len(bars), table.upright, bars)


def _counts(table: Table, line: Line) -> list[int]:
    """The number shown, and that of the last period where the two are compared."""
    counts = [number.count for number in line.numbers]
    return counts if table.compared else [counts[table.shown]]


def _lying(label: str, counts: Sequence[int], place: int, most: int) -> Bar:
    top = place * LINE_HEIGHT
    lengths = [count * (WIDTH - FOR_NUMBER) // most for count in counts]
    return Bar(
        x=0,
        y=top + 18,
        width=lengths[0],
        height=BAR,
        label=label if len(label) <= MAX_LABEL_LENGTH else f"{label[:MAX_LABEL_LENGTH]}…",
        number=counts[0],
        label_x=0,
        label_y=top + 14,
        number_x=lengths[0] + 6,
        number_y=top + 18 + BAR - 2,
        before=lengths[1] if len(lengths) > 1 else 0,
    )


def _upright(label: str, counts: Sequence[int], place: int, most: int) -> Bar:
    step = WIDTH // MAX_BARS
    height = counts[0] * (HEIGHT - FOOT - HEAD) // most
    middle = place * step + step // 2
    return Bar(
        x=middle - BAR // 2,
        y=HEIGHT - FOOT - height,
        width=BAR,
        height=height,
        label=label,
        number=counts[0],
        label_x=middle,
        label_y=HEIGHT - 6,
        number_x=middle,
        number_y=HEIGHT - FOOT - height - 4,
    )
