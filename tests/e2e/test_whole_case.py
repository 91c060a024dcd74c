"""The whole case in a real Chromium, by the people whose steps they are; none of them has a mouse."""

import functools
from collections.abc import Callable
from pathlib import Path

from tests import cast
from tests.e2e.person import Person
from tests.e2e.steps import FACTS, TITLE, approve, endorse, on_disk, propose, serve_notice
from yuetan.models import Case
from yuetan.vocabulary import CaseState

INNER = (FACTS, "张一", "王三", "赵四", "情况属实", "从速办理", "现场.png", "约谈〔2026〕1号")
TOWN_HEAD, TOWN_LIAISON = f"head_{cast.TOWN}", f"liaison_{cast.TOWN}"


def test_from_proposal_to_closing(come_in: Callable[..., Person], it_is: Callable[..., None], tmp_path: Path) -> None:
    come_in = functools.partial(come_in, mouse=False)
    it_is(11, 23)
    propose(come_in("officer", by_form=True), on_disk(tmp_path, "现场.png", "线索台账.pdf"))
    endorse(come_in("director"))
    approve(come_in("group_leader"))
    officer = come_in("officer")
    serve_notice(officer)
    assert officer.takes_home("约谈通知书　江扫黑办〔2026〕1号").startswith(b"%PDF-")
    it_is(11, 24)
    the_town_prepares(come_in, on_disk(tmp_path, "书面材料.pdf"))
    it_is(12, 3, 14)
    the_interview_is_recorded(come_in("officer"))
    the_minutes_go_out(come_in)
    it_is(12, 15)
    the_town_reports(come_in, on_disk(tmp_path, "摸排报告.pdf"))
    it_is(12, 21)
    the_case_is_closed(come_in)
    assert Case.objects.get().state == CaseState.CLOSED


def the_town_prepares(come_in: Callable[..., Person], files: list[Path]) -> None:
    liaison = come_in(TOWN_LIAISON)
    liaison.follow(TITLE)
    liaison.reads_nowhere(*INNER)
    liaison.follow("签收通知")
    liaison.checks_and_does("签收通知")
    liaison.follow("填写书面材料")
    liaison.type(situation="全镇辖12个村。", problems="摸排不细。", causes="责任不实。", measures="立即摸排。")
    liaison.offer("files", *files)
    liaison.saves_a_draft()
    head = come_in(TOWN_HEAD)
    head.follow(TITLE)
    head.follow("提交书面材料")
    head.checks_and_does("提交书面材料")
    head.reads("冯十于2026年11月24日", "书面材料.pdf")


def the_interview_is_recorded(officer: Person) -> None:
    officer.follow(TITLE)
    assert officer.takes_home("书面材料.pdf").startswith(b"%PDF-")
    officer.follow("记录约谈")
    officer.choose("孙六到会")
    parts = {"problems": "通报摸排不深入的问题。", "statement": "认领问题。", "discussion": "措施可行。"}
    officer.type(**parts, measures__0__content="集中摸排", measures__0__responsible_person="冯十")
    officer.press("增加一项")
    officer.type(measures__0__proof_required="摸排报告", measures__0__acceptance_standard="全镇摸排一遍，无遗漏")
    officer.type(attendances__0__attended_by="陈十一")
    officer.press("下一步：核对")
    officer.reads("不得委托陈十一代为接受约谈", "依据第九条第三项，第 1 项整改措施还缺：时限。")
    officer.type(measures__0__due_on="2026-12-18", attendances__0__attended_by="冯十")
    officer.press("下一步：核对")
    officer.reads("核对：记录约谈", "2026年12月18日")
    officer.does("记录约谈")


def the_minutes_go_out(come_in: Callable[..., Person]) -> None:
    interviewer = come_in("deputy")
    interviewer.follow(TITLE)
    interviewer.follow("确认纪要文本")
    interviewer.does("确认纪要文本")
    officer = come_in("officer")
    officer.follow(TITLE)
    officer.follow("送被约谈方确认")
    officer.checks_and_does("送被约谈方确认")
    head = come_in(TOWN_HEAD)
    head.follow(TITLE)
    head.follow("反馈纪要意见")
    head.choose("无异议")
    head.checks_and_does("反馈纪要意见")
    director = come_in("director")
    director.follow(TITLE)
    director.follow("印发纪要")
    director.press("下一步：核对")
    director.reads("江扫黑办纪〔2026〕1号")
    director.does("印发纪要")
    assert director.takes_home("约谈纪要　江扫黑办纪〔2026〕1号").startswith(b"%PDF-")
    officer.page.reload()
    officer.follow("交办整改")
    officer.checks_and_does("交办整改")
    officer.reads("第 1 项　集中摸排", "待报告")


def the_town_reports(come_in: Callable[..., Person], files: list[Path]) -> None:
    liaison = come_in(TOWN_LIAISON)
    liaison.follow(TITLE)
    liaison.reads_nowhere(*INNER)
    liaison.follow("填写整改报告")
    liaison.type(reports__1__text="已摸排12个村。")
    liaison.offer("reports-1-files", *files)
    liaison.saves_a_draft()
    head = come_in(TOWN_HEAD)
    head.follow(TITLE)
    head.follow("报送整改报告")
    head.reads("已摸排12个村。", "全镇摸排一遍，无遗漏")
    head.checks_and_does("报送整改报告")
    head.reads("已报告，待核查")


def the_case_is_closed(come_in: Callable[..., Person]) -> None:
    supervisor = come_in("supervisor")
    supervisor.follow(TITLE)
    supervisor.follow("销号")
    supervisor.choose("第 1 项")
    supervisor.type(note="查阅台账，属实，已落实。")
    supervisor.checks_and_does("销号")
    supervisor.follow("启动督查")
    supervisor.type(planned_on="2026-12-21", plan="查阅台账、走访村组。")
    supervisor.select(inspectors__0__post="周七（督查员）", inspectors__1__post="张一（承办人）")
    supervisor.checks_and_does("启动督查")
    supervisor.follow("记录督查情况")
    supervisor.type(task_findings__0__words="台账齐全。", findings="走访三个村。", basis="查阅台账。")
    supervisor.select(task_findings__0__outcome="属实，已落实")
    supervisor.type(inspected_on="2026-12-21")
    supervisor.choose("整改到位，建议办结")
    supervisor.confirms_and_does("记录督查情况")
    officer = come_in("officer")
    officer.follow(TITLE)
    officer.reads("待张一签认")
    officer.follow("签认督查记录")
    officer.meets_no_barrier()
    officer.confirms_and_does("签认督查记录")
    officer.reads("均已签认")
    director = come_in("director")
    director.follow(TITLE)
    director.follow("办结销号")
    director.checks_and_does("办结销号")
    director.reads("已办结（销号）")
    head = come_in(TOWN_HEAD)
    head.follow("约谈台账")
    head.follow(TITLE)
    head.reads("已办结（销号）")
    head.reads_nowhere(*INNER, "走访三个村")
