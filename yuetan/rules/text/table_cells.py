"""What stands in a cell of a spreadsheet: digits in full width, dates as text, whole numbers as fractions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

FULL_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
BLANKS = {0x3000: " ", 0xA0: " ", 0x200B: "", 0xFEFF: ""}
EXCEL_BEGAN = date(1899, 12, 30)
CELL_ERRORS = frozenset(("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"))  # what Excel shows
# What stands for a formula of which the file holds no result: a program wrote it, and none has computed it since.
FORMULA_WITHOUT_RESULT = "（公式，文件里没有它的结果）"
FORMULA_TO_BE_SAVED = "这里是公式，文件里没有存下它的结果：请用 Excel 或者 WPS 打开文件，保存一次再上传，或者改填文字。"
SERIALS = range(20000, 80000)  # days of Excel from 1954 to 2119
DAY = re.compile(r"(\d{4})\s*[年./\-]\s*(\d{1,2})\s*[月./\-]\s*(\d{1,2})\s*日?( \d\d:\d\d)?")


def cell_text(value: object) -> str:
    """The text of a cell: without blanks round it, letters and digits in half width, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value).translate(FULL_WIDTH).translate(BLANKS)
    return "\n".join(line.strip() for line in text.splitlines()).strip()


def cell_day(text: str) -> date | None:
    """The day that a text names: 2026年3月5日, 2026.3.5, 2026/3/5, 20260305 or Excel's number; None for no day."""
    if text.isdecimal() and len(text) == 5 and int(text) in SERIALS:
        return EXCEL_BEGAN + timedelta(days=int(text))
    if text.isdecimal() and len(text) == 8:
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    parts = DAY.fullmatch(text)
    try:
        return date(*map(int, parts.groups()[:3])) if parts else None
    except ValueError:
        return None


# A cell with a formula, and of its result at most an empty element; a result that is an empty text says so (t="str").
_FORMULA = re.compile(
    rb"<(?:\w+:)?c\s([^>]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_PLACE = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["']""")
_IS_TEXT = re.compile(rb"""\bt=["']str["']""")


def formulas_without_result(sheet: bytes) -> set[tuple[int, int]]:
    """Row and column, each from 0, of the formulas of a sheet's XML whose result the file does not hold."""
    cells = (match.group(1) for match in _FORMULA.finditer(sheet))
    places = (_PLACE.search(attributes) for attributes in cells if not _IS_TEXT.search(attributes))
    return {(int(place.group(2)) - 1, _column(place.group(1))) for place in places if place}


# Cells joined over several rows; only the first of them holds the text.
_JOINED = re.compile(rb"""<(?:\w+:)?mergeCell\s[^>]*\bref=["']([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})["']""")


def cells_joined_downwards(sheet: bytes) -> Iterator[tuple[int, int, int]]:
    """Column, first and last row, each from 0, of the merged cells of a sheet's XML that span more than one row."""
    for column, first, last in _JOINED.findall(sheet):
        if int(last) > int(first):
            yield _column(column), int(first) - 1, int(last) - 1


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
