"""Nothing that is typed is lost: a reload, a lost connection, two recorders of one interview, a shared computer."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import APIResponse, Page, Route, expect
from playwright.sync_api import Error as PlaywrightError

from tests import cast
from tests.e2e.person import Person
from tests.factories import case_after, case_in
from yuetan.models import Case, DraftField
from yuetan.vocabulary import CaseState, Verb

RECORD_PATH = f"steps/{Verb.HOLD_INTERVIEW}/"
# What the computer keeps of what was typed.
HELD = "Object.entries(localStorage).filter(([key]) => key.startsWith('yuetan-draft:'))"


@pytest.fixture
def record_page(it_is: Callable[..., None]) -> Iterator[str]:
    """The address of an interview that can be recorded."""
    it_is(11, 23, 10)
    case = case_after(Verb.HAND_IN_SUBMISSION)
    it_is(12, 3, 14)
    return f"/cases/{case.pk}/{RECORD_PATH}"


def until(true: Callable[[], bool]) -> None:
    """Wait a moment for what a page does by itself."""
    for _ in range(50):
        if true():
            return
        time.sleep(0.1)
    raise AssertionError


def waits_for(person: Person, true: Callable[[], Any]) -> None:
    """The same while the browser's events are heard; asked from outside, for a page lets nothing be evaluated."""
    for _ in range(50):
        if true():
            return
        person.page.wait_for_timeout(100)
    raise AssertionError


def status(person: Person, words: str) -> None:
    """The line that says whether what was typed is kept."""
    expect(person.page.locator("[data-draft-status]")).to_contain_text(words)


def field(person: Person, name: str):
    return person.page.locator(f"[name='{name}']")


def sits_at(person: Person, url: str) -> Person:
    person.page.goto(url)
    return person


def test_what_is_typed_is_there_after_a_reload_and_until_it_is_dropped(come_in, record_page):
    officer = sits_at(come_in("officer"), record_page)
    officer.type(discussion="措施可行，", measures__1__content="立即摸排")
    field(officer, "interviewer_present").check()
    status(officer, "已自动保存 14:00")
    officer.page.reload()
    officer.reads("以下有您填写的内容，14:00 自动保存，尚未提交。")
    expect(field(officer, "discussion")).to_have_value("措施可行，")
    expect(field(officer, "measures-1-content")).to_have_value("立即摸排")
    expect(field(officer, "interviewer_present")).to_be_checked()
    officer.follow("放弃自动保存的内容")
    officer.reads("措施可行，", "立即摸排")
    officer.press("放弃这些内容")
    expect(field(officer, "discussion")).to_have_value("")


@contextmanager
def saved_after_the_next_page_was_made(person: Person, record_page: str, words: str) -> Iterator[Page]:
    """The save is on its way while a reload is answered, and is done before the new page takes the old one's place.

    Gives a page of the same browser that runs no script of ours: the old one answers nothing while it is leaving.
    """
    saves: list[Route] = []
    pages: list[tuple[Route, APIResponse]] = []
    beside = person.context.new_page()
    beside.goto("/static/icons/favicon.svg")
    person.page.route("**/autosave/", lambda route: route.continue_() if saves else saves.append(route))
    person.page.route(f"**{record_page}", lambda route: pages.append((route, route.fetch())))
    person.type(statement=words)
    waits_for(person, lambda: saves)
    held = beside.evaluate(HELD)
    person.page.evaluate("setTimeout(() => location.reload())")
    waits_for(person, lambda: pages)
    saves[0].continue_()
    waits_for(person, lambda: beside.evaluate(HELD) != held)
    yield beside
    route, answer = pages[0]
    with person.page.expect_navigation(wait_until="commit"):
        route.fulfill(response=answer)


def test_what_is_saved_after_a_page_was_made_is_on_it_all_the_same(come_in, record_page):
    officer = sits_at(come_in("officer"), record_page)
    with saved_after_the_next_page_was_made(officer, record_page, "认领问题。"):
        assert DraftField.objects.get().value == ["认领问题。"]
    expect(field(officer, "statement")).to_have_value("认领问题。")
    officer.type(statement="认领问题，立即整改。")
    status(officer, "已自动保存 14:00")
    assert DraftField.objects.get().value == ["认领问题，立即整改。"]
    expect(officer.page.locator(".draft-conflict")).to_have_count(0)
    officer.goes_to("/cases/")
    holds_nothing(officer)


def test_a_page_asks_at_once_for_what_its_computer_no_longer_holds(come_in, record_page):
    officer = sits_at(come_in("officer"), record_page)
    with saved_after_the_next_page_was_made(officer, record_page, "认领问题。") as beside:
        beside.evaluate("localStorage.clear()")
    expect(field(officer, "statement")).to_have_value("认领问题。")


def test_a_save_that_arrives_after_the_next_page_was_typed_into_overwrites_nothing(come_in, record_page):
    officer = sits_at(come_in("officer"), record_page)
    late: list[dict[str, Any]] = []

    def keep_back(route: Route) -> None:
        request = route.request
        late.append({"data": request.post_data_buffer, "headers": request.all_headers()})
        route.abort()

    officer.page.route("**/autosave/", keep_back, times=1)
    officer.type(statement="认领问题。")
    waits_for(officer, lambda: bool(late))
    officer.page.reload()
    expect(field(officer, "statement")).to_have_value("认领问题。")
    officer.type(statement="认领问题，立即整改。")
    status(officer, "已自动保存 14:00")
    waits_for(officer, lambda: DraftField.objects.get().value == ["认领问题，立即整改。"])
    assert officer.context.request.post(f"{officer.site}{record_page}autosave/", **late[0]).status == 200
    assert DraftField.objects.get().value == ["认领问题，立即整改。"]


