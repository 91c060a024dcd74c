"""How many statements a step sends at most, however much hangs on its case and however many cases there are."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.factories import HISTORY, _draft, _gap, case_in, take
from tests.steps import agreed
from yuetan.actions.interview.interview_time import clashes
from yuetan.actions.people.unit import end_post
from yuetan.actions.step import dry_run
from yuetan.documents import number_series
from yuetan.documents.typesetting import typesetting
from yuetan.models import Case, User
from yuetan.rules.dates import clock
from yuetan.scenarios.drivers import DRIVERS
from yuetan.vocabulary import CaseState, ReportRhythm, Verb

# Without savepoints, and without what every request reads of the person: their rights and their posts.
MOST = {
    Verb.SUBMIT: 18,
    Verb.ENDORSE: 9,
    Verb.APPROVE: 10,
    Verb.SERVE_NOTICE: 23,
    Verb.ACKNOWLEDGE_RECEIPT: 10,
    Verb.PREPARE_SUBMISSION: 17,
    Verb.HAND_IN_SUBMISSION: 13,
    Verb.HOLD_INTERVIEW: 20,
    Verb.CONFIRM_MINUTES: 11,
    Verb.SEND_MINUTES: 12,
    Verb.ANSWER_MINUTES: 11,
    Verb.ISSUE_MINUTES: 25,
    Verb.ASSIGN: 14,  # its tasks keep that they run
    Verb.PREPARE_REPORT: 16,
    Verb.HAND_IN_REPORT: 19,
    Verb.ACCEPT_TASK: 16,
    Verb.BEGIN_INSPECTION: 27,  # and that they do no more
    Verb.CONCLUDE_INSPECTION: 30,
    Verb.CLOSE: 16,
}


@contextmanager
def sent() -> Iterator[list[str]]:
    """The statements that are sent meanwhile."""
    statements: list[str] = []
    with CaptureQueriesContext(connection) as captured:
        yield statements
    statements += [one["sql"] for one in captured if "SAVEPOINT" not in one["sql"]]


def statements_of(verb: Verb, case: Case) -> tuple[int, Case]:
    driver = DRIVERS[verb]
    keywords, who = driver.keywords(case), User.objects.get(pk=driver.who(case).pk)
    assert who.title
    who.has_perm("yuetan.see_case")  # read, as every request has read them
    case = Case.objects.select_related("unit").get(pk=case.pk)
    with sent() as statements:
        case = driver.action(case, by=who, **keywords)
    return len(statements), case


def test_no_step_of_the_usual_history_sends_more_than_this(office):
    for _ in range(2):  # the first time a process reads what it keeps: calendar, law, standard wording
        with transaction.atomic():
            counted = _most_of_each_step()
            transaction.set_rollback(True)
    assert {verb: (count, MOST[verb]) for verb, count in counted.items() if count > MOST[verb]} == {}


def _most_of_each_step():
    moment = clock.now() - sum((_gap(days) for _, days in HISTORY), timedelta())
    case, counted = _draft(cast.unit(cast.TOWN), moment, {}), dict.fromkeys(MOST, 0)
    for verb, days in HISTORY[1:]:
        moment += _gap(days)
        with time_machine.travel(moment, tick=False):
            count, case = statements_of(verb, case)
        counted[verb] = max(count, counted[verb])
    return counted


@pytest.mark.parametrize("verb", [Verb.CHASE, Verb.ASK_EXTENSION, Verb.RECORD_CONSEQUENCE])
def test_more_tasks_cost_a_step_no_statement(office, verb):
    few, many = (agreed(ReportRhythm.NONE, *[10] * number) for number in (1, 30))
    counts = [statements_of(verb, case_in(CaseState.RECTIFYING, hold_interview=each))[0] for each in (few, many)]
    assert counts[0] == counts[1]


def test_who_leaves_a_post_leaves_every_case_at_once_and_no_case_is_written(office, officer, second_officer, sysadmin):
    cases = [case_in(CaseState.DRAFTED)]
    post = officer.posts.get()
    assert sysadmin.has_perm("yuetan.keep_units")
    with sent() as for_one, dry_run():
        end_post(post, by=sysadmin, ended_on=clock.today())
    cases += [case_in(CaseState.DRAFTED) for _ in range(2)]
    with sent() as for_three:
        end_post(post, by=sysadmin, ended_on=clock.today())
    assert len(for_three) <= len(for_one)
    assert [one for one in for_three if '"yuetan_case' in one and not one.startswith("SELECT")] == []
    for case in cases:
        rights = [case.is_granted("yuetan.revise_draft", who) for who in (officer, second_officer)]
        assert rights == [False, True]


def test_a_notice_keeps_only_those_waiting_who_could_clash_with_it(office):
    case = case_in(CaseState.APPROVED)
    people = [case.interviewer, *case.interviewees.all()]
    at = clock.now() + timedelta(days=8)
    with sent() as statements:
        assert list(clashes(case, at, "一号会议室", people, by=case.drafter)) == []
        assert list(clashes(case, at, "一号会议室", people, by=case.drafter)) == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()")
        (held,) = cursor.fetchone()
    assert held == len({post.holder_id for post in people}) + 1  # and the place, each on the one day
    assert [one for one in statements if "FOR UPDATE" in one] == []


def test_a_case_that_goes_on_is_the_same_case_for_who_holds_it(office):
    """What a step has read is not what its caller goes on with."""
    case = case_in(CaseState.RECTIFYING)
    case = take(Verb.CHASE, case)
    assert sum(task.chases.count() for task in case.tasks.all()) == 1
    take(Verb.RECORD_CONSEQUENCE, case)
    assert case.consequences.count() == len(case.consequences.all()) == 1


def test_a_paper_is_in_lines_before_its_number_is_taken(office, monkeypatch):
    """Whoever issues the next one waits for the number until the step is done."""
    case, happened = case_in(CaseState.APPROVED), list[str]()

    def noted(function, what):
        return lambda *args: (happened.append(what or args[0]), function(*args))[1]

    monkeypatch.setattr(number_series, "take_number", noted(number_series.take_number, "number"))
    monkeypatch.setattr(typesetting, "break_lines", noted(typesetting.break_lines, ""))
    typesetting._lines_of_chains.cache_clear()
    take(Verb.SERVE_NOTICE, case)
    before, after = happened[: happened.index("number")], happened[happened.index("number") + 1 :]
    number = case.documents.get().number
    assert len(before) > 5
    assert [text for text in after if number not in text] == []
