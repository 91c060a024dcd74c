"""Which 督办单 an account gives: blue before and just after its date, yellow when overdue, red when nothing helps."""

from dataclasses import dataclass
from datetime import date

from yuetan.rules.dates.working_days import Calendar, add_working_days
from yuetan.vocabulary import SupervisionGrade


@dataclass(frozen=True)
class Thresholds:
    """The office's days: working days before the date for blue, days after it for the others; 0 switches a red off."""

    blue_before: int
    yellow_after: int
    red_after: int
    red_after_yellow: int


def grade(
    due_on: date, today: date, thresholds: Thresholds, calendar: Calendar, *, yellow_on: date | None = None
) -> SupervisionGrade | None:
    """The grade of an unreported task; None before its time.

    `yellow_on` is the day of the last yellow paper about it that brought no result.
    """
    overdue = (today - due_on).days
    if thresholds.red_after and overdue >= thresholds.red_after:
        return SupervisionGrade.RED
    if yellow_on and thresholds.red_after_yellow and (today - yellow_on).days >= thresholds.red_after_yellow:
        return SupervisionGrade.RED
    if overdue >= max(thresholds.yellow_after, 1):
        return SupervisionGrade.YELLOW
    if overdue >= 0 or due_on <= add_working_days(today, thresholds.blue_before, calendar):
        return SupervisionGrade.BLUE
    return None
