"""Taking the steps of a plan by the real actions, each at its time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import ClassVar

from django.db.models import Model

from yuetan.rules.text.official_text import CHINA_STANDARD_TIME
from yuetan.scenarios.bulk.people import UnitSide
from yuetan.scenarios.bulk.plan import Plan
from yuetan.scenarios.bulk.shifts import WorkingDays

FIRST_HOUR = time(9, 5)


@dataclass
class Story:
    """One plan on its way; `begins` is how many working days ago the first step is taken."""

    plan: Plan
    side: UnitSide
    days: WorkingDays
    begins: int
    seed: int

    root: ClassVar[type[Model]]  # what it is the story of

    def __post_init__(self) -> None:
        self.lots: Random = self.plan.lots(self.seed, "words")
        self.days_ago = self.begins
        self.first_moment: datetime | None = None
        self.last_moment: datetime | None = None

    def play(self) -> Model:
        """Take every step of the story; raises Refused or NotYours where the plan is not lawful."""
        raise NotImplementedError

    def moments(self) -> Iterator[tuple[datetime, str, int]]:
        """Each step a little later on the same day, or some time in the next morning."""
        for (verb, number), offset in zip(self.plan.steps, self.plan.offsets, strict=True):
            self.days_ago = self.begins - offset
            day, before = self.days.ago(self.days_ago), self.last_moment
            if before is None or before.date() != day:
                before = at(day, FIRST_HOUR) + timedelta(minutes=self.lots.randint(30, 90))
            self.last_moment = before + timedelta(minutes=self.lots.randint(5, 40))
            self.first_moment = self.first_moment or self.last_moment
            yield self.last_moment, verb, number

    def day_in(self, working_days: int) -> date:
        """The day so many working days after the step being taken."""
        return self.days.ago(self.days_ago - working_days)


def at(day: date, hour: time) -> datetime:
    """A moment of a day in China."""
    return datetime.combine(day, hour, CHINA_STANDARD_TIME)
