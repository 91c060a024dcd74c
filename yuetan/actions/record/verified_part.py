"""Which of the record a daily verification looks at: what is new, and part after part of what was there before.

Each row, chain and anchor belongs to one part, by its key; the part of a day follows from the day, and days on which
nothing was verified are made up for. So everything is looked at within that many days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.utils import timezone

from yuetan.models import RecordVerification
from yuetan.models.record.seal import VERIFIED_PARTS as PARTS

WHOLE_UP_TO = 500_000  # entries: so many are verified within minutes, every day


@dataclass(frozen=True)
class Part:
    """Some parts of what was sealed up to an entry, and all that was sealed `since`; without parts everything."""

    numbers: tuple[int, ...] = ()
    since: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether it is everything."""
        return not self.numbers

    @property
    def words(self) -> str:
        """As the verification keeps it: 3, or 2、3; empty for everything."""
        return "、".join(map(str, self.numbers))

    def condition(self, key: str) -> str:
        """The condition in SQL for what belongs to it, by the text that this expression gives."""
        if self.is_whole:
            return "TRUE"
        return f"(hashtext({key}) & 2147483647) %% {PARTS} + 1 IN ({', '.join(map(str, self.numbers))})"

    def has_anchor(self, number: int) -> bool:
        """Whether it is the turn of an anchor."""
        return self.is_whole or number % PARTS + 1 in self.numbers


WHOLE = Part()


def part_of_day(today: date) -> Part:
    """What is verified today: everything while there is little, or something was wrong or was never verified whole."""
    last = RecordVerification.objects.newest_first().first()
    if last is None or last.faults or not last.last_entry or last_entry() <= WHOLE_UP_TO:
        return WHOLE
    days = (today - timezone.localdate(last.began_at)).days
    if days not in range(PARTS):
        return WHOLE
    missed = (today - timedelta(days=number) for number in range(max(days, 1)))
    return Part(tuple(sorted(day.toordinal() % PARTS + 1 for day in missed)), last.last_entry)


def last_entry() -> int:
    """The number of the newest entry of all chains."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT COALESCE(max(id), 0) FROM yuetan_seal")
        row = cursor.fetchone()
    return row[0] if row else 0
