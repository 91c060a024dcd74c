"""What every unit reported of a period, field by field, as an Excel file: numbers, 是、否 and texts, but no files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import IO

from yuetan.ledgers.ledger import Cell
from yuetan.ledgers.reporting.reports import mark_of
from yuetan.models import PeriodicReport, ReportPeriod, ReportVersion, Unit, User
from yuetan.rules.reporting.form_fields import ReportField
from yuetan.templatetags.official import moment
from yuetan.vocabulary import ReportFieldKind

ABOUT = ("单位", "件", "报送情况", "报送时间", "逾期", "版次", "标记")
WIDE, NARROW = 30, 14
AT_ONCE = 500


def returns_book(period: ReportPeriod, user: User, under: Unit | None = None) -> IO[bytes]:
    """The workbook, open at its beginning; who asked for it closes it. A row a report, written as it is read."""
    from yuetan.documents.exports.spreadsheet import workbook

    fields = [each for each in period.version.form_fields if each.kind != ReportFieldKind.FILE]
    heads = [f"{each.label}{f'（{each.unit}）' if each.unit else ''}" for each in fields]
    widths = [WIDE, *(NARROW for _ in (*ABOUT[1:], *heads))]
    return workbook("各单位报表", [*ABOUT, *heads], _rows_of_reports(period, user, under, fields), widths=widths)


def _rows_of_reports(
    period: ReportPeriod, user: User, under: Unit | None, fields: Sequence[ReportField]
) -> Iterator[Sequence[Cell]]:
    reports = PeriodicReport.objects.visible_to(user).filter(period=period).with_relations()
    if under is not None:
        reports = reports.filter(unit__in=Unit.objects.keys_within(under))
    in_order = reports.order_by("unit_id", "pk").prefetch_related("marks")
    for report in in_order.iterator(chunk_size=AT_ONCE):
        yield _row_of_report(report, fields)


def _row_of_report(report: PeriodicReport, fields: Sequence[ReportField]) -> list[Cell]:
    version = _version_shown(report)
    about: list[Cell] = [
        report.unit.full_name,
        report.serial or None,
        report.state_words,
        moment(report.handed_in_at),
        report.lateness,
        version.version if version else None,
        mark_of(report),
    ]
    return [*about, *(_cell(each, version) for each in fields)]


def _version_shown(report: PeriodicReport) -> ReportVersion | None:
    """The version that counts, or else what the unit handed in last."""
    newest = report.newest
    return report.accepted or (newest if newest is not None and newest.confirmed_at is not None else None)


def _cell(field: ReportField, version: ReportVersion | None) -> Cell:
    value = version.values.get(field.key) if version else None
    if isinstance(value, bool):
        return field.shown(value)
    return value if isinstance(value, int | str) else None
