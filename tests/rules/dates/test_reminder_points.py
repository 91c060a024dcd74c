"""The points at which people are reminded of a date."""

from datetime import date

import pytest

from yuetan.rules.dates.reminder_points import ReminderPoints, days
from yuetan.rules.dates.working_days import Calendar

WEEKS = Calendar(frozenset(), frozenset(), frozenset({2026}))
POINTS = ReminderPoints(before=(1, 3), after=(1, 7))
FRIDAY = date(2026, 12, 4)


@pytest.mark.parametrize(
    ("today", "point"),
    [
        (date(2026, 11, 30), ""),
        (date(2026, 12, 1), "-3"),
        (date(2026, 12, 2), "-3"),
        (date(2026, 12, 3), "-1"),
        (date(2026, 12, 4), "0"),
        (date(2026, 12, 5), "+1"),
        (date(2026, 12, 10), "+1"),
        (date(2026, 12, 11), "+7"),
        (date(2027, 3, 1), "+7"),
    ],
)
def test_the_latest_point_reached(today: date, point: str) -> None:
    assert POINTS.last_point(FRIDAY, today, WEEKS) == point


def test_no_points_at_all_still_has_the_day_itself() -> None:
    assert ReminderPoints((), ()).last_point(FRIDAY, date(2026, 12, 3), WEEKS) == ""
    assert ReminderPoints((), ()).last_point(FRIDAY, FRIDAY, WEEKS) == "0"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("5、3、1", (1, 3, 5)),
        ("1，3, 7", (1, 3, 7)),
        ("", ()),
        (" 2 ", (2,)),
        ("0、1", None),
        ("91", None),
        ("三", None),
        ("5、", None),
        ("-3", None),
        ("1" * 30, None),
    ],
)
def test_days_as_the_office_writes_them(text: str, numbers: tuple[int, ...] | None) -> None:
    assert days(text) == numbers
