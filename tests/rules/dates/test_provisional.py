"""What is counted over a year that is not published: the law's own days off, and how far the count may still move.

Each published year is taken once as if it were not: the real arrangement must lie between the two extremes.
"""

from datetime import date, timedelta

import pytest

from yuetan.rules.dates.provisional import count_on
from yuetan.rules.dates.statutory import days_by_law, statutory_days
from yuetan.rules.dates.working_days import Calendar, add_working_days

# By the law of 2024 (国务院令第795号): thirteen days, written out.
LAW = {
    2026: "01-01 02-16 02-17 02-18 02-19 04-05 05-01 05-02 06-19 09-25 10-01 10-02 10-03",
    2027: "01-01 02-05 02-06 02-07 02-08 04-05 05-01 05-02 06-09 09-15 10-01 10-02 10-03",
    2028: "01-01 01-25 01-26 01-27 01-28 04-04 05-01 05-02 05-28 10-01 10-02 10-03",
}


@pytest.mark.parametrize("year", LAW)
def test_the_days_off_by_law(year: int) -> None:
    days = {date.fromisoformat(f"{year}-{day}") for day in LAW[year].split()}
    assert set(statutory_days(year)) == days


def test_the_lunar_names_are_said() -> None:
    assert statutory_days(2027)[date(2027, 2, 5)] == "农历除夕"
    assert statutory_days(2027)[date(2027, 9, 15)] == "中秋节"


@pytest.mark.parametrize("year", range(2019, 2027))
def test_every_published_year_has_its_days_off_by_law_off(calendar: Calendar, year: int) -> None:
    assert set(statutory_days(year)) <= calendar.holidays


def test_two_festivals_on_one_day_are_two_days_off() -> None:
    assert statutory_days(2028)[date(2028, 10, 3)] == "中秋节、国庆节"
    assert (len(statutory_days(2028)), days_by_law(2028), days_by_law(2027)) == (12, 13, 13)


def test_no_year_is_out_of_reach() -> None:
    assert statutory_days(9999) == {}
    assert statutory_days(1) == {}


def without(calendar: Calendar, year: int) -> Calendar:
    """The calendar as it stood before the arrangement of a year was published."""
    return Calendar(
        frozenset(day for day in calendar.holidays if day.year < year),
        frozenset(day for day in calendar.workdays if day.year < year),
        frozenset(known for known in calendar.years if known < year),
    )


@pytest.mark.parametrize("year", range(2020, 2027))
@pytest.mark.parametrize("count", [1, 3, 5, 10, 30, -3, -10])
def test_what_was_published_then_lies_within_what_was_known_before(calendar: Calendar, year: int, count: int) -> None:
    before = without(calendar, year)
    for number in range(-30, 300):
        start = date(year, 1, 1) + timedelta(days=number)
        counted, real = count_on(start, count, before), add_working_days(start, count, calendar)
        if real.year <= year:
            assert counted.earliest <= counted.day <= counted.latest
            assert counted.earliest <= real <= counted.latest, start


def test_a_count_within_published_years_is_certain(calendar: Calendar) -> None:
    counted = count_on(date(2026, 9, 30), 3, calendar)
    assert (counted.day, counted.earliest, counted.latest) == (date(2026, 10, 10),) * 3
    assert not counted.is_provisional
    assert counted.note == ""


def test_a_count_into_an_unpublished_year_says_on_what_it_waits(calendar: Calendar) -> None:
    counted = count_on(date(2026, 12, 31), 3, calendar)
    assert counted.day == date(2027, 1, 6)  # 1 January is off by law, then a weekend
    assert counted.earliest == date(2027, 1, 4)  # if the weekend were worked
    assert counted.latest > date(2027, 1, 6)
    assert counted.note == "2027年放假安排尚未公布，按暂定推算"
