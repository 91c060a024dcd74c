"""Which 督办单 an account gives, day by day around its date."""

from datetime import date

import pytest

from yuetan.rules.dates.supervision import Thresholds, grade
from yuetan.rules.dates.working_days import Calendar

# 1 October 2026 is a Thursday: 国庆 until the 7th, the Saturday after is worked.
DAYS_OFF = frozenset(date(2026, 10, day) for day in range(1, 8))
CALENDAR = Calendar(DAYS_OFF, frozenset({date(2026, 10, 10)}), frozenset({2026}))
OFFICE = Thresholds(blue_before=3, yellow_after=1, red_after=15, red_after_yellow=7)
DUE = date(2026, 10, 12)


@pytest.mark.parametrize(
    ("today", "given"),
    [
        (date(2026, 9, 30), None),
        (date(2026, 10, 7), None),  # the 8th, the 9th, the worked 10th and the 12th are four working days
        (date(2026, 10, 8), "blue"),
        (DUE, "blue"),
        (date(2026, 10, 13), "yellow"),
        (date(2026, 10, 26), "yellow"),
        (date(2026, 10, 27), "red"),
    ],
)
def test_by_the_date_alone(today, given):
    assert grade(DUE, today, OFFICE, CALENDAR) == given


@pytest.mark.parametrize(
    ("today", "given"),
    [(date(2026, 10, 20), "yellow"), (date(2026, 10, 21), "red")],
)
def test_seven_days_after_a_yellow_one_without_result_it_is_red(today, given):
    assert grade(DUE, today, OFFICE, CALENDAR, yellow_on=date(2026, 10, 14)) == given


def test_an_office_may_let_the_first_days_pass_in_blue_and_never_go_to_red():
    mild = Thresholds(blue_before=0, yellow_after=5, red_after=0, red_after_yellow=0)
    days = [date(2026, 10, 9), DUE, date(2026, 10, 16), date(2026, 10, 17), date(2027, 10, 17)]
    given = [grade(DUE, day, mild, CALENDAR, yellow_on=date(2026, 10, 17)) for day in days]
    assert given == [None, "blue", "blue", "yellow", "yellow"]
    assert grade(DUE, DUE, Thresholds(0, 0, 0, 0), CALENDAR) == "blue"
