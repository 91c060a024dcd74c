"""更正纸质回执: what was registered wrongly is put right by the office, and the wrong entry stays to be read."""

import re
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from tests import cast
from tests.consistency import check_all
from tests.factories import case_in, later, letter_in, pdf, take
from tests.refusals import not_theirs, nothing_stored, refused
from tests.web import Visitor, browser
from yuetan.actions.files.receipt_correction import correct_receipt
from yuetan.actions.letter.letter_answer import answer_letter, register_letter_receipt
from yuetan.errors import Refused
from yuetan.models import Alert, Attachment, Document, PendingStep, Receipt
from yuetan.rules.dates import clock
from yuetan.scenarios.files import blank_scan
from yuetan.vocabulary import CaseState, DocumentKind, FilePurpose, LetterState, Verb

OFFICE = "办公室设定："
SIGNED = {"signer_name": "褚十二", "signer_title": "棠下镇联络员"}


@pytest.fixture
def notice(office):
    """The notice of a case, for which somebody signed on paper."""
    return take(Verb.REGISTER_RECEIPT, case_in(CaseState.NOTIFIED)).current_notice


def letter_receipt(letter):
    signed = {**SIGNED, "signed_on": clock.today(), "scan": blank_scan("回执")}
    return register_letter_receipt(letter, by=cast.person("officer"), **signed).document


def supervised():
    """A 督办单 for which somebody signed on paper, in a case under rectification."""
    case = case_in(CaseState.RECTIFYING)
    with later(days=20):
        take(Verb.ISSUE_SUPERVISION_LETTER, case)
        take(Verb.REGISTER_SUPERVISION_RECEIPT, case)
    return case, Document.objects.get(kind=DocumentKind.SUPERVISION_LETTER)


def correct(document, **changed):
    """Correct a receipt; what is not said stays as registered."""
    stated = {**SIGNED, "signed_on": date(2026, 11, 23), "scan": None, "reason": "登记时看错了姓名。"}
    return correct_receipt(document, by=changed.pop("by", cast.person("officer")), **{**stated, **changed})


def awaited(document, verb):
    """Whether the unit is waited for to take the step."""
    return PendingStep.objects.now().filter(verb=verb, unit=document.subject.unit).exists()


def test_a_wrong_name_post_day_and_scan_are_put_right(notice, officer, head, liaison, director):
    wrong = notice.receipt.scan
    with later(days=2):
        right = {"signer_name": "冯十", "signer_title": "棠下镇党委书记", "signed_on": date(2026, 11, 24)}
        corrected = correct(notice, **right, scan=pdf("另一份回执.pdf"))
    receipt = corrected.receipt
    assert (receipt.signer, receipt.signed_title, receipt.signed_moment) == (
        *list(right.values())[:2],
        "2026年11月24日",
    )
    assert receipt.registered_by == officer
    (kept,) = corrected.receipt_corrections.all()
    assert kept.words == (
        "签收人由“褚十二”更正为“冯十”；职务由“棠下镇联络员”更正为“棠下镇党委书记”；"
        "签收日期由“2026年11月23日”更正为“2026年11月24日”；扫描件已更换"
    )
    assert (kept.reason, kept.corrected_by) == ("登记时看错了姓名。", officer)
    # The scan that was taken for the receipt is perhaps another unit's.
    wrong.refresh_from_db()
    assert wrong.purpose == FilePurpose.FORMER_RECEIPT
    for person, sees in ((officer, True), (director, True), (head, False), (liaison, False)):
        assert (wrong in Attachment.objects.visible_to(person)) is sees
        assert receipt.scan in Attachment.objects.visible_to(person)
    texts = {alert.recipient: alert.text for alert in Alert.objects.filter(text__contains="纸质回执")}
    assert texts[head].endswith(f"{notice.number}的纸质回执登记有误，市扫黑办已更正，请核对。")
    assert texts[director].endswith(f"{notice.number}的纸质回执已更正。")
    check_all()


def test_a_notice_that_nobody_signed_for_waits_again(notice):
    def waits() -> bool:
        return awaited(notice, Verb.ACKNOWLEDGE_RECEIPT)

    assert not waits()
    corrected = correct(notice, never_signed=True, signer_name="", signer_title="", signed_on=None)
    assert corrected.receipt_or_none is None
    words = "原登记由褚十二（棠下镇联络员）于2026年11月23日签收，登记有误，已撤销"
    assert [one.words for one in corrected.receipt_corrections.all()] == [words]
    assert waits()
    check_all()
    take(Verb.ACKNOWLEDGE_RECEIPT, corrected.case)
    check_all()


@pytest.mark.parametrize("answered", [False, True])
def test_the_receipt_of_a_letter_is_revoked_until_it_is_answered(office, head, other_head, answered):
    letter = letter_in(LetterState.ISSUED, to=cast.unit(cast.TOWN))
    paper = letter_receipt(letter)
    wrong = paper.receipt.scan
    if answered:
        answer_letter(letter, by=head, answer="三项整治任务均已启动。")
        with refused(
            f"{OFFICE}答复已于2026年11月23日办理，签收的登记不能撤销；签收人、职务、日期、扫描件有误的，可以更正。"
        ):
            correct(paper, never_signed=True)
        with later(days=1), refused(f"{OFFICE}签收日期不得晚于答复的日期（2026年11月23日）。", field="signed_on"):
            correct(paper, signed_on=date(2026, 11, 24))
        return
    assert correct(paper, never_signed=True).receipt_or_none is None
    assert awaited(paper, Verb.ACKNOWLEDGE_LETTER)
    seen = [wrong in Attachment.objects.visible_to(one) for one in (cast.person("officer"), head, other_head)]
    assert seen == [True, False, False]
    check_all()


