"""Between which days a limit may be set anew: after the office's lead, not before what runs, within its cap."""

from dataclasses import dataclass
from datetime import date

from yuetan.rules.dates.provisional import CountedDay, count_on, provisional_note
from yuetan.rules.dates.working_days import ONE_DAY, Calendar


@dataclass(frozen=True)
class Limits:
    """The days between which a new limit lies, and the numbers they follow from; without a cap there is no latest."""

    running: date | None
    lead: int
    earliest: CountedDay
    most: int
    latest: CountedDay | None

    @property
    def note(self) -> str:
        """Why the days are provisional; empty where they are certain."""
        years = {*self.earliest.unpublished, *(self.latest.unpublished if self.latest else ())}
        return provisional_note(tuple(sorted(years)))


def limits(today: date, running: date | None, lead: int, most: int, calendar: Calendar) -> Limits:
    """Count the days out: `lead` working days from today at least, `most` from what runs or from today; 0 caps nothing.

    A limit of today or earlier is never lawful, whatever the lead.
    """
    tomorrow, after = today + ONE_DAY, count_on(today, lead, calendar)
    first, *bounds = (max(tomorrow, day) for day in (after.day, after.earliest, after.latest))
    earliest = CountedDay(first, bounds[0], bounds[1], after.unpublished)
    latest = count_on(max(today, running or today), most, calendar) if most else None
    return Limits(running, lead, earliest, most, latest)
