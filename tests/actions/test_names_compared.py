"""Names are compared and kept by one function wherever they are typed."""

import pytest

from tests.factories import case_in, keywords, later, take
from tests.refusals import refused
from yuetan.models import Participant, Receipt
from yuetan.vocabulary import Attendance, CaseState, Verb


def came(case, name):
    (row,) = keywords(Verb.HOLD_INTERVIEW, case)["attendances"]
    return [row | {"attended_by": name, "attendance": Attendance.PRESENT}]


@pytest.mark.parametrize("entered", ["冯　十", "冯\u200b十", " 冯 十 "])
def test_one_man_is_one_man_however_his_name_is_typed(office, entered):
    case = case_in(CaseState.NOTIFIED)
    with later(days=30):
        others = [{"name": "许　廿一", "title": "市扫黑办"}]
        case = take(Verb.HOLD_INTERVIEW, case, attendances=came(case, entered), attendees=others)
    assert case.interview.attendances.get().post.holder.name == "冯十"
    assert Participant.objects.get(name="许廿一").title == "市扫黑办"


def test_another_man_is_another_man(office):
    case = case_in(CaseState.NOTIFIED)
    with (
        later(days=30),
        refused("办公室设定：约谈对象冯十须本人到会，不得委托冯石代为接受约谈；未到会的请记为缺席并写明原因。"),
    ):
        take(Verb.HOLD_INTERVIEW, case, attendances=came(case, "冯　石"))


def test_a_receipt_keeps_the_name_in_one_way_and_takes_one_person(office):
    case = case_in(CaseState.NOTIFIED)
    with refused(
        "姓名须写一个人的全名，只用文字和间隔号（·），不带职务、数字和标点。",
        field="signer_name",
    ):
        take(Verb.REGISTER_RECEIPT, case, signer_name="冯十、陈十一")
    take(Verb.REGISTER_RECEIPT, case, signer_name="阿不都•买买提")
    assert Receipt.objects.get().signer_name == "阿不都·买买提"
