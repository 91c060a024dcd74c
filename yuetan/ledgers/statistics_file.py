"""统计 as an Excel file: every table of the page in one sheet, line by line."""

from __future__ import annotations

from collections.abc import Iterator

from yuetan.actions.files.prepared_file import MadeFile, Progress
from yuetan.ledgers.statistics import Statistics, Table
from yuetan.models import PreparedFile
from yuetan.rules.dates.periods import Period, PeriodKind

HEAD, WIDTHS = ("统计项目", "分项", "口径", "本期", "上期", "增减"), (30, 50, 24, 10, 10, 10)


def make_statistics_file(prepared: PreparedFile, progress: Progress) -> MadeFile:
    """The figures as its person may see them now, of the period that was asked for."""
    from yuetan.documents.exports.spreadsheet import workbook

    asked = prepared.arguments
    period = Period(PeriodKind(asked["kind"]), asked["year"], asked["number"])
    tables = Statistics(prepared.asked_by, period).tables()
    rows = (row for table in tables for row in _rows_of_table(table))
    return MadeFile(f"{prepared.title}.xlsx", workbook(period.label, HEAD, rows, widths=WIDTHS))


def _rows_of_table(table: Table) -> Iterator[list[str | int | None]]:
    for line in table.lines:
        counts = [number.count for number in line.numbers]
        if table.compared:
            yield [table.title, line.label, table.columns[0], *counts, counts[0] - counts[1]]
        else:
            for column, number in zip(table.columns, line.numbers, strict=True):
                yield [table.title, line.label, column, number.shown, None, None]
