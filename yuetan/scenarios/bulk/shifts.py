"""By how many weeks a lawful case can be moved in time and stays lawful."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from yuetan.rules.dates.working_days import Calendar, is_working_day

WEEK = 7
DAYS_AHEAD = 400


@dataclass(frozen=True)
class WorkingDays:
    """Which days are worked, from the first on which bulk data may begin until well after today.

    Whole weeks keep every weekday. Where the days of two stretches are worked alike, every date that was
    counted in working days or in weeks in the one is right in the other too.
    """

    first: date
    today: date
    marks: str
    worked: tuple[date, ...]

    @classmethod
    def of(cls, calendar: Calendar, first: date, today: date) -> WorkingDays:
        """As the calendar has them."""
        days = [first + timedelta(days=each) for each in range((today - first).days + DAYS_AHEAD)]
        marks = "".join("1" if is_working_day(day, calendar) else "0" for day in days)
        worked = tuple(day for day, mark in zip(days, marks, strict=True) if mark == "1")
        return cls(first, today, marks, worked)

    @property
    def count_until_today(self) -> int:
        """How many working days have passed since the first."""
        return sum(day < self.today for day in self.worked)

    def ago(self, count: int) -> date:
        """The working day so many before today, or before the next one if today is none; after it if negative."""
        return self.worked[self.count_until_today - count]

    def weeks(self, first: date, last: date, latest_end: date, end: date, earliest_end: date | None) -> list[int]:
        """Every number of weeks by which the stretch from `first` to `last` can be moved.

        The last step, on `end`, must come to lie no later than `latest_end` and no earlier than `earliest_end`.
        """
        lowest = -((first - self.first).days // WEEK)
        if earliest_end is not None:
            lowest = max(lowest, -((end - earliest_end).days // WEEK))
        highest = (latest_end - end).days // WEEK
        own = self._marks(first, last, 0)
        return [weeks for weeks in range(lowest, highest + 1) if self._marks(first, last, weeks) == own]

    def _marks(self, first: date, last: date, weeks: int) -> str:
        begin = (first - self.first).days + WEEK * weeks
        return self.marks[begin : begin + (last - first).days + 1]
