"""Working days over the State Council's yearly holiday arrangement (放假) and its make-up days (调休上班)."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property

from yuetan.rules.dates.statutory import statutory_days

ONE_DAY = timedelta(days=1)
SATURDAY = 5


class DayCategory(StrEnum):
    """What a day is, in the words in which a count shows it."""

    WORKDAY = "工作日"
    MADE_UP = "调休上班"
    HOLIDAY = "放假"
    WEEKEND = "周末"

    @property
    def is_worked(self) -> bool:
        """Whether the day counts."""
        return self in (DayCategory.WORKDAY, DayCategory.MADE_UP)


@dataclass(frozen=True)
class Calendar:
    """The published arrangement: days off, weekend days worked instead, and the years it covers.

    Of a year it does not cover, the days off by law are off, and weekends fall as they fall.
    """

    holidays: frozenset[date]
    workdays: frozenset[date]
    years: frozenset[int]

    @cached_property
    def weekdays_off(self) -> tuple[date, ...]:
        """Monday to Friday on which nobody works."""
        return tuple(sorted(day for day in self.holidays - self.workdays if day.weekday() < SATURDAY))

    @cached_property
    def weekends_worked(self) -> tuple[date, ...]:
        """Saturdays and Sundays on which everybody works."""
        return tuple(sorted(day for day in self.workdays if day.weekday() >= SATURDAY))

    def is_off_by_law(self, day: date) -> bool:
        """Whether a weekday of a year that is not covered is off because the law says so, and no row says otherwise."""
        if day.year in self.years or day.weekday() >= SATURDAY or day in self.workdays or day in self.holidays:
            return False
        return day in statutory_days(day.year)

    def is_worked(self, day: date) -> bool:
        """Whether a day is worked, as far as is known."""
        if day in self.workdays:
            return True
        return day.weekday() < SATURDAY and day not in self.holidays and not self.is_off_by_law(day)


def is_working_day(day: date, calendar: Calendar) -> bool:
    """Say whether `day` is worked: a weekday that is no holiday, or a make-up day."""
    _refuse_time_of_day(day)
    return calendar.is_worked(day)


def add_working_days(start: date, count: int, calendar: Calendar) -> date:
    """Return the `count`-th working day after `start`, before it if negative, `start` itself if 0."""
    _refuse_time_of_day(start)
    day, step = start, ONE_DAY if count > 0 else -ONE_DAY
    for _ in range(abs(count)):
        day += step
        while not is_working_day(day, calendar):
            day += step
    return day


def working_days_between(start: date, end: date, calendar: Calendar) -> int:
    """Count the working days after `start` up to and including `end`; exactly the negative if they are swapped."""
    _refuse_time_of_day(start, end)
    if end < start:
        return -working_days_between(end, start, calendar)
    weekdays = _weekdays_until(end) - _weekdays_until(start) - _off_by_law(start, end, calendar)
    return weekdays - _within(calendar.weekdays_off, start, end) + _within(calendar.weekends_worked, start, end)


def _off_by_law(start: date, end: date, calendar: Calendar) -> int:
    years = unpublished_years(start, end, calendar)
    return sum(start < day <= end and calendar.is_off_by_law(day) for year in years for day in statutory_days(year))


def unpublished_years(start: date, end: date, calendar: Calendar) -> tuple[int, ...]:
    """Name the years from `start` to `end`, either way round, whose arrangement is not published."""
    first, last = sorted((start.year, end.year))
    return tuple(year for year in range(first, last + 1) if year not in calendar.years)


def explain(start: date, end: date, calendar: Calendar) -> list[tuple[date, DayCategory]]:
    """List each day after `start` up to `end` with what it was, so that a count can be checked by hand."""
    return [(day, _category(day, calendar)) for day in _days(start, end)]


def _days(start: date, end: date) -> Iterator[date]:
    for number in range(1, (end - start).days + 1):
        yield start + timedelta(days=number)


def _category(day: date, calendar: Calendar) -> DayCategory:
    weekend = day.weekday() >= SATURDAY
    if is_working_day(day, calendar):
        return DayCategory.MADE_UP if weekend else DayCategory.WORKDAY
    is_holiday = day in calendar.holidays or calendar.is_off_by_law(day)
    return DayCategory.HOLIDAY if is_holiday else DayCategory.WEEKEND


def _weekdays_until(day: date) -> int:
    # 1 January of the year 1 was a Monday, so ordinals fall into whole weeks.
    weeks, rest = divmod(day.toordinal(), 7)
    return weeks * 5 + min(rest, 5)


def _within(days: tuple[date, ...], start: date, end: date) -> int:
    return bisect_right(days, end) - bisect_right(days, start)


def _refuse_time_of_day(*days: date) -> None:
    # A datetime is a date to the type checker, yet never equal to one: every holiday would be missed in silence.
    if any(isinstance(day, datetime) for day in days):
        raise TypeError("working days are counted between dates, not datetimes")
