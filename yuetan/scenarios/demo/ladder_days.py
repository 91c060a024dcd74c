"""Days of the ladder of the demonstration, and the steps taken on them one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

from yuetan.models import AccountabilityMeasure, CalendarDay
from yuetan.rules.dates import clock
from yuetan.rules.dates.working_days import add_working_days
from yuetan.rules.text.official_text import CHINA_STANDARD_TIME
from yuetan.scenarios import measure_drivers
from yuetan.scenarios.keywords import task_report
from yuetan.vocabulary import Verb

MORNING, AFTERNOON = time(9, 20), time(16, 30)
A_WHILE = timedelta(minutes=25)
LAID = (Verb.SUBMIT_MEASURE, Verb.DECIDE_MEASURE, Verb.SERVE_MEASURE, Verb.ACKNOWLEDGE_MEASURE)


def working_day(ago: int) -> date:
    """The day so many working days before today, or after it; asked for outside of `on`, which sets today."""
    return add_working_days(clock.today(), -ago, CalendarDay.objects.calendar())


@contextmanager
def on(ago: int, hour: time = MORNING, *, steps: int = 0) -> Iterator[None]:
    """Let it be that hour of the day so many working days ago, and so many steps later; of today this moment."""
    if not ago:
        yield
        return
    with clock.at(datetime.combine(working_day(ago), hour, CHINA_STANDARD_TIME) + steps * A_WHILE):
        yield


def walk(measure: AccountabilityMeasure, verbs: Iterable[Verb], ago: int, **changed: object) -> AccountabilityMeasure:
    """Steps of one day, each a while after the one before; what is `changed` is said at the last."""
    rows = list(verbs)
    for number, verb in enumerate(rows, start=1):
        with on(ago, steps=number):
            measure = measure_drivers.take(verb, measure, by=None, **(changed if number == len(rows) else {}))
    return measure


def lay(measure: AccountabilityMeasure, ago: int) -> AccountabilityMeasure:
    """Handed in on that day, decided the day after, served on the next and signed for on the next."""
    for number, verb in enumerate(LAID):
        measure = walk(measure, (verb,), ago - number)
    return measure


def put_right(measure: AccountabilityMeasure, ago: int, words: Sequence[str]) -> AccountabilityMeasure:
    """A report on each task with these words, and the day after each accepted."""
    for number, text in enumerate(words):
        report = task_report(measure, text=text)
        with on(ago, steps=2 * number):
            measure = measure_drivers.take(Verb.PREPARE_REPORT, measure, by=None, **report)
        with on(ago, steps=2 * number + 1):
            measure = measure_drivers.take(Verb.HAND_IN_REPORT, measure)
    return walk(measure, [Verb.ACCEPT_TASK] * len(words), ago - 1)
