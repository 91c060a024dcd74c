"""进展报告 between 交办 and the limit of a task: on which days one is owed."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import count, takewhile

from yuetan.rules.dates.month_periods import same_day_after
from yuetan.rules.dates.pauses import Span
from yuetan.rules.dates.working_days import ONE_DAY, Calendar, add_working_days
from yuetan.vocabulary import ReportRhythm

_WEEKS = {ReportRhythm.WEEKLY: 1, ReportRhythm.FORTNIGHTLY: 2}


def turns(rhythm: ReportRhythm, since: date, until: date, calendar: Calendar) -> Iterator[date]:
    """Every day on which a report is due, counted from the day of 交办 and each on a working day.

    A turn that falls on a day off moves to the next working day. On the last day of the limit, and
    after it, the report on the whole is due, and none on the way.
    """
    if rhythm == ReportRhythm.NONE:
        return
    last = since
    for number in count(1):
        turn = _turn(rhythm, since, number)
        if turn >= until:
            return
        day = add_working_days(turn - ONE_DAY, 1, calendar)
        if last < day < until:
            yield day
        last = day


def _turn(rhythm: ReportRhythm, since: date, number: int) -> date:
    """The so-manieth day a report is due: that weekday some weeks on, or that day of a later month or its last."""
    if rhythm in _WEEKS:
        return since + timedelta(weeks=_WEEKS[rhythm] * number)
    return same_day_after(since, number)


def moved_turn(
    rhythm: ReportRhythm, since: date, awaited_on: date, until: date, calendars: tuple[Calendar, Calendar]
) -> date | None:
    """Where a turn falls by the second calendar that by the first falls on `awaited_on`; None if behind the limit."""
    before, after = calendars
    for number in count(1):
        turn = _turn(rhythm, since, number)
        if turn >= until:
            return None
        if add_working_days(turn - ONE_DAY, 1, before) == awaited_on:
            day = add_working_days(turn - ONE_DAY, 1, after)
            return day if day < until else None
    return None


def next_due_after(rhythm: ReportRhythm, since: date, day: date, until: date, calendar: Calendar) -> date | None:
    """The first day after another on which a report is due; None if the limit ends before."""
    return next((turn for turn in turns(rhythm, since, until, calendar) if turn > day), None)


def turn_has_begun(rhythm: ReportRhythm, since: date, awaited_on: date, day: date, calendar: Calendar) -> bool:
    """Whether a report handed in on a day fulfils the turn that is due: the turn before it has passed."""
    before = list(takewhile(lambda turn: turn < awaited_on, turns(rhythm, since, awaited_on, calendar)))
    return day > max([since, *before])


def remains_due(awaited_on: date | None, until: date, pauses: Iterable[Span]) -> bool:
    """Whether a day stays owed when the limit is agreed anew or runs again.

    What was missed before a pause is owed after it; what fell into the pause, up to the day on which
    the limit runs again, is not made up.
    """
    if awaited_on is None or awaited_on >= until:
        return False
    return not any(span.ended_on is not None and span.began_on <= awaited_on <= span.ended_on for span in pauses)
