"""待办 as rows: for every person exactly what the table of steps says of every case and letter, at every moment."""

from __future__ import annotations

from datetime import timedelta

import time_machine
from django.db.models import QuerySet

from tests import cast
from tests.factories import HISTORY, case_after, case_in, later, letter_in, succeed, take
from tests.refusals import appoint
from yuetan.actions.people.delegation import delegate_approval, end_delegation
from yuetan.actions.people.unit import end_post
from yuetan.actions.step import is_allowed, may_take
from yuetan.models import Case, Letter, PendingStep, User
from yuetan.rules.dates import clock
from yuetan.vocabulary import CaseState, LetterState, PostKind, Verb

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
        cases = Case.objects.visible_to(user).select_related("unit").with_step_relations().with_grants_of(user)
        said = asked(user, cases) | asked(user, Letter.objects.visible_to(user))
        assert kept(user) == said, f"{clock.now()} {user.name}"


def assert_equal_while_time_goes_on() -> None:
    """The same now and at later moments at which nobody has done anything."""
    now = clock.now()
    for days in DAYS:
        with time_machine.travel(now + timedelta(days=days, minutes=days), tick=False):
            assert_equal_for_everybody()


def test_after_every_step_of_a_history_the_rows_are_what_the_table_says(officer: User) -> None:
    for verb in dict.fromkeys(verb for verb, _ in HISTORY):
        case_after(verb)
    assert_equal_while_time_goes_on()


def test_what_waits_at_the_side_of_the_line_and_after_the_end(officer: User) -> None:
    for verb in (Verb.ASK_EXTENSION, Verb.PAUSE_TASK, Verb.RECORD_SITE_CHECK):
        take(verb, case_in(CaseState.RECTIFYING))
    take(Verb.ASK_LEAVE, case_in(CaseState.NOTIFIED))
    take(Verb.REGISTER_DECISION, case_in(CaseState.PROPOSED))
    closed = case_in(CaseState.CLOSED)
    take(Verb.CORRECT_MINUTES, closed)
    take(Verb.RECORD_CONSEQUENCE, closed)
    for state in (LetterState.DRAFTED, LetterState.RETURNED, LetterState.ISSUED):
        letter_in(state)
    assert_equal_while_time_goes_on()


def test_who_enters_and_who_leaves_a_post(officer: User, sysadmin: User, town, head: User) -> None:
    for state in (CaseState.DRAFTED, CaseState.PROPOSED, CaseState.APPROVED, CaseState.NOTIFIED, CaseState.INTERVIEWED):
        case_in(state)
    take(Verb.CORRECT_MINUTES, case_in(CaseState.CLOSED))
    changes = (
        lambda: appoint(cast.person("supervisor"), town, PostKind.LIAISON, "联络员"),  # recused: an officer acts
        lambda: appoint(cast.person("director"), town, PostKind.LIAISON, "联络员"),
        lambda: end_post(officer.posts.get(), by=sysadmin, ended_on=clock.today()),  # the drafter
        lambda: end_post(cast.person("deputy").posts.get(), by=sysadmin, ended_on=clock.today()),  # who interviews
        lambda: succeed(head, "吕四十", account="successor"),
        lambda: end_post(cast.person("group_leader").posts.get(), by=sysadmin, ended_on=clock.today()),
    )
    for change in changes:
        change()
        assert_equal_for_everybody()


def test_who_decides_in_anothers_stead_from_a_day_until_a_day(group_leader: User, deputy: User) -> None:
    case = case_in(CaseState.PROPOSED)
    today = clock.today()
    days = {"begins_on": today + timedelta(days=2), "ends_on": today + timedelta(days=6)}
    made = delegate_approval(by=group_leader, delegate=deputy, reason="", **days)
    for offset, waits in ((0, False), (2, True), (6, True), (7, False)):
        with later(days=offset):
            rows = kept(cast.person("deputy"))
            assert ((case.pk, Verb.APPROVE, None) in rows) is waits
            assert_equal_for_everybody()
    with later(days=3):
        end_delegation(made, by=cast.person("group_leader"))
        assert_equal_for_everybody()
