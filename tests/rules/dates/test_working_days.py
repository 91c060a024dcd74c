"""Working days, checked against the real arrangements and against counting day by day."""

from datetime import UTC, date, datetime, timedelta

import chinese_calendar
import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yuetan.rules.dates.statutory import statutory_days
from yuetan.rules.dates.working_days import (
    Calendar,
    add_working_days,
    explain,
    is_working_day,
    unpublished_years,
    working_days_between,
)

DAYS = st.dates(date(2023, 11, 1), date(2027, 2, 28))
CALENDARS = st.builds(
    Calendar,
    holidays=st.frozensets(DAYS, max_size=40),
    workdays=st.frozensets(DAYS, max_size=20),
    years=st.just(frozenset({2024})),
)


def counted_by_hand(start: date, end: date, calendar: Calendar) -> int:
    count, day = 0, start
    while day < end:
        day += timedelta(days=1)
        off = day in calendar.holidays or (day.year not in calendar.years and day in statutory_days(day.year))
        count += day in calendar.workdays or (day.weekday() < 5 and not off)
    return count


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        ("2024-02-09", True),  # 除夕 2024 was no statutory day off
        ("2025-01-28", False),  # 除夕 2025 is one
        ("2024-02-18", True),  # a Sunday made up
        ("2024-02-04", True),
        ("2024-09-14", True),
        ("2024-10-12", True),
        ("2025-01-26", True),
        ("2025-05-05", False),
        ("2025-10-08", False),
        ("2025-10-11", True),
        ("2026-01-02", False),
        ("2026-01-04", True),
        ("2026-02-14", True),
        ("2026-02-23", False),
        ("2026-02-28", True),
        ("2026-09-20", True),
        ("2026-10-10", True),
        ("2019-05-02", False),  # the longer 劳动节, decided in March
        ("2019-05-05", True),
        ("2020-02-01", False),  # made up at first, a day off after 春节 was prolonged
        ("2020-02-03", True),
        ("2020-10-08", False),
        ("2021-02-20", True),
        ("2022-01-30", True),  # two days made up on end
        ("2022-12-31", False),  # 元旦 of 2023
        ("2023-09-29", False),
        ("2023-12-31", False),
        ("2026-11-23", True),
        ("2026-11-22", False),
    ],
)
def test_known_days(calendar: Calendar, day: str, worked: bool) -> None:
    assert is_working_day(date.fromisoformat(day), calendar) is worked


def test_two_independent_packages_agree_with_the_written_out_arrangements(calendar: Calendar) -> None:
    china = holidays.country_holidays("CN", years=sorted(calendar.years))
    first, last = date(2019, 1, 1), date(2026, 12, 31)
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        ours = is_working_day(day, calendar)
        assert ours == chinese_calendar.is_workday(day), day
        assert ours == china.is_working_day(day), day


@pytest.mark.parametrize(
    ("year", "working_days"),
    [(2019, 250), (2020, 249), (2021, 250), (2022, 249), (2023, 249), (2024, 251), (2025, 248), (2026, 248)],
)
def test_working_days_of_a_whole_year(calendar: Calendar, year: int, working_days: int) -> None:
    assert working_days_between(date(year - 1, 12, 31), date(year, 12, 31), calendar) == working_days


@pytest.mark.parametrize(
    ("start", "count", "result"),
    [
        ("2026-09-30", 1, "2026-10-08"),  # over the National Day week
        ("2026-09-30", 3, "2026-10-10"),  # the third is a Saturday made up
        ("2026-09-30", 4, "2026-10-12"),
        ("2026-02-13", 1, "2026-02-14"),
        ("2026-02-13", 2, "2026-02-24"),  # over the Spring Festival
        ("2025-12-31", 1, "2026-01-04"),  # over the new year
        ("2026-02-27", 1, "2026-02-28"),  # over a month's end
        ("2026-02-27", 2, "2026-03-02"),
        ("2026-10-08", -1, "2026-09-30"),
        ("2026-10-12", -2, "2026-10-09"),
        ("2026-01-05", -1, "2026-01-04"),
        ("2026-01-04", -1, "2025-12-31"),
        ("2026-10-03", 0, "2026-10-03"),  # none counted: the day itself, worked or not
        ("2024-02-28", 1, "2024-02-29"),  # a leap day
        ("2019-02-01", 2, "2019-02-03"),  # a Saturday and a Sunday made up before 春节
        ("2019-02-01", 3, "2019-02-11"),
        ("2019-04-30", 1, "2019-05-05"),  # 劳动节 ends on a Sunday made up
        ("2020-01-23", 1, "2020-02-03"),  # the prolonged 春节, over a month's end
        ("2020-09-30", 3, "2020-10-12"),  # 中秋 and 国庆 in one, a Saturday made up behind them
        ("2020-12-31", 1, "2021-01-04"),  # over the new year, three days off
        ("2021-02-10", 3, "2021-02-20"),
        ("2021-09-17", 3, "2021-09-23"),  # a Saturday made up, then 中秋
        ("2021-09-30", 2, "2021-10-09"),
        ("2022-01-28", 3, "2022-02-07"),  # two made up, then 春节 over a month's end
        ("2022-04-29", 2, "2022-05-06"),
        ("2022-09-30", 2, "2022-10-09"),  # a weekend of which both days are worked
        ("2022-12-30", 1, "2023-01-03"),  # 元旦 begins in the old year
        ("2023-01-20", 3, "2023-01-30"),
        ("2023-09-28", 3, "2023-10-09"),
        ("2023-12-29", 1, "2024-01-02"),
        ("2024-02-09", 2, "2024-02-19"),  # 除夕 worked, the Sunday after 春节 too
        ("2025-01-24", 3, "2025-02-05"),
        ("2025-09-26", 4, "2025-10-09"),
        ("2025-12-31", 4, "2026-01-07"),
        ("2023-01-03", -1, "2022-12-30"),
        ("2020-02-03", -1, "2020-01-23"),
    ],
)
def test_adding_over_real_holidays(calendar: Calendar, start: str, count: int, result: str) -> None:
    assert add_working_days(date.fromisoformat(start), count, calendar) == date.fromisoformat(result)


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        ("2026-09-30", "2026-10-10", 3),
        ("2026-10-10", "2026-09-30", -3),
        ("2026-09-30", "2026-10-07", 0),
        ("2026-10-01", "2026-10-01", 0),
        ("2025-12-31", "2026-01-05", 2),
        ("2026-11-20", "2026-11-23", 1),
    ],
)
def test_counting_over_real_holidays(calendar: Calendar, start: str, end: str, count: int) -> None:
    assert working_days_between(date.fromisoformat(start), date.fromisoformat(end), calendar) == count


