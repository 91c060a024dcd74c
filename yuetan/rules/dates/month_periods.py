"""Periods that the law counts by calendar months: 半年, 一年, 三个月."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from yuetan.rules.text.official_text import chinese_date, chinese_number

MONTHS_OF = {"年": 12, "个月": 1}
MAX_MONTHS = 120
_WRITTEN = re.compile(r"([一二三四五六七八九十百]+|两)(年|个月)")
_NUMBERS = {chinese_number(number): number for number in range(1, MAX_MONTHS + 1)} | {"两": 2}


def months_in(period: str) -> int | None:
    """How many calendar months a period is as the law writes it; None for what is no such period."""
    if period == "半年":
        return MONTHS_OF["年"] // 2
    match = _WRITTEN.fullmatch(period)
    if match is None or match[1] not in _NUMBERS:
        return None
    months = _NUMBERS[match[1]] * MONTHS_OF[match[2]]
    return months if months <= MAX_MONTHS else None


def same_day_after(day: date, months: int) -> date:
    """That day so many months on, or the last day of that month where it has no such day."""
    years, month = divmod(day.month - 1 + months, MONTHS_OF["年"])
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True)
class MonthPeriod:
    """So many calendar months from a day on; raises ValueError for none. Both its first and its last day count."""

    first: date
    months: int

    def __post_init__(self) -> None:
        if self.months < 1:
            raise ValueError("a period has at least one month")

    @property
    def last(self) -> date:
        """The last day within."""
        return same_day_after(self.first, self.months)

    def holds(self, day: date) -> bool:
        """Whether a day lies within."""
        return self.first <= day <= self.last

    def reason(self, period: str) -> str:
        """为什么是这一天: how the last day follows from the first, for a period in the words of the law (半年)."""
        counted = f"自{chinese_date(self.first)}起{period}，即{self.months}个月，按日历月计算，起止当日都计入。"
        last = self.last
        if last.day == self.first.day:
            return f"{counted}{self.months}个月以后的同一日是{chinese_date(last)}，以该日为止。"
        missing = f"{last.year}年{last.month}月没有{self.first.day}日"
        return f"{counted}{missing}，以该月最后一日{chinese_date(last)}为止。"
