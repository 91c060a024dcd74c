"""The rows of a form on its pages: each page keeps within the type area, and a row that goes on says what it is.

A browser engine draws no rule and repeats no label where it breaks a row. Every line is broken before, so the height of
every row is known, and the pages are filled here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter

from django.utils.safestring import SafeString

MM = 25.4 / 72
RULE = 0.35
GOES_ON, GOES_ON_SHORT = "（续）", "续"  # where a column has room for its brackets, and where not
MIN_LINES = 3  # of a row that is continued, on either page

CellLines = Sequence[SafeString]
LABELS = {"labelled": (0,), "pairs": (0, 2)}  # which cells of a row are the heads of what stands beside them


@dataclass(frozen=True)
class FormRow:
    """One row: the lines of each cell, the first of which is its label, and how its table is called in the styles."""

    cells: tuple[CellLines, ...]
    style: str
    least: float = 0.0  # millimetres
    is_whole: bool = False  # not continued on another page unless it is higher than one
    table: int = 0  # which of several tables of one style it belongs to

    @property
    def heading(self) -> str:
        """Under which heads it stands."""
        return f"{self.style} {self.table}" if self.table else self.style

    @property
    def labels(self) -> tuple[int, ...]:
        """The places of its cells that are labels."""
        return LABELS.get(self.style, ())

    @property
    def lines(self) -> int:
        """How many lines its longest cell has."""
        return max((len(lines) for lines in self.cells), default=0)


@dataclass(frozen=True)
class FormTable:
    """Rows of one style on one page, under the heads of their columns if these have heads."""

    style: str
    rows: list[FormRow]
    heads: FormRow | None = None


@dataclass(frozen=True)
class FormGrid:
    """How high a line and the padding of a row are, and the room of the first and the other pages, in millimetres."""

    line: float
    padding: float
    first: float
    others: float

    def height(self, row: FormRow) -> float:
        """Of a row with the rule under it."""
        return max(row.lines * self.line + self.padding, row.least) + RULE

    def fitting(self, room: float) -> int:
        """How many lines of a row go into so much room."""
        return int((room - self.padding - RULE + 0.01) / self.line)


def form_pages(
    rows: Sequence[FormRow], grid: FormGrid, heads: dict[str, FormRow], goes_on: SafeString
) -> list[list[FormTable]]:
    """The tables of each page; `heads` are repeated on each, `goes_on` stands under the label of a row continued.

    Blank rows, which are there to be filled in by hand, get no page of their own behind the first.
    """
    pages = list(_filled(list(rows), grid, heads, goes_on))
    while len(pages) > 1 and not any(row.lines for row in pages[-1]):
        pages.pop()
    return [list(_tables(page, heads)) for page in pages]


def _filled(
    ahead: list[FormRow], grid: FormGrid, heads: dict[str, FormRow], goes_on: SafeString
) -> Iterator[list[FormRow]]:
    room, page, heading = grid.first - RULE, list[FormRow](), ""
    while ahead:
        row = ahead.pop(0)
        head = grid.height(heads[row.heading]) if row.heading in heads and row.heading != heading else 0.0
        if grid.height(row) + head <= room + 0.01:
            page.append(row)
            room, heading = room - grid.height(row) - head, row.heading
            continue
        if grid.height(row) + head > grid.others - RULE:
            row = replace(row, is_whole=False)
        part, rest = _parted(row, grid.fitting(room - head), goes_on)
        if part is None and not page and room >= grid.others - RULE:  # a label higher than a page goes in nowhere
            part, rest = row, None
        yield [*page, *filter(None, [part])]
        ahead[:0] = filter(None, [rest])
        room, page, heading = grid.others - RULE, [], ""
    if page:
        yield page


def _parted(row: FormRow, lines: int, goes_on: SafeString) -> tuple[FormRow | None, FormRow | None]:
    """What of a row goes in, and the rest under its label; nothing, where too few lines would stand on either page."""
    label, others = row.cells[0], row.cells[1:]
    longest = max(map(len, others), default=0)
    if row.is_whole or lines < MIN_LINES or longest < 2 * MIN_LINES:
        return None, row
    lines = min(lines, longest - MIN_LINES)
    first = (label, *(cell[:lines] for cell in others))
    rest = ([*label, goes_on] if goes_on not in label else label, *(cell[lines:] for cell in others))
    return replace(row, cells=first), replace(row, cells=rest)


def _tables(page: Sequence[FormRow], heads: dict[str, FormRow]) -> Iterator[FormTable]:
    for heading, rows in groupby(page, key=attrgetter("heading")):
        of_table = list(rows)
        yield FormTable(of_table[0].style, of_table, heads.get(heading))
