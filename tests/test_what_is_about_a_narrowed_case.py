"""知悉范围 and 回避 follow what a case leads to: measures, doors, messages, sums, numbers; each of these did leak."""

import pytest

from tests import cast
from tests.assessment import assessment_of
from tests.dossiers import awarded
from tests.factories import case_in, later, take
from tests.ladder import listed_in, measure_in
from tests.ladder import take as take_of_measure
from tests.refusals import appoint, not_theirs
from tests.web import Visitor
from yuetan.actions.dossier.commendation import withdraw_commendation
from yuetan.actions.messages.restriction_reminders import remind_of_restrictions
from yuetan.actions.messages.task_reminders import sum_up_for_supervisors
from yuetan.actions.papers.document import void_document
from yuetan.actions.proposal.proposal import draft
from yuetan.actions.proposal.proposal_rules import unresolved_duplicates
from yuetan.actions.proposal.readers import set_readers
from yuetan.actions.record.archives import may_take_measure_file
from yuetan.actions.record.case_file import request_case_file
from yuetan.models import AccountabilityMeasure, Alert, Case, Commendation, PendingStep
from yuetan.models.flow.recording import recording
from yuetan.rules.dates import clock
from yuetan.scenarios.keywords import proposal
from yuetan.scenarios.measure_drivers import after_interview
from yuetan.views.assessment.records import HIDDEN, record_links
from yuetan.vocabulary import CaseState, MeasureState, PostKind, PreparedKind, RecordOfPoints, Verb

pytestmark = pytest.mark.usefixtures("office")
LATE = 61


@pytest.fixture
def left_out():
    """The officer whom the usual narrowing leaves out."""
    return cast.person("second_officer")


def narrowed(case: Case) -> Case:
    return take(Verb.SET_READERS, Case.objects.get(pk=case.pk))


def listed_about(case: Case, state: str) -> AccountabilityMeasure:
    return measure_in(state, text=lambda about, **stated: after_interview(case, **stated), on=case.unit)


def waits_for(user) -> list[str]:
    return [row.verb for part in PendingStep.objects.of(user) for row in part if row.measure_laid_id]


def page_of(user, address: str):
    return Visitor(user).open(address)


def test_what_waits_about_a_measure_follows_the_case_when_it_is_narrowed_and_widened(left_out):
    with later(days=LATE):
        case = case_in(CaseState.RECTIFYING)
    with later(days=2 * LATE):
        measure = listed_about(case, MeasureState.DECIDED)
        assert waits_for(left_out) == [Verb.SERVE_MEASURE]
        case = narrowed(case)
        assert waits_for(left_out) == []
        assert measure.title not in page_of(left_out, "/").shown_text
        assert waits_for(cast.person("officer")) == [Verb.SERVE_MEASURE]
        set_readers(case, by=cast.person("director"), people=[], reason="线索已经查清。")
        assert waits_for(left_out) == [Verb.SERVE_MEASURE]


def test_the_archive_of_a_measure_is_as_narrow_as_the_case_that_it_is_about(left_out):
    with later(days=LATE):
        case = case_in(CaseState.RECTIFYING)
    with later(days=2 * LATE):
        measure = listed_about(case, MeasureState.SERVED)
        void_document(measure.issued_paper, by=cast.person("director"), reason="编号有误。")
        measure = AccountabilityMeasure.objects.get(pk=measure.pk)
        assert may_take_measure_file(measure, left_out)
        narrowed(case)
        measure = AccountabilityMeasure.objects.get(pk=measure.pk)
        with not_theirs():
            request_case_file(measure, by=left_out, form=PreparedKind.CASE_FILE)
        assert may_take_measure_file(measure, cast.person("officer"))


def test_the_doors_on_a_line_name_no_rung_that_the_reader_may_not_see(left_out):
    circular = take_of_measure(Verb.ACKNOWLEDGE_MEASURE, measure_in(MeasureState.SERVED))
    with later(days=LATE):
        about = case_in(CaseState.RECTIFYING)
        Case.objects.filter(pk=about.pk).update(rung_laid=circular)
    with later(days=4 * LATE):
        minutes = about.documents.get(kind="minutes").number
        address = f"/measures/{circular.pk}/"
        assert minutes in page_of(left_out, address)
        narrowed(about)
        assert minutes not in page_of(left_out, address).shown_text
        assert minutes in page_of(cast.person("officer"), address)


def test_an_interview_that_a_measure_about_a_narrowed_case_led_to_is_as_narrow(left_out):
    narrow = narrowed(case_in(CaseState.CLOSED))
    circular = take_of_measure(Verb.ACKNOWLEDGE_MEASURE, measure_in(MeasureState.SERVED, case=narrow))
    with later(days=LATE):
        take_of_measure(Verb.OPEN_INTERVIEW, circular)
        led_to = Case.objects.get(rung_laid=circular)
        assert led_to.readers == narrow.readers
        assert not Case.objects.visible_to(left_out).filter(pk=led_to.pk).exists()
        assert not [row for part in PendingStep.objects.of(left_out) for row in part if row.case_id == led_to.pk]
        paper = circular.issued_paper.number
        set_readers(led_to, by=cast.person("director"), people=[], reason="本件可以公开办理。")
        assert paper not in page_of(left_out, f"/cases/{led_to.pk}/").shown_text
        assert paper in page_of(cast.person("officer"), f"/cases/{led_to.pk}/")


