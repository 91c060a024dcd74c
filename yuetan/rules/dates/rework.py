"""Between which days a limit may be set anew: after the office's lead, not before what runs, within its cap."""

from dataclasses import dataclass
from datetime import date

from yuetan.rules.dates.working_days import ONE_DAY, Calendar, add_working_days


@dataclass(frozen=True)
class Limits:
    """The days between which a new limit lies, and the numbers they follow from; without a cap there is no latest."""

    running: date | None
    lead: int
    earliest: date
    most: int
    latest: date | None


def limits(today: date, running: date | None, lead: int, most: int, calendar: Calendar) -> Limits:
    """Count the days out: `lead` working days from today at least, `most` from what runs or from today; 0 caps nothing.

    A limit of today or earlier is never lawful, whatever the lead.
    """
    earliest = max(today + ONE_DAY, add_working_days(today, lead, calendar))
    begins = max(today, running or today)
    latest = add_working_days(begins, most, calendar) if most else None
    return Limits(running, lead, earliest, most, latest)
