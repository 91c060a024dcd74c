"""The days of 半年 and 一年: a golden table, and every day of eight years against the words of the rule."""

from datetime import date, timedelta

import pytest

from yuetan.rules.dates.month_periods import MonthPeriod, months_in, same_day_after

# The paper's day, months, the last day on which it is closed.
GOLDEN = [
    ("2026-01-15", 6, "2026-07-15"),
    ("2026-08-31", 6, "2027-02-28"),
    ("2027-08-31", 6, "2028-02-29"),
    ("2027-08-30", 6, "2028-02-29"),
    ("2027-08-29", 6, "2028-02-29"),
    ("2027-08-28", 6, "2028-02-28"),
    ("2028-02-29", 6, "2028-08-29"),
    ("2028-02-29", 12, "2029-02-28"),
    ("2027-02-28", 12, "2028-02-28"),
    ("2026-03-31", 1, "2026-04-30"),
    ("2026-04-30", 1, "2026-05-30"),
    ("2026-12-31", 2, "2027-02-28"),
    ("2026-10-31", 6, "2027-04-30"),
    ("2026-06-30", 6, "2026-12-30"),
    ("2026-07-01", 6, "2027-01-01"),
    ("2026-12-01", 1, "2027-01-01"),
    ("2026-12-31", 12, "2027-12-31"),
    ("2024-02-29", 48, "2028-02-29"),
    ("2099-12-31", 120, "2109-12-31"),
]


@pytest.mark.parametrize(("first", "months", "last"), GOLDEN)
def test_the_last_day(first: str, months: int, last: str) -> None:
    assert MonthPeriod(date.fromisoformat(first), months).last == date.fromisoformat(last)


def test_every_day_ends_on_its_own_number_or_where_the_month_ends() -> None:
    day = date(2024, 1, 1)
    while day < date(2032, 1, 1):
        last = same_day_after(day, 6)
        assert (last.year * 12 + last.month) - (day.year * 12 + day.month) == 6
        if last.day != day.day:
            assert last.day < day.day
            assert (last + timedelta(days=1)).month != last.month
        day += timedelta(days=1)


def test_both_ends_count() -> None:
    half_a_year = MonthPeriod(date(2026, 8, 31), 6)
    assert [half_a_year.holds(day) for day in (date(2026, 8, 30), date(2026, 8, 31))] == [False, True]
    assert [half_a_year.holds(day) for day in (date(2027, 2, 28), date(2027, 3, 1))] == [True, False]


@pytest.mark.parametrize("months", [0, -6])
def test_a_period_has_at_least_one_month(months: int) -> None:
    with pytest.raises(ValueError, match="at least one month"):
        MonthPeriod(date(2026, 8, 31), months)


@pytest.mark.parametrize(
    ("first", "months", "period", "words"),
    [
        (
            date(2026, 8, 31),
            6,
            "半年",
            "自2026年8月31日起半年，即6个月，按日历月计算，起止当日都计入。2027年2月没有31日，以该月最后一日2027年2月28日为止。",
        ),
        (
            date(2026, 1, 15),
            12,
            "一年",
            "自2026年1月15日起一年，即12个月，按日历月计算，起止当日都计入。12个月以后的同一日是2027年1月15日，以该日为止。",
        ),
        (
            date(2026, 1, 15),
            3,
            "三个月",
            "自2026年1月15日起三个月，即3个月，按日历月计算，起止当日都计入。3个月以后的同一日是2026年4月15日，以该日为止。",
        ),
    ],
)
def test_why_it_is_this_day(first: date, months: int, period: str, words: str) -> None:
    assert months_in(period) == months
    assert MonthPeriod(first, months).reason(period) == words
