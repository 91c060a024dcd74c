"""By how many weeks a lawful case can be moved: only onto days that are worked alike."""

from datetime import date

from yuetan.models import CalendarDay
from yuetan.scenarios.bulk.shifts import WorkingDays

FIRST, TODAY = date(2026, 9, 1), date(2026, 11, 23)


def days():
    """The autumn of 2026: 25 to 27 September and 1 to 7 October are off, 20 September and 10 October are worked."""
    return WorkingDays.of(CalendarDay.objects.calendar(), FIRST, TODAY)


def test_working_days_are_counted_back_from_today(office):
    assert [days().ago(count) for count in (0, 1, 5, -1)] == [
        TODAY,
        date(2026, 11, 20),
        date(2026, 11, 16),
        date(2026, 11, 24),
    ]


def test_a_stretch_is_moved_where_the_days_are_worked_alike(office):
    first, last = date(2026, 11, 2), date(2026, 11, 13)
    weeks = days().weeks(first, last, date(2026, 11, 20), last, None)
    begins = [date.fromordinal(first.toordinal() + 7 * each) for each in weeks]
    assert begins == [date(2026, 9, 7), *(date(2026, 10, day) for day in (12, 19, 26)), first, date(2026, 11, 9)]


def test_the_last_step_of_what_goes_on_lies_near_today(office):
    first, last = date(2026, 11, 2), date(2026, 11, 13)
    assert days().weeks(first, last, date(2026, 11, 20), last, date(2026, 11, 5)) == [-1, 0, 1]
    assert days().weeks(first, last, date(2026, 11, 20), last, last) == [0, 1]


def test_a_stretch_with_a_holiday_in_it_stays_where_it_is(office):
    last = date(2026, 10, 16)
    assert days().weeks(date(2026, 9, 28), last, date(2026, 11, 20), last, None) == [0]
