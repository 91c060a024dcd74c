"""One thing of 日程."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from yuetan.rules.dates import clock
from yuetan.rules.dates.working_days import ONE_DAY


class EntryKind(StrEnum):
    """What an entry is."""

    INTERVIEW = "interview"
    INSPECTION = "inspection"
    REVISIT = "revisit"
    LIMIT = "limit"
    MEETING = "meeting"
    ROUND = "round"


KIND_LABELS = {
    EntryKind.INTERVIEW: "约谈",
    EntryKind.INSPECTION: "督查",
    EntryKind.REVISIT: "回头看",
    EntryKind.MEETING: "会议",
    EntryKind.ROUND: "督导",
}


@dataclass(frozen=True)
class Entry:
    """One thing of one day; `begins` is None where it is of the whole day, `clash` names what it collides with.

    `about` is the class (`ABOUT`) and the key of its subject, of which words, unit and url are read if it is shown;
    what is of a room of the year has none, and says these itself.
    """

    kind: EntryKind
    day: date
    key: str
    about: tuple[str, UUID] | None
    begins: datetime | None = None
    step: str = ""
    place: str = ""
    who: str = ""
    clash: str = ""
    words: str = ""
    unit: str = ""
    url: str = ""

    @property
    def label(self) -> str:
        """约谈、督查、回头看、会议、督导, or of a limit the step that is to be taken by then."""
        return self.step or KIND_LABELS[self.kind]

    @property
    def order(self) -> tuple[date, datetime, str]:
        """By the hour; what is of the whole day behind it."""
        return (self.day, self.begins or clock.day_begins(self.day + ONE_DAY), self.key)
