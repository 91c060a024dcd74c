"""催办 and 督办单 answered on paper: the office registers it, in the name of who signed, as of when it was received."""

from datetime import timedelta

import pytest

from tests.consistency import check_all
from tests.factories import case_in, later, set_office, take
from tests.refusals import not_theirs, refused
from yuetan.models import Alert, Attachment, Chase, SupervisionLetter
from yuetan.rules.dates import clock
from yuetan.vocabulary import CaseState, Verb

pytestmark = pytest.mark.usefixtures("office")


@pytest.fixture
def chased():
    return take(Verb.CHASE, case_in(CaseState.RECTIFYING))


@pytest.fixture
def pressed():
    set_office("supervision_blue_days", 60)  # so that some task is near its date at once
    return take(Verb.ISSUE_SUPERVISION_LETTER, case_in(CaseState.RECTIFYING))


def test_a_reply_to_a_chase_on_paper_is_the_heads_as_of_the_day_it_came(chased, officer, head, other_head):
    received = clock.now() + timedelta(days=1)
    with later(days=3):
        case = take(Verb.REGISTER_CHASE_ANSWER, chased, received_at=received)
        chase = Chase.objects.get()
        assert (chase.replied_by, chase.replied_at, chase.reply) == (head, received, "已完成大半，月底前报告。")
        assert (chase.paper_filing.registered_by, chase.paper_filing.verb) == (officer, Verb.REGISTER_CHASE_ANSWER)
        scan = chase.paper_filing.scan
        seen = [scan in Attachment.objects.visible_to(person) for person in (officer, head, other_head)]
        assert seen == [True, True, False]
        assert [
            alert.text for alert in Alert.objects.filter(recipient=head) if "催办回复已由市扫黑办代录" in alert.text
        ]
        with refused("没有待回复的催办。"):
            take(Verb.REGISTER_CHASE_ANSWER, case)
        check_all()


def test_what_is_asked_of_a_reply_is_asked_of_one_on_paper(chased):
    with refused("尚未填写回复内容。", field="reply"):
        take(Verb.REGISTER_CHASE_ANSWER, chased, reply=" ")
    with refused("代录纸质材料还缺：签字盖章的扫描件。", field="scan"):
        take(Verb.REGISTER_CHASE_ANSWER, chased, scan=None)


def test_a_supervision_letter_is_signed_for_and_answered_on_paper(pressed, officer, head):
    with later(days=1):
        case = take(Verb.REGISTER_SUPERVISION_RECEIPT, pressed)
        paper = SupervisionLetter.objects.get()
        receipt = paper.document.receipt
        assert (receipt.is_of_paper, receipt.registered_by, receipt.signer_name) == (True, officer, "褚十二")
        with refused("没有待签收的督办单。"):
            take(Verb.REGISTER_SUPERVISION_RECEIPT, case)
        case = take(Verb.REGISTER_SUPERVISION_ANSWER, case)
        paper.refresh_from_db()
        assert (paper.answered_by, paper.answer) == (head, "已责成专人办理，月底前完成。")
        assert paper.paper_filing.signer.holder == head
        check_all()


def test_an_answer_on_paper_is_late_by_the_day_it_came(pressed):
    take(Verb.ACKNOWLEDGE_SUPERVISION, pressed)
    in_time = clock.now() + timedelta(days=1)
    with later(days=40):
        take(Verb.REGISTER_SUPERVISION_ANSWER, pressed, received_at=in_time)
    assert SupervisionLetter.objects.get().answer_until is not None
    assert not SupervisionLetter.objects.get().is_answered_late


@pytest.mark.parametrize("who", ["head", "liaison", "director", "supervisor"])
def test_nobody_but_a_case_officer_registers_it(chased, request, who):
    person = request.getfixturevalue(who)
    with not_theirs():
        take(Verb.REGISTER_CHASE_ANSWER, chased, by=person)


def test_the_accounts_show_it_as_registered_from_paper(chased, client, officer, head):
    take(Verb.REGISTER_CHASE_ANSWER, chased)
    for person, name in ((officer, "张一于"), (head, "市扫黑办于")):
        client.force_login(person)
        page = client.get(f"/cases/{chased.pk}/").content.decode()
        assert "纸质代录：冯十签字" in page
        assert name in page
