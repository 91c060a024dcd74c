"""Pauses: the closed form equals counting day by day, whatever the order of pauses and agreed dates."""

from datetime import date, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from yuetan.rules.dates.pauses import Span, effective_due_on
from yuetan.rules.dates.working_days import Calendar, is_working_day

FIRST = date(2026, 1, 1)
DAYS = st.integers(0, 400).map(lambda number: FIRST + timedelta(days=number))
CALENDARS = st.builds(
    Calendar,
    holidays=st.frozensets(DAYS, max_size=30),
    workdays=st.frozensets(DAYS, max_size=15),
    years=st.just(frozenset({2026})),
)
PLAIN_WEEKS = Calendar(frozenset(), frozenset(), frozenset({2026}))


@st.composite
def pauses(draw: st.DrawFn) -> list[Span]:
    """Up to four pauses one after another, some of them of no day at all."""
    borders = sorted(draw(st.lists(DAYS, max_size=8)))
    return [Span(*pair) for pair in zip(borders[::2], borders[1::2], strict=False)]


def counted_by_hand(due_on: date, agreed_on: date, spans: list[Span], calendar: Calendar) -> date:
    """Tick off what is left on each working day that is not paused; the agreed day itself where nothing was paused."""

    def ticks(day: date) -> bool:
        return is_working_day(day, calendar) and not any(s.began_on <= day < (s.ended_on or day) for s in spans)

    left, day, paused = 0, agreed_on, False
    while day < due_on:
        day += timedelta(days=1)
        left += is_working_day(day, calendar)
    day = agreed_on
    while left or day < due_on:
        day += timedelta(days=1)
        paused = paused or (is_working_day(day, calendar) and not ticks(day))
        if ticks(day):
            left -= 1
        if not left and paused and day >= due_on:
            return day
    return due_on if not paused else day


@given(agreed_on=DAYS, days=st.integers(1, 200), spans=pauses(), calendar=CALENDARS)
def test_as_counted_day_by_day(agreed_on: date, days: int, spans: list[Span], calendar: Calendar) -> None:
    due_on = agreed_on + timedelta(days=days)
    assert effective_due_on(due_on, agreed_on, spans, calendar) == counted_by_hand(due_on, agreed_on, spans, calendar)


@given(agreed_on=DAYS, days=st.integers(1, 200), spans=pauses(), calendar=CALENDARS)
def test_a_pause_never_shortens_and_order_does_not_matter(
    agreed_on: date, days: int, spans: list[Span], calendar: Calendar
) -> None:
    due_on = agreed_on + timedelta(days=days)
    until = effective_due_on(due_on, agreed_on, spans, calendar)
    assert until is not None
    assert until >= due_on
    assert effective_due_on(due_on, agreed_on, reversed(spans), calendar) == until


@given(agreed_on=DAYS, days=st.integers(1, 100), spans=pauses())
def test_pauses_before_a_date_was_agreed_are_in_that_date(agreed_on: date, days: int, spans: list[Span]) -> None:
    due_on = agreed_on + timedelta(days=days)
    earlier = [span for span in spans if span.ended_on is not None and span.ended_on <= agreed_on + timedelta(days=1)]
    later = [span for span in spans if span not in earlier]
    assert effective_due_on(due_on, agreed_on, spans, PLAIN_WEEKS) == effective_due_on(
        due_on, agreed_on, later, PLAIN_WEEKS
    )


@given(agreed_on=DAYS, days=st.integers(1, 100), spans=pauses(), calendar=CALENDARS)
def test_an_open_pause_has_no_end(agreed_on: date, days: int, spans: list[Span], calendar: Calendar) -> None:
    assume(spans)
    still_open = [*spans[:-1], Span(spans[-1].began_on)]
    assert effective_due_on(agreed_on + timedelta(days=days), agreed_on, still_open, calendar) is None


def test_a_week_given_back() -> None:
    monday, friday = date(2026, 11, 23), date(2026, 12, 4)
    one_week = [Span(date(2026, 11, 25), date(2026, 12, 2))]
    assert effective_due_on(friday, monday, one_week, PLAIN_WEEKS) == date(2026, 12, 11)
