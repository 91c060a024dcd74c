"""Moments from which time alone may change what a case waits for: held by a test that moves the clock at random."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from yuetan.rules.dates.deadlines import REVISIT_NEAR
from yuetan.rules.dates.working_days import ONE_DAY
from yuetan.rules.text.official_text import CHINA_STANDARD_TIME
from yuetan.vocabulary import CaseState

if TYPE_CHECKING:
    from yuetan.models.case.current import CaseRecords


def coming_moments(case: CaseRecords) -> Iterator[datetime]:
    """Moments, past ones among them."""
    if case.state == CaseState.NOTIFIED and case.scheduled_at is not None:
        yield case.scheduled_at
    yield from (datetime.combine(day, time(), CHINA_STANDARD_TIME) for day in _days_of_change(case) if day)


def _days_of_change(case: CaseRecords) -> Iterator[date | None]:
    """Days with whose beginning something changes."""
    match case.state:
        case CaseState.PROPOSED:
            yield from case.parties_today.delegation_days
        case CaseState.NOTIFIED:
            yield from day_after(case.receipt_due_on, case.receipt_director_on)
        case CaseState.INTERVIEWED:
            yield from day_after(case.minutes.answer_until)
        case CaseState.RECTIFYING:
            yield from case.days_of_tasks()
        case CaseState.CLOSED:
            revisit = case.revisit_ahead
            yield revisit.planned_on - REVISIT_NEAR if revisit else None


def day_after(*days: date | None) -> Iterator[date]:
    """With the beginning of which each of these is over, as far as there are any."""
    return (day + ONE_DAY for day in days if day)
