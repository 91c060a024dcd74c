"""Each paper of a measure is signed for by a day, as a notice is: office settings, for the text is silent on it."""

from datetime import date, datetime

import pytest
import time_machine

from tests import cast
from tests.cast import DIVISION_TOWN, TOWN, head, liaison, person, unit
from tests.consistency import check_all
from tests.factories import case_in, later, set_setting
from tests.factories import take as take_of_case
from tests.ladder import checked, listed_in, measure_in, take
from tests.pending_rows import assert_equal_while_time_goes_on
from tests.pleas import answered, revoked
from tests.refusals import appoint
from tests.vetoes import AFTER, veto_in
from yuetan.actions.files.paper_receipt import StatedReceipt
from yuetan.actions.ladder.measure import register_measure_receipt
from yuetan.actions.messages.document_reminders import remind_of_papers
from yuetan.actions.office.counted_dates import recount
from yuetan.actions.papers.document import void_document
from yuetan.models import AccountabilityMeasure, Alert, CalendarDay, Case, Document, PendingStep, User
from yuetan.models.record.unsigned_notices import unsigned_papers_of_measures
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import CHINA_STANDARD_TIME
from yuetan.scenarios.files import blank_scan
from yuetan.scenarios.measure_drivers import after_interview
from yuetan.vocabulary import CaseState, DocumentKind, MeasureState, PostKind, Verb

pytestmark = pytest.mark.usefixtures("office")
DUE, DIRECTOR_ON = date(2026, 11, 24), date(2026, 11, 26)  # the usual settings, of a paper of Monday
LIMITS = (DUE, DIRECTOR_ON)
CLIMBING = {0: set(), 1: set(), 2: {"officer"}, 3: {"officer"}, 4: {"officer", "director"}}  # by days since


def limits_of(paper: Document) -> tuple[date | None, date | None]:
    return paper.receipt_due_on, paper.receipt_director_on


def signed_by_hand() -> StatedReceipt:
    """Signed at the counter today."""
    return {
        "signer_name": "陈十一",
        "signer_title": "镇党政办工作人员",
        "signed_on": clock.today(),
        "scan": blank_scan("回执"),
    }


def awaited_of(user: User, verb: Verb) -> list[tuple[object, date | None]]:
    """The measures of which the person is awaited for the step, with its day."""
    rows = [*PendingStep.objects.of(user), PendingStep.objects.of_groups(user.groups.values("pk"))]
    return [(row.measure_laid_id, row.due_on) for part in rows for row in part.filter(verb=verb)]


def climbed_to() -> set[str]:
    """Whose it is now to register a receipt of paper."""
    names = ("officer", "director", "supervisor", "group_leader", "deputy")
    return {name for name in names if awaited_of(person(name), Verb.REGISTER_MEASURE_RECEIPT)}


def test_the_days_are_those_of_a_notice_and_kept_with_the_paper() -> None:
    measure = measure_in(MeasureState.SERVED)
    assert limits_of(measure.paper) == LIMITS
    set_setting("receipt_officer_days", 4)
    set_setting("receipt_director_days", 5)
    assert limits_of(Document.objects.get(pk=measure.paper.pk)) == LIMITS
    other = measure_in(MeasureState.SERVED, on=unit(DIVISION_TOWN))
    assert limits_of(other.paper) == (date(2026, 11, 27), date(2026, 11, 30))
    case = case_in(CaseState.NOTIFIED)
    assert (case.receipt_due_on, case.receipt_director_on) == limits_of(other.paper)


def test_a_paper_to_the_superior_of_a_unit_and_one_to_other_bodies_have_none() -> None:
    measure = take(Verb.REFER_MEASURE, measure_in(MeasureState.SERVED))
    assert limits_of(measure.documents.get(kind=DocumentKind.REFERRAL_LETTER)) == (None, None)


@pytest.mark.parametrize("days", CLIMBING)
def test_unsigned_it_waits_for_the_unit_from_the_first_day_and_climbs_to_officer_and_director(days) -> None:
    measure = measure_in(MeasureState.SERVED)
    with later(days=days):
        for who in (head(TOWN), liaison(TOWN)):
            assert awaited_of(who, Verb.ACKNOWLEDGE_MEASURE) == [(measure.pk, DUE)]
        assert awaited_of(head(DIVISION_TOWN), Verb.ACKNOWLEDGE_MEASURE) == []
        assert climbed_to() == CLIMBING[days]
        take(Verb.ACKNOWLEDGE_MEASURE, measure)
        assert climbed_to() == set()
        assert awaited_of(head(TOWN), Verb.ACKNOWLEDGE_MEASURE) == []


