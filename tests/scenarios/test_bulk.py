"""`manage.py bulk`: any number of cases whose record, papers, tasks and grants agree."""

import json
import re
from datetime import datetime
from io import StringIO

import pytest
from benchmark.pages import office_lists
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction
from django.db.models import ForeignKey
from django.test import Client
from django.utils import timezone

from tests.consistency import check, check_all
from tests.factories import case_after, case_in
from tests.views.queries import queries_of
from tests.web import BACKEND
from yuetan.models import (
    Alert,
    CalendarDay,
    Case,
    CaseTally,
    Delivery,
    Document,
    Event,
    Minutes,
    OfficeSetting,
    Receipt,
    Reminder,
    SearchEntry,
    Unit,
    User,
)
from yuetan.models.assignment.steps import ASSIGNMENT_STEPS
from yuetan.models.case.steps import CASE_STEPS
from yuetan.models.ladder.steps import MEASURE_STEPS
from yuetan.rules import check_code
from yuetan.rules.dates import clock
from yuetan.rules.dates.working_days import add_working_days
from yuetan.rules.text import official_text
from yuetan.scenarios.bulk.all_rooms import ROOMS
from yuetan.scenarios.bulk.load import load_bulk
from yuetan.scenarios.bulk.rows import paths
from yuetan.vocabulary import CaseState, Retention, Verb

CASES = [room for room in ROOMS if room.root is Case]  # the others: test_bulk_rooms.py
MAX_QUERIES = 50  # 44 in November 2026, the supervisor's 待办
ATTENDEE = "市司法局副局长尤二十"  # sits in on every interview of the drivers, whatever unit it is of


def all_cases():
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


def test_seeded_cases_are_consistent(office):
    load_bulk(100, 7)
    assert check_all() == 100
    assert not User.objects.filter(pinyin="").exists()
    assert set(Case.objects.values_list("state", flat=True)) == set(CaseState.values)
    verbs = set(Event.objects.exclude(case=None).values_list("verb", flat=True))
    by_hand = {Verb.REVISE_MINUTES, Verb.RETURN_MINUTES, Verb.ISSUE_SUPERVISION_LETTER}
    by_hand |= {Verb.RECORD_CONSEQUENCE, Verb.CONFIRM_CONSEQUENCE, Verb.SET_RETENTION, Verb.PLACE_HOLD, Verb.LIFT_HOLD}
    by_hand |= {Verb.CORRECT_MINUTES, Verb.CONFIRM_CORRECTION, Verb.DROP_CORRECTION, Verb.PAUSE_TASK, Verb.RESUME_TASK}
    by_hand |= {Verb.CHASE, Verb.ANSWER_CHASE, Verb.RECORD_SITE_CHECK, Verb.RECORD_REVISIT, Verb.REOPEN}
    by_hand |= {Verb.CARRY_OVER, Verb.CARRY_OVER_LETTER, Verb.SET_READERS}
    by_hand |= {Verb.REQUEST_REOPENING, Verb.REFUSE_REWORK}
    by_hand |= {Verb.HAND_IN_PROGRESS, Verb.NOTE_PROGRESS}
    by_hand |= {Verb.REGISTER_SUBMISSION, Verb.REGISTER_LEAVE, Verb.REGISTER_MINUTES_ANSWER}
    by_hand |= {Verb.REGISTER_REPORT, Verb.REGISTER_PROGRESS, Verb.REGISTER_EXTENSION}
    by_hand |= {Verb.REGISTER_RECEIPT, Verb.ASK_LEAVE, Verb.DECIDE_LEAVE}
    by_hand |= {Verb.VOID_DOCUMENT, Verb.CORRECT_RECEIPT, Verb.UPLOAD_SCAN}
    by_hand |= {Verb.ACKNOWLEDGE_SUPERVISION, Verb.ANSWER_SUPERVISION}
    by_hand |= {Verb.REGISTER_DECISION, Verb.CONFIRM_APPROVAL, Verb.CONFIRM_DECLINE, Verb.RETURN_REGISTRATION}
    by_hand |= {Verb.TAKE_BACK, Verb.RECORD_ABSENCE}
    by_hand |= {Verb.RECORD_EARLIER_CASE, Verb.HAND_IN_EARLIER_CASE, Verb.CONFIRM_EARLIER_CASE}
    by_hand |= {Verb.RETURN_EARLIER_CASE, Verb.DISCARD_EARLIER_CASE}
    by_hand |= {Verb.REGISTER_CHASE_ANSWER, Verb.REGISTER_SUPERVISION_RECEIPT, Verb.REGISTER_SUPERVISION_ANSWER}
    of_letters = {Verb.DRAFT_LETTER, Verb.APPROVE_LETTER, Verb.ACKNOWLEDGE_LETTER, Verb.ANSWER_LETTER}
    of_letters |= {Verb.RETURN_LETTER, Verb.TAKE_BACK_LETTER, Verb.REVISE_LETTER, Verb.CANCEL_LETTER}
    of_letters |= {Verb.REGISTER_LETTER_RECEIPT, Verb.REGISTER_LETTER_ANSWER}
    unrecorded = {Verb.PREPARE_SUBMISSION, Verb.PREPARE_REPORT, Verb.PREPARE_PROGRESS, Verb.PREPARE_LETTER_ANSWER}
    of_measures = {step.verb for step in MEASURE_STEPS} - {step.verb for step in CASE_STEPS}
    of_assignments = {step.verb for step in ASSIGNMENT_STEPS} - {step.verb for step in CASE_STEPS}
    assert verbs == set(Verb.values) - by_hand - of_letters - of_measures - of_assignments - unrecorded
    _each_notice_says_when_it_was_served_for()
    _each_paper_is_of_its_unit()
    _each_code_is_one_that_is_verified()
    _each_limit_is_counted_in_working_days()
    _the_keys_that_come_next_are_free()


