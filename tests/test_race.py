"""Sixteen real connections at once: one winner, one event, one number, and everybody else is told by whom."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from tests import cast
from tests.factories import case_in, keywords, take
from yuetan.actions.interview.notice import serve_notice
from yuetan.actions.proposal.decision import approve
from yuetan.actions.step import step
from yuetan.errors import StateChanged
from yuetan.models import Case, Document, NumberCounter, User
from yuetan.scenarios.drivers import DRIVERS
from yuetan.vocabulary import CaseState, Verb

MANY = 16

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(deed: Callable[[int], object]) -> list[object]:
    """What came of the deed done by sixteen threads, each with a connection of its own."""
    start = Barrier(MANY)

    def run(number: int) -> object:
        connection.ensure_connection()
        start.wait()
        try:
            return deed(number)
        except StateChanged as changed:
            return changed
        finally:
            connection.close()

    with ThreadPoolExecutor(MANY) as pool:
        return list(pool.map(run, range(MANY)))


def one_winner(outcomes: list[object]) -> list[StateChanged]:
    """Exactly one got through; the others, who were told."""
    losers = [outcome for outcome in outcomes if isinstance(outcome, StateChanged)]
    assert len(losers) == MANY - 1
    return losers


def test_one_case_approved_by_sixteen_is_approved_once(office: object) -> None:
    case = case_in(CaseState.PROPOSED)
    leaders = [cast.person("group_leader" if number % 2 else "first_deputy") for number in range(MANY)]
    facts = {"opinion": "同意。", "seen": case.proposal_sha256}
    losers = one_winner(at_once(lambda number: approve(case, by=leaders[number], **facts)))
    case = Case.objects.get()
    event = case.events.get(verb=Verb.APPROVE)
    assert (case.state, case.approver) == (CaseState.APPROVED, event.actor)
    winner = f"{event.actor.name}（{event.actor_title}）"
    outcome = "审定同意（现为“已审定，待通知”）"
    assert {(one.who, one.when, one.what) for one in losers} == {(winner, event.created_at, outcome)}


def test_sixteen_notices_take_sixteen_numbers_in_a_row(office: object) -> None:
    cases = [case_in(CaseState.APPROVED) for _ in range(MANY)]
    officer, facts = cast.person("officer"), keywords(Verb.SERVE_NOTICE, cases[0])
    served = at_once(lambda number: serve_notice(cases[number], by=officer, **facts))
    assert all(isinstance(outcome, Case) for outcome in served)
    assert sorted(Document.objects.values_list("serial", flat=True)) == list(range(1, MANY + 1))
    assert NumberCounter.objects.get(prefix="江扫黑办").last == MANY
    assert {document.number in document.html for document in Document.objects.all()} == {True}
    call_command("worker", "--once")
    assert all(document.pdf for document in Document.objects.all())


def test_one_case_served_by_sixteen_has_one_paper_and_one_number(office: object) -> None:
    case = case_in(CaseState.APPROVED)
    officers = [cast.person("officer" if number % 2 else "second_officer") for number in range(MANY)]
    facts = keywords(Verb.SERVE_NOTICE, case)
    losers = one_winner(at_once(lambda number: serve_notice(case, by=officers[number], **facts)))
    notice, event = Document.objects.get(), case.events.get(verb=Verb.SERVE_NOTICE)
    assert (notice.serial, NumberCounter.objects.get(prefix="江扫黑办").last) == (1, 1)
    assert (notice.issued_by, event.data["document"]) == (event.actor, notice.number)
    assert {(one.when, one.what) for one in losers} == {(event.created_at, "书面通知（现为“已通知，待约谈”）")}
    assert {one.who for one in losers} == {f"{event.actor.name}（{event.actor_title}）"}


def test_a_step_that_waited_for_another_reads_what_the_other_has_written(office: object) -> None:
    """And not what hung on the case when it began to wait."""
    case = case_in(CaseState.RECTIFYING)
    chaser = DRIVERS[Verb.CHASE].who(case)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            take(Verb.RECORD_CONSEQUENCE, case)
            waiting = pool.submit(_consequences_in_a_step, case, chaser)
            while not _somebody_waits():
                assert not waiting.done()
        assert waiting.result(timeout=30) == 1
    assert case.pending_steps.filter(verb=Verb.CONFIRM_CONSEQUENCE).exists()


def _consequences_in_a_step(case: Case, by: User) -> int:
    try:
        with step(case, Verb.CHASE, by=by) as locked:
            return len(locked.consequences.all())
    finally:
        connection.close()


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])
