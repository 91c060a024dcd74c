"""What stands in a cell of a spreadsheet: digits in full width, dates as text, whole numbers as fractions."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

FULL_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
BLANKS = {0x3000: " ", 0xA0: " ", 0x200B: "", 0xFEFF: ""}
EXCEL_BEGAN = date(1899, 12, 30)
CELL_ERRORS = frozenset(("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"))  # what Excel shows
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
