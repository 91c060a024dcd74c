"""作废 and 更正 of papers already issued: the old one stays, marked; nothing rests on a paper that is void."""

import re

import pytest
from django.db import IntegrityError, transaction

from tests.documents.builders import OF_NO_CASE
from tests.factories import case_after, case_in, later, letter_in, take
from tests.refusals import appoint, not_theirs, refused
from yuetan.actions.letter.letter import acknowledge_letter
from yuetan.actions.letter.letter_answer import answer_letter
from yuetan.actions.papers.document import void_document
from yuetan.documents.pdf_store import store_pdf
from yuetan.models import Document, NumberEntry
from yuetan.models.case.steps import CASE_STEPS
from yuetan.models.papers.voiding import VOIDING
from yuetan.rules.dates import clock
from yuetan.vocabulary import (
    UNNUMBERED_KINDS,
    CaseState,
    DocumentKind,
    DocumentStatus,
    LetterState,
    MeasureState,
    NumberState,
    PostKind,
    Verb,
)

MINUTES = DocumentKind.MINUTES


@pytest.fixture(autouse=True)
def _everybody(office):
    return office


def paper(**which):
    return Document.objects.select_related("entry").get(**which)


def test_a_letter_is_voided_and_stays(director, member_head):
    letter = letter_in(LetterState.ISSUED)
    before = letter.document
    void_document(before, by=director, reason="发函对象有误")
    after = paper(letter=letter)
    assert after.status == DocumentStatus.VOIDED
    assert (after.html, after.sha256, after.number) == (before.html, before.sha256, before.number)
    assert (after.entry.state, after.entry.voided_by, after.entry.void_reason) == (
        NumberState.VOIDED,
        director,
        "发函对象有误",
    )
    event = letter.events.get(verb="void_document")
    assert (event.label, event.opinion, event.data["document"]) == ("作废文书", "发函对象有误", before.number)
    assert (event.is_outer, event.is_shown_to_unit, event.who(inner=False)) == (True, False, "市扫黑办")
    with refused("本函已于2026年11月23日作废，不必签收。"):
        acknowledge_letter(letter, by=member_head)


def test_a_number_of_a_voided_paper_is_not_given_again(director):
    void_document(letter_in(LetterState.ISSUED).document, by=director, reason="有误")
    assert letter_in(LetterState.ISSUED).document.number == "江扫黑函〔2026〕2号"


def test_voided_once(director):
    letter = letter_in(LetterState.ISSUED)
    void_document(letter.document, by=director, reason="有误")
    with refused("本文书已于2026年11月23日由王三作废，不必再次作废。"):
        void_document(paper(letter=letter), by=director, reason="有误")


def test_the_reason_is_asked_for(director):
    document = letter_in(LetterState.ISSUED).document
    with refused("尚未写明作废的原因。", field="reason"):
        void_document(document, by=director, reason="  ")


def test_the_notice_in_force_is_rescheduled_or_withdrawn_not_voided(director):
    case = case_in(CaseState.NOTIFIED)
    words = "办公室设定：本通知是现行的约谈通知，不能直接作废；约谈有变的，请办理改期或者撤回。"
    with refused(words):
        void_document(case.documents.get(), by=director, reason="有误")
    take(Verb.RESCHEDULE, case)
    with refused("本文书已被江扫黑办〔2026〕2号替代，不必作废。"):
        void_document(paper(serial=1), by=director, reason="有误")
    with refused(words):
        void_document(paper(serial=2), by=director, reason="有误")


RUNNING_ON_MINUTES = (CaseState.MINUTED, CaseState.RECTIFYING, CaseState.INSPECTING)
HELD = "办公室设定：约谈已按本通知进行，本通知是约谈记录和纪要的依据，不能作废。"


@pytest.mark.parametrize("state", [CaseState.INTERVIEWED, *RUNNING_ON_MINUTES, CaseState.CLOSED])
def test_a_notice_by_which_an_interview_was_held_is_not_voided(director, state):
    case = case_in(state)
    with refused(HELD):
        void_document(case.current_notice, by=director, reason="通知已经用过")


@pytest.mark.parametrize("state", RUNNING_ON_MINUTES)
def test_the_minutes_of_a_running_case_are_corrected_not_voided(director, state):
    case = case_in(state)
    with refused("办公室设定：纪要是交办整改和督查的依据，不能直接作废；内容有误的，请办理更正。"):
        void_document(case.current_minutes, by=director, reason="有误")


