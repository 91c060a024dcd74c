"""Tables as Excel files; every cell passes safe_cell, so that no text is read as a formula."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from tempfile import TemporaryFile
from typing import IO, TypeAlias

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

Value: TypeAlias = str | int | Decimal | date | datetime | None
# What Excel, WPS or LibreOffice take for the beginning of a formula, also behind blanks and in full width.
FORMULA_SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", "|", "%")
NOT_OF_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
WIDEST = 60
MAX_ROWS = 1_000_000  # of a sheet, below the head; Excel opens 1,048,576
MAX_CHARACTERS = 32_767  # of a cell; Excel refuses a file with a longer one


def safe_cell(value: Value) -> Value:
    """The value as a cell may hold it: what could be read as a formula is told to be text by an apostrophe."""
    if not isinstance(value, str):
        return value
    text = NOT_OF_XML.sub("", value)
    if text.startswith(FORMULA_SIGNS) or text.lstrip().startswith(FORMULA_SIGNS):
        text = f"'{text}"
    return text if len(text) <= MAX_CHARACTERS else f"{text[: MAX_CHARACTERS - 1]}…"


@dataclass(frozen=True)
class Table:
    """What one sheet holds; what is too much for one goes on in the next."""

    title: str
    head: Sequence[str]
    rows: Iterable[Sequence[Value]]
    widths: Sequence[int]


@dataclass(frozen=True)
class _Formats:
    bold: Format
    dated: Format
    tenths: Format


def workbook(title: str, head: Sequence[str], rows: Iterable[Sequence[Value]], *, widths: Sequence[int]) -> IO[bytes]:
    """A file of one table, open at its beginning; who asked for it closes it."""
    return workbook_of([Table(title, head, rows, widths)])


def workbook_of(tables: Iterable[Table]) -> IO[bytes]:
    """A file of sheets with a bold first row that stays in sight, open at its beginning; who asked for it closes it.

    A row is written as soon as it is given, so that it takes no more memory for many rows than for few.
    """
    written = TemporaryFile()  # noqa: SIM115 - it is handed out open
    book = Workbook(written, {"constant_memory": True})
    kinds = ({"bold": True}, {"num_format": "yyyy-mm-dd"}, {"num_format": "0.0"})
    formats = _Formats(*(book.add_format(kind) for kind in kinds))
    for table in tables:
        _write_table(book, table, formats)
    book.close()
    written.seek(0)
    return written


def _write_table(book: Workbook, table: Table, formats: _Formats) -> None:
    for number, rows_of_sheet in enumerate(_sheets(table.rows), start=1):
        title = table.title if number == 1 else f"{table.title} {number}"
        sheet = _new_sheet(book, title, table.head, table.widths, formats.bold)
        for line, row in enumerate(rows_of_sheet, start=1):
            _write_row(sheet, line, row, formats)


def _sheets(rows: Iterable[Sequence[Value]]) -> Iterator[Iterable[Sequence[Value]]]:
    """The rows of one sheet after the other, at least of one; each must be read before the next is asked for."""
    left = iter(rows)
    first: list[Sequence[Value]] = list(islice(left, 1))
    yield chain(first, islice(left, MAX_ROWS - 1))
    while first := list(islice(left, 1)):
        yield chain(first, islice(left, MAX_ROWS - 1))


def _new_sheet(book: Workbook, title: str, head: Sequence[str], widths: Sequence[int], bold: Format) -> Worksheet:
    sheet = book.add_worksheet(title)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, min(width, WIDEST))
    sheet.freeze_panes(1, 0)
    for column, name in enumerate(head):
        sheet.write_string(0, column, str(safe_cell(name)), bold)
    return sheet


def _write_row(sheet: Worksheet, line: int, row: Sequence[Value], formats: _Formats) -> None:
    for column, value in enumerate(row):
        if isinstance(value, str):
            sheet.write_string(line, column, str(safe_cell(value)))
        elif isinstance(value, date):
            sheet.write_datetime(line, column, value, formats.dated)
        elif isinstance(value, Decimal):
            sheet.write_number(line, column, value, formats.tenths)
        elif value is not None:
            sheet.write_number(line, column, value)
