"""Tables as Excel files; every cell passes safe_cell, so that no text is read as a formula."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

Value = str | int | date | datetime | None
# What Excel, WPS or LibreOffice take for the beginning of a formula, also behind blanks and in full width.
FORMULA_SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", "|", "%")
WIDEST = 60


def safe_cell(value: Value) -> Value:
    """The value as a cell may hold it: what could be read as a formula is told to be text by an apostrophe."""
    if not isinstance(value, str):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("", value)
    return f"'{text}" if text.startswith(FORMULA_SIGNS) or text.lstrip().startswith(FORMULA_SIGNS) else text


def workbook(title: str, head: Sequence[str], rows: Iterable[Sequence[Value]], *, widths: Sequence[int]) -> bytes:
    """One sheet with a bold first row that stays in sight."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[chr(ord("A") + column - 1)].width = min(width, WIDEST)
    sheet.freeze_panes = "A2"
    sheet.append([_bold(sheet, name) for name in head])
    for row in rows:
        sheet.append([_text(sheet, value) for value in row])
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _bold(sheet: WriteOnlyWorksheet, name: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=safe_cell(name))
    cell.font = Font(bold=True)
    return cell


def _text(sheet: WriteOnlyWorksheet, value: Value) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=safe_cell(value))
    if isinstance(value, str):
        cell.data_type = "s"
    return cell
