"""Counts that rest on a year whose arrangement (放假安排) is not published: what is known of them, and what may come.

An arrangement moves days around what the law gives: weekdays near a day off by law may become days off, weekends
near it may be worked. Everything else is certain. Between the two extremes lies every arrangement there may be, as
the published ones show (`tests/rules/dates/test_provisional.py` holds it to all of them since 2019).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from yuetan.rules.dates.statutory import statutory_days
from yuetan.rules.dates.working_days import ONE_DAY, SATURDAY, Calendar, add_working_days, unpublished_years
from yuetan.rules.text import official_text

# How far from a day off by law an arrangement reaches: the days off it adds, the weekends it has worked.
REACH_OF_DAYS_OFF = 7
REACH_OF_MAKE_UP_DAYS = 14

PROVISIONAL = "放假安排尚未公布，按暂定推算"


@dataclass(frozen=True)
class CountedDay:
    """A day reached by counting working days: by what is known, and the first and the last it may turn out to be."""

    day: date
    earliest: date
    latest: date
    unpublished: tuple[int, ...] = ()

    @property
    def is_provisional(self) -> bool:
        """Whether some year it rests on is not published."""
        return bool(self.unpublished)

    @property
    def note(self) -> str:
        """2027年放假安排尚未公布，按暂定推算; empty for what is certain."""
        return provisional_note(self.unpublished)


def provisional_note(years: tuple[int, ...]) -> str:
    """The sentence that stands with every count that rests on these years; empty for none."""
    return f"{official_text.joined([f'{year}年' for year in years])}{PROVISIONAL}" if years else ""


def count_on(start: date, count: int, calendar: Calendar) -> CountedDay:
    """The `count`-th working day after `start`, before it if negative, with how far it may still move."""
    day = add_working_days(start, count, calendar)
    most = _counted(start, count, lambda each: _is_worked_at_most(each, calendar))
    fewest = _counted(start, count, lambda each: _is_worked_at_least(each, calendar))
    return CountedDay(day, min(most, fewest), max(most, fewest), unpublished_years(start, day, calendar))


def first_working_day(day: date, calendar: Calendar) -> date:
    """The day itself if it is worked, as far as is known, else the next that is."""
    return add_working_days(day - ONE_DAY, 1, calendar)


def _counted(start: date, count: int, is_worked: Callable[[date], bool]) -> date:
    day, step = start, ONE_DAY if count > 0 else -ONE_DAY
    for _ in range(abs(count)):
        day += step
        while not is_worked(day):
            day += step
    return day


def _is_worked_at_most(day: date, calendar: Calendar) -> bool:
    """Whether some arrangement may have the day worked."""
    if calendar.is_worked(day):
        return True
    return _is_open(day, calendar) and day.weekday() >= SATURDAY and _is_near(day, REACH_OF_MAKE_UP_DAYS)


def _is_worked_at_least(day: date, calendar: Calendar) -> bool:
    """Whether every arrangement must have the day worked."""
    return calendar.is_worked(day) and not (_is_open(day, calendar) and _is_near(day, REACH_OF_DAYS_OFF))


def _is_open(day: date, calendar: Calendar) -> bool:
    """Whether nothing certain is known of the day: its year is not published, it is not off by law, no row names it."""
    if day.year in calendar.years or day in calendar.workdays or day in calendar.holidays:
        return False
    return day not in statutory_days(day.year)


@lru_cache(maxsize=4096)
def _is_near(day: date, reach: int) -> bool:
    years, span = (day.year - 1, day.year, day.year + 1), timedelta(days=reach)
    return any(abs(day - off) <= span for year in years for off in statutory_days(year))