def test_what_climbs_is_what_the_table_says_at_every_moment() -> None:
    measure_in(MeasureState.SERVED)
    done = checked(listed_in(MeasureState.SERVED, on=unit(DIVISION_TOWN)))
    take(Verb.GRANT_DELISTING, take(Verb.ASK_DELISTING, done))
    assert_equal_while_time_goes_on()


def test_the_director_registers_a_receipt_of_paper_too_and_nobody_is_stuck() -> None:
    measure = measure_in(MeasureState.SERVED)
    with later(days=9):
        register_measure_receipt(measure, by=person("director"), **signed_by_hand())
        receipt = Document.objects.get(pk=measure.paper.pk).receipt_or_none
        assert receipt.is_of_paper
        assert receipt.registered_by == person("director")
        assert climbed_to() == set()
        check_all()


def test_each_unit_under_one_paper_has_its_own_receipt_and_its_own_day() -> None:
    lead = measure_in(MeasureState.SERVED, further_units=[unit(DIVISION_TOWN)])
    (copy,) = AccountabilityMeasure.objects.filter(copy_of=lead)
    assert limits_of(copy.paper) == limits_of(lead.paper) == LIMITS
    take(Verb.ACKNOWLEDGE_MEASURE, lead)
    with later(days=2):
        assert awaited_of(person("officer"), Verb.REGISTER_MEASURE_RECEIPT) == [(copy.pk, DUE)]
        assert awaited_of(head(DIVISION_TOWN), Verb.ACKNOWLEDGE_MEASURE) == [(copy.pk, DUE)]
        assert awaited_of(head(TOWN), Verb.ACKNOWLEDGE_MEASURE) == []
        assert [one.measure_laid for one in unsigned_papers_of_measures(person("officer"))] == [copy]


def test_the_delisting_is_signed_for_by_its_own_day_after_the_end() -> None:
    with later(days=7):
        measure = take(Verb.GRANT_DELISTING, take(Verb.ASK_DELISTING, checked(listed_in(MeasureState.SERVED))))
        paper, due_on = measure.delisting_paper, date(2026, 12, 1)
        assert (measure.state, paper.receipt_due_on) == (MeasureState.ENDED, due_on)
        assert awaited_of(head(TOWN), Verb.ACKNOWLEDGE_MEASURE) == [(measure.pk, due_on)]
    with later(days=9):
        assert climbed_to() == {"officer"}
        assert list(unsigned_papers_of_measures(person("officer"))) == [paper]
        register_measure_receipt(measure, by=person("officer"), **signed_by_hand())
        assert Document.objects.get(pk=paper.pk).receipt_or_none
        assert climbed_to() == set()


def test_of_what_was_revoked_the_answer_alone_is_signed_for() -> None:
    with later(days=3):
        measure = revoked()  # its own paper was never signed for
        answer = measure.plea_paper
        assert awaited_of(head(TOWN), Verb.ACKNOWLEDGE_MEASURE) == [(measure.pk, answer.receipt_due_on)]
        assert list(unsigned_papers_of_measures(person("officer"))) == [answer]
    with later(days=9):
        remind_of_papers(clock.today())
        stated = Alert.objects.filter(recipient=head(TOWN), key__startswith="measure_receipt:")
        assert [line.key.split(":")[1] for line in stated] == [str(answer.pk)]
        take(Verb.ACKNOWLEDGE_MEASURE, measure)
        assert climbed_to() == set()
        assert not unsigned_papers_of_measures(person("officer")).exists()


def test_two_papers_unsigned_wait_one_after_the_other_each_by_its_day() -> None:
    measure = listed_in(MeasureState.SERVED)
    with later(days=1):
        measure = take(Verb.UPHOLD_MEASURE, answered(measure))
        answer = measure.plea_paper
        assert awaited_of(head(TOWN), Verb.ACKNOWLEDGE_MEASURE) == [(measure.pk, DUE)]
        assert list(unsigned_papers_of_measures(person("officer"))) == [measure.paper, answer]
        take(Verb.ACKNOWLEDGE_MEASURE, measure)
        assert awaited_of(head(TOWN), Verb.ACKNOWLEDGE_MEASURE) == [(measure.pk, date(2026, 11, 25))]
        assert list(unsigned_papers_of_measures(person("officer"))) == [answer]


