"""The State Council's holiday arrangement as calendar days: from one package, checked against another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import chinese_calendar
import holidays

from yuetan.models import CalendarDay, CalendarYear
from yuetan.rules.dates import clock
from yuetan.rules.dates.working_days import SATURDAY
from yuetan.rules.text import official_text

FIRST_YEAR = 2019
MAKE_UP = "调休上班"
SOURCE = "随系统装入，两个公开的节假日数据包互相核对"


def load_calendar() -> tuple[int, list[str]]:
    """Write the days of published years into an empty calendar; returns how many, and warnings.

    A later year is entered by the director, who is shown which dates move by it (`enter_calendar_year`).
    """
    if CalendarYear.objects.exists():
        return 0, []
    years = [year for year in range(FIRST_YEAR, clock.today().year + 2) if is_published(year)]
    days = [day for year in years for day in arranged(year)]
    warnings = [warning for year in years if (warning := disagreement(year, days))]
    CalendarYear.objects.bulk_create(CalendarYear(year=year, source=SOURCE) for year in years)
    return len(_kept(days)), warnings


def _kept(days: list[CalendarDay]) -> list[CalendarDay]:
    """Write the days, save those which the office has entered by itself."""
    entered = set(CalendarDay.objects.values_list("day", flat=True))
    return CalendarDay.objects.bulk_create(day for day in days if day.day not in entered)


def is_published(year: int) -> bool:
    """Whether the arrangement of a year is out: `holidays` invents what is not, `chinese_calendar` refuses."""
    try:
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True


def arranged(year: int) -> Iterator[CalendarDay]:
    """Every day off, the weekends inside a block too, and every make-up day."""
    known = holidays.country_holidays("CN", years=year, language="zh_CN")
    make_up = {day for day in known.weekend_workdays if day.year == year}
    for day in _days_of(year):
        if day in make_up:
            yield CalendarDay(day=day, is_working=True, name=MAKE_UP)
        elif day in known:
            yield CalendarDay(day=day, is_working=False, name=known[day])
        elif day.weekday() >= SATURDAY and (name := chinese_calendar.get_holiday_detail(day)[1]):
            yield CalendarDay(day=day, is_working=False, name=chinese_calendar.Holiday(name).chinese)


def disagreement(year: int, days: list[CalendarDay]) -> str:
    """Name the days on which the two packages differ; empty if they agree."""
    works = {row.day: row.is_working for row in days}
    differing = [
        official_text.chinese_date(day)
        for day in _days_of(year)
        if works.get(day, day.weekday() < SATURDAY) != chinese_calendar.is_workday(day)
    ]
    if not differing:
        return ""
    named = official_text.joined(differing)
    return f"{year}年节假日安排的两个来源不一致，请对照国务院办公厅通知核对：{named}。"


def _days_of(year: int) -> Iterator[date]:
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)
