"""Periods of reporting, and by how many minutes a report came late."""

from datetime import date, datetime, time, timedelta

import pytest

from yuetan.rules.dates.working_days import Calendar
from yuetan.rules.reporting.periods import due_moment, lateness, span_after, span_around, span_of_days
from yuetan.rules.text.official_text import CHINA_STANDARD_TIME
from yuetan.vocabulary import DayCount, ReportingRhythm

NOON = time(12)
CALENDAR = Calendar(frozenset({date(2026, 10, day) for day in range(1, 8)}), frozenset(), frozenset({2026, 2027}))


@pytest.mark.parametrize(
    ("rhythm", "day", "first", "last", "label"),
    [
        ("weekly", date(2026, 11, 26), date(2026, 11, 20), date(2026, 11, 26), "2026年11月20日至11月26日"),
        ("weekly", date(2026, 11, 27), date(2026, 11, 27), date(2026, 12, 3), "2026年11月27日至12月3日"),
        ("weekly", date(2027, 1, 1), date(2027, 1, 1), date(2027, 1, 7), "2027年1月1日至1月7日"),
        ("monthly", date(2026, 2, 28), date(2026, 2, 1), date(2026, 2, 28), "2026年2月"),
        ("quarterly", date(2026, 11, 1), date(2026, 10, 1), date(2026, 12, 31), "2026年第4季度"),
        ("half_yearly", date(2026, 6, 30), date(2026, 1, 1), date(2026, 6, 30), "2026年上半年"),
        ("half_yearly", date(2026, 7, 1), date(2026, 7, 1), date(2026, 12, 31), "2026年下半年"),
        ("yearly", date(2026, 7, 1), date(2026, 1, 1), date(2026, 12, 31), "2026年"),
    ],
)
def test_the_period_around_a_day(rhythm, day, first, last, label):
    span = span_around(rhythm, day, 3)
    assert (span.first, span.last, span.label) == (first, last, label)


@pytest.mark.parametrize("rhythm", [each for each in ReportingRhythm if each != ReportingRhythm.ONCE])
def test_periods_follow_each_other_without_a_gap(rhythm):
    span = span_around(rhythm, date(2023, 12, 30), 3)
    for _ in range(60):
        following = span_after(rhythm, span, 3)
        assert following.first == span.last + timedelta(days=1)
        assert span_around(rhythm, following.last, 3) == following
        span = following


def test_one_day_alone_and_two_years():
    assert span_of_days(date(2026, 5, 4), date(2026, 5, 4)).label == "2026年5月4日"
    assert span_of_days(date(2026, 12, 31), date(2027, 1, 1)).label == "2026年12月31日至2027年1月1日"


@pytest.mark.parametrize(
    ("last", "days", "count", "due"),
    [
        (date(2026, 11, 26), 0, DayCount.CALENDAR, date(2026, 11, 26)),
        (date(2026, 9, 30), 3, DayCount.CALENDAR, date(2026, 10, 3)),
        (date(2026, 9, 30), 3, DayCount.WORKING, date(2026, 10, 12)),
        (date(2026, 10, 1), 0, DayCount.WORKING, date(2026, 10, 8)),
    ],
)
def test_until_when_it_is_due(last, days, count, due):
    assert due_moment(last, days, count, NOON, CALENDAR) == datetime.combine(due, NOON, CHINA_STANDARD_TIME)


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (timedelta(seconds=-1), ""),
        (timedelta(seconds=59), ""),
        (timedelta(minutes=1), "逾期 1 分"),
        (timedelta(hours=2), "逾期 2 小时"),
        (timedelta(days=3, minutes=4), "逾期 3 天 4 分"),
    ],
)
def test_lateness_is_said_to_the_minute(after, words):
    due = datetime(2026, 11, 26, 12, tzinfo=CHINA_STANDARD_TIME)
    assert lateness(due, due + after) == words
    assert lateness(None, due + after) == ""
