"""待办 as rows: for every person exactly what the table of steps says of every case and letter, at every moment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from tests import cast
from tests.factories import HISTORY, case_after, case_in, letter_in
from yuetan.actions.step import is_allowed, may_take
from yuetan.models import Case, Letter, PendingStep, User
from yuetan.rules.dates import clock
from yuetan.vocabulary import CaseState, LetterState

DAYS = (0, 1, 2, 4, 8, 13, 30, 90, 200)


def asked(user: User) -> set[tuple[object, str, object]]:
    """What every subject that the person sees waits for from them, asked of the table of steps subject by subject."""
    subjects = [*Case.objects.visible_to(user), *Letter.objects.visible_to(user)]
    return {
        (subject.pk, step.verb, step.due_on(subject) if step.due_on else subject.next_due_on())
        for subject in subjects
        for step in subject.steps_now()
        if step.is_awaited(subject, user) and may_take(subject, step, user) and is_allowed(subject, step, user)
    }


def kept(user: User) -> set[tuple[object, str, object]]:
    """The same as the rows have it."""
    ways = [*PendingStep.objects.of(user), PendingStep.objects.of_groups(user.groups.values("pk"))]
    return {(row.case_id or row.letter_id, row.verb, row.due_on) for way in ways for row in way}


def assert_equal_for_everybody() -> None:
    """Raise AssertionError with the first person for whom the rows are not what the table of steps says."""
    for person in User.objects.order_by("pk"):
        user = User.objects.get(pk=person.pk)
        assert kept(user) == asked(user), f"{clock.now()} {user.name}"


def moved_on() -> Iterator[None]:
    """Now and at later moments, when nobody has done anything."""
    now = clock.now()
    for days in DAYS:
        with time_machine.travel(now + timedelta(days=days, minutes=days), tick=False):
            yield


@pytest.mark.parametrize("verb", list(dict.fromkeys(verb for verb, _ in HISTORY)))
def test_after_every_step_of_a_history_the_rows_are_what_the_table_says(verb: str, officer: User) -> None:
    case_after(verb)
    assert PendingStep.objects.exists()
    for _ in moved_on():
        assert_equal_for_everybody()
