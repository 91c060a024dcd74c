"""The factories bring a case to every state, by lawful steps alone."""

import pytest

from tests.factories import HISTORY, case_after, case_in, letter_in
from yuetan.models import User
from yuetan.vocabulary import CaseState, LetterState, ReportKind, Verb


@pytest.mark.parametrize("state", CaseState.values)
def test_every_state_can_be_reached(office, state):
    assert case_in(state).state == state


# What a unit prepares is its own: the record does not tell of it.
UNRECORDED = {Verb.PREPARE_SUBMISSION, Verb.PREPARE_REPORT}


@pytest.mark.parametrize("verb", sorted({verb for verb, _ in HISTORY} - UNRECORDED))
def test_every_step_of_the_history_is_the_last_one_taken(office, verb):
    last = case_after(verb).events.newest_first()[0]
    assert last.verb == verb


@pytest.mark.parametrize("which", ["town", "division_town", "county", "member_unit"])
def test_every_kind_of_unit_comes_to_the_end(request, which):
    assert case_in(CaseState.CLOSED, unit=request.getfixturevalue(which)).state == CaseState.CLOSED


@pytest.mark.parametrize("state", LetterState.values)
def test_letters(member_unit, state):
    assert letter_in(state).state == state


def test_nobody_of_the_cast_may_do_everything(office):
    assert not User.objects.filter(is_superuser=True).exists()


def test_a_draft_of_the_written_material_waits_to_be_handed_in(office):
    assert case_after(Verb.PREPARE_SUBMISSION).submissions.drafts().count() == 1


def test_a_draft_of_the_last_report_waits_to_be_handed_in(office):
    tasks = case_after(Verb.PREPARE_REPORT).tasks.all()
    assert [task.draft(ReportKind.COMPLETION) is not None for task in tasks] == [False, True]
