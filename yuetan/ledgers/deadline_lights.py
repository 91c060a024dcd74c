"""时限状态: a light and a word for a date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Model, QuerySet

from yuetan.models import CalendarDay, Case, OfficeSetting, OfficeWait, Task
from yuetan.rules.dates import clock, deadlines
from yuetan.rules.dates.provisional import provisional_note
from yuetan.rules.dates.working_days import add_working_days
from yuetan.vocabulary import ENDED_STATES, UNREPORTED_TASK_STATES

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class DeadlineLights:
    """The calendar and the office's threshold, read once a page."""

    calendar: deadlines.Calendar
    yellow_within: int

    @classmethod
    def now(cls) -> DeadlineLights:
        """The lights of today, by the office's settings."""
        return cls(CalendarDay.objects.calendar(), OfficeSetting.objects.number("yellow_within_days"))

    @property
    def yellow_until(self) -> date:
        """The last day that shows yellow today."""
        return add_working_days(clock.today(), self.yellow_within, self.calendar)

    def showing(self, tasks: QuerySet[Task], light: str) -> QuerySet[Task]:
        """The unreported tasks that show this light; grey is one whose time is stopped."""
        return self._lit(tasks.filter(state__in=UNREPORTED_TASK_STATES), "effective_due_on", light)

    def cases_showing(self, cases: QuerySet[Case], light: str) -> QuerySet[Case]:
        """The cases that run and show this light."""
        return self._lit(cases.exclude(state__in=ENDED_STATES), "due_on", light)

    def unanswered_showing(self, papers: QuerySet[Row], light: str) -> QuerySet[Row]:
        """Those of the 提醒函 or 督办单 that show this light for their answer; the caller knows that it is awaited."""
        return self._lit(papers, "answer_until", light)

    def replies_showing(self, letters: QuerySet[Row], light: str) -> QuerySet[Row]:
        """Those of the 三书一函 that show this light for their reply; the caller knows that it is awaited."""
        return self._lit(letters, "due_on", light)

    def limits_showing(self, measures: QuerySet[Row], light: str) -> QuerySet[Row]:
        """Those of the 责任措施 in force that show this light for their limit."""
        return self._lit(measures, "limit", light)

    def waits_showing(self, light: str) -> QuerySet[OfficeWait]:
        """The stretches inside the office that have not ended and show this light; grey is one without a limit."""
        return self._lit(OfficeWait.objects.filter(ended_at=None), "due_on", light)

    def progress_showing(self, tasks: QuerySet[Task], light: str) -> QuerySet[Task]:
        """The tasks whose outstanding progress report shows this light."""
        outstanding = tasks.filter(progress_due_on__isnull=False, effective_due_on__gte=clock.today(), runs=True)
        return self._lit(outstanding, "progress_due_on", light)

    def _lit(self, rows: QuerySet[Row], day: str, light: str) -> QuerySet[Row]:
        """Those of the rows whose day, kept in this field, shows the light."""
        return rows.filter(**self.conditions(day)[deadlines.Light(light)])

    def conditions(self, day: str) -> dict[deadlines.Light, dict[str, object]]:
        """For each light which rows show it today by the day kept in this field."""
        today = clock.today()
        return {
            deadlines.Light.RED: {f"{day}__lt": today},
            deadlines.Light.YELLOW: {f"{day}__range": (today, self.yellow_until)},
            deadlines.Light.GREEN: {f"{day}__gt": self.yellow_until},
            deadlines.Light.GREY: {day: None},
        }

    def light_of(self, due_on: date | None) -> deadlines.Light:
        """The light that `conditions` give a day."""
        if due_on is None:
            return deadlines.Light.GREY
        if due_on < clock.today():
            return deadlines.Light.RED
        return deadlines.Light.YELLOW if due_on <= self.yellow_until else deadlines.Light.GREEN

    def of_task(self, task: Task) -> deadlines.Deadline | None:
        """The light of a task: None once it is reported; grey while it is paused."""
        if not task.is_unreported:
            return None
        return self.of(task.effective_due_on) or deadlines.PAUSED

    def of(self, due_on: date | None) -> deadlines.Deadline | None:
        """The light of a date; none for no date."""
        if due_on is None:
            return None
        return deadlines.deadline(due_on, clock.today(), self.calendar, yellow_within=self.yellow_within)


def note_under(shown: Iterable[deadlines.Deadline | None]) -> str:
    """What a page says once under all its lights that say 暂定; empty where none does."""
    return provisional_note(tuple(sorted({year for each in shown if each for year in each.unpublished})))
