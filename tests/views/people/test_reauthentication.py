"""再次验证身份: before a decision one shows once more that it is oneself, and nothing that was written is lost."""

import pytest
from django.urls import reverse

from tests import cast
from tests.factories import case_in, later, letter_in
from tests.views.people.test_second_factor import code_of
from tests.web import Visitor
from yuetan.models import Case, Event, Letter, OfficeSetting, SettingChange, TotpDevice, User
from yuetan.vocabulary import CaseState, LetterState, Verb

PASSWORD, ASKED = "quiet-lantern-47", "距您上次验证身份已有一段时间"
OPINION = "已另行部署，不再约谈。"


@pytest.fixture
def leader(group_leader: User) -> User:
    """赵四, whose password is known to the test."""
    group_leader.set_password(PASSWORD)
    group_leader.save()
    return group_leader


@pytest.fixture
def visitor(leader: User) -> Visitor:
    """赵四 at a browser in which they have logged in just now."""
    return Visitor(leader)


def declines(visitor: Visitor, case: Case) -> str:
    """The words of the page that answers to the confirmed decision."""
    visitor.open(f"/cases/{case.pk}/steps/{Verb.DECLINE}/")
    visitor.press("下一步：核对", opinion=OPINION)
    return visitor.press("不予约谈").words


def test_who_has_just_logged_in_is_not_asked(visitor):
    case = case_in(CaseState.PROPOSED)
    with later(minutes=29):
        assert ASKED not in declines(visitor, case)
    assert Case.objects.get().state == CaseState.DECLINED


def test_later_the_page_asks_and_goes_on_with_what_was_written(visitor):
    case = case_in(CaseState.PROPOSED)
    with later(minutes=31):
        assert ASKED in declines(visitor, case)
        assert Case.objects.get().state == CaseState.PROPOSED
        page = visitor.press("验证并继续", expect=422, again_password="wrong-lantern-46")
        assert "没有通过验证" in page
        assert Case.objects.get().state == CaseState.PROPOSED
        visitor.press("验证并继续", again_password=PASSWORD)
    assert Event.objects.get(verb=Verb.DECLINE).opinion == OPINION
    assert PASSWORD not in str(list(Event.objects.values_list("data", "opinion")))


def test_once_shown_it_holds_for_a_while(visitor):
    cases = [case_in(CaseState.PROPOSED, draft={"matter": matter}) for matter in ("甲事项", "乙事项")]
    with later(minutes=31):
        declines(visitor, cases[0])
        visitor.press("验证并继续", again_password=PASSWORD)
        assert ASKED not in declines(visitor, cases[1])


def test_the_password_is_not_guessed_there(visitor):
    case = case_in(CaseState.PROPOSED)
    with later(minutes=31):
        declines(visitor, case)
        for _ in range(5):
            visitor.press("验证并继续", expect=422, again_password="wrong-lantern-46")
        visitor.press("验证并继续", expect=429, again_password=PASSWORD)
    assert Case.objects.get().state == CaseState.PROPOSED


def test_a_code_of_the_app_will_do(visitor):
    case = case_in(CaseState.PROPOSED)
    secret = _set_up(visitor)
    with later(minutes=31):
        declines(visitor, case)
        visitor.press("验证并继续", again_code=code_of(secret))
    assert Case.objects.get().state == CaseState.DECLINED


def _set_up(visitor: Visitor) -> str:
    page = visitor.open("/account/totp/")
    secret = page.words.partition("手工输入密钥：")[2].partition("\n")[0].replace(" ", "")
    visitor.press("设置", code=code_of(secret))
    assert TotpDevice.objects.exists()
    return secret


def test_so_it_is_with_several_at_once(visitor):
    case = case_in(CaseState.PROPOSED)
    with later(minutes=31):
        visitor.open("/approvals/")
        visitor.press("选定的一并同意", cases=[str(case.pk)])
        assert ASKED in visitor.press("审定同意（1 件）", opinion="同意。")
        assert Case.objects.get().state == CaseState.PROPOSED
        visitor.press("验证并继续", again_password=PASSWORD)
    assert Case.objects.get().state == CaseState.APPROVED


def test_with_the_signature_of_a_letter(visitor):
    letter = letter_in(LetterState.DRAFTED)
    with later(minutes=31):
        visitor.open(reverse("approve_letter", args=[letter.pk]))
        assert ASKED in visitor.press("确认签发")
        visitor.press("验证并继续", again_password=PASSWORD)
    assert Letter.objects.get().state == LetterState.ISSUED


def test_and_with_a_setting_that_says_who_decides(visitor, director):
    director.set_password(PASSWORD)
    director.save()
    keeper = Visitor(director)
    with later(minutes=31):
        keeper.open("/settings/delegation_allowed/")
        assert ASKED in keeper.press("提请领导确认", value="False")
        assert not SettingChange.objects.exists()
        keeper.press("验证并继续", again_password=PASSWORD)
        change = SettingChange.objects.get()
        visitor.open(f"/settings/changes/{change.pk}/")
        assert ASKED in visitor.press("提交决定", agreed="True")
        visitor.press("验证并继续", again_password=PASSWORD)
    assert not OfficeSetting.objects.flag("delegation_allowed")


def test_what_decides_nothing_is_not_asked_for(visitor, director):
    keeper = Visitor(director)
    with later(minutes=31):
        keeper.open("/settings/notice_lead_days/")
        assert ASKED not in keeper.press("保存修改", value="4")
        case = case_in(CaseState.PROPOSED)
        visitor.open(f"/cases/{case.pk}/steps/{Verb.RETURN_FOR_CHANGES}/")
    assert OfficeSetting.objects.number("notice_lead_days") == 4


def test_the_office_may_do_without_it(visitor):
    OfficeSetting.objects.filter(key="reauthentication_minutes").update(value=0)
    case = case_in(CaseState.PROPOSED)
    with later(minutes=50):
        assert ASKED not in declines(visitor, case)
    assert cast.person("group_leader").check_password(PASSWORD)
