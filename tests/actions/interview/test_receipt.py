"""签收 on paper: registered by the office with name, post, day and scan; and who is told while nobody has signed."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import cast
from tests.factories import case_in, later, pdf, take
from tests.refusals import not_theirs, refused
from yuetan.models import Attachment, PendingStep
from yuetan.rules.dates import clock
from yuetan.vocabulary import CaseState, Verb


@pytest.fixture
def notified(office):
    """A case of which the unit was told."""
    return case_in(CaseState.NOTIFIED)


@pytest.mark.parametrize("who", ["officer", "second_officer", "director"])
def test_the_office_registers_a_receipt_of_paper(notified, who):
    with later(days=2):
        case = take(Verb.REGISTER_RECEIPT, notified, by=cast.person(who), signed_on=date(2026, 11, 24))
    receipt = case.current_notice.receipt
    assert (receipt.signer, receipt.signed_title, receipt.is_of_paper) == ("褚十二", "棠下镇联络员", True)
    assert receipt.signed_at_words == receipt.signed_moment == "2026年11月24日"
    assert (receipt.registered_by.username, receipt.scan.name) == (who, "回执.png")


def test_both_sides_see_the_scan_and_nobody_else(notified, officer, head, liaison, other_head):
    take(Verb.REGISTER_RECEIPT, notified)
    seen = [Attachment.objects.visible_to(person).count() for person in (officer, head, liaison, other_head)]
    assert seen == [1, 1, 1, 0]


MISSING = {
    "signer_name": ("", "签收人姓名"),
    "signer_title": ("", "签收人职务"),
    "signed_on": (None, "签收日期"),
    "scan": (None, "回执扫描件"),
}


@pytest.mark.parametrize("name", MISSING)
def test_what_a_receipt_of_paper_lacks(notified, name):
    empty, label = MISSING[name]
    with refused(f"登记纸质回执还缺：{label}。", field=name):
        take(Verb.REGISTER_RECEIPT, notified, **{name: empty})


def test_signed_before_the_notice_or_tomorrow(notified):
    with refused("办公室设定：签收日期不得早于通知印发日期（2026年11月23日）。", field="signed_on"):
        take(Verb.REGISTER_RECEIPT, notified, signed_on=date(2026, 11, 22))
    with refused("签收日期不得晚于今天。", field="signed_on"):
        take(Verb.REGISTER_RECEIPT, notified, signed_on=clock.today() + timedelta(days=1))


def test_signed_for_once_here_or_on_paper(notified):
    take(Verb.REGISTER_RECEIPT, notified)
    sentence = "本通知已由褚十二于2026年11月23日签收，不必再次签收。"
    with refused(sentence):
        take(Verb.REGISTER_RECEIPT, notified, scan=pdf())
    with refused(sentence):
        take(Verb.ACKNOWLEDGE_RECEIPT, notified)


@pytest.mark.parametrize("who", ["head", "liaison", "supervisor", "group_leader"])
def test_nobody_else_registers_one(notified, request, who):
    with not_theirs():
        take(Verb.REGISTER_RECEIPT, notified, by=request.getfixturevalue(who))


def test_a_refused_scan_leaves_nothing(notified):
    bad = SimpleUploadedFile("回执.png", b"GIF89a")
    with refused(
        "办公室设定：文件“回执.png”的内容不是 PNG，与扩展名不符，请用原来的软件打开，另存为 PNG 后再上传。",
        field="scan",
    ):
        take(Verb.REGISTER_RECEIPT, notified, scan=bad)


def test_the_new_notice_wants_a_new_receipt(notified):
    take(Verb.REGISTER_RECEIPT, notified)
    case = take(Verb.RESCHEDULE, notified)
    assert case.current_notice.receipt_or_none is None
    assert take(Verb.REGISTER_RECEIPT, case).current_notice.receipt.is_of_paper


@pytest.mark.parametrize(("days", "is_late"), [(3, False), (4, True)])
def test_what_the_director_is_notified_of(notified, director, days, is_late):
    def sees_it_unsigned() -> bool:
        return any(rows.filter(verb=Verb.REGISTER_RECEIPT).exists() for rows in PendingStep.objects.of(director))

    with later(days=days):
        assert sees_it_unsigned() is is_late
        take(Verb.ACKNOWLEDGE_RECEIPT, notified)
        assert not sees_it_unsigned()
