"""红黄绿灯: a light and a word for a date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from yuetan.models import CalendarDay, OfficeSetting, Task
from yuetan.rules import clock, deadlines
from yuetan.vocabulary import TaskState


@dataclass(frozen=True)
class Lights:
    """The calendar and the office's threshold, read once a page."""

    calendar: deadlines.Calendar
    yellow_within: int

    @classmethod
    def now(cls) -> Lights:
        """As they stand today."""
        return cls(CalendarDay.objects.calendar(), OfficeSetting.objects.number("yellow_within_days"))

    def of_task(self, task: Task) -> deadlines.Deadline | None:
        """The light of a task: none once it is accepted, grey while its limit stands still."""
        if task.state == TaskState.ACCEPTED:
            return None
        return self.of(task.runs_until) or deadlines.PAUSED

    def of(self, due_on: date | None) -> deadlines.Deadline | None:
        """The light of a date; none for no date."""
        if due_on is None:
            return None
        return deadlines.deadline(due_on, clock.today(), self.calendar, yellow_within=self.yellow_within)
