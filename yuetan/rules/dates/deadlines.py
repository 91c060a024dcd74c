"""The light of a time limit today (the thresholds), and how far ahead an interview must be announced."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from yuetan.rules.dates.working_days import ONE_DAY, Calendar, add_working_days, working_days_between

# How long before its day a revisit begins to wait for the supervisor.
REVISIT_NEAR = timedelta(days=7)
# How long before its day a progress report begins to wait for the unit.
PROGRESS_NEAR = timedelta(days=5)


class Light(StrEnum):
    """The colour a time limit shows."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    GREY = "grey"


@dataclass(frozen=True)
class Deadline:
    """How a time limit stands on a given day."""

    light: Light
    words: str


PAUSED = Deadline(Light.GREY, "中止计时")
DUE_TODAY = Deadline(Light.YELLOW, "今天到期")


def deadline(due_on: date, today: date, calendar: Calendar, *, yellow_within: int = 3) -> Deadline:
    """Say how much is left in working days, or by how many calendar days the limit has passed."""
    if due_on < today:
        return Deadline(Light.RED, f"逾期 {(today - due_on).days} 天")
    if due_on == today:
        return DUE_TODAY
    left = working_days_between(today, due_on, calendar)
    return Deadline(Light.GREEN if left > yellow_within else Light.YELLOW, f"剩 {left} 个工作日")


def earliest_after_notice(today: date, lead_working_days: int, calendar: Calendar) -> date:
    """Return the first day an interview may be held that is announced `today`: the day after the lead time is over.

    Raises ValueError for a negative lead time.
    """
    if lead_working_days < 0:
        raise ValueError("lead_working_days must not be negative")
    if lead_working_days == 0:
        return today
    return add_working_days(today, lead_working_days, calendar) + ONE_DAY
