"""Periods of reporting: in which one a day lies, which comes next, until when its report is due, and how late it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from yuetan.rules.dates.periods import Period, PeriodKind
from yuetan.rules.dates.provisional import first_working_day
from yuetan.rules.dates.working_days import ONE_DAY, Calendar, add_working_days
from yuetan.rules.text.official_text import CHINA_STANDARD_TIME, chinese_date
from yuetan.vocabulary import DayCount, ReportingRhythm

DAYS_OF_A_WEEK = 7
MAX_DUE_DAYS = 90  # after a period, until its report is due
MINUTES_OF_AN_HOUR, HOURS_OF_A_DAY = 60, 24
KINDS = {
    ReportingRhythm.MONTHLY: PeriodKind.MONTH,
    ReportingRhythm.QUARTERLY: PeriodKind.QUARTER,
    ReportingRhythm.HALF_YEARLY: PeriodKind.HALF_YEAR,
    ReportingRhythm.YEARLY: PeriodKind.YEAR,
    ReportingRhythm.ANY_TIME: PeriodKind.YEAR,  # so that what comes at any time is listed by years
}


@dataclass(frozen=True)
class Span:
    """The days of one period, and what it is called."""

    first: date
    last: date
    label: str


def span_of_days(first: date, last: date) -> Span:
    """From a day until a day, both within: 2026年11月20日至26日."""
    if first == last:
        return Span(first, last, chinese_date(first))
    end = chinese_date(last).removeprefix(f"{first.year}年")
    return Span(first, last, f"{chinese_date(first)}至{end}")


def span_around(rhythm: str, day: date, weekday: int = 0) -> Span:
    """The period in which a day lies; a week ends on its weekday. Raises KeyError for what happens once."""
    if rhythm == ReportingRhythm.WEEKLY:
        last = day + timedelta(days=(weekday - day.weekday()) % DAYS_OF_A_WEEK)
        return span_of_days(last - timedelta(days=DAYS_OF_A_WEEK - 1), last)
    period = Period.around(KINDS[ReportingRhythm(rhythm)], day)
    return Span(period.first, period.last, period.label)


def span_after(rhythm: str, span: Span, weekday: int = 0) -> Span:
    """The next period."""
    return span_around(rhythm, span.last + ONE_DAY, weekday)


def due_moment(last: date, days: int, count: str, at: time, calendar: Calendar) -> datetime:
    """Until when the report of a period is due: so many days after its last, at a time of day.

    Of working days the last is one, also where none is counted: what would fall on a day off falls on the next worked.
    """
    if count == DayCount.CALENDAR:
        day = last + timedelta(days=days)
    else:
        day = add_working_days(last, days, calendar) if days else first_working_day(last, calendar)
    return datetime.combine(day, at, CHINA_STANDARD_TIME)


def minutes_late(due_at: datetime, at: datetime) -> int:
    """By how many full minutes a report came late; what comes within the minute in which it is due is in time."""
    return max(int((at - due_at).total_seconds()) // 60, 0)


def lateness(due_at: datetime | None, at: datetime) -> str:
    """逾期 1 天 2 小时 5 分; empty for what is in time."""
    minutes = minutes_late(due_at, at) if due_at else 0
    hours, minutes = divmod(minutes, MINUTES_OF_AN_HOUR)
    days, hours = divmod(hours, HOURS_OF_A_DAY)
    parts = [f"{number} {unit}" for number, unit in ((days, "天"), (hours, "小时"), (minutes, "分")) if number]
    return f"逾期 {' '.join(parts)}" if parts else ""
