"""One task from 交办 to 销号 and back: an extension, an overdue chase, a report returned, a relapse after the end."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests import cast
from tests.e2e.person import PHONE, Person
from tests.e2e.steps import TITLE, on_disk
from tests.factories import case_in, take
from yuetan.models import Case
from yuetan.vocabulary import CaseState, Verb

TOWN_HEAD, TOWN_LIAISON = f"head_{cast.TOWN}", f"liaison_{cast.TOWN}"
SECOND = "第 2 项　建立举报线索答复台账"
ASKED, WHY_ASKED = "申请延期至2026年12月25日", "需会同有关单位核查。"
CHASED, ANSWER = "请于三日内报告落实情况。", "台账已建成，本周内报告。"
LACKING = "台账缺少3条线索的办理结果。"
INNER = ("查阅台账、走访三个村。", "3条线索均已答复")


@pytest.fixture
def assigned(it_is: Callable[..., None], come_in: Callable[..., Person]) -> str:
    """The address of a case that the officer has just handed to the town, the first of its tasks done since."""
    it_is(11, 23)
    case = case_in(CaseState.MINUTED)
    officer = come_in("officer")
    officer.follow(TITLE)
    officer.follow("交办整改")
    officer.checks_and_does("交办整改")
    officer.reads(SECOND, "待报告")
    for verb in (Verb.PREPARE_REPORT, Verb.HAND_IN_REPORT, Verb.ACCEPT_TASK):
        take(verb, case)
    return f"/cases/{case.pk}/"


def test_from_assignment_to_the_end_and_back(
    assigned: str, come_in: Callable[..., Person], it_is: Callable[..., None], tmp_path: Path
) -> None:
    it_is(12, 10)
    more_time_is_asked_for(come_in(TOWN_HEAD, width=PHONE))
    more_time_is_granted(come_in("director"))
    the_unit_reads_why_this_day(come_in(TOWN_HEAD, width=PHONE))
    it_is(12, 28)
    it_is_chased_by_the_keyboard(come_in("supervisor"))
    the_unit_answers(come_in(TOWN_LIAISON, width=PHONE))
    it_is_reported(come_in, "台账已建成。", on_disk(tmp_path, "台账.pdf"))
    it_is_returned(come_in("supervisor"))
    it_is_reported(come_in, "3条线索均已补办结果。", on_disk(tmp_path, "补充台账.pdf"), LACKING)
    it_is_accepted(come_in("supervisor"))
    it_is_inspected(come_in("supervisor"), on_disk(tmp_path, "签字记录.pdf"))
    the_case_is_closed(come_in("director"))
    it_is(12, 31)
    it_has_relapsed(come_in("supervisor"), on_disk(tmp_path, "回头看记录.pdf"))
    it_is_opened_again(come_in("director"))
    both_sides_read_that_it_is_open_again(come_in, assigned)
    assert Case.objects.get().state == CaseState.RECTIFYING


def more_time_is_asked_for(head: Person) -> None:
    head.opens(TITLE)
    head.follow("申请延期")
    head.meets_no_barrier()
    head.write("申请延至", "2026-12-25")
    head.write("延期理由", WHY_ASKED)
    head.does("申请延期")
    head.reads(ASKED, "待审批")


def more_time_is_granted(director: Person) -> None:
    director.reads("审批延期")
    director.follow(TITLE)
    director.follow("审批延期")
    director.reads(f"{ASKED}：{WHY_ASKED}")
    director.meets_no_barrier()
    director.choose("同意延期")
    director.write("审批意见", "同意，不再延期。")
    director.does("审批延期")
    director.reads("2026年12月25日", "首次时限：2026年12月20日")


def the_unit_reads_why_this_day(head: Person) -> None:
    head.opens(TITLE)
    head.reads("首次时限：2026年12月20日", "同意，不再延期。")
    head.page.locator("article", has_text=SECOND).get_by_role("link", name="为什么是这一天").click()
    head.reads("为什么是这一天：2026年12月25日", "2026年12月20日", "同意，不再延期。", "逐日计算")
    head.meets_no_barrier()


def it_is_chased_by_the_keyboard(supervisor: Person) -> None:
    supervisor.follow("整改台账")
    supervisor.reads("逾期 3 天")
    supervisor.meets_no_barrier()
    box = supervisor.page.get_by_label("选择：蓬江区棠下镇第 2 项")
    keys = supervisor.page.keyboard
    while not box.is_checked():
        keys.press("ArrowDown")
        keys.press("Space")
    button = supervisor.page.get_by_role("button", name="催办选中的")
    for _ in range(20):
        if button.evaluate("button => button === document.activeElement"):
            break
        keys.press("Shift+Tab")
    keys.press("Enter")
    supervisor.reads("催办：选中的 1 项整改任务", "建立举报线索答复台账")
    supervisor.meets_no_barrier()
    supervisor.write("催办内容", CHASED)
    supervisor.press("催办")
    supervisor.reads("已催办 1 项整改任务", "催办 1 次")


def the_unit_answers(liaison: Person) -> None:
    liaison.reads("逾期 3 天", CHASED)
    liaison.follow("回复催办（第 2 项）")
    liaison.meets_no_barrier()
    liaison.write("回复", ANSWER)
    liaison.does("回复催办")
    liaison.reads(ANSWER)


def it_is_reported(come_in: Callable[..., Person], text: str, files: list[Path], *sentences: str) -> None:
    liaison = come_in(TOWN_LIAISON, width=PHONE)
    liaison.opens(TITLE)
    liaison.reads(*sentences)
    liaison.follow("填写整改报告")
    liaison.meets_no_barrier()
    liaison.write("落实情况", text)
    liaison.page.get_by_label("佐证材料").set_input_files(files)
    liaison.saves_a_draft()
    head = come_in(TOWN_HEAD, width=PHONE)
    head.opens(TITLE)
    head.reads(text, "草稿，尚未报送")
    head.follow("报送整改报告")
    head.meets_no_barrier()
    head.checks_and_does("报送整改报告")
    head.reads("已报告，待核查")


def it_is_returned(supervisor: Person) -> None:
    supervisor.reads("核查整改报告")
    supervisor.follow(TITLE)
    supervisor.reads(ANSWER, "台账已建成。", "台账.pdf")
    supervisor.follow("销号")
    supervisor.follow("退回整改报告")
    supervisor.meets_no_barrier()
    supervisor.write("退回原因", LACKING)
    supervisor.does("退回整改报告")
    supervisor.reads("已退回，待重新报告", LACKING)


def it_is_accepted(supervisor: Person) -> None:
    supervisor.follow(TITLE)
    supervisor.reads("3条线索均已补办结果。", "补充台账.pdf")
    supervisor.follow("销号")
    supervisor.meets_no_barrier()
    supervisor.type(note="查阅台账，已落实。")
    supervisor.checks_and_does("销号")
    expect(supervisor.page.get_by_text("已销号", exact=True)).to_have_count(2)


def it_is_inspected(supervisor: Person, sheet: list[Path]) -> None:
    supervisor.follow(TITLE)
    supervisor.follow("启动督查")
    supervisor.type(planned_on="2026-12-28", plan=INNER[0])
    supervisor.select(inspectors__0__post="周七（督查员）")
    supervisor.press("下一步：核对")
    supervisor.reads("需要改正", "两人")
    supervisor.meets_no_barrier()
    supervisor.select(inspectors__1__post="王三（主任）")
    supervisor.checks_and_does("启动督查")
    supervisor.follow("记录督查情况")
    supervisor.reads("第 1 项　开展一轮线索集中摸排", SECOND)
    supervisor.meets_no_barrier()
    supervisor.type(task_findings__0__words="台账齐全。", task_findings__1__words=INNER[1])
    supervisor.select(task_findings__0__outcome="属实，已落实", task_findings__1__outcome="属实，已落实")
    supervisor.type(findings="两项措施均已落实。", basis="查阅台账、实地核查。", inspected_on="2026-12-28")
    supervisor.offer("scan", *sheet)
    supervisor.choose("整改到位，建议办结")
    supervisor.confirms_and_does("记录督查情况")
    supervisor.reads("周七（江门市扫黑除恶专项斗争领导小组办公室督查员）", "签字的记录已上传", *INNER)


def the_case_is_closed(director: Person) -> None:
    director.follow(TITLE)
    director.follow("办结销号")
    director.meets_no_barrier()
    director.write("回头看日期", "2026-12-31")
    director.checks_and_does("办结销号")
    director.reads("已办结（销号）")


def it_has_relapsed(supervisor: Person, sheet: list[Path]) -> None:
    supervisor.reads("记录回头看")
    supervisor.follow(TITLE)
    supervisor.follow("记录回头看")
    supervisor.meets_no_barrier()
    supervisor.write("实际日期", "2026-12-31")
    supervisor.select(inspectors__0__post="周七（督查员）", inspectors__1__post="李二（承办人）")
    supervisor.offer("scan", *sheet)
    supervisor.write("回头看情况", "台账12月28日后停止更新。")
    supervisor.choose("问题复发")
    supervisor.confirms_and_does("记录回头看")
    supervisor.follow("提请重启整改")
    supervisor.meets_no_barrier()
    supervisor.choose(SECOND)
    supervisor.type(reason="答复台账又停了。", new_due_on="2027-01-15")
    supervisor.checks_and_does("提请重启整改")


def it_is_opened_again(director: Person) -> None:
    director.reads("决定是否重启整改")
    director.follow(TITLE)
    director.follow("复发重启整改")
    director.reads("答复台账又停了。", "2027年1月15日")
    director.meets_no_barrier()
    director.checks_and_does("复发重启整改")


def both_sides_read_that_it_is_open_again(come_in: Callable[..., Person], address: str) -> None:
    supervisor = come_in("supervisor")
    supervisor.goes_to(address)
    supervisor.reads("问题复发 1 次", "复发次数", "复发重启整改")
    supervisor.meets_no_barrier()
    auditor = come_in("auditor")
    auditor.goes_to("/log/")
    auditor.reads("复发重启整改", "记录回头看")
    auditor.meets_no_barrier()
    head = come_in(TOWN_HEAD, width=PHONE)
    head.reads("2027年1月15日")
    head.goes_to(address)
    head.reads("答复台账又停了。", "2027年1月15日", "首次时限：2026年12月20日")
    head.reads_nowhere(*INNER, "停止更新")
    head.meets_no_barrier()
