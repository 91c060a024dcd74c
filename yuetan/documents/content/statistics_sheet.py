"""约谈工作统计表: what the office hands up to the leading group, in the tables of the page of 统计."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from yuetan.documents.content.facts import PaperFacts
from yuetan.documents.content.office_forms import Row
from yuetan.documents.content.phrases import body_name, replacement
from yuetan.models import Document, StatisticsSheet, User
from yuetan.rules.dates.periods import Period
from yuetan.rules.text.official_text import chinese_date, chinese_datetime
from yuetan.vocabulary import UnitKind


@dataclass(frozen=True)
class CountedTable:
    """Figures under one heading: the heads of the numbers, and each line with its label before them."""

    title: str
    columns: list[str]
    lines: list[list[str]]
    note: str = ""


def statistics_sheet(
    sheet: StatisticsSheet,
    tables: Sequence[CountedTable],
    *,
    number: str,
    at: datetime,
    by: User,
    replaced: Document | None,
) -> PaperFacts:
    """The facts of the sheet as a person issues it at a moment; `replaced` is the former edition."""
    office, group = body_name(UnitKind.OFFICE), body_name(UnitKind.LEADING_GROUP)
    notes = [f"{table.title}：{table.note}" for table in tables if table.note]
    explained = ["本期、上期的数字按事情发生的日期统计，“现在”的数字以上列截至时间为准。", *notes]
    corrected = [Row("更正说明", [_replaced(replaced, sheet)])] if replaced else []
    return {
        "title": f"{sheet}{_as_of(sheet.period, at.date())}",
        "addressee": group,
        "number": number,
        "dated_words": chinese_date(at),
        "pairs": [
            ("文号", number, "印发日期", chinese_date(at)),
            ("制表单位", office, "报送", group),
            ("统计期间", _span_words(sheet.period), "数字截至", chinese_datetime(at)),
            ("印发人", by.name, "职务", by.title),
        ],
        "tables": list(tables),
        "rows": [*corrected, Row("统计口径", explained)],
    }


def _replaced(former: Document, sheet: StatisticsSheet) -> str:
    return str(replacement(former.title, former.number, sheet.reason, "本表"))


def _span_words(period: Period) -> str:
    return f"{chinese_date(period.first)}至{chinese_date(period.last)}"


def _as_of(period: Period, day: date) -> str:
    """What marks the sheet of a period that has not ended."""
    return f"（截至{day.month}月{day.day}日）" if day <= period.last else ""