def test_the_minutes_of_a_closed_case_are_corrected_not_voided(director):
    case = case_in(CaseState.CLOSED)
    with refused("办公室设定：事项已据本纪要办结，纪要不能直接作废；内容有误的，请办理更正。"):
        void_document(case.current_minutes, by=director, reason="有误")
    take(Verb.CORRECT_MINUTES, case)
    case = take(Verb.CONFIRM_CORRECTION, case)
    assert case.state == CaseState.CLOSED
    assert case.current_minutes.number == "江扫黑办纪〔2026〕2号"
    assert paper(kind=MINUTES, serial=1).status == DocumentStatus.REPLACED


def test_a_case_whose_minutes_are_void_is_not_reopened_on_them(director):
    """As a database from before this rule may hold them; a correction heals it."""
    case = case_in(CaseState.CLOSED)
    with later(days=80):
        take(Verb.RECORD_REVISIT, case, outcome="relapsed")
        entries = NumberEntry.objects.filter(document=case.current_minutes)
        entries.update(voided_at=clock.now(), voided_by=director, void_reason="有误")
        sentence = "约谈纪要江扫黑办纪〔2026〕1号已作废，不能据以重启整改；请先办理纪要更正，重新印发纪要。"
        with refused(f"办公室设定：{sentence}"):
            take(Verb.REQUEST_REOPENING, case)
        take(Verb.CORRECT_MINUTES, case)
        take(Verb.CONFIRM_CORRECTION, case)
        take(Verb.REQUEST_REOPENING, case)
        assert take(Verb.REOPEN, case).state == CaseState.RECTIFYING


def test_the_paper_that_cancels_an_interview_stays(director, group_leader):
    case = take(Verb.WITHDRAW, case_in(CaseState.NOTIFIED), by=group_leader)
    cancellation = case.documents.get(kind=DocumentKind.CANCELLATION)
    with refused("办公室设定：约谈已据本通知取消，本通知不能作废；仍要约谈的，请另行提出建议。"):
        void_document(cancellation, by=director, reason="有误")
    with refused(f"本文书已被{cancellation.number}替代，不必作废。"):
        void_document(case.documents.get(kind=DocumentKind.INTERVIEW_NOTICE), by=director, reason="有误")


def test_an_answered_letter_is_not_voided(director, member_head):
    letter = letter_in(LetterState.ISSUED)
    acknowledge_letter(letter, by=member_head)
    answer_letter(letter, by=member_head, answer="已部署。")
    with refused(f"办公室设定：本提醒函已由{member_head.name}于2026年11月23日回复，回复以其为据，不能作废。"):
        void_document(paper(letter=letter), by=director, reason="有误")


def test_every_kind_and_state_has_its_line_in_the_table():
    assert set(VOIDING) == set(DocumentKind) - set(UNNUMBERED_KINDS) - set(OF_NO_CASE)  # never voided
    states = {state for rule in VOIDING.values() for state in rule.refusals}
    steps = [step for step in CASE_STEPS if step.verb == Verb.VOID_DOCUMENT]
    assert states == {state for step in steps for state in step.sources} | {MeasureState.ENDED}  # of 摘牌


def test_whose_voiding_is(officer, group_leader, supervisor, member_head, sysadmin):
    document = letter_in(LetterState.ISSUED).document
    for person in (officer, group_leader, supervisor, member_head, sysadmin):
        with not_theirs():
            void_document(document, by=person, reason="有误")


def test_nobody_voids_a_paper_to_their_own_unit(director, member_unit):
    document = letter_in(LetterState.ISSUED).document
    appoint(director, member_unit, PostKind.LIAISON, "联络员")
    with not_theirs():
        void_document(document, by=type(director).objects.get(pk=director.pk), reason="有误")


def test_a_correction_holds_when_the_interviewer_stands_by_it(director, deputy):
    case = case_in(CaseState.RECTIFYING)
    old = case.documents.get(kind=MINUTES)
    take(Verb.CORRECT_MINUTES, case)
    assert case.documents.filter(kind=MINUTES).count() == 1
    take(Verb.CONFIRM_CORRECTION, case)
    old, new = paper(pk=old.pk), paper(kind=MINUTES, replaced_by=None)
    assert (old.status, new.status, old.replaced_by) == (DocumentStatus.REPLACED, DocumentStatus.VALID, new)
    assert (old.number, new.number, new.issued_by) == ("江扫黑办纪〔2026〕1号", "江扫黑办纪〔2026〕2号", deputy)
    assert "答复不及时" not in old.html
    correction = case.corrections.get()
    assert (correction.proposed_by, correction.confirmed_by) == (director, deputy)
    event = case.events.get(verb=Verb.CONFIRM_CORRECTION)
    assert (event.data["document"], event.data["replaced"], event.is_outer) == (new.number, old.number, True)
    assert not case.events.get(verb=Verb.CORRECT_MINUTES).is_outer


