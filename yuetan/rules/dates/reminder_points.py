"""When people are reminded: points before a date in working days, the day itself, points after it in days."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from yuetan.rules.dates.working_days import Calendar, add_working_days

_NUMBERS = re.compile(r"\d{1,2}(?:[、，, ]+\d{1,2})*")
MAX_REPEATS = 90


@dataclass(frozen=True)
class ReminderPoints:
    """Working days before a date, and days after it, on which somebody is reminded; the day itself always."""

    before: tuple[int, ...]
    after: tuple[int, ...]

    def last_point(self, due_on: date, today: date, calendar: Calendar) -> str:
        """The name of the latest point reached by today, such as -3, 0 or +7; empty before the first.

        After days without a run only the latest point counts: nobody is reminded three times at once.
        """
        reached = [(-days, add_working_days(due_on, -days, calendar)) for days in self.before]
        reached += [(days, due_on + timedelta(days=days)) for days in (0, *self.after)]
        points = [(day, number) for number, day in reached if day <= today]
        if not points:
            return ""
        number = max(points)[1]
        return f"+{number}" if number > 0 else str(number)


def days(text: str) -> tuple[int, ...] | None:
    """Numbers of days as the office writes them, such as 5、3、1; None if that is not what they are."""
    words = text.strip()
    if not words:
        return ()
    if not _NUMBERS.fullmatch(words):
        return None
    numbers = tuple(sorted({int(part) for part in re.findall(r"\d+", words)}))
    return numbers if numbers[0] > 0 and numbers[-1] <= MAX_REPEATS else None
