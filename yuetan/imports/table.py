"""Reading a table from an Excel or CSV file as people keep it: titles above, heads in any order, blank rows."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from yuetan.actions.step import refuse_uncited
from yuetan.rules.refusals import finding
from yuetan.rules.text.official_text import joined
from yuetan.rules.text.table_cells import (
    FORMULA_WITHOUT_RESULT,
    cell_text,
    cells_joined_downwards,
    formulas_without_result,
)

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

MAX_ROWS = 10_000
MAX_HEAD_ROW = 20  # heads are looked for in the first rows
MAX_LINES = MAX_ROWS + 10 * MAX_HEAD_ROW  # of a sheet, with titles and blank rows
MAX_COLUMNS = 100
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
ZIP = b"PK"
DELIMITERS = ",，;；\t"


@dataclass(frozen=True)
class Column:
    """One column of a table: the head of the template, what else people write there, and what stands in it."""

    key: str
    head: str
    also: tuple[str, ...] = ()
    needed: bool = False
    hint: str = ""
    example: str = ""
    choices: tuple[str, ...] = ()

    @property
    def heads(self) -> tuple[str, ...]:
        """All that this column may be called."""
        return (self.head, *self.also)


@dataclass(frozen=True)
class Row:
    """One row of the file: its number there, and the text of each column that the file has."""

    number: int
    cells: dict[str, str]


@dataclass
class Table:
    """What was read: the rows that hold anything, the letter of each column, and heads that mean nothing here."""

    rows: list[Row] = field(default_factory=list)
    letters: dict[str, str] = field(default_factory=dict)
    unused: list[str] = field(default_factory=list)


def read_table(content: bytes, columns: Sequence[Column]) -> Table:
    """The table in a file. Raises Refused with what to do for a file that holds none, or more than one."""
    sheets = list(_sheets(content))
    placed = [(name, lines, heads) for name, lines in sheets if (heads := _heads_in(lines, columns)) is not None]
    whole = [each for each in placed if not _lacking(each[2][1], columns)]
    if not whole:
        lacking = _lacking(placed[0][2][1], columns) if placed else [column.head for column in columns if column.needed]
        refuse_uncited([finding("table_without_heads", "table", heads=joined(f"“{head}”" for head in lacking))])
    if len(whole) > 1:
        refuse_uncited([finding("table_in_several_sheets", "table", sheets=joined(name for name, _, _ in whole))])
    _, lines, (head_at, places) = whole[0]
    return _table(lines, head_at, places, columns)


def _table(lines: list[list[str]], head_at: int, places: Mapping[int, str], columns: Sequence[Column]) -> Table:
    known = {head for column in columns for head in column.heads}
    table = Table(letters={key: _letter(place) for place, key in places.items()})
    table.unused = [
        cell for place, cell in enumerate(lines[head_at]) if cell and place not in places and cell not in known
    ]
    for number, line in enumerate(lines[head_at + 1 :], start=head_at + 2):
        cells = {key: line[place] if place < len(line) else "" for place, key in places.items()}
        if any(cells.values()):
            table.rows.append(Row(number, cells))
    if not table.rows:
        refuse_uncited([finding("table_without_rows", "table")])
    if len(table.rows) > MAX_ROWS:
        refuse_uncited([finding("table_too_long", "table", rows=len(table.rows), most=MAX_ROWS)])
    return table


def _letter(place: int) -> str:
    """A, B, …, Z, AA as Excel names its columns."""
    return chr(65 + place) if place < 26 else _letter(place // 26 - 1) + chr(65 + place % 26)


def _without_remarks(head: str) -> str:
    """A head without marks of what is needed, remarks in brackets and blanks."""
    return re.sub(r"[（(].*?[)）]|[*＊\s:：]", "", head)


def _heads_in(lines: list[list[str]], columns: Sequence[Column]) -> tuple[int, dict[int, str]] | None:
    """The row of the heads and which column stands where; the row that knows most of them; None if none does."""
    by_head = {_without_remarks(head): column.key for column in columns for head in column.heads}
    best: tuple[int, dict[int, str]] | None = None
    for at, line in enumerate(lines[:MAX_HEAD_ROW]):
        places: dict[int, str] = {}
        for place, cell in enumerate(line):
            key = by_head.get(_without_remarks(cell))
            if key is not None and key not in places.values():
                places[place] = key
        if places and (best is None or len(places) > len(best[1])):
            best = at, places
    return best


def _lacking(places: Mapping[int, str], columns: Sequence[Column]) -> list[str]:
    return [column.head for column in columns if column.needed and column.key not in places.values()]


def _sheets(content: bytes) -> Iterator[tuple[str, list[list[str]]]]:
    """Each sheet of the file with its lines; a CSV file is one."""
    if content.startswith(OLD_EXCEL):
        refuse_uncited([finding("table_in_old_format", "table")])
    if content.startswith(ZIP):
        yield from _excel_sheets(content)
    elif b"\x00" in content:
        refuse_uncited([finding("table_in_no_format", "table")])
    else:
        yield "", _csv_lines(content)


def _excel_sheets(content: bytes) -> Iterator[tuple[str, list[list[str]]]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (InvalidFileException, BadZipFile, KeyError, ValueError, OSError):
        refuse_uncited([finding("table_in_no_format", "table")])
        return
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            sheet.reset_dimensions()  # writers of long files state a size that is not the sheet's
            rows = sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS)
            lines = [[cell_text(value) for value in row] for row in _bounded(rows)]
            xml = _sheet_xml(content, sheet)
            _mark_formulas(lines, xml)
            _fill_joined(lines, xml)
            yield sheet.title, _without_end(lines)


def _sheet_xml(content: bytes, sheet: ReadOnlyWorksheet) -> bytes:
    with ZipFile(io.BytesIO(content)) as archive:
        return archive.read(sheet._worksheet_path)  # noqa: SLF001 - no other way tells where a sheet lies


def _mark_formulas(lines: list[list[str]], xml: bytes) -> None:
    """A formula without a result is read as empty; where one stands, its cell says so instead."""
    for row, place in formulas_without_result(xml):
        if row < len(lines) and place < len(lines[row]):
            lines[row][place] = FORMULA_WITHOUT_RESULT


def _fill_joined(lines: list[list[str]], xml: bytes) -> None:
    """What stands once beside several rows holds for each of them: heads over two rows, a unit beside its leaders."""
    for place, first, last in cells_joined_downwards(xml):
        text = lines[first][place] if first < len(lines) and place < len(lines[first]) else ""
        for line in filter(any, lines[first + 1 : last + 1] if text else ()):
            line.extend([""] * (place + 1 - len(line)))
            line[place] = text


def _bounded(rows: Iterable[Sequence[object]]) -> Iterator[Sequence[object]]:
    """No more than a table can have, and a few blank ones. Raises Refused if anything stands beyond."""
    rows = iter(rows)
    yield from islice(rows, MAX_LINES)
    last = max((number for number, row in enumerate(rows, start=MAX_LINES + 1) if any(row)), default=0)
    if last:
        refuse_uncited([finding("table_too_long", "table", rows=last, most=MAX_ROWS)])


def _without_end(lines: list[list[str]]) -> list[list[str]]:
    """Without the blank rows that borders leave behind."""
    while lines and not any(lines[-1]):
        lines.pop()
    return lines


def _csv_lines(content: bytes) -> list[list[str]]:
    text = _decoded(content)
    head = "\n".join(text.splitlines()[:MAX_HEAD_ROW])
    delimiter = max(DELIMITERS, key=head.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return _without_end([[cell_text(cell) for cell in line] for line in _bounded(lines)])
    except csv.Error:  # a quotation mark that never ends, until a cell is longer than any may be
        refuse_uncited([finding("table_in_no_format", "table")])
        return []


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    refuse_uncited([finding("table_in_no_format", "table")])
    return ""