@given(CALENDARS, DAYS, DAYS)
def test_counting_equals_the_definition_and_its_own_mirror(calendar: Calendar, one: date, other: date) -> None:
    start, end = sorted((one, other))
    count = counted_by_hand(start, end, calendar)
    assert working_days_between(start, end, calendar) == count
    assert working_days_between(end, start, calendar) == -count


@given(CALENDARS, DAYS, st.integers(1, 60))
def test_the_nth_working_day_is_a_working_day_with_n_counted(calendar: Calendar, start: date, count: int) -> None:
    after = add_working_days(start, count, calendar)
    assert is_working_day(after, calendar)
    assert counted_by_hand(start, after, calendar) == count
    before = add_working_days(start, -count, calendar)
    assert is_working_day(before, calendar)
    assert counted_by_hand(before - timedelta(days=1), start - timedelta(days=1), calendar) == count


def test_unpublished_years_are_named(calendar: Calendar) -> None:
    assert unpublished_years(date(2026, 12, 1), date(2026, 12, 31), calendar) == ()
    assert unpublished_years(date(2026, 12, 1), date(2028, 1, 1), calendar) == (2027, 2028)
    assert unpublished_years(date(2027, 1, 4), date(2026, 12, 1), calendar) == (2027,)
    assert unpublished_years(date(2027, 1, 4), date(2027, 1, 4), calendar) == (2027,)


@pytest.mark.parametrize("end", ["2027-01-01", "2028-02-29"])
def test_a_date_in_an_unpublished_year_names_that_year_for_the_warning(calendar: Calendar, end: str) -> None:
    until = date.fromisoformat(end)
    assert unpublished_years(date(2018, 12, 31), until, calendar) == (2018, *range(2027, until.year + 1))


def test_an_unpublished_year_is_counted_by_weekdays_without_the_days_off_by_law(calendar: Calendar) -> None:
    assert working_days_between(date(2027, 9, 30), date(2027, 10, 8), calendar) == 5
    assert working_days_between(date(2026, 12, 31), date(2027, 1, 4), calendar) == 1
    assert not is_working_day(date(2027, 2, 8), calendar)  # 初三
    assert add_working_days(date(2027, 2, 4), 1, calendar) == date(2027, 2, 9)


def test_a_day_the_office_entered_stands_against_the_law_of_an_unpublished_year(calendar: Calendar) -> None:
    new_year = date(2027, 1, 1)
    worked = Calendar(calendar.holidays, calendar.workdays | {new_year}, calendar.years)
    assert is_working_day(new_year, worked)
    assert working_days_between(date(2026, 12, 31), new_year, worked) == 1


def test_explain_lists_every_day_after_the_start(calendar: Calendar) -> None:
    assert explain(date(2026, 9, 30), date(2026, 10, 11), calendar) == [
        *[(date(2026, 10, day), "放假") for day in range(1, 8)],
        (date(2026, 10, 8), "工作日"),
        (date(2026, 10, 9), "工作日"),
        (date(2026, 10, 10), "调休上班"),
        (date(2026, 10, 11), "周末"),
    ]
    assert explain(date(2026, 10, 11), date(2026, 10, 11), calendar) == []


@given(CALENDARS, DAYS, st.integers(0, 120))
def test_explain_agrees_with_the_count(calendar: Calendar, start: date, length: int) -> None:
    end = start + timedelta(days=length)
    worked = [day for day, kind in explain(start, end, calendar) if kind in {"工作日", "调休上班"}]
    assert len(worked) == working_days_between(start, end, calendar)


def test_a_time_of_day_is_refused_instead_of_missing_every_holiday(calendar: Calendar) -> None:
    moment = datetime(2026, 10, 1, 9, 30, tzinfo=UTC)
    for ask in (
        lambda: is_working_day(moment, calendar),
        lambda: add_working_days(moment, 1, calendar),
        lambda: working_days_between(moment, moment, calendar),
    ):
        with pytest.raises(TypeError, match="not datetimes"):
            ask()
