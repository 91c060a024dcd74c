"""文号簿: every number given is in it, and nothing leaves it."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from tests import cast
from tests.factories import case_in, keywords, later, letter_in, take
from tests.refusals import appoint, not_theirs, refused
from yuetan.actions.interview.notice import serve_notice
from yuetan.actions.papers.number_register import reserve_number, use_number, void_number
from yuetan.errors import Refused
from yuetan.models import Case, Document, Event, NumberCounter, NumberEntry
from yuetan.vocabulary import CaseState, DocumentKind, LetterState, NumberState, PostKind, Verb

NOTICE, MINUTES = DocumentKind.INTERVIEW_NOTICE, DocumentKind.MINUTES


@pytest.fixture(autouse=True)
def _everybody(office):
    return office


def reserved(by, kind=NOTICE, case=None, purpose="主任交办，另印一份通知"):
    return reserve_number(by=by, kind=kind, case=case, purpose=purpose)


def test_every_issued_paper_has_its_line(officer):
    case = case_in(CaseState.NOTIFIED)
    take(Verb.RESCHEDULE, case)
    letter_in(LetterState.ISSUED)
    lines = {entry.number: (entry.kind, entry.state) for entry in NumberEntry.objects.all()}
    assert lines == {
        "江扫黑办〔2026〕1号": (NOTICE, NumberState.ISSUED),
        "江扫黑办〔2026〕2号": (DocumentKind.RESCHEDULE_NOTICE, NumberState.ISSUED),
        "江扫黑函〔2026〕1号": (DocumentKind.REMINDER_LETTER, NumberState.ISSUED),
    }
    assert {d.number for d in Document.objects.all()} == lines.keys()
    assert NumberEntry.objects.get(serial=2).given_by == officer


def test_a_refused_step_gives_no_number():
    case = case_in(CaseState.APPROVED)
    with pytest.raises(Refused, match="地点"):
        take(Verb.SERVE_NOTICE, case, place="")
    assert not NumberEntry.objects.exists()
    assert not NumberCounter.objects.filter(prefix="江扫黑办").exists()


def test_a_number_for_a_case_of_ones_own_unit_is_not_theirs_to_use_or_to_void(director):
    case = case_in(CaseState.APPROVED)
    entry = reserved(director, case=case)
    appoint(director, case.unit, PostKind.LIAISON, "联络员")
    recused = cast.person("director")
    with not_theirs():
        use_number(entry, by=recused, used_for="另印一份通知")
    with not_theirs():
        void_number(entry, by=recused, reason="不再印发")
    assert use_number(entry, by=cast.person("officer"), used_for="另印一份通知").state == NumberState.USED


def test_no_number_is_reserved_for_a_case_of_ones_own_unit(director):
    case = case_in(CaseState.APPROVED)
    appoint(director, case.unit, PostKind.LIAISON, "联络员")
    with not_theirs():
        reserved(cast.person("director"), case=case)


def test_a_number_is_seen_by_the_unit_that_was_notified_meanwhile(officer):
    case = case_in(CaseState.APPROVED)
    page = Case.objects.get(pk=case.pk)
    take(Verb.SERVE_NOTICE, case)
    assert reserved(officer, case=page).open_to == case.unit


def test_a_reserved_number_is_passed_over_by_others(officer):
    entry = reserved(officer)
    assert (entry.number, entry.state, entry.purpose) == (
        "江扫黑办〔2026〕1号",
        NumberState.RESERVED,
        "主任交办，另印一份通知",
    )
    case_in(CaseState.NOTIFIED)
    assert Document.objects.get().number == "江扫黑办〔2026〕2号"


def test_a_number_reserved_for_a_case_goes_to_its_next_paper_of_that_kind(officer, county):
    case = case_in(CaseState.APPROVED)
    entry = reserved(officer, case=case)
    case_in(CaseState.NOTIFIED, unit=county)
    take(Verb.SERVE_NOTICE, case)
    paper = case.documents.get()
    assert (paper.entry, paper.number) == (entry, "江扫黑办〔2026〕1号")
    assert "江扫黑办〔2026〕1号" in paper.html
    assert NumberEntry.objects.get(pk=entry.pk).state == NumberState.ISSUED
    take(Verb.RESCHEDULE, case)
    assert sorted(d.number for d in Document.objects.all()) == [f"江扫黑办〔2026〕{n}号" for n in (1, 2, 3)]


def test_a_number_reserved_for_another_kind_or_year_is_left(officer):
    case = case_in(CaseState.APPROVED)
    reserved(officer, kind=MINUTES, case=case)
    entry = reserved(officer, case=case)
    with later(days=60):
        facts = keywords(Verb.SERVE_NOTICE, case)
        serve_notice(Case.objects.get(pk=case.pk), by=officer, **facts)
    assert case.documents.get().number == "江扫黑办〔2027〕1号"
    assert NumberEntry.objects.get(pk=entry.pk).state == NumberState.RESERVED


def test_a_voided_reservation_is_never_used(officer, director):
    case = case_in(CaseState.APPROVED)
    void_number(reserved(officer, case=case), by=director, reason="预留有误")
    take(Verb.SERVE_NOTICE, case)
    assert case.documents.get().number == "江扫黑办〔2026〕2号"
    voided = NumberEntry.objects.get(serial=1)
    assert (voided.state, voided.voided_by, voided.void_reason) == (NumberState.VOIDED, director, "预留有误")


def test_use_outside_is_written_down_once(officer):
    entry = reserved(officer)
    used = use_number(entry, by=officer, used_for="关于报送材料的通知，主送各镇（街），11月24日印发")
    assert (used.state, used.used_by) == (NumberState.USED, officer)
    with refused("江扫黑办〔2026〕1号已用于系统外文书，不是可以使用的预留文号。"):
        use_number(entry, by=officer, used_for="另一份通知")


def test_an_issued_or_voided_number_is_not_voided_as_a_reservation(officer, director):
    case_in(CaseState.NOTIFIED)
    with refused("江扫黑办〔2026〕1号已印发，不是可以使用的预留文号。"):
        void_number(NumberEntry.objects.get(), by=director, reason="试一试")
    entry = void_number(reserved(officer), by=director, reason="不用了")
    with refused("江扫黑办〔2026〕2号作废，不是可以使用的预留文号。"):
        void_number(entry, by=director, reason="再作废")


def test_what_for_and_why_must_be_said(officer, director):
    with refused("尚未写明预留文号的用途。", field="purpose"):
        reserved(officer, purpose=" ")
    entry = reserved(officer)
    with refused("尚未写明用于哪份文书。", field="used_for"):
        use_number(entry, by=officer, used_for="")
    with refused("尚未写明作废的原因。", field="reason"):
        void_number(entry, by=director, reason="")
    with refused("所填的“无”看不出内容，请写明具体情况（尚未写明作废的原因）。", field="reason"):
        void_number(entry, by=director, reason="无")
    with refused("所填的“其他”看不出内容，请写明具体情况（尚未写明预留文号的用途）。", field="purpose"):
        reserved(officer, purpose="其他")


def test_whose_it_is(officer, supervisor, head, sysadmin, group_leader):
    for person in (supervisor, head, sysadmin, group_leader):
        with not_theirs():
            reserved(person)
    entry = reserved(officer)
    for person in (officer, supervisor, head):
        with not_theirs():
            void_number(entry, by=person, reason="不用了")
    with not_theirs():
        use_number(entry, by=head, used_for="通知")


def test_the_log_shows_it(officer, director):
    entry = reserved(officer)
    void_number(entry, by=director, reason="不用了")
    events = Event.objects.filter(verb__in=("reserve_number", "void_number")).order_by("id")
    assert [(event.actor, event.data["number"]) for event in events] == [
        (officer, entry.number),
        (director, entry.number),
    ]
    assert [event.label for event in events] == ["预留文号", "作废预留文号"]


@pytest.mark.parametrize("change", [{"serial": 9}, {"prefix": "江某某"}, {"purpose": "改"}, {"kind": MINUTES}])
def test_the_database_keeps_a_line_as_it_was_written(officer, change):
    entry = reserved(officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        NumberEntry.objects.filter(pk=entry.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        NumberEntry.objects.filter(pk=entry.pk).delete()


def test_the_database_keeps_what_was_voided_voided(officer, director):
    entry = void_number(reserved(officer), by=director, reason="不用了")
    cleared = {"voided_at": None, "voided_by": None, "void_reason": ""}
    for change in (cleared, {"void_reason": "别的原因"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            NumberEntry.objects.filter(pk=entry.pk).update(**change)


def test_the_numbers_of_a_case_are_found_without_reading_the_book(officer, county):
    """Of its papers and reserved for it, each by its index: a notice asks while it holds the counter of numbers."""
    case = case_in(CaseState.NOTIFIED)
    other, letter = case_in(CaseState.NOTIFIED, unit=county), letter_in(LetterState.ISSUED)
    kept = reserved(officer, kind=MINUTES, case=case)
    numbers = NumberEntry.objects.of(case)
    assert {entry.number for entry in numbers} == {case.documents.get().number, kept.number}
    assert [NumberEntry.objects.of(one).get().number for one in (other, letter)] == [
        other.documents.get().number,
        letter.document.number,
    ]
    with connection.cursor() as cursor:  # so few rows are read whole, by whatever was counted last
        for means in ("seqscan", "bitmapscan", "hashjoin", "mergejoin"):
            cursor.execute(f"SET LOCAL enable_{means} = off")
        plan = numbers.order_by().values("pk").explain()
    assert "Index Cond" in plan.splitlines()[-1]
    scans = plan.count(" Scan ")
    assert plan.count("Index Cond") == scans, plan
