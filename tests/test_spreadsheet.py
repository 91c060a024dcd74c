"""Excel files: no text of ours is ever taken for a formula."""

import weakref
from typing import IO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from yuetan.documents.exports import spreadsheet
from yuetan.documents.exports.spreadsheet import safe_cell, workbook

HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "＝1",
    "\t=1",
    "  =cmd|' /C calc'!A0",
    "\r\n=1",
    "|x",
    "%x",
    '=HYPERLINK("x")',
]


def cells(content: IO[bytes]) -> list[list[object]]:
    with content:
        book = load_workbook(content)
    return [[(cell.value, cell.data_type) for cell in row] for row in book.active.iter_rows()]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_looks_like_a_formula_is_text(text):
    rows = cells(workbook("表", ("栏",), [(text,)], widths=(20,)))
    value, kind = rows[1][0]
    assert kind == "s"
    assert str(value).startswith("'")


@given(st.text(max_size=30))
def test_whatever_is_written_is_never_a_formula_and_never_breaks_the_file(text):
    value, kind = cells(workbook("表", ("栏",), [(text,)], widths=(20,)))[1][0] if text else ("", "s")
    assert kind != "f"
    assert value is None or not str(value).lstrip().startswith(("=", "+", "-", "@"))


def test_plain_words_and_numbers_stay_as_they_are():
    assert (safe_cell("江扫黑办〔2026〕1号"), safe_cell(12), safe_cell(None)) == ("江扫黑办〔2026〕1号", 12, None)
    assert cells(workbook("表", ("甲", "乙"), [("字", 3)], widths=(9, 9)))[1] == [("字", "s"), (3, "n")]


def test_what_is_too_much_for_one_sheet_goes_on_in_the_next(monkeypatch):
    monkeypatch.setattr(spreadsheet, "MAX_ROWS", 2)
    for count, sheets in ((0, [[]]), (2, [[0, 1]]), (5, [[0, 1], [2, 3], [4]])):
        with workbook("表", ("栏",), ((number,) for number in range(count)), widths=(9,)) as file:
            book = load_workbook(file)
        written = [[row[0] for row in sheet.iter_rows(values_only=True)] for sheet in book]
        assert written == [["栏", *rows] for rows in sheets]


def test_a_row_is_written_before_the_next_is_asked_for():
    asked = []

    def rows():
        for number in range(5000):
            row = [f"第{number}行"]
            asked.append(weakref.ref(given := Cell(row)))
            yield given

    class Cell(list):
        """A row that can be looked for later."""

    workbook("表", ("栏",), rows(), widths=(9,)).close()
    assert sum(row() is not None for row in asked) <= 2


def test_a_file_is_open_at_its_beginning_and_its_sheets_are_counted(monkeypatch):
    monkeypatch.setattr(spreadsheet, "MAX_ROWS", 1)
    with workbook("台账", ("栏",), [("一",), ("二",)], widths=(9,)) as file:
        assert file.tell() == 0
        assert load_workbook(file).sheetnames == ["台账", "台账 2"]


def test_a_cell_holds_what_excel_holds_and_says_that_there_was_more():
    longest = "字" * 32_767
    assert safe_cell(longest) == longest
    assert safe_cell(f"{longest}字") == f"{longest[:-1]}…"
