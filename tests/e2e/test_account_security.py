"""A passkey in the place of the password; an initial password is changed; before a decision the page asks again."""

from collections.abc import Callable

import pytest

from tests import cast
from tests.e2e.person import DESKTOP, PASSWORD, PHONE, Person
from tests.factories import case_in, set_setting
from yuetan.actions.people.account import set_account
from yuetan.models import Passkey
from yuetan.vocabulary import CaseState, Verb


def holds_a_device(person: Person) -> None:
    """A machine with a fingerprint reader, as Chromium plays one for tests."""
    session = person.context.new_cdp_session(person.page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_takes_the_place_of_the_password(come_in: Callable[..., Person], it_is: Callable[..., None]) -> None:
    it_is(11, 23, 10)
    leader = come_in("deputy")
    holds_a_device(leader)
    leader.goes_to("/account/")
    leader.meets_no_barrier(DESKTOP, PHONE)
    leader.follow("设置通行密钥")
    leader.meets_no_barrier(DESKTOP, PHONE)
    leader.write("名称", "办公室电脑")
    leader.press("设置")
    leader.reads("通行密钥已设置", "备用码")
    leader.meets_no_barrier(DESKTOP, PHONE)
    leader.follow("已经保管好")
    leader.reads("办公室电脑")
    leader.meets_no_barrier(DESKTOP, PHONE)
    leader.press("退出")
    leader.reads("登录")
    leader.meets_no_barrier(DESKTOP, PHONE)
    leader.press("用通行密钥登录")
    leader.reads("待办事项", "孙六")
    assert Passkey.objects.get().sign_count > 0


def test_after_the_password_the_passkey_is_asked_for(come_in, it_is):
    it_is(11, 23, 10)
    leader = come_in("deputy")
    holds_a_device(leader)
    leader.goes_to("/account/passkeys/new/")
    leader.write("名称", "手机")
    leader.press("设置")
    leader.reads("备用码")
    leader.press("退出")
    user = cast.person("deputy")
    user.set_password(PASSWORD)
    user.save()
    leader.type(username="deputy", password=PASSWORD)
    leader.press("登录")
    leader.reads("第二重验证")
    leader.meets_no_barrier(DESKTOP, PHONE)
    leader.press("用通行密钥验证")
    leader.reads("待办事项")


@pytest.fixture
def decline_page(it_is: Callable[..., None]) -> str:
    """Where a leader declines a proposal."""
    it_is(11, 23, 10)
    set_setting("session_idle_minutes", 240)
    return f"/cases/{case_in(CaseState.PROPOSED).pk}/steps/{Verb.DECLINE}/"


def test_before_a_decision_the_page_asks_again_and_nothing_is_lost(come_in, decline_page, it_is):
    leader = come_in("group_leader", by_form=True)
    leader.goes_to(decline_page)
    leader.type(opinion="已另行部署，不再约谈。")
    leader.press("下一步：核对")
    leader.reads("核对：不予约谈")
    set_setting("reauthentication_minutes", 1)
    it_is(11, 23, 11)
    leader.press("不予约谈")
    leader.reads("再次验证身份")
    leader.meets_no_barrier(DESKTOP, PHONE)
    leader.type(again_password="wrong-lantern-46")
    leader.press("验证并继续")
    leader.reads("没有通过验证")
    leader.type(again_password=PASSWORD)
    leader.press("验证并继续")
    leader.reads("已办理：不予约谈。", "已另行部署，不再约谈。")


def test_an_initial_password_is_changed_at_the_first_log_in(come_in, it_is):
    it_is(11, 23, 10)
    officer = come_in("officer")
    officer.press("退出")
    set_account(cast.person("officer"), by=cast.person("sysadmin"), username="officer", password="initial-lantern-46")
    officer.type(username="officer", password="initial-lantern-46")
    officer.press("登录")
    officer.reads("初始密码", "修改密码")
    officer.meets_no_barrier(DESKTOP, PHONE)
    officer.type(old_password="initial-lantern-46", new_password1=PASSWORD, new_password2=PASSWORD)
    officer.press("修改密码")
    officer.reads("密码已修改", "待办事项")
