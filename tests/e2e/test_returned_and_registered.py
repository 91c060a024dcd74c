"""A proposal that was returned twice and approved at a meeting, and one that a delegate approves."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from tests import cast
from tests.e2e.paper import words_of
from tests.e2e.person import PHONE, Person
from tests.e2e.steps import TITLE, on_disk
from tests.factories import case_in
from yuetan.vocabulary import CaseState

FIRST, OVERDUE, DAYS = "上报线索仅2条。", "其中1条逾期。", "逾期15天。"
MEETING = "领导小组2026年第3次会议"
TOWN_HEAD = f"head_{cast.TOWN}"


def test_returned_twice_and_approved_at_a_meeting(
    come_in: Callable[..., Person], it_is: Callable[..., None], tmp_path: Path
) -> None:
    it_is(11, 23)
    case_in(CaseState.IN_REVIEW, draft={"facts": FIRST})
    it_is(11, 24)
    director, officer = come_in("director"), come_in("officer")
    the_director_returns_it(director)
    it_is_changed_and_handed_in(officer, "请补充逾期情况。", FIRST + OVERDUE)
    it_is_endorsed_after_comparing(director, added=OVERDUE)
    leader = come_in("group_leader")
    the_leader_returns_it(leader)
    it_is_changed_and_handed_in(officer, "逾期几天？请写明。", FIRST + OVERDUE + DAYS)
    it_is_endorsed_after_comparing(director, added=DAYS)
    the_office_registers_the_meeting(director, on_disk(tmp_path, "会议纪录签批.pdf"))
    another_compares_it(officer)
    everybody_reads_how_it_was_approved(officer, leader)
    come_in(TOWN_HEAD, width=PHONE).sees_no_case()


def the_director_returns_it(director: Person) -> None:
    director.follow(TITLE)
    director.follow("核稿同意，报审定")
    director.reads(FIRST)
    director.follow("退回修改")
    director.meets_no_barrier()
    director.write("退回原因", "请补充逾期情况。")
    director.does("退回修改")
    director.reads("拟稿", "请补充逾期情况。")


def it_is_changed_and_handed_in(officer: Person, reason: str, facts: str) -> None:
    officer.goes_to("/")
    officer.follow(TITLE)
    officer.reads(reason)
    officer.follow("修改建议")
    officer.reads(reason)
    officer.type(grounds__5_2__facts=facts)
    officer.press("保存并报核")
    officer.reads("已报核，等待办公室主任核稿。")


def it_is_endorsed_after_comparing(director: Person, *, added: str) -> None:
    director.goes_to("/")
    director.follow(TITLE)
    director.follow("各稿对比")
    director.reads("1 处有改动")
    director.meets_no_barrier()
    expect(director.page.locator("ins")).to_contain_text(added)
    expect(director.page.locator("del")).to_have_count(0)
    director.follow("返回")
    director.follow("核稿同意，报审定")
    director.does("核稿同意，报审定")


def the_leader_returns_it(leader: Person) -> None:
    leader.follow(TITLE)
    leader.page.get_by_text("退回修改…").click()
    leader.write("退回原因", "逾期几天？请写明。")
    leader.does("退回修改")


def the_office_registers_the_meeting(director: Person, proof: list[Path]) -> None:
    director.follow("登记审定")
    director.choose("会议审定")
    director.press("登记审定")
    director.reads("处需要改正", "会议")
    director.meets_no_barrier()
    director.page.get_by_label("作出审定的领导").select_option(label="赵四（市扫黑除恶专项斗争领导小组组长）")
    director.write("会议名称及届次", MEETING)
    director.type(given_on="2026-11-24")
    director.write("审定意见", "会议同意。")
    director.choose("审定同意")
    director.offer("proof", *proof)
    director.does("登记审定")


def another_compares_it(officer: Person) -> None:
    officer.goes_to("/cases/")
    officer.follow(TITLE)
    officer.follow("复核登记的审定同意")
    officer.meets_no_barrier()
    officer.choose("已打开扫描件或者会议记录，与登记的审定结果、领导、日期、意见逐项核对一致")
    officer.checks_and_does("复核登记的审定同意")


def everybody_reads_how_it_was_approved(officer: Person, leader: Person) -> None:
    for person in (officer, leader):
        person.goes_to("/cases/")
        person.reads("已审定，待通知")
        person.follow(TITLE)
        person.reads(f"会议审定（{MEETING}），2026年11月24日", "会议纪录签批.pdf")
    form = words_of(officer.takes_home("约谈建议呈批表"))
    assert f"审定同意（会议审定：{MEETING}）" in form
    assert FIRST + OVERDUE + DAYS in form


def test_a_delegate_approves_in_the_leader_s_stead(come_in: Callable[..., Person], it_is: Callable[..., None]) -> None:
    it_is(11, 23)
    case_in(CaseState.PROPOSED)
    leader = come_in("group_leader")
    leader.follow("审定委托")
    leader.meets_no_barrier()
    leader.page.get_by_label("受托人").select_option(label="孙六（市扫黑除恶专项斗争领导小组副组长）")
    leader.type(begins_on="2026-11-23", ends_on="2026-11-27", reason="外出学习")
    leader.press("委托")
    leader.reads("已委托孙六审定：2026年11月23日至2026年11月27日。")
    delegate = come_in("deputy")
    delegate.follow(TITLE)
    delegate.reads("您受组长赵四委托审定")
    delegate.does("审定同意")
    delegate.reads("受组长赵四委托")
    officer = come_in("officer")
    officer.follow(TITLE)
    officer.reads("受组长赵四委托")
    assert "受组长赵四委托" in words_of(officer.takes_home("约谈建议呈批表"))
