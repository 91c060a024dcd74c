"""提醒函 to a unit without login: its receipt and its answer come on paper, and the office registers them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import cast
from tests.consistency import check_all
from tests.factories import later, letter_in, pdf, png
from tests.refusals import by_the_office, not_theirs, refused
from tests.web import Visitor
from yuetan.actions.letter.letter import acknowledge_letter
from yuetan.actions.letter.letter_answer import (
    answer_letter,
    prepare_letter_answer,
    register_letter_answer,
    register_letter_receipt,
)
from yuetan.actions.papers.document import void_document
from yuetan.models import Alert, Attachment, Letter
from yuetan.rules.dates import clock
from yuetan.scenarios.files import blank_scan
from yuetan.vocabulary import FilePurpose, LetterState

OFFICE = "办公室设定："
ANSWER = "三项整治任务均已启动，台账附后。"


@pytest.fixture
def letter(office):
    """A letter to the town, issued."""
    return letter_in(LetterState.ISSUED, to=cast.unit(cast.TOWN))


def receipt(letter, **changed):
    signed = {"signer_name": "褚十二", "signer_title": "棠下镇联络员", "signed_on": clock.today()}
    by = changed.pop("by", cast.person("officer"))
    return register_letter_receipt(letter, by=by, **{**signed, "scan": blank_scan("回执"), **changed})


def answer(letter, **changed):
    brought = {"brought_by": "褚十二", "brought_by_title": "棠下镇联络员", "received_at": clock.now()}
    paper = {"signer": letter.unit.heads().first(), **brought, "scan": blank_scan("纸质答复"), "answer": ANSWER}
    return register_letter_answer(letter, by=changed.pop("by", cast.person("officer")), **{**paper, **changed})


def test_a_letter_is_signed_for_and_answered_on_paper(letter, officer, head, liaison, other_head, supervisor):
    with later(days=1):
        signed = receipt(letter).document.receipt
        assert (signed.is_of_paper, signed.signer, signed.registered_by) == (True, "褚十二", officer)
    received = clock.now() + timedelta(days=2)
    with later(days=3):
        answered = answer(letter, received_at=received)
        filing = answered.paper_filing
        assert (answered.answer, answered.answered_by, answered.answered_at) == (ANSWER, head, received)
        assert (filing.letter, filing.case, filing.registered_by) == (answered, None, officer)
        assert answered.events.newest_first()[0].data["signed_by"] == "冯十（蓬江区棠下镇党委书记）"
        for scan in (filing.scan, signed.scan):
            seen = [scan in Attachment.objects.visible_to(one) for one in (officer, head, supervisor, other_head)]
            assert seen == [True, True, True, False]
        texts = [alert.text for alert in Alert.objects.filter(recipient__in=(head, supervisor))]
        assert any("纸质答复已由市扫黑办代录，请核对" in text for text in texts)
        assert any("主送单位已以纸质材料答复" in text for text in texts)
        with refused(f"本函已由{head.name}答复，不必再次答复。"):
            answer(letter)
        with refused(f"本函已由{head.name}答复，不必再次答复。"):
            answer_letter(letter, by=head, answer=ANSWER)
        check_all()


def test_pages_of_both_sides_say_that_it_came_on_paper(letter, officer, head):
    receipt(letter)
    answer(letter)
    for person, registrar in ((officer, "张一于"), (head, "市扫黑办于")):
        page = Visitor(person).open(f"/letters/{letter.pk}/")
        for words in ("纸质代录：冯十签字", registrar, "纸质回执，市扫黑办于2026年11月23日登记", ANSWER, "纸质答复"):
            assert words in page
        rows = Visitor(person).open("/letters/")
        assert "纸质回执" in rows
        assert "纸质代录" in rows


def test_it_is_late_by_the_moment_the_paper_came(letter):
    receipt(letter)
    in_time = clock.now() + timedelta(days=2)
    with later(days=30):
        assert not answer(letter, received_at=in_time).is_answered_late
    other = receipt(letter_in(LetterState.ISSUED, to=cast.unit(cast.COUNTY)))
    with later(days=30):
        assert answer(other).is_answered_late


@pytest.mark.parametrize(
    ("changed", "sentence", "field"),
    [
        ({"answer": " "}, "尚未填写答复内容。", "answer"),
        ({"scan": None}, "代录纸质材料还缺：签字盖章的扫描件。", "scan"),
        ({"signer": None, "brought_by": ""}, "代录纸质材料还缺：签字的主要领导、送交人姓名。", "signer"),
    ],
)
def test_what_an_answer_on_paper_lacks(letter, changed, sentence, field):
    receipt(letter)
    with refused(by_the_office(sentence), field=field):
        answer(letter, **changed)


def test_who_signs_is_a_head_of_the_addressee_and_no_paper_came_before_the_letter(letter, county):
    receipt(letter)
    stranger = county.heads().first()
    with pytest.raises(Exception, match=stranger.holder.name):
        answer(letter, signer=stranger)
    with pytest.raises(Exception, match="提醒函的印发时间"):
        answer(letter, received_at=clock.now() - timedelta(days=1))


def test_it_is_signed_for_before_it_is_answered_and_once(letter, liaison):
    with refused(f"{OFFICE}本函尚未签收，请先签收再答复。"):
        answer(letter)
    acknowledge_letter(letter, by=liaison)
    with pytest.raises(Exception, match="已由褚十二"):
        receipt(letter)
    assert answer(letter).answered_by.name == "冯十"


def test_a_receipt_is_whole_and_of_a_day_that_can_be(letter):
    with refused("登记纸质回执还缺：签收人姓名、回执扫描件。", field="signer_name"):
        receipt(letter, signer_name="", scan=None)
    yesterday = timezone.localdate() - timedelta(days=1)
    with pytest.raises(Exception, match="2026年11月23日"):
        receipt(letter, signed_on=yesterday)


def test_a_voided_letter_takes_nothing_on_paper(letter, director):
    void_document(letter.document, by=director, reason="主送单位写错。")
    for take in (receipt, answer):
        with pytest.raises(Exception, match="作废"):
            take(letter)


@pytest.mark.parametrize("who", ["head", "liaison", "director", "group_leader"])
def test_officers_and_supervisors_alone_register_it(letter, request, who):
    person = request.getfixturevalue(who)
    for take in (receipt, answer):
        with not_theirs():
            take(letter, by=person)


def test_a_supervisor_registers_it_too(letter, supervisor):
    receipt(letter, by=supervisor)
    assert answer(letter, by=supervisor).paper_filing.registered_by == supervisor


def test_what_the_unit_had_begun_to_write_stays_its_own(letter, liaison, head, officer):
    acknowledge_letter(letter, by=liaison)
    prepare_letter_answer(letter, by=liaison, answer="草稿。", files=[pdf("未报的材料.pdf")])
    answer(letter)
    (draft,) = letter.attachments.filter(purpose=FilePurpose.LETTER_ANSWER)
    assert draft.is_draft
    assert draft not in Attachment.objects.visible_to(officer)
    assert draft in Attachment.objects.visible_to(head)
    assert "未报的材料" not in Visitor(officer).open(f"/letters/{letter.pk}/")


def test_the_unit_takes_no_scan_of_the_office_out_of_the_letter(letter, liaison):
    receipt(letter)
    (scan,) = letter.attachments.all()
    prepare_letter_answer(letter, by=liaison, answer="草稿。", removed=[scan])
    assert letter.attachments.filter(pk=scan.pk).exists()
    assert "撤下已有的材料" not in Visitor(liaison).open(f"/letters/{letter.pk}/prepare/")


def test_from_the_counter_on_its_pages(letter, officer):
    visitor = Visitor(officer)
    visitor.open(f"/letters/{letter.pk}/")
    visitor.click("登记提醒函纸质回执")
    assert "确认办理" in visitor.press("登记提醒函纸质回执", expect=422, signer_title="联络员")
    assert "登记纸质回执还缺" in visitor.press("登记提醒函纸质回执", expect=422, confirmed="1")
    signed = {"signer_name": "褚十二", "signer_title": "联络员", "signed_on": "2026-11-23"}
    visitor.press("登记提醒函纸质回执", scan=png("回执.png"), confirmed="1", **signed)
    visitor.click("代录提醒函答复")
    page = visitor.press(
        "代录提醒函答复",
        scan=png("答复.png"),
        answer=ANSWER,
        signer=str(letter.unit.heads().first().pk),
        brought_by="褚十二",
        brought_by_title="联络员",
        received_at="2026-11-23T10:00",
    )
    assert "提醒函的纸质答复已代录。" in page
    assert Letter.objects.get().answer == ANSWER