def test_a_voided_paper_waits_for_nobody_and_is_reminded_of_no_more(director) -> None:
    measure = measure_in(MeasureState.SERVED)
    void_document(measure.paper, by=director, reason="对象有误")
    with later(days=9):
        assert climbed_to() == set()
        assert awaited_of(head(TOWN), Verb.ACKNOWLEDGE_MEASURE) == []
        assert not unsigned_papers_of_measures(person("officer")).exists()
        remind_of_papers(clock.today())
        assert not Alert.objects.filter(key__startswith="measure_receipt:").exists()


def test_a_veto_has_its_days_too() -> None:
    measure = veto_in(MeasureState.SERVED)
    with time_machine.travel(AFTER, tick=False):
        assert limits_of(measure.paper) == (date(2026, 11, 26), date(2026, 11, 30))


def test_days_that_were_announced_only_move_later_when_the_calendar_changes() -> None:
    measure, signed = measure_in(MeasureState.SERVED), measure_in(MeasureState.SERVED, on=unit(DIVISION_TOWN))
    take(Verb.ACKNOWLEDGE_MEASURE, signed)
    before = CalendarDay.objects.calendar()
    CalendarDay.objects.create(day=DUE, is_working=False, name="临时放假")
    moves = recount(before, list)
    assert {(move.what, move.before, move.after) for move in moves.listed if move.case == measure} == {
        ("签收期限", DUE, date(2026, 11, 25)),
        ("签收逾期报主任的期限", DIRECTOR_ON, date(2026, 11, 27)),
    }
    assert not [move for move in moves.listed if move.case == signed]
    assert limits_of(Document.objects.get(pk=measure.paper.pk)) == (date(2026, 11, 25), date(2026, 11, 27))
    assert awaited_of(head(TOWN), Verb.ACKNOWLEDGE_MEASURE) == [(measure.pk, date(2026, 11, 25))]
    CalendarDay.objects.filter(day=DUE).delete()
    assert not [move for move in recount(CalendarDay.objects.calendar(), list).listed if move.case == measure]


def test_of_a_measure_about_a_narrowed_case_only_those_hear_who_may_know() -> None:
    case = case_in(CaseState.RECTIFYING)
    with later(days=61):
        measure = measure_in(
            MeasureState.SERVED, text=lambda about, **stated: after_interview(case, **stated), on=case.unit
        )
    with time_machine.travel(datetime(2027, 2, 5, 9, tzinfo=CHINA_STANDARD_TIME), tick=False):
        left_out = person("second_officer")
        assert awaited_of(left_out, Verb.REGISTER_MEASURE_RECEIPT)
        assert unsigned_papers_of_measures(left_out).exists()
        take_of_case(Verb.SET_READERS, Case.objects.get(pk=case.pk))
        assert awaited_of(left_out, Verb.REGISTER_MEASURE_RECEIPT) == []
        assert not unsigned_papers_of_measures(left_out).exists()
        due_on = measure.paper.receipt_due_on
        assert awaited_of(person("officer"), Verb.REGISTER_MEASURE_RECEIPT) == [(measure.pk, due_on)]
        assert unsigned_papers_of_measures(person("officer")).exists()


def test_who_holds_a_post_in_a_unit_named_by_the_text_does_not_read_whom_to_call() -> None:
    lead = measure_in(MeasureState.SERVED, further_units=[unit(DIVISION_TOWN)])
    officer = person("second_officer")
    with later(days=9):
        assert len(awaited_of(officer, Verb.REGISTER_MEASURE_RECEIPT)) == 2
        appoint(officer, unit(DIVISION_TOWN), PostKind.LIAISON, "联系人")
        recused = person("second_officer")
        assert awaited_of(recused, Verb.REGISTER_MEASURE_RECEIPT) == []
        assert not unsigned_papers_of_measures(recused).exists()
        assert lead.unit == cast.unit(TOWN)
        assert len(unsigned_papers_of_measures(person("officer"))) == 2