def test_a_lost_connection_keeps_it_here_and_sends_it_later(come_in, record_page):
    officer = sits_at(come_in("officer"), record_page)
    officer.context.set_offline(True)
    officer.type(statement="认领问题。")
    officer.press("下一步：核对")
    status(officer, "连接中断，暂时不能提交，已暂存在本机")
    officer.page.wait_for_timeout(2000)  # the save after a pause in typing fails as well, and says no less
    status(officer, "连接中断，暂时不能提交，已暂存在本机")
    assert not DraftField.objects.exists()
    officer.context.set_offline(False)
    status(officer, "已自动保存 14:00")
    assert DraftField.objects.get().value == ["认领问题。"]


def test_a_crash_without_a_connection_loses_nothing(come_in, record_page):
    officer = sits_at(come_in("officer"), record_page)
    officer.context.set_offline(True)
    officer.type(statement="认领问题。")
    status(officer, "连接中断，已暂存在本机")
    with officer.page.expect_event("crash"), pytest.raises(PlaywrightError):
        officer.page.goto("chrome://crash")  # a page that is only closed says good-bye, and may yet reach the server
    officer.page.close()
    officer.context.set_offline(False)
    officer.page = officer.context.new_page()
    sits_at(officer, record_page)
    expect(field(officer, "statement")).to_have_value("认领问题。")
    status(officer, "已自动保存 14:00")


def test_two_recorders_merge_and_meet(come_in, record_page):
    first, second = sits_at(come_in("officer"), record_page), sits_at(come_in("second_officer"), record_page)
    first.type(statement="认领问题。")
    status(first, "已自动保存")
    second.type(discussion="措施可行。")
    status(second, "已自动保存")
    looks_again(second)
    expect(field(second, "statement")).to_have_value("认领问题。")
    second.reads("张一于 14:00 改了这一栏")
    looks_again(first)
    expect(field(first, "discussion")).to_have_value("措施可行。")
    first.type(problems="通报三个问题。")
    status(first, "已自动保存")
    second.type(problems="通报两个问题。")
    status(second, "张一于 14:00 改了您正在填写的一栏")
    second.reads("通报三个问题。")
    expect(field(second, "problems")).to_have_value("通报两个问题。")
    second.press("保留我的")
    status(second, "已自动保存")
    looks_again(first)
    expect(field(first, "problems")).to_have_value("通报两个问题。")


def test_what_was_kept_under_a_name_the_form_has_no_longer_stops_nothing(come_in, record_page):
    officer = come_in("officer")
    kept = {
        "measures-0-deadline": {"value": ["三天内"], "shown": "", "label": "时限"},
        "no_such_field": {"value": ["无处可放"], "shown": "", "label": ""},
        "measures-4-content": {"value": ["第五项措施"], "shown": "", "label": "整改措施"},
    }
    key = f"yuetan-draft:{cast.person('officer').pk}:{record_page}autosave/"
    officer.page.goto("/help/")
    officer.page.evaluate("([key, kept]) => localStorage.setItem(key, JSON.stringify(kept))", [key, kept])
    sits_at(officer, record_page)
    expect(field(officer, "measures-4-content")).to_have_value("第五项措施")
    expect(field(officer, "measures-count")).to_have_value("5")
    status(officer, "已自动保存 14:00")
    assert DraftField.objects.get().value == ["第五项措施"]


def holds_nothing(person: Person) -> None:
    """The computer keeps no words."""
    waits_for(person, lambda: person.page.evaluate(HELD) == [])


def looks_again(person: Person) -> None:
    """As every fifteen seconds."""
    person.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_a_row_added_by_one_is_there_for_the_other(come_in, record_page):
    first, second = sits_at(come_in("officer"), record_page), sits_at(come_in("second_officer"), record_page)
    first.page.locator("[name='measures-add']").click()
    first.type(measures__3__content="第四项措施", measures__3__due_on="2026-12-30")
    until(lambda: DraftField.objects.count() == 2)
    looks_again(second)
    expect(field(second, "measures-3-content")).to_have_value("第四项措施")
    expect(field(second, "measures-3-due_on")).to_have_value("2026-12-30")


def test_the_last_words_typed_are_in_the_step_and_nothing_stays_behind(come_in, it_is):
    it_is(11, 23, 10)
    case = case_in(CaseState.PROPOSED)
    leader = sits_at(come_in("group_leader"), f"/cases/{case.pk}/steps/{Verb.DECLINE}/")
    leader.type(opinion="已另行部署，")
    status(leader, "已自动保存")
    leader.type(opinion="已另行部署，不再约谈。")
    leader.checks_and_does("不予约谈")
    leader.reads("已办理：不予约谈。", "已另行部署，不再约谈。")
    assert Case.objects.get().state == CaseState.DECLINED
    assert not DraftField.objects.exists()
    holds_nothing(leader)


def test_nobody_finds_on_a_shared_computer_what_another_has_typed(come_in, record_page):
    officer = sits_at(come_in("officer"), record_page)
    officer.context.set_offline(True)
    officer.type(statement="没有送出的话。")
    status(officer, "连接中断，已暂存在本机")
    officer.context.route("**/autosave/", lambda route: route.abort())
    officer.context.set_offline(False)
    officer.context.clear_cookies()
    officer.log_in(f"head_{cast.TOWN}")
    holds_nothing(officer)


def test_leaving_sends_what_this_computer_still_holds(come_in, record_page):
    officer = sits_at(come_in("officer"), record_page)
    asked: list[str] = []
    officer.page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    officer.type(statement="刚打的字。")
    officer.press("退出")
    officer.page.wait_for_url("**/login/**")
    assert asked == []
    assert DraftField.objects.get().value == ["刚打的字。"]
    holds_nothing(officer)
