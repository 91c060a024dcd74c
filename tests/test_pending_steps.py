"""待办 as rows: for every person exactly what the table of steps says of every case and letter, at every moment."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.factories import HISTORY, case_after, case_in, later, letter_in, succeed, take
from tests.ladder import measure_in
from tests.pending_rows import assert_equal_for_everybody, assert_equal_while_time_goes_on, kept
from tests.refusals import appoint
from yuetan import pending_steps
from yuetan.actions.messages.watch import recurring_jobs
from yuetan.actions.people.delegation import delegate_approval, end_delegation
from yuetan.actions.people.unit import end_post
from yuetan.actions.record.check_records import disagreements
from yuetan.models import Case, PendingStep, StalePending, Unit, User
from yuetan.rules.dates import clock
from yuetan.vocabulary import CaseState, LetterState, MeasureState, PostKind, RecordKind, Verb


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


def test_who_enters_and_who_leaves_a_post(officer: User, sysadmin: User, town: Unit, head: User) -> None:
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


def test_what_concerns_very_many_cases_is_done_in_pieces_that_hold_few(
    officer: User, sysadmin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who ends a leader's post holds a few cases, and the watch makes the others equal."""
    cases = [case_in(state) for state in (CaseState.PROPOSED, CaseState.PROPOSED, CaseState.APPROVED)]
    monkeypatch.setattr(pending_steps, "CHUNK", 1)
    end_post(cast.person("group_leader").posts.get(), by=sysadmin, ended_on=clock.today())
    assert StalePending.objects.count() == len(cases) - 1
    with transaction.atomic():
        StalePending.objects.all().delete()
        assert RecordKind.PENDING in {one.kind for one in disagreements()}
        transaction.set_rollback(True)
    assert list(disagreements()) == []  # it is known, and nobody is alarmed
    assert pending_steps.follow_stale in {job.work for job in recurring_jobs()}
    assert pending_steps.follow_stale() == len(cases) - 1
    assert not StalePending.objects.exists()
    assert_equal_for_everybody()


def test_letters_and_measures_of_which_there_are_very_many_are_done_in_pieces_too(
    officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of each kind the first at once; the others are marked as stale, and the watch makes them equal."""
    unit = cast.unit(cast.TOWN)
    letters = sorted(letter_in(LetterState.ISSUED, to=unit).pk for _ in range(3))
    matters = ("整治推进缓慢", "线索核查不力", "宣传发动不够")
    measures = sorted(measure_in(MeasureState.SERVED, on=unit, matter=matter).pk for matter in matters)
    PendingStep.objects.all().delete()
    monkeypatch.setattr(pending_steps, "CHUNK", 1)
    pending_steps.follow_unit(unit)
    marked = StalePending.objects.all()
    assert set(marked.exclude(letter=None).values_list("letter", flat=True)) == set(letters[1:])
    assert set(marked.exclude(measure_laid=None).values_list("measure_laid", flat=True)) == set(measures[1:])
    assert set(PendingStep.objects.exclude(letter=None).values_list("letter", flat=True)) == {letters[0]}
    pending_steps.follow_unit(unit)  # each change marks anew
    assert marked.count() == 8
    assert pending_steps.follow_stale() == 4
    assert_equal_for_everybody()
    PendingStep.objects.all().delete()
    StalePending.objects.create(letter_id=letters[0])
    pending_steps.rebuild()
    assert not StalePending.objects.exists()
    assert_equal_for_everybody()


def test_the_keys_of_very_many_cases_are_read_a_chunk_at_a_time(officer: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who changes what concerns them reads the first keys alone; the database marks the others by itself."""
    cases = sorted(case_in(CaseState.PROPOSED).pk for _ in range(4))
    monkeypatch.setattr(pending_steps, "CHUNK", 2)
    assert list(pending_steps.chunks_of(Case.objects.all())) == [cases[:2], cases[2:]]
    with CaptureQueriesContext(connection) as queries:
        pending_steps.follow_deciders()
    of_keys = [one["sql"] for one in queries if one["sql"].startswith("SELECT DISTINCT")]
    assert len(of_keys) == 2
    assert all(sql.endswith("LIMIT 2") for sql in of_keys)
    assert set(StalePending.objects.values_list("case", flat=True)) == set(cases[2:])
