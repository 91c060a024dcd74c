"""Tables as Excel files; every cell passes safe_cell, so that no text is read as a formula."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import chain, islice
from tempfile import TemporaryFile
from typing import IO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

Value = str | int | date | datetime | None
# What Excel, WPS or LibreOffice take for the beginning of a formula, also behind blanks and in full width.
FORMULA_SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", "|", "%")
WIDEST = 60
MOST_ROWS = 1_000_000  # of a sheet, below the head; Excel opens 1,048,576


def safe_cell(value: Value) -> Value:
    """The value as a cell may hold it: what could be read as a formula is told to be text by an apostrophe."""
    if not isinstance(value, str):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("", value)
    return f"'{text}" if text.startswith(FORMULA_SIGNS) or text.lstrip().startswith(FORMULA_SIGNS) else text


def workbook(title: str, head: Sequence[str], rows: Iterable[Sequence[Value]], *, widths: Sequence[int]) -> IO[bytes]:
    """A file of sheets with a bold first row that stays in sight, open at its beginning; who asked for it closes it.

    A row is written as soon as it is given, so that it takes no more memory for many rows than for few. What is too
    much for one sheet goes on in the next.
    """
    book = Workbook(write_only=True)
    for number, rows_of_sheet in enumerate(_sheets(rows), start=1):
        sheet = _new_sheet(book, title if number == 1 else f"{title} {number}", head, widths)
        for row in rows_of_sheet:
            sheet.append([_text(sheet, value) for value in row])
    written = TemporaryFile()  # noqa: SIM115 - it is handed out open
    book.save(written)
    written.seek(0)
    return written


def _sheets(rows: Iterable[Sequence[Value]]) -> Iterator[Iterable[Sequence[Value]]]:
    """The rows of one sheet after the other, at least of one; each must be read before the next is asked for."""
    left = iter(rows)
    first: list[Sequence[Value]] = list(islice(left, 1))
    yield chain(first, islice(left, MOST_ROWS - 1))
    while first := list(islice(left, 1)):
        yield chain(first, islice(left, MOST_ROWS - 1))


def _new_sheet(book: Workbook, title: str, head: Sequence[str], widths: Sequence[int]) -> WriteOnlyWorksheet:
    sheet = book.create_sheet(title)
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[chr(ord("A") + column - 1)].width = min(width, WIDEST)
    sheet.freeze_panes = "A2"
    sheet.append([_bold(sheet, name) for name in head])
    return sheet


def _bold(sheet: WriteOnlyWorksheet, name: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=safe_cell(name))
    cell.font = Font(bold=True)
    return cell


def _text(sheet: WriteOnlyWorksheet, value: Value) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=safe_cell(value))
    if isinstance(value, str):
        cell.data_type = "s"
    return cell
