"""A calendar that changes while somebody takes a step on a task: neither undoes what the other did."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from tests import cast
from tests.assignments import given, stated
from tests.assignments import take as take_of_assignment
from tests.factories import later
from tests.ladder import listed_in
from tests.ladder import take as take_of_measure
from tests.test_report_race import is_done, somebody_waits
from yuetan.actions.office.calendar import change_calendar_day
from yuetan.models import Task
from yuetan.vocabulary import DayKind, MeasureState, TaskState, Verb

pytestmark = pytest.mark.django_db(transaction=True)
PAUSED_UNTIL = date(2026, 11, 27)


def changes_the_calendar() -> bool:
    """One day of the pause of these tests becomes a day off, so that its limit ends earlier."""
    return is_done(
        lambda: change_calendar_day(
            by=cast.person("director"), day=date(2026, 11, 24), kind=DayKind.OFF, name="临时放假"
        )
    )


def recounted_behind(operation: Callable[[], object]) -> None:
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            operation()
            waiting = pool.submit(changes_the_calendar)
            while not somebody_waits():
                assert not waiting.done()
        assert waiting.result(timeout=30)


def paused(origin: Any, take: Callable[..., Any]) -> Any:
    """With its first task paused and let run again, so that its limit is counted by the calendar."""
    with later(days=1):
        origin = take(Verb.PAUSE_TASK, origin, planned_end_on=PAUSED_UNTIL)
    with later(days=2):
        return take(Verb.RESUME_TASK, origin)


@pytest.mark.parametrize("kind", ["measure", "assignment"])
def test_a_report_handed_in_meanwhile_stays_handed_in(office: object, kind: str) -> None:
    if kind == "measure":
        origin, take = listed_in(MeasureState.SERVED), take_of_measure
    else:
        origin, take = given(tasks=[stated()]), take_of_assignment
    origin = paused(origin, take)
    with later(days=3):
        origin = take(Verb.PREPARE_REPORT, origin)
        recounted_behind(lambda: take(Verb.HAND_IN_REPORT, origin))
    reported = Task.objects.of(origin).get(number=1)
    assert (reported.state, reported.progress_due_on) == (TaskState.REPORTED, None)