def test_a_unit_does_not_learn_that_a_measure_is_being_drafted_about_its_case():
    case = case_in(CaseState.RECTIFYING)
    head, address = cast.head(cast.TOWN), f"/cases/{case.pk}/"
    with later(days=LATE):
        listed_about(case, MeasureState.DRAFTED)
        assert "责任阶梯" not in page_of(head, address).shown_text
        assert "责任阶梯" in page_of(cast.person("officer"), address)


def test_the_daily_line_of_a_supervisor_counts_what_they_may_know_of():
    left_out = cast.engage("吴卅二", "second_supervisor", cast.unit(cast.OFFICE), PostKind.SUPERVISOR, "督查员")
    narrow = narrowed(case_in(CaseState.RECTIFYING))
    with later(days=LATE):
        overdue = narrow.tasks.count()
        sum_up_for_supervisors(clock.today())
        assert not Alert.objects.filter(recipient=left_out, key__startswith="summary:").exists()
        (line,) = Alert.objects.filter(recipient=cast.person("supervisor"), key__startswith="summary:")
        assert f"已逾期 {overdue} 项" in line.text


def test_afterwards_a_case_alike_is_named_to_who_enters_the_step_only_if_they_may_know_of_it(left_out):
    secret = case_in(CaseState.APPROVED)
    officer = cast.person("officer")
    other = draft(by=left_out, **proposal(secret.unit, distinct_from=[]))
    take(Verb.SET_READERS, secret)
    with recording(left_out):
        assert list(unresolved_duplicates(other, officer)) == []
    with recording(officer):
        assert [one.code for one in unresolved_duplicates(other, left_out)] == ["matter_like_open_case"]


def test_who_holds_a_post_in_the_unit_reads_no_commendation_that_was_withdrawn(left_out, town):
    one = awarded(town)
    withdraw_commendation(one, by=cast.person("director"), reason="登记错了单位。")
    assert list(Commendation.objects.visible_to(left_out)) == [one]
    appoint(left_out, town, PostKind.LIAISON, "联系人")
    assert not Commendation.objects.visible_to(cast.person("second_officer")).exists()
    assert list(Commendation.objects.visible_to(cast.person("officer"))) == [one]


def test_a_reminder_about_a_measure_is_not_read_once_its_case_is_narrowed(left_out):
    case = case_in(CaseState.RECTIFYING)
    with later(days=LATE):
        measure = listed_about(case, MeasureState.SERVED)
    with later(days=LATE + 175):
        remind_of_restrictions(clock.today())
        sent = Alert.objects.filter(recipient=left_out, key__startswith="restriction:")
        assert sent.exists()
        assert {one.measure_laid_id for one in sent} == {measure.pk}
        narrowed(case)
        assert not (sent & Alert.objects.visible_to(left_out)).exists()


def test_who_was_left_out_of_a_case_reads_of_a_record_that_is_kept_back_neither_kind_nor_day(left_out):
    case = narrowed(case_in(CaseState.RECTIFYING))
    record = (RecordOfPoints.CASE.value, str(case.pk), "2026-11-23")
    (link,) = record_links([record], left_out)
    assert (link.label, link.day, link.url) == (f"原记录（{HIDDEN}）", "", "")
    (link,) = record_links([record], cast.person("officer"))
    assert link.label == case.title


def test_beside_the_ranks_of_others_ones_own_unit_leaves_no_gap(town):
    assessment = assessment_of()
    officer, address = cast.person("officer"), f"/assessment/{assessment.pk}/"
    rows = page_of(officer, address).response.context["ranked"]
    assert {row["rank"] for row in rows} != {"—"}
    appoint(officer, town, PostKind.LIAISON, "联系人")
    rows = page_of(cast.person("officer"), address).response.context["ranked"]
    assert {row["rank"] for row in rows} == {"—"}


def test_listings_in_the_same_words_are_one_matter_whatever_case_either_is_about():
    case = case_in(CaseState.RECTIFYING)
    with later(days=LATE):
        first = measure_in(
            MeasureState.SERVED,
            text=lambda about, **stated: after_interview(case, **stated),
            on=case.unit,
            matter="村级账目长期不公开",
        )
        second = listed_in(MeasureState.DRAFTED, on=case.unit, matter="村级账目长期不公开")
        assert first.title == second.title
        reasons = page_of(cast.person("officer"), f"/measures/{second.pk}/").shown_text
        assert "该事项已经实施挂牌督办（黄牌警告）" in reasons