def test_the_receipt_of_a_supervision_letter_is_revoked_until_it_is_answered(office):
    case, paper = supervised()
    with later(days=21):
        take(Verb.ANSWER_SUPERVISION, case)
        with refused(
            f"{OFFICE}答复已于2026年12月14日办理，签收的登记不能撤销；签收人、职务、日期、扫描件有误的，可以更正。"
        ):
            correct(paper, never_signed=True)
        signer = correct(paper, signer_name="冯十", signed_on=date(2026, 12, 13)).receipt.signer
    assert signer == "冯十"
    check_all()


def test_after_the_interview_the_words_alone_are_corrected(notice):
    with later(days=30):
        take(Verb.HOLD_INTERVIEW, notice.case)
        with nothing_stored(), pytest.raises(Refused, match="约谈已于2026年11月30日办理，签收的登记不能撤销"):
            correct(notice, never_signed=True)
        assert correct(notice, signer_name="冯十").receipt.signer == "冯十"


FAULTS = {
    "no reason": ({"reason": ""}, "尚未写明更正的原因。"),
    "nothing new": ({}, "与原来登记的一样，没有更正任何内容；没有错的，不用办理。"),
    "no name": ({"signer_name": ""}, "登记纸质回执还缺：签收人姓名。"),
    "no day": ({"signed_on": None}, "登记纸质回执还缺：签收日期。"),
    "two names": ({"signer_name": "冯十、陈十一"}, "姓名"),
    "before the notice": (
        {"signed_on": date(2026, 11, 22)},
        f"{OFFICE}签收日期不得早于通知印发日期（2026年11月23日）。",
    ),
    "tomorrow": ({"signed_on": date(2026, 11, 24)}, "签收日期不得晚于今天。"),
}


@pytest.mark.parametrize("case", FAULTS)
def test_what_is_refused_leaves_everything_as_it_was(notice, case):
    changed, sentence = FAULTS[case]
    with nothing_stored(), pytest.raises(Refused, match=re.escape(sentence)):
        correct(notice, **changed)
    assert Document.objects.get(pk=notice.pk).receipt.signer == "褚十二"
    assert not notice.receipt_corrections.exists()


def test_a_receipt_given_in_the_system_stands(office):
    case = case_in(CaseState.NOTIFIED)
    sentence = f"{case.current_notice.number}没有登记纸质回执，没有可以更正的；在系统里签收的，以系统记录为准。"
    with refused(sentence):
        correct(case.current_notice)
    take(Verb.ACKNOWLEDGE_RECEIPT, case)
    with refused(sentence):
        correct(case.current_notice)
    assert browser("officer").get(f"/documents/{case.current_notice.pk}/receipt/").status_code == 404


@pytest.mark.parametrize("who", ["head", "liaison", "supervisor", "group_leader"])
def test_nobody_else_corrects_one(notice, request, who):
    with not_theirs():
        correct(notice, by=request.getfixturevalue(who), signer_name="冯十")


def change_by_hand(statement):
    """Run a statement past all of Django, to the end of its transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize("change", ["UPDATE yuetan_receipt SET signer_name = '冯十'", "DELETE FROM yuetan_receipt"])
def test_the_database_lets_no_receipt_change_by_itself(notice, change):
    with pytest.raises(IntegrityError, match="correct_receipt"):
        change_by_hand(change)
    assert Receipt.objects.count() == 1


def test_the_page_asks_to_be_confirmed_and_shows_what_stood(notice, officer, head):
    page = f"/documents/{notice.pk}/receipt/"
    visitor = Visitor(officer)
    assert "更正纸质回执" in visitor.open(f"/documents/{notice.pk}/")
    assert "更正纸质回执" not in Visitor(head).open(f"/documents/{notice.pk}/")
    shown = visitor.open(page)
    for words in ("褚十二（棠下镇联络员）", "2026年11月23日，办公室于2026年11月23日登记", notice.title):
        assert words in shown
    posted = {"signer_name": "冯十", "signer_title": "棠下镇党委书记", "signed_on": "2026-11-23", "reason": "看错了。"}
    client = browser("officer")
    assert client.post(page, posted).status_code == 422
    assert Document.objects.get(pk=notice.pk).receipt.signer == "褚十二"
    assert client.post(page, {**posted, "scan": pdf(), "confirmed": "on"}).status_code == 302
    for person, who, reason in ((officer, "张一于", True), (head, "市扫黑办于", False)):
        words = Visitor(person).open(f"/documents/{notice.pk}/")
        assert "签收人由“褚十二”更正为“冯十”" in words
        assert who in words
        assert ("看错了。" in words) is reason
