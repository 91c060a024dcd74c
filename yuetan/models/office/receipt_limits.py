"""By when a paper is to be signed for, by the settings of the day on which it is issued."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from yuetan.models.office.office import CalendarDay, OfficeSetting
from yuetan.rules.dates import clock
from yuetan.rules.dates.working_days import add_working_days

DAYS = ("receipt_officer_days", "receipt_director_days")


class ReceiptLimits(NamedTuple):
    """The last day on which it is in time, and the last before it is the director's to see to, too."""

    due_on: date
    director_on: date


def receipt_limits() -> ReceiptLimits:
    """Those of a paper issued today: kept with it, so that a later change of the settings moves nothing."""
    days, calendar = OfficeSetting.objects.numbers(*DAYS), CalendarDay.objects.calendar()
    return ReceiptLimits(*(add_working_days(clock.today(), number, calendar) for number in days))
