"""进展报告: the days by the calendar month and week, on working days, before the limit, and none for a pause."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yuetan.rules.dates.pauses import Span
from yuetan.rules.dates.progress import next_due_after, remains_due, turn_has_begun, turns
from yuetan.rules.dates.working_days import ONE_DAY, Calendar, is_working_day
from yuetan.vocabulary import ReportRhythm

PLAIN = Calendar(frozenset(), frozenset(), frozenset({2026, 2027, 2028}))
MONTHLY, WEEKLY, FORTNIGHTLY = ReportRhythm.MONTHLY, ReportRhythm.WEEKLY, ReportRhythm.FORTNIGHTLY
days = st.dates(date(2026, 1, 1), date(2028, 12, 31))
spans = st.integers(1, 400).map(timedelta)
calendars = st.builds(
    Calendar, st.frozensets(days, max_size=60), st.frozensets(days, max_size=20), st.just(frozenset({2026, 2027, 2028}))
)
rhythms = st.sampled_from([rhythm for rhythm in ReportRhythm if rhythm])


def test_the_same_day_of_each_month_and_its_last_where_it_has_none() -> None:
    found = list(turns(MONTHLY, date(2027, 8, 31), date(2028, 5, 1), PLAIN))
    # 31 October is a Sunday, 30 April 2028 too and lies, moved, on the limit.
    assert found == [
        *(date(2027, 9, 30), date(2027, 11, 1), date(2027, 11, 30), date(2027, 12, 31)),
        *(date(2028, 1, 31), date(2028, 2, 29), date(2028, 3, 31)),
    ]


def test_the_same_weekday_and_past_a_long_holiday_only_once() -> None:
    feast = frozenset(date(2026, 10, day) for day in range(1, 9))
    calendar = Calendar(feast, frozenset(), frozenset({2026}))
    found = list(turns(WEEKLY, date(2026, 9, 17), date(2026, 10, 23), calendar))
    assert found == [date(2026, 9, 24), date(2026, 10, 9), date(2026, 10, 15), date(2026, 10, 22)]
    assert list(turns(FORTNIGHTLY, date(2026, 9, 17), date(2026, 10, 20), calendar)) == [
        date(2026, 10, 9),
        date(2026, 10, 15),
    ]


def _plainly(rhythm: ReportRhythm, since: date, until: date, calendar: Calendar) -> list[date]:
    """Day by day: a day is a turn if the rhythm falls on it, or on a day off since the last working day."""
    found, day, waiting = [], since + ONE_DAY, False
    while day < until:
        waiting = waiting or _falls_on(rhythm, since, day)
        if waiting and is_working_day(day, calendar):
            found.append(day)
            waiting = False
        day += ONE_DAY
    return found


def _falls_on(rhythm: ReportRhythm, since: date, day: date) -> bool:
    if rhythm == MONTHLY:
        is_last = (day + ONE_DAY).month != day.month
        later = (day.year, day.month) > (since.year, since.month)
        return later and (day.day == since.day or (is_last and day.day < since.day))
    weeks, rest = divmod((day - since).days, 7)
    return rest == 0 and weeks % (1 if rhythm == WEEKLY else 2) == 0


@given(rhythms, days, spans, calendars)
def test_the_turns_are_those_that_a_person_ticks_off_day_by_day(
    rhythm: ReportRhythm, since: date, span: timedelta, calendar: Calendar
) -> None:
    assert list(turns(rhythm, since, since + span, calendar)) == _plainly(rhythm, since, since + span, calendar)


@given(rhythms, days, spans, st.integers(0, 420).map(timedelta), calendars)
def test_what_is_owed_next_lies_after_the_day_and_before_the_limit(
    rhythm: ReportRhythm, since: date, span: timedelta, gone: timedelta, calendar: Calendar
) -> None:
    day, until = since + gone, since + span
    awaited = next_due_after(rhythm, since, day, until, calendar)
    later = [turn for turn in _plainly(rhythm, since, until, calendar) if turn > day]
    assert awaited == (later[0] if later else None)
    # an extension goes on in the same rhythm: what was owed stays where it was
    if awaited is not None:
        assert next_due_after(rhythm, since, day, until + span, calendar) == awaited


@given(rhythms, days, spans, calendars)
def test_a_report_stands_for_the_turn_in_which_it_is_handed_in(
    rhythm: ReportRhythm, since: date, span: timedelta, calendar: Calendar
) -> None:
    last = since
    for awaited in turns(rhythm, since, since + span, calendar):
        assert not turn_has_begun(rhythm, since, awaited, last, calendar)
        assert turn_has_begun(rhythm, since, awaited, last + ONE_DAY, calendar)
        assert turn_has_begun(rhythm, since, awaited, awaited, calendar)
        last = awaited


def test_nothing_is_owed_where_nothing_was_agreed() -> None:
    assert list(turns(ReportRhythm.NONE, date(2026, 1, 1), date(2027, 1, 1), PLAIN)) == []


@pytest.mark.parametrize(
    ("awaited", "stays"),
    [
        (date(2026, 12, 4), True),  # missed before the pause
        (date(2026, 12, 7), False),
        (date(2026, 12, 9), False),
        (date(2026, 12, 11), False),  # the day on which the limit runs again
        (date(2026, 12, 12), True),
        (date(2026, 12, 31), False),  # the limit itself
        (None, False),
    ],
)
def test_what_fell_into_a_pause_is_not_made_up(awaited: date | None, stays: bool) -> None:
    pause = Span(date(2026, 12, 7), date(2026, 12, 11))
    assert remains_due(awaited, date(2026, 12, 31), [pause]) is stays
