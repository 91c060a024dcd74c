"""Lights and lead times on real days of 2026."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yuetan.rules.dates.deadlines import (
    Deadline,
    Light,
    deadline,
    earliest_after_notice,
    offered_after_notice,
)
from yuetan.rules.dates.working_days import Calendar, working_days_between

MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("due_on", "today", "expected"),
    [
        (date(2026, 11, 27), MONDAY, Deadline(Light.GREEN, "剩 4 个工作日")),
        (date(2026, 11, 26), MONDAY, Deadline(Light.YELLOW, "剩 3 个工作日")),
        (date(2026, 11, 25), MONDAY, Deadline(Light.YELLOW, "剩 2 个工作日")),
        (MONDAY, MONDAY, Deadline(Light.YELLOW, "今天到期")),
        (date(2026, 11, 22), MONDAY, Deadline(Light.RED, "逾期 1 天")),
        # Due on a Friday, seen on the Sunday after: no working day lies between, and it is overdue all the same.
        (date(2026, 11, 20), date(2026, 11, 22), Deadline(Light.RED, "逾期 2 天")),
        (date(2026, 9, 30), date(2026, 10, 8), Deadline(Light.RED, "逾期 8 天")),
        # Ten days ahead, but nine of them are the National Day week and a weekend.
        (date(2026, 10, 10), date(2026, 9, 30), Deadline(Light.YELLOW, "剩 3 个工作日")),
        # Due on a Sunday, seen on the Saturday before.
        (date(2026, 11, 22), date(2026, 11, 21), Deadline(Light.YELLOW, "剩 0 个工作日")),
    ],
)
def test_lights(calendar: Calendar, due_on: date, today: date, expected: Deadline) -> None:
    assert deadline(due_on, today, calendar) == expected


def test_the_office_sets_when_yellow_begins(calendar: Calendar) -> None:
    due_on = date(2026, 11, 30)
    assert deadline(due_on, MONDAY, calendar, yellow_within=5).light is Light.YELLOW
    assert deadline(due_on, MONDAY, calendar, yellow_within=4).light is Light.GREEN
    assert deadline(MONDAY, MONDAY, calendar, yellow_within=0).light is Light.YELLOW


@given(st.dates(date(2024, 1, 1), date(2026, 12, 31)), st.integers(-40, 40), st.integers(0, 10))
def test_a_light_never_turns_back(calendar: Calendar, due_on: date, shift: int, yellow_within: int) -> None:
    order = [Light.GREEN, Light.YELLOW, Light.RED]
    today = due_on + timedelta(days=shift)
    now = deadline(due_on, today, calendar, yellow_within=yellow_within).light
    tomorrow = deadline(due_on, today + timedelta(days=1), calendar, yellow_within=yellow_within).light
    assert order.index(now) <= order.index(tomorrow)
    assert (now is Light.RED) == (today > due_on)


@pytest.mark.parametrize(
    ("today", "lead", "earliest"),
    [
        (MONDAY, 3, date(2026, 11, 27)),
        (MONDAY, 1, date(2026, 11, 25)),
        (MONDAY, 0, MONDAY),
        (date(2026, 11, 20), 1, date(2026, 11, 24)),
        (date(2026, 11, 18), 2, date(2026, 11, 21)),  # a Saturday: the lead is over, the office may choose it
        (date(2026, 9, 30), 3, date(2026, 10, 11)),  # 8, 9 and the made-up 10 October have passed
        (date(2025, 12, 31), 1, date(2026, 1, 5)),
    ],
)
def test_earliest_interview_after_a_notice(calendar: Calendar, today: date, lead: int, earliest: date) -> None:
    first = earliest_after_notice(today, lead, calendar)
    assert (first.day, first.earliest, first.latest, first.is_provisional) == (earliest, earliest, earliest, False)


@given(st.dates(date(2024, 1, 1), date(2026, 11, 30)), st.integers(1, 15))
def test_it_is_the_first_day_with_the_full_lead_before_it(calendar: Calendar, today: date, lead: int) -> None:
    earliest = earliest_after_notice(today, lead, calendar).day
    assert working_days_between(today, earliest - timedelta(days=1), calendar) == lead
    assert working_days_between(today, earliest - timedelta(days=2), calendar) == lead - 1


def test_a_negative_lead_is_refused(calendar: Calendar) -> None:
    with pytest.raises(ValueError, match="negative"):
        earliest_after_notice(MONDAY, -1, calendar)


@pytest.mark.parametrize(
    ("today", "lead", "offered", "note"),
    [
        (MONDAY, 3, date(2026, 11, 27), ""),
        (date(2026, 11, 18), 2, date(2026, 11, 23), ""),  # the lead is over on a Saturday: a Monday is offered
        (date(2026, 9, 27), 3, date(2026, 10, 8), ""),  # never a holiday
        (date(2026, 12, 28), 3, date(2027, 1, 4), "2027年放假安排尚未公布，按暂定推算"),  # never 1 January
        (date(2026, 12, 30), 3, date(2027, 1, 6), "2027年放假安排尚未公布，按暂定推算"),
    ],
)
def test_a_form_offers_a_day_that_is_worked(
    calendar: Calendar, today: date, lead: int, offered: date, note: str
) -> None:
    first = offered_after_notice(today, lead, calendar)
    assert (first.day, first.note) == (offered, note)


def test_a_light_over_an_unpublished_year_says_so(calendar: Calendar) -> None:
    light = deadline(date(2027, 1, 5), date(2026, 12, 30), calendar)
    assert (light.words, light.note) == ("剩 3 个工作日（暂定）", "2027年放假安排尚未公布，按暂定推算")
    assert deadline(date(2026, 12, 31), date(2026, 12, 30), calendar).note == ""
    assert deadline(date(2027, 1, 5), date(2027, 1, 6), calendar).words == "逾期 1 天"
