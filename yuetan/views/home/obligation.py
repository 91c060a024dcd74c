"""One obligation of a unit, as its page lists it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from yuetan.rules.dates.deadlines import Deadline

HEADS_ALONE = "主要领导"
EITHER = "主要领导或者联络员"


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
