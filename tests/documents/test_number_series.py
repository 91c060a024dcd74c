"""The year of a number: that of the day on which it is taken, also where it was waited for over New Year."""

from datetime import datetime, timedelta

import time_machine

from yuetan.actions.record.checks.check_numbers import check_numbers
from yuetan.documents import number_series
from yuetan.documents.number_series import enter_number
from yuetan.rules.text.official_text import CHINA_STANDARD_TIME
from yuetan.vocabulary import DocumentKind


def test_a_number_that_was_waited_for_over_new_year_is_of_the_new_year(office, officer, monkeypatch):
    take_number = number_series.take_number
    with time_machine.travel(datetime(2026, 12, 31, 23, 59, 59, tzinfo=CHINA_STANDARD_TIME), tick=False) as clock:
        before = enter_number(DocumentKind.INTERVIEW_NOTICE, by=officer)

        def waited_for(prefix, year, count=1):
            clock.shift(timedelta(seconds=2))
            return take_number(prefix, year, count)

        monkeypatch.setattr(number_series, "take_number", waited_for)
        after = enter_number(DocumentKind.INTERVIEW_NOTICE, by=officer)
    assert [(one.year, one.serial) for one in (before, after)] == [(2026, 1), (2027, 1)]
    assert list(check_numbers()) == []
