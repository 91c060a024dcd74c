"""The tables from which an office's units are first registered: read, and all that is wrong with them."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from yuetan.loading.entered_file import Problem
from yuetan.rules.text.official_text import joined
from yuetan.vocabulary import UnitKind

FOLDER = "units"
COLUMNS = ("code", "name", "kind", "parent_code")
MAX_CODE_LENGTH, MAX_NAME_LENGTH = 20, 80
ONE_OF_EACH = (UnitKind.LEADING_GROUP, UnitKind.OFFICE)
PARENT_KINDS = {UnitKind.OFFICE: UnitKind.LEADING_GROUP, UnitKind.TOWN: UnitKind.COUNTY}


class UnitRow(NamedTuple):
    """One line of a table, with the place where it stands."""

    file: str
    line: int
    code: str
    name: str
    kind: str
    parent_code: str


def unit_rows(folder: Path) -> list[UnitRow]:
    """Every line of a folder's tables. Raises ValueError where one has other columns or is no text."""
    return [row for path in sorted(folder.glob("*.csv")) for row in _rows_of(path)]


def problems_of_units(folder: Path) -> list[Problem]:
    """All that is wrong with a folder's tables, or that keeps an office from working with these units."""
    try:
        rows = unit_rows(folder)
    except ValueError as error:
        return [Problem(FOLDER, "", str(error))]
    of_rows = [Problem(row.file, f"第{row.line}行", fault) for row in rows for fault in _faults(row, rows)]
    counts = {kind: sum(row.kind == kind for row in rows) for kind in ONE_OF_EACH}
    return of_rows + [
        Problem(FOLDER, "", f"类别为 {kind} 的应当有且只有一个，现在有{count}个")
        for kind, count in counts.items()
        if count != 1
    ]


def _rows_of(path: Path) -> Iterator[UnitRow]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()  # as a spreadsheet program saves it, too
    except UnicodeDecodeError as error:
        raise ValueError(f"{path.name} 不是 UTF-8 编码的文本") from error
    table = csv.DictReader(lines)
    if tuple(table.fieldnames or ()) != COLUMNS:
        raise ValueError(f"{path.name} 第一行应为 {','.join(COLUMNS)}")
    for row in table:
        cells = [(row[column] or "").strip() for column in COLUMNS]
        yield UnitRow(path.name, table.line_num, *cells)


def _faults(row: UnitRow, rows: Sequence[UnitRow]) -> Iterator[str]:
    if not 0 < len(row.code) <= MAX_CODE_LENGTH or not 0 < len(row.name) <= MAX_NAME_LENGTH:
        yield f"代码应有 1 至 {MAX_CODE_LENGTH} 个字，名称应有 1 至 {MAX_NAME_LENGTH} 个字"
    if any(other.code == row.code for other in rows if other.line != row.line or other.file != row.file):
        yield f"代码 {row.code} 写了两次"
    if row.kind not in UnitKind.values:
        yield f"类别应为{joined(UnitKind.values)}中的一个"
        return
    expected = PARENT_KINDS.get(UnitKind(row.kind))
    if expected and not any(other.code == row.parent_code and other.kind == expected for other in rows):
        yield f"上级代码应为表中一个 {expected} 的代码"
