"""What the rows of 待办 have for a person, held against what the table of steps says of every case and letter."""

from __future__ import annotations

from datetime import timedelta

import time_machine
from django.db.models import QuerySet

from yuetan.actions.step import is_allowed, may_take
from yuetan.models import Case, Letter, PendingStep, User
from yuetan.rules.dates import clock

DAYS = (0, 1, 4, 8, 13, 30, 200)
SEEN = tuple[object, str, object]


def asked(user: User, subjects: QuerySet) -> set[SEEN]:
    """What these subjects wait for from the person, asked of the table of steps subject by subject."""
    return {
        (subject.pk, step.verb, step.due_on(subject) if step.due_on else subject.next_due_on())
        for subject in subjects
        for step in subject.steps_now()
        if step.is_awaited(subject, user) and may_take(subject, step, user) and is_allowed(subject, step, user)
    }


def kept(user: User) -> set[SEEN]:
    """What the rows have for the person, by role, in person and as one of a unit's group."""
    rows = [*PendingStep.objects.of(user), PendingStep.objects.of_groups(user.groups.values("pk"))]
    return {(row.subject_id, row.verb, row.due_on) for part in rows for row in part}


def assert_equal_for_everybody() -> None:
    """Raise AssertionError with the first person for whom the rows are not what the table of steps says."""
    for user in User.objects.order_by("pk"):
        assert_equal_for(user)


def assert_equal_for(user: User) -> None:
    """The same of one person, read anew."""
    cases = Case.objects.visible_to(user).select_related("unit").with_step_relations().with_grants_of(user)
    by_the_table = asked(user, cases) | asked(user, Letter.objects.visible_to(user))
    assert kept(user) == by_the_table, f"{clock.now()} {user.name}"


def assert_equal_while_time_goes_on() -> None:
    """The same now and at later moments at which nobody has done anything."""
    now = clock.now()
    for days in DAYS:
        with time_machine.travel(now + timedelta(days=days, minutes=days), tick=False):
            assert_equal_for_everybody()