def _each_notice_says_when_it_was_served_for():
    notices = Event.objects.filter(verb__in=(Verb.SERVE_NOTICE, Verb.RESCHEDULE))
    assert notices.filter(verb=Verb.RESCHEDULE).exists()
    for event in notices:
        paper = event.case.documents.get(issued_at=event.created_at)
        when = datetime.fromisoformat(event.data["scheduled_at"])
        assert official_text.chinese_datetime(when) in paper.html


def _each_paper_is_of_its_unit():
    """Nothing of the unit is left for which the case was made that is copied."""
    names = {unit.pk: unit.full_name for unit in Unit.objects.interviewed().select_related("parent")}
    for paper in Document.objects.exclude(case=None).select_related("case"):
        says = json.dumps(paper.facts, ensure_ascii=False) + re.sub(r"<[^<>]*>", "", paper.html)
        says, own = says.replace(ATTENDEE, ""), names[paper.case.unit_id]
        assert own in says
        assert paper.case.matter in re.sub(r"\s", "", says)
        assert not [name for name in names.values() if name in says and name not in own]
    assert Case.objects.values("unit").distinct().count() > 30


def _each_code_is_one_that_is_verified():
    papers = list(Document.objects.all())
    assert all(check_code.normalise(paper.check_code) == paper.check_code for paper in papers)
    assert all(check_code.grouped(paper.check_code) in paper.html for paper in papers)
    assert {paper.entry.number for paper in papers} == {paper.number for paper in papers}


def _each_limit_is_counted_in_working_days():
    calendar, days = CalendarDay.objects.calendar(), OfficeSetting.objects.number
    for case in Case.objects.exclude(receipt_due_on=None):
        served = case.events.filter(verb__in=(Verb.SERVE_NOTICE, Verb.RESCHEDULE)).last().created_at
        day = timezone.localdate(served)
        assert case.receipt_due_on == add_working_days(day, days("receipt_officer_days"), calendar)
        assert case.receipt_director_on == add_working_days(day, days("receipt_director_days"), calendar)
    for text in Minutes.objects.exclude(sent_at=None):
        sent = timezone.localdate(text.sent_at)
        assert text.answer_until == add_working_days(sent, days("minutes_answer_days"), calendar)


def _the_keys_that_come_next_are_free():
    last = Event.objects.latest("pk").pk
    assert Event.objects.create(verb="load_bulk", actor_title="", created_at=clock.now()).pk > last


def test_everything_that_belongs_to_a_case_is_copied():
    """Every model from which a way leads to a case, but for 站内消息 and what is counted."""
    left_out = {Alert, CaseTally, Delivery, Reminder, SearchEntry}
    assert set(paths()) == {
        model
        for model in apps.get_app_config("yuetan").get_models(include_auto_created=True)
        if model not in left_out and _leads_to_a_case(model)
    }
    assert paths()[Receipt] == "document__case"


def _leads_to_a_case(model, seen=()):
    keys = [field for field in model._meta.concrete_fields if isinstance(field, ForeignKey)]
    targets = [key.related_model for key in keys if key.related_model not in (*seen, model)]
    return model is Case or any(_leads_to_a_case(target, (*seen, model)) for target in targets)


def test_more_can_be_added_and_no_page_asks_more_for_it(office):
    """What script/bench measures in time stands here in statements, which are the same on every machine."""
    load_bulk(10, 7, rooms=CASES)
    before = _queries_of_every_list()
    load_bulk(10, 7, rooms=CASES)
    assert check_all() == 20
    after = _queries_of_every_list()
    # A home reads on only for kinds of cases that are there; test_lists.py asks whether more of a kind cost it more.
    assert {page: n for page, n in after.items() if page[0] != "home"} == {
        page: n for page, n in before.items() if page[0] != "home"
    }
    assert max(after.values()) <= MAX_QUERIES


def _queries_of_every_list():
    client, counted = Client(), {}
    for page in office_lists():
        client.force_login(User.objects.get(username=page.who), backend=BACKEND)
        client.get(page.address)
        counted[page.name, page.who] = queries_of(client, page.address)
    return counted


def test_the_same_seed_makes_the_same_and_another_makes_others(office):
    stories = []
    for seed in (11, 11, 12):
        with transaction.atomic():
            load_bulk(8, seed, rooms=CASES)
            stories.append(all_cases())
            transaction.set_rollback(True)
    assert stories[0] == stories[1] != stories[2]


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
        lambda case: Case.objects.filter(pk=case.pk).update(state=CaseState.CLOSED, retention=Retention.PERMANENT),
        lambda case: case.group_grants.first().delete(),
        lambda case: Case.objects.filter(pk=case.pk).update(due_on=None),
        lambda case: case.tasks.update(state="accepted"),
    ],
)
def test_the_checks_find_what_is_wrong(office, spoil):
    case = case_in(CaseState.RECTIFYING)
    with transaction.atomic():
        spoil(case)
        with pytest.raises(AssertionError):
            check(Case.objects.get(pk=case.pk))
        transaction.set_rollback(True)
