"""A log-in that ends while somebody types: no word is lost, the page warns before, and a chosen file stays chosen."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests import cast
from tests.e2e.person import PASSWORD, Person
from tests.e2e.test_autosave import waits_for
from tests.factories import case_in, letter_in
from yuetan.actions.letter.letter import return_letter
from yuetan.models import DraftField, Letter, Session
from yuetan.rules.dates import clock
from yuetan.vocabulary import CaseState, LetterState, Verb

HELD = "Object.entries(localStorage).filter(([key]) => /^yuetan-(draft|sent):/.test(key))"


@pytest.fixture
def page_of_decline(it_is: Callable[..., None]) -> str:
    """Where a leader declines a proposal."""
    it_is(11, 23, 10)
    return f"/cases/{case_in(CaseState.PROPOSED).pk}/steps/{Verb.DECLINE}/"


def ends_the_session() -> None:
    """As after a night."""
    Session.objects.all().delete()


def logs_in_again(person: Person) -> None:
    """In another window of the same browser."""
    user = cast.person(person.name)
    user.set_password(PASSWORD)
    user.save()
    window = person.context.new_page()
    window.goto("/login/")
    window.fill("[name=username]", person.name)
    window.fill("[name=password]", PASSWORD)
    window.get_by_role("button", name="登录", exact=True).click()
    expect(window.locator("body")).to_contain_text("待办事项")
    window.close()


def test_what_was_typed_before_the_session_ended_is_sent_after_the_next_log_in(come_in, page_of_decline):
    leader = come_in("group_leader")
    leader.page.goto(page_of_decline)
    ends_the_session()
    leader.type(opinion="已另行部署，不再约谈。")
    leader.press("下一步：核对")
    said = leader.page.locator("[data-draft-status]")
    expect(said).to_contain_text("没有提交：登录已过期")
    with leader.page.expect_response("**/autosave/**"):
        leader.type(opinion="已另行部署，不再约谈。 ")
        leader.type(opinion="已另行部署，不再约谈。")
    leader.page.wait_for_timeout(200)  # what is answered to a later save takes nothing of it back
    expect(said).to_contain_text("没有提交：登录已过期")
    expect(leader.field("opinion")).to_have_value("已另行部署，不再约谈。")
    assert not DraftField.objects.exists()
    logs_in_again(leader)
    leader.checks_and_does("不予约谈")
    leader.reads("已另行部署，不再约谈。")
    waits_for(leader, lambda: leader.page.evaluate(HELD) == [])


def test_what_only_this_computer_holds_outlives_a_form_that_met_the_log_in_page(come_in, page_of_decline):
    leader = come_in("group_leader")
    leader.page.goto(page_of_decline)
    leader.page.context.route("**/autosave/**", lambda route: route.abort())
    leader.type(opinion="已另行部署，不再约谈。")
    ends_the_session()
    # Sent past the script that would have asked first, as by a browser in which it did not end in time.
    leader.page.evaluate(
        """() => { const url = document.querySelector('[data-draft-url]').dataset.draftUrl;
        localStorage.setItem(`yuetan-sent:${document.body.dataset.user}:${url}`, '1');
        HTMLFormElement.prototype.submit.call(document.querySelector('main form[method=post]')); }"""
    )
    leader.reads("登录")
    leader.page.context.unroute("**/autosave/**")
    logs_in_again(leader)
    leader.page.goto(page_of_decline)
    expect(leader.field("opinion")).to_have_value("已另行部署，不再约谈。")


def test_a_page_warns_before_the_session_ends_and_lets_it_last(come_in, page_of_decline):
    leader = come_in("group_leader")
    begun = Session.objects.get().expire_date
    Session.objects.update(expire_date=clock.now() + timedelta(minutes=5, seconds=2))
    leader.page.goto(f"{page_of_decline}autosave/")  # a page that asks by itself lets nothing last longer
    assert Session.objects.get().expire_date < begun
    leader.page.goto("/help/")
    assert Session.objects.get().expire_date >= begun
    Session.objects.update(expire_date=clock.now() + timedelta(minutes=4))
    leader.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    warning = leader.page.locator("[data-session-warning]")
    expect(warning).to_contain_text("登录将在 4 分钟内过期。")
    leader.meets_no_barrier()
    leader.press("继续使用")
    expect(warning).to_be_hidden()
    assert Session.objects.get().expire_date >= begun
    ends_the_session()
    leader.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(warning).to_contain_text("登录已过期。")


def test_a_returned_letter_is_saved_while_it_is_revised(come_in, it_is):
    it_is(11, 23, 10)
    letter = letter_in(LetterState.DRAFTED, to=cast.unit(cast.TOWN))
    return_letter(letter, by=cast.person("group_leader"), reason="请写明时限。")
    supervisor = come_in("supervisor")
    supervisor.page.goto(f"/letters/{letter.pk}/revise/")
    supervisor.reads("请写明时限。")
    supervisor.type(requirements="请于十日内整改到位。")
    expect(supervisor.page.locator("[data-draft-status]")).to_contain_text("已自动保存 10:00")
    supervisor.page.reload()
    expect(supervisor.field("requirements")).to_have_value("请于十日内整改到位。")
    supervisor.press("保存，重新送签发")
    supervisor.reads("提醒函已修改，等待领导小组领导签发。", "请于十日内整改到位。")
    assert Letter.objects.get().state == LetterState.DRAFTED
    assert not DraftField.objects.exists()


def test_a_chosen_file_survives_choosing_another_task(come_in, it_is, tmp_path):
    it_is(11, 23, 10)
    case = case_in(CaseState.RECTIFYING)
    officer = come_in("officer")
    first, second = case.tasks.order_by("number")[:2]
    officer.page.goto(f"/cases/{case.pk}/steps/{Verb.REGISTER_EXTENSION}/?task={first.pk}")
    scan = tmp_path / "延期申请.png"
    scan.write_bytes(b"\x89PNG\r\n\x1a\n")
    officer.offer("scan", scan)
    officer.reads("延期申请.png")
    officer.page.locator(f"[name=task][value='{second.pk}']").check()
    officer.page.wait_for_url(f"**task={second.pk}")
    officer.reads("延期申请.png")
    assert officer.field("scan").evaluate("input => input.files[0].name") == "延期申请.png"
    expect(officer.page.locator(f"[name=task][value='{second.pk}']")).to_be_checked()
