"""A time limit over pauses (中止计时): the days of a pause do not count."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from yuetan.rules.dates.working_days import ONE_DAY, Calendar, add_working_days, working_days_between


@dataclass(frozen=True)
class Span:
    """The days of one pause: from its first day up to, and not including, the day on which the limit runs again."""

    began_on: date
    ended_on: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the pause covers this day."""
        return self.began_on <= day and (self.ended_on is None or day < self.ended_on)


def effective_due_on(due_on: date, agreed_on: date, pauses: Iterable[Span], calendar: Calendar) -> date | None:
    """Return the day on which a limit ends that was agreed on `agreed_on`, or None while a pause is open.

    Each working day of a pause after `agreed_on` is given back at the end; what was paused before the
    date was agreed is in that date already. Pauses do not overlap.
    """
    spans = list(pauses)
    if any(span.ended_on is None for span in spans):
        return None
    until = due_on
    while True:
        paused = sum(_working_days_of(span, agreed_on, until, calendar) for span in spans)
        moved = add_working_days(due_on, paused, calendar)
        if moved == until:
            return until
        until = moved


def working_days_of(span: Span, calendar: Calendar) -> int:
    """Working days of a pause that has ended, or is planned to end; raises AssertionError for one without an end."""
    assert span.ended_on is not None
    return max(working_days_between(span.began_on - ONE_DAY, span.ended_on - ONE_DAY, calendar), 0)


def _working_days_of(span: Span, after: date, until: date, calendar: Calendar) -> int:
    """Working days of the pause after one day up to and including another."""
    assert span.ended_on is not None
    first, last = max(span.began_on - ONE_DAY, after), min(span.ended_on - ONE_DAY, until)
    return working_days_between(first, last, calendar) if first < last else 0
