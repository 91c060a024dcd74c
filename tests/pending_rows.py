"""What the rows of 待办 have for a person, held against what the table of steps says of every case and letter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta

import time_machine

from yuetan.actions.step import is_allowed, may_take
from yuetan.models import AccountabilityMeasure, Case, Letter, PendingStep, User
from yuetan.models.case.case import CaseGroupPermission
from yuetan.models.office.read_once import reading_once
from yuetan.rules.dates import clock

DAYS = (0, 1, 4, 8, 13, 30, 200)
SEEN = tuple[object, str, object]


def asked(user: User, subjects: Iterable[Case | Letter]) -> set[SEEN]:
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
    cases = all_cases()
    for user in User.objects.order_by("pk"):
        assert_equal_for(user, cases)


def all_cases() -> list[Case]:
    """Every case with what its steps look at, which is the same whoever asks."""
    return list(Case.objects.select_related("unit").with_step_relations())


def assert_equal_for(user: User, cases: Iterable[Case] | None = None) -> None:
    """The same of one person; the cases are read anew where none are given."""
    seen = set(Case.objects.visible_to(user).values_list("pk", flat=True))
    granted = defaultdict(list)
    for grant in CaseGroupPermission.objects.filter(group__user=user).select_related("permission"):
        granted[grant.content_object_id].append(grant)
    visible = [case for case in (all_cases() if cases is None else cases) if case.pk in seen]
    for case in visible:
        case.grants_to_my_groups = granted[case.pk]
    with reading_once():  # as a page does
        by_the_table = asked(user, visible) | asked(user, Letter.objects.visible_to(user))
        by_the_table |= asked(user, AccountabilityMeasure.objects.visible_to(user).with_step_relations())
    assert kept(user) == by_the_table, f"{clock.now()} {user.name}"


def assert_equal_while_time_goes_on() -> None:
    """The same now and at later moments at which nobody has done anything."""
    now = clock.now()
    for days in DAYS:
        with time_machine.travel(now + timedelta(days=days, minutes=days), tick=False):
            assert_equal_for_everybody()
