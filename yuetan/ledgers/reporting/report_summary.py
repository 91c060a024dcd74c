"""汇总 as an Excel file: a sheet of the lines, each figure beside the last period and last year, sent as it is made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from yuetan.ledgers.ledger import Cell
from yuetan.models.reporting.summary import Summary, SummaryLine

COUNTED = ("应报", "已报", "已收", "逾期报送", "未报")
WIDE, NARROW = 30, 12


def summary_book(summary: Summary) -> IO[bytes]:
    """The workbook, open at its beginning; who asked for it closes it."""
    from yuetan.documents.exports.spreadsheet import workbook

    head = ["单位", *COUNTED, *_heads(summary)]
    rows = [_row(summary, line) for line in (*summary.lines, summary.total)]
    rows += [[words] for words in summary.lacking]
    if summary.span.left_out:
        rows.append([f"各期不同、没有列入的填报项：{'、'.join(summary.span.left_out)}"])
    if summary.marked:
        rows.append([f"含已标记瞒报、谎报的报表 {summary.marked} 份"])
    return workbook("汇总", head, rows, widths=[WIDE, *(NARROW for _ in head[1:])])


def _heads(summary: Summary) -> Iterator[str]:
    for label, unit in summary.heads:
        yield f"{label}（{unit}）" if unit else label
        yield f"{label}：上期"
        yield f"{label}：去年同期"


def _row(summary: Summary, line: SummaryLine) -> list[Cell]:
    counted = line.standing
    cells: list[Cell] = [
        line.label,
        counted.expected,
        counted.handed_in,
        counted.accepted,
        counted.late,
        counted.missed,
    ]
    for figure in summary.figures(line):
        numbers = zip((figure.now, figure.before, figure.last_year), figure.words, strict=True)
        cells += [(words or None) if number is None else number for number, words in numbers]
    return cells