def test_corrected_minutes_name_those_they_replace_and_why():
    case = case_in(CaseState.MINUTED)
    take(Verb.CORRECT_MINUTES, case, reason="漏列一项问题。")
    take(Verb.CONFIRM_CORRECTION, case)
    new = paper(kind=MINUTES, replaced_by=None)
    texts = _texts(new.html)
    assert "的约谈纪要》（江扫黑办纪〔2026〕1号）因漏列一项问题，现予更正重印，由本纪要替代。" in texts
    assert "答复不及时" in texts
    assert "江扫黑办纪〔2026〕2号" in texts


def _texts(html):
    return re.sub(r"<[^>]*>|\s", "", html.partition("<body>")[2])


def test_a_correction_may_be_written_anew_until_it_is_confirmed():
    case = case_in(CaseState.MINUTED)
    take(Verb.CORRECT_MINUTES, case)
    take(Verb.CORRECT_MINUTES, case, reason="另一处有误")
    assert case.corrections.get().reason == "另一处有误"
    take(Verb.CONFIRM_CORRECTION, case)
    with refused("没有待确认的纪要更正。"):
        take(Verb.CONFIRM_CORRECTION, case)
    take(Verb.CORRECT_MINUTES, case, problems="第三稿。")
    take(Verb.CONFIRM_CORRECTION, case)
    papers = case.documents.filter(kind=MINUTES).order_by("serial")
    assert [(d.number, d.status) for d in papers] == [
        ("江扫黑办纪〔2026〕1号", DocumentStatus.REPLACED),
        ("江扫黑办纪〔2026〕2号", DocumentStatus.REPLACED),
        ("江扫黑办纪〔2026〕3号", DocumentStatus.VALID),
    ]


def test_who_writes_a_correction_second_reads_who_was_first(director, deputy):
    case = case_in(CaseState.MINUTED)
    seen = case.minutes.digest
    take(Verb.CORRECT_MINUTES, case, problems="先写的更正。")
    who = f"{director.name}（{director.title}）已于2026年11月23日（星期一）上午10:00办理："
    rest = "；现在的文本列在本页，您写的仍在，请合并后保存。"
    for shown in (seen, ""):
        with refused(f"{who}拟定纪要更正{rest}"):
            take(Verb.CORRECT_MINUTES, case, problems="后写的更正。", seen=shown)
    assert case.corrections.get().problems == "先写的更正。"
    seen = case.corrections.get().digest
    case = take(Verb.CONFIRM_CORRECTION, case)
    with refused(f"{deputy.name}（{deputy.title}）已于2026年11月23日（星期一）上午10:00办理：确认更正并印发{rest}"):
        take(Verb.CORRECT_MINUTES, case, problems="后写的更正。", seen=seen)
    assert take(Verb.CORRECT_MINUTES, case, problems="后写的更正。").open_correction is not None


def test_a_correction_says_why_and_changes_something():
    case = case_in(CaseState.MINUTED)
    text = {name: getattr(case.minutes, name) for name in ("problems", "statement", "discussion", "copied_to")}
    with refused("更正后的内容与已印发的纪要相同，无需更正；已拟的更正稿不再需要的，请放弃更正。"):
        take(Verb.CORRECT_MINUTES, case, **text)
    with refused("尚未写明更正的原因。", field="reason"):
        take(Verb.CORRECT_MINUTES, case, reason="")


def test_whose_a_correction_is(officer, director, group_leader, head):
    case = case_in(CaseState.MINUTED)
    for person in (officer, group_leader, head):
        with not_theirs():
            take(Verb.CORRECT_MINUTES, case, by=person)
    take(Verb.CORRECT_MINUTES, case)
    for person in (officer, director, group_leader, head):
        with not_theirs():
            take(Verb.CONFIRM_CORRECTION, case, by=person)


def test_an_objection_is_printed_again_with_corrected_minutes():
    objection = {"answer": "objected", "objection": "第二项时限过紧。"}
    case = case_after(Verb.ISSUE_MINUTES, answer_minutes=objection)
    take(Verb.CORRECT_MINUTES, case)
    take(Verb.CONFIRM_CORRECTION, case)
    assert "第二项时限过紧" in _texts(paper(kind=MINUTES, replaced_by=None).html)


@pytest.mark.parametrize("change", [{"check_code": "2" * 16}, {"pdf_sha256": "0" * 64}, {"pdf": "documents/other.pdf"}])
def test_the_database_keeps_what_a_paper_is_verified_by(change):
    document = letter_in(LetterState.ISSUED).document
    store_pdf(document)
    assert len(paper(pk=document.pk).pdf_sha256) == 64
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(**change)


def test_every_paper_has_a_line_of_its_own_in_the_book():
    case_in(CaseState.NOTIFIED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.update(entry=NumberEntry.objects.get(), prefix="江某某")
