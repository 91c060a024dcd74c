"""`manage.py bulk`: any number of cases whose record, papers, tasks and grants agree."""

from datetime import datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction

from tests.consistency import check, check_all
from tests.factories import case_after, case_in
from yuetan.models import Case, Event
from yuetan.rules.text import official_text
from yuetan.scenarios.bulk.load import load_bulk
from yuetan.vocabulary import CaseState, Verb


def told():
    """All that a seed decides."""
    cases = Case.objects.order_by("register_year", "register_serial")
    return [
        (
            case.register_number,
            case.pk,
            case.state,
            case.unit.code,
            case.matter,
            case.created_at,
            case.documents.count(),
        )
        for case in cases.select_related("unit")
    ]


def test_seeded_cases_tell_one_story(office):
    load_bulk(100, 7)
    assert check_all() == 100
    assert set(Case.objects.values_list("state", flat=True)) == set(CaseState.values)
    verbs = set(Event.objects.exclude(case=None).values_list("verb", flat=True))
    by_hand = {Verb.REVISE_MINUTES, Verb.RETURN_MINUTES, Verb.RECORD_CONSEQUENCE, Verb.ISSUE_SUPERVISION_LETTER}
    by_hand |= {Verb.CORRECT_MINUTES, Verb.CONFIRM_CORRECTION, Verb.PAUSE_TASK, Verb.RESUME_TASK}
    by_hand |= {Verb.CHASE, Verb.ANSWER_CHASE, Verb.RECORD_SITE_CHECK, Verb.RECORD_REVISIT, Verb.REOPEN}
    by_hand |= {Verb.HAND_IN_PROGRESS, Verb.NOTE_PROGRESS}
    by_hand |= {Verb.REGISTER_RECEIPT, Verb.ASK_LEAVE, Verb.DECIDE_LEAVE}
    by_hand |= {Verb.VOID_DOCUMENT, Verb.UPLOAD_SCAN}
    by_hand |= {Verb.ACKNOWLEDGE_SUPERVISION, Verb.ANSWER_SUPERVISION}
    of_letters = {Verb.DRAFT_LETTER, Verb.APPROVE_LETTER, Verb.ACKNOWLEDGE_LETTER, Verb.ANSWER_LETTER}
    of_letters |= {Verb.RETURN_LETTER, Verb.REVISE_LETTER}
    never_told = {Verb.PREPARE_SUBMISSION, Verb.PREPARE_REPORT, Verb.PREPARE_PROGRESS, Verb.PREPARE_LETTER_ANSWER}
    assert verbs == set(Verb.values) - by_hand - of_letters - never_told
    _each_notice_says_when_it_was_served_for()


def _each_notice_says_when_it_was_served_for():
    notices = Event.objects.filter(verb__in=(Verb.SERVE_NOTICE, Verb.RESCHEDULE))
    assert notices.filter(verb=Verb.RESCHEDULE).exists()
    for event in notices:
        paper = event.case.documents.get(issued_at=event.created_at)
        when = datetime.fromisoformat(event.data["scheduled_at"])
        assert official_text.chinese_datetime(when) in paper.html


def test_more_can_be_added(office):
    load_bulk(10, 7)
    load_bulk(10, 7)
    assert check_all() == 20


def test_the_same_seed_tells_the_same(office):
    stories = []
    for _ in range(2):
        with transaction.atomic():
            load_bulk(15, 11)
            stories.append(told())
            transaction.set_rollback(True)
    assert stories[0] == stories[1]


def test_another_seed_tells_another_story(office):
    load_bulk(5, 1)
    first = told()
    load_bulk(5, 2)
    assert told()[:5] != first


def test_a_database_that_is_worked_in_is_left_alone(office):
    case_in(CaseState.DRAFTED)
    with pytest.raises(CommandError, match="本库已有约谈事项"):
        call_command("bulk", cases=3, stdout=StringIO())
    assert Case.objects.count() == 1


@pytest.mark.parametrize("verb", [Verb.SERVE_NOTICE, Verb.CLOSE, Verb.PREPARE_REPORT])
def test_the_checks_hold_for_cases_of_real_actions(office, verb):
    check(case_after(verb))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda case: Case.objects.filter(pk=case.pk).update(state=CaseState.CLOSED),
        lambda case: case.group_grants.first().delete(),
        lambda case: Case.objects.filter(pk=case.pk).update(due_on=None),
        lambda case: case.tasks.update(state="accepted"),
    ],
)
def test_the_checks_find_what_is_wrong(office, spoil):
    case = case_in(CaseState.RECTIFYING)
    spoil(case)
    with pytest.raises(AssertionError):
        check(Case.objects.get(pk=case.pk))
