"""The light of a time limit today (the thresholds), and how far ahead an interview must be announced."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from yuetan.rules.dates.provisional import CountedDay, count_on, first_working_day, provisional_note
from yuetan.rules.dates.working_days import ONE_DAY, Calendar, unpublished_years, working_days_between

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
    """How a time limit stands on a given day; `unpublished` names the years whose arrangement its count waits for."""

    light: Light
    words: str
    unpublished: tuple[int, ...] = ()

    @property
    def note(self) -> str:
        """2027年放假安排尚未公布，按暂定推算; empty where nothing was counted that may still change."""
        return provisional_note(self.unpublished)


PAUSED = Deadline(Light.GREY, "中止计时")
DUE_TODAY = Deadline(Light.YELLOW, "今天到期")


def deadline(due_on: date, today: date, calendar: Calendar, *, yellow_within: int = 3) -> Deadline:
    """Say how much is left in working days, or by how many calendar days the limit has passed."""
    if due_on < today:
        return Deadline(Light.RED, f"逾期 {(today - due_on).days} 天")
    if due_on == today:
        return DUE_TODAY
    left, unpublished = working_days_between(today, due_on, calendar), unpublished_years(today, due_on, calendar)
    words = f"剩 {left} 个工作日{'（暂定）' if unpublished else ''}"
    return Deadline(Light.GREEN if left > yellow_within else Light.YELLOW, words, unpublished)


def earliest_after_notice(today: date, lead_working_days: int, calendar: Calendar) -> CountedDay:
    """Return the first day an interview may be held that is announced `today`: the day after the lead time is over.

    Raises ValueError for a negative lead time.
    """
    if lead_working_days < 0:
        raise ValueError("lead_working_days must not be negative")
    if lead_working_days == 0:
        return CountedDay(today, today, today)
    over = count_on(today, lead_working_days, calendar)
    return CountedDay(over.day + ONE_DAY, over.earliest + ONE_DAY, over.latest + ONE_DAY, over.unpublished)


def offered_after_notice(today: date, lead_working_days: int, calendar: Calendar) -> CountedDay:
    """Return the day a form offers as the earliest: the first that is worked once the lead time is over.

    Raises ValueError for a negative lead time.
    """
    first = earliest_after_notice(today, lead_working_days, calendar)
    day = first_working_day(first.day, calendar)
    return CountedDay(day, first.earliest, max(day, first.latest), unpublished_years(today, day, calendar))
