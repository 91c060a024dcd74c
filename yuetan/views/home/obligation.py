"""The obligations of a unit, as its page lists them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from yuetan.models.flow.pending_step import FAR
from yuetan.rules.dates.deadlines import Deadline

HEADS_ALONE = "主要领导"
EITHER = "主要领导或者联络员"
MAX_CASES = 20  # on one page
MAX_PAPERS = 20  # of each kind on one page
MAX_FULFILLED = 5  # of so many cases the page also shows what was handed in


@dataclass
class Fulfilment:
    """One thing handed in, and the mark it bears if it was late."""

    words: str
    mark: str = ""


@dataclass
class Obligation:
    """One obligation of the unit: open with its date, or fulfilled."""

    title: str
    about: str
    about_url: str
    who: str
    due_on: date | None = None
    is_open: bool = True
    url: str = ""
    standing: str = ""
    done: list[Fulfilment] = field(default_factory=list)
    deadline: Deadline | None = None


@dataclass
class UnitObligations:
    """What a page shows of them; what it does not show is counted, and falls due on `reach` or later."""

    shown: list[Obligation] = field(default_factory=list)
    more_cases: int = 0
    more_letters: int = 0
    more_measures: int = 0
    reach: date = FAR
    more_reports: str = ""  # a capped count in words
    more_received: int = 0
    more_assignments: int = 0
    most_cases: ClassVar[int] = MAX_CASES
    most_papers: ClassVar[int] = MAX_PAPERS
    most_fulfilled: ClassVar[int] = MAX_FULFILLED

    @property
    def has_more(self) -> bool:
        """Whether something is not shown."""
        papers = self.more_letters + self.more_measures + self.more_assignments
        return bool(self.more_cases + papers + self.more_received or self.more_reports)

    @property
    def open(self) -> list[Obligation]:
        """Those that are not fulfilled."""
        return [ask for ask in self.shown if ask.is_open]

    def sort(self) -> None:
        """Open ones first and the soonest on top."""
        self.shown.sort(key=lambda ask: (not ask.is_open, ask.due_on or FAR))

    def falls_due_from(self, day: date | None) -> None:
        """Something that is not shown falls due on this day, if any."""
        self.reach = min(self.reach, day or FAR)
