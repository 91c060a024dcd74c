"""The empty table of a kind that can be brought in: the heads, lists to choose from, and a sheet that says how."""

from __future__ import annotations

from collections.abc import Iterable
from tempfile import TemporaryFile
from typing import IO, NamedTuple

from xlsxwriter import Workbook

NOTES = "填写说明"
ROWS_WITH_LISTS = 10_000
WIDTH = 18


class TemplateColumn(NamedTuple):
    """One column: its head, whether it is needed, how it is filled in, an example, and what is chosen from."""

    head: str
    needed: bool
    hint: str
    example: str
    choices: tuple[str, ...]


def table_template(title: str, columns: Iterable[TemplateColumn]) -> IO[bytes]:
    """An Excel file, open at its beginning; who asked for it closes it."""
    shown = list(columns)
    written = TemporaryFile()  # noqa: SIM115 - it is handed out open
    book = Workbook(written)
    bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
    sheet = book.add_worksheet(title)
    sheet.set_column(
        0, len(shown) - 1, WIDTH, text
    )  # as text, so that no code loses a nought and no day is turned round
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(shown):
        sheet.write_string(0, place, f"{column.head}*" if column.needed else column.head, bold)
        if column.choices:
            listed = {"validate": "list", "source": list(column.choices), "error_type": "warning"}
            sheet.data_validation(1, place, ROWS_WITH_LISTS, place, listed)
    notes = book.add_worksheet(NOTES)
    notes.set_column(0, 4, WIDTH)
    for place, head in enumerate(("列", "是否必填", "怎样填", "例子", "可以填")):
        notes.write_string(0, place, head, bold)
    for line, column in enumerate(shown, start=1):
        needed = "必填" if column.needed else "选填"
        for place, words in enumerate((column.head, needed, column.hint, column.example, "、".join(column.choices))):
            notes.write_string(line, place, words)
    book.close()
    written.seek(0)
    return written
