"""Sixteen real connections at once: one winner, one event, one number, and everybody else is told by whom."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection, transaction

from tests import cast
from tests.assessment import objected, planned, sheet_of
from tests.destructions import done_with
from tests.dossiers import awarded
from tests.factories import case_in, keywords, later, take
from tests.ladder import measure_anew
from tests.ladder import take as take_of_measure
from tests.meetings import called, post_of
from tests.meetings import planned as planned_meeting
from tests.mergers import OPINION, merge
from tests.received import closed, received, replied
from tests.reporting import filled, report_of, scheme_of
from tests.vetoes import AFTER, has_superior, veto_in
from yuetan.actions.assessment.schemes import create_assessment
from yuetan.actions.assessment.sheets import present_assessment, withdraw_assessment_sheets
from yuetan.actions.dossier.commendation import withdraw_commendation
from yuetan.actions.interview.notice import serve_notice
from yuetan.actions.meeting.meetings import plan_shown, revise_meeting
from yuetan.actions.people.people_rows import ended_of, hold_ended
from yuetan.actions.people.succession import carry_over
from yuetan.actions.proposal.decision import approve
from yuetan.actions.received import letter_rows
from yuetan.actions.received.letter import withdraw_received_letter
from yuetan.actions.step import step
from yuetan.errors import Refused, StateChanged
from yuetan.models import (
    AccountabilityMeasure,
    Assessment,
    Case,
    Document,
    NumberCounter,
    ReceivedLetter,
    Subject,
    Unit,
    User,
)
from yuetan.scenarios.drivers import DRIVERS
from yuetan.vocabulary import CaseState, MeasureState, Verb

MANY = 16

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(operation: Callable[[int], object]) -> list[object]:
    """What came of the deed done by sixteen threads, each with a connection of its own."""
    start = Barrier(MANY)

    def run(number: int) -> object:
        connection.ensure_connection()
        start.wait()
        try:
            return operation(number)
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


def test_of_two_measures_for_one_matter_served_at_once_the_second_is_refused(office: object) -> None:
    first, second = (measure_anew(MeasureState.DECIDED) for _ in range(2))
    assert "该事项已经另行实施通报" in _refused_behind(Verb.SERVE_MEASURE, first, second)
    assert [one.state for one in _anew(first, second)] == [MeasureState.SERVED, MeasureState.DECIDED]


def test_of_two_vetoes_for_one_matter_put_to_the_superior_at_once_the_second_is_refused(office: object) -> None:
    first, second = veto_in(MeasureState.DECIDED), veto_in(MeasureState.DECIDED)
    has_superior(first.unit)
    with time_machine.travel(AFTER, tick=False):
        words = _refused_behind(Verb.PROPOSE_VETO, *_anew(first, second))
    assert "该事项已经向上级主管单位提出一票否决的书面建议" in words
    assert [one.state for one in _anew(first, second)] == [MeasureState.SUGGESTED, MeasureState.DECIDED]


def test_of_two_who_act_on_one_letter_the_second_reads_what_the_first_did(office: object) -> None:
    letter = received()
    reply = replied(letter)
    assert "这件来函已经办结" in _refused_after(lambda: closed(reply), lambda: replied(letter))
    other = received(number="江检建〔2026〕4号")
    assert "第1版回复正在等办公室审阅" in _refused_after(lambda: replied(other), lambda: replied(other))
    third = received(number="江检建〔2026〕5号")
    wrong = {"by": cast.person("officer"), "reason": "误登。"}
    refusal = _refused_after(lambda: withdraw_received_letter(third, **wrong), lambda: replied(third))
    assert "登记已由办公室撤销" in refusal


def test_of_two_who_change_one_meeting_the_second_reads_what_the_first_did(office: object) -> None:
    """Who chairs changes as well: the row that was waited for is read again with what it is joined to."""
    meeting = called()
    seen, by = plan_shown(meeting), cast.person("officer")

    def revised() -> object:
        return revise_meeting(meeting, by=by, planned=planned_meeting(chair=post_of("deputy")), seen=seen)

    assert "与您打开本页时的不同" in _refused_after(revised, revised)


def test_a_letter_is_not_registered_for_a_unit_that_ends_meanwhile_nor_twice(office: object) -> None:
    unit = cast.unit(cast.TOWN)
    again = {"unit": unit, "number": "江检建〔2026〕4号"}
    assert "已登记过" in _refused_after(lambda: received(**again), lambda: received(**again))
    town = Unit.objects.filter(pk=unit.pk)
    refusal = _refused_after(lambda: town.update(retired_on=date(2026, 11, 20)), lambda: received(unit=unit))
    assert "已经停用，不能再登记来函" in refusal


def test_a_letter_that_goes_over_while_it_is_withdrawn_is_held_with_its_new_unit(office: object, monkeypatch) -> None:
    town, neighbour = cast.unit(cast.TOWN), cast.unit(cast.DIVISION_TOWN)
    letter, later = received(), received(cast.DIVISION_TOWN, number="江检建〔2026〕4号")
    change, held, hold_unit = merge(town, neighbour), [], letter_rows.hold_unit
    monkeypatch.setattr(letter_rows, "hold_unit", lambda key: held.append(key) or hold_unit(key))
    refusal = _refused_after(
        lambda: carry_over(change, by=cast.person("director"), opinion=OPINION),
        lambda: withdraw_received_letter(letter, by=cast.person("officer"), reason="误登。"),
    )
    assert (refusal, held) == ("", [town.pk, neighbour.pk])
    letter.refresh_from_db()
    assert (letter.unit_id, letter.withdrawal_reason) == (neighbour.pk, "误登。")
    assert not ReceivedLetter.objects.repeating().contains(later)


def test_what_had_ended_and_waits_again_meanwhile_is_not_judged_as_it_was(office: object) -> None:
    """撤并: else its rows of 待办 stay with the unit that has ended."""
    case = done_with()
    with later(days=100), ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            assert list(ended_of(Case, case.unit)) == [case]
            take(Verb.RECORD_CONSEQUENCE, case)
            waiting = pool.submit(_held_as_ended, case.unit)
            while not _somebody_waits():
                assert not waiting.done()
        assert waiting.result(timeout=30) == []


def _held_as_ended(unit: Unit) -> list[Subject]:
    try:
        with transaction.atomic():
            return hold_ended(Case, unit)
    finally:
        connection.close()


def test_of_two_who_act_on_what_was_decided_meanwhile_the_second_reads_by_whom(office: object) -> None:
    """What a row is joined with is read as it is once the row is held, too."""
    director = cast.person("director")
    award, wrong = awarded(cast.unit(cast.TOWN)), {"by": director, "reason": "误登。"}
    words = _refused_after(lambda: withdraw_commendation(award, **wrong), lambda: withdraw_commendation(award, **wrong))
    assert f"已由{director.name}" in words


def test_of_two_who_enter_one_report_the_second_reads_what_the_first_did(office: object) -> None:
    report = report_of(scheme_of())
    assert "第1版" in _refused_after(lambda: filled(report), lambda: filled(report))


def test_of_two_who_act_on_one_assessment_the_second_reads_what_the_first_did(office: object) -> None:
    officer, director = cast.person("officer"), cast.person("director")
    plan = {"by": officer, "year": 2026, "planned": planned()}
    refusal = _refused_after(lambda: create_assessment(**plan), lambda: create_assessment(**plan))
    assert "2026年度考核已经设立" in refusal
    sheet = sheet_of(present_assessment(Assessment.objects.get(), by=officer))
    wrong = {"by": director, "reason": "方案有误。"}
    refusal = _refused_after(
        lambda: withdraw_assessment_sheets(sheet.assessment, **wrong), lambda: objected(sheet, proof=[])
    )
    assert "没有送单位核对，不能提出异议" in refusal


def _refused_after(first: Callable[[], object], second: Callable[[], object]) -> str:
    """Why the second is refused that began before the first was committed."""
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first()
            waiting = pool.submit(_words_of_refusal, second)
            while not _somebody_waits():
                assert not waiting.done()
        return waiting.result(timeout=30)


def _words_of_refusal(operation: Callable[[], object]) -> str:
    try:
        operation()
    except Refused as refused:
        return str(refused)
    finally:
        connection.close()
    return ""


def _anew(*measures: AccountabilityMeasure) -> list[AccountabilityMeasure]:
    return [AccountabilityMeasure.objects.get(pk=one.pk) for one in measures]


def _refused_behind(verb: Verb, first: AccountabilityMeasure, second: AccountabilityMeasure) -> str:
    """Why the second may not take a step that began before that of the first was committed."""
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            take_of_measure(verb, first)
            waiting = pool.submit(_refusal_of, verb, second)
            while not _somebody_waits():
                assert not waiting.done()
        return waiting.result(timeout=30)


def _refusal_of(verb: Verb, measure: AccountabilityMeasure) -> str:
    try:
        take_of_measure(verb, measure)
    except Refused as refused:
        return str(refused)
    finally:
        connection.close()
    return ""


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])
