"""A year, half a year, a quarter and a month: their days and names, what comes before, what an address asks for."""

from datetime import date

import pytest

from yuetan.rules.dates.periods import Period, PeriodKind, months_of, periods_of

TODAY = date(2026, 11, 23)
YEAR, HALF, QUARTER, MONTH = PeriodKind


@pytest.mark.parametrize("kind", PeriodKind)
def test_periods_follow_each_other(kind):
    period = Period(kind, 2026)
    assert period.moved(-1).last.toordinal() + 1 == period.first.toordinal()
    assert period.moved(-1).moved(1) == period
    each = periods_of(kind, 2026)
    assert (each[0].first, each[-1].last) == (date(2026, 1, 1), date(2026, 12, 31))
    assert each == [each[0].moved(by) for by in range(len(each))]
    assert {Period.around(kind, day) for one in each for day in (one.first, one.last)} == set(each)


def test_months_end_on_their_last_day():
    assert [month.last.day for month in months_of(2028)][:2] == [31, 29]


@pytest.mark.parametrize(
    ("period", "label", "first", "last"),
    [
        (Period(YEAR, 2026), "2026年", date(2026, 1, 1), date(2026, 12, 31)),
        (Period(HALF, 2026, 1), "2026年上半年", date(2026, 1, 1), date(2026, 6, 30)),
        (Period(HALF, 2026, 2), "2026年下半年", date(2026, 7, 1), date(2026, 12, 31)),
        (Period(QUARTER, 2026, 3), "2026年第3季度", date(2026, 7, 1), date(2026, 9, 30)),
        (Period(MONTH, 2026, 11), "2026年11月", date(2026, 11, 1), date(2026, 11, 30)),
    ],
)
def test_its_name_and_its_days(period, label, first, last):
    assert (period.label, period.first, period.last) == (label, first, last)


@pytest.mark.parametrize(
    ("asked", "period"),
    [
        (("half", "2025", "1"), Period(HALF, 2025, 1)),
        (("quarter", "2026", "4"), Period(QUARTER, 2026, 4)),
        (("half", "2026", "3"), Period(HALF, 2026, 1)),  # no third half
        (("half", "", ""), Period(HALF, 2026, 2)),
        (("half", "1999", "2"), Period(HALF, 2026, 2)),
        (("month", "2026", "2"), Period(YEAR, 2026)),  # of a kind that the page does not show
        (("", "2025", ""), Period(YEAR, 2025)),
        (("几时", "二〇二六", "-1"), Period(YEAR, 2026)),
    ],
)
def test_what_is_no_period_of_its_kind_becomes_the_present_one(asked, period):
    assert Period.parse(*asked, kinds=(YEAR, HALF, QUARTER), today=TODAY) == period
