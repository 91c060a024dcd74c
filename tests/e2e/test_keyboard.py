"""Decisions and answers by people who have no mouse."""

from collections.abc import Callable

from tests import cast
from tests.e2e.person import Person
from tests.factories import case_after, case_in, letter_in
from yuetan.vocabulary import CaseState, LetterState, TaskState, Verb

TOWN_HEAD, TOWN_LIAISON = f"head_{cast.TOWN}", f"liaison_{cast.TOWN}"


def test_a_proposal_is_endorsed_and_approved_without_a_mouse(
    come_in: Callable[..., Person], it_is: Callable[..., None]
) -> None:
    title = case_in(CaseState.IN_REVIEW).title
    director = come_in("director", mouse=False)
    director.follow(title)
    director.follow("核稿同意，报审定")
    director.type(opinion="情况属实，建议约谈。")
    director.does("核稿同意，报审定")
    leader = come_in("group_leader", mouse=False)
    leader.follow(title)
    leader.write("审定意见", "同意，从速办理。")
    leader.does("审定同意")
    leader.reads("现由承办人办理：书面通知。")


def test_a_unit_signs_and_answers_without_a_mouse(come_in: Callable[..., Person], it_is: Callable[..., None]) -> None:
    title = case_in(CaseState.NOTIFIED).title
    liaison = come_in(TOWN_LIAISON, mouse=False)
    liaison.follow(title)
    liaison.follow("签收通知")
    liaison.checks_and_does("签收通知")


def test_minutes_are_answered_without_a_mouse(come_in: Callable[..., Person], it_is: Callable[..., None]) -> None:
    title = case_after(Verb.SEND_MINUTES).title
    head = come_in(TOWN_HEAD, mouse=False)
    head.follow(title)
    head.follow("反馈纪要意见")
    head.choose("无异议")
    head.checks_and_does("反馈纪要意见")


def test_a_case_is_found_and_a_ledger_filtered_kept_and_taken_out_without_a_mouse(
    come_in: Callable[..., Person], it_is: Callable[..., None]
) -> None:
    case = case_in(CaseState.RECTIFYING)
    officer = come_in("officer", mouse=False)
    officer.type(q=case.register_number)
    officer.press("搜索")
    officer.follow(case.title)
    officer.reads("办理过程")
    officer.follow("约谈台账")
    officer.select(state=CaseState.RECTIFYING.label)
    officer.press("查询")
    officer.write("常用筛选的名称", "在整改的")
    officer.press("保存为常用筛选")
    officer.follow("在整改的")
    with officer.page.expect_download() as taken:
        officer.press("导出 Excel")
    assert taken.value.suggested_filename.endswith(".xlsx")


def test_reported_tasks_are_settled_together_without_a_mouse(
    come_in: Callable[..., Person], it_is: Callable[..., None]
) -> None:
    case = case_after(Verb.HAND_IN_REPORT)
    supervisor = come_in("supervisor", mouse=False)
    supervisor.follow("整改台账")
    supervisor.choose(*(f"选择：{case.unit.full_name}第 {number} 项" for number in (1, 2)))
    supervisor.press("核查销号")
    supervisor.type(**{f"review__{task.pk}__note": "查阅台账，属实，已落实。" for task in case.tasks.all()})
    supervisor.tick(*(f"review-{task.pk}-is_checked" for task in case.tasks.all()))
    supervisor.press("销号")
    supervisor.reads("销号")
    assert {task.state for task in case.tasks.all()} == {TaskState.ACCEPTED}


def test_a_letter_that_waits_is_taken_back_and_put_right_without_a_mouse(
    come_in: Callable[..., Person], it_is: Callable[..., None]
) -> None:
    title = letter_in(LetterState.DRAFTED).title
    supervisor = come_in("supervisor", mouse=False)
    supervisor.follow("提醒函")
    supervisor.follow(title)
    supervisor.follow("取回提醒函")
    supervisor.type(reason="时限写错了。")
    supervisor.press("取回修改")
    supervisor.follow("修改提醒函")
    supervisor.reads("时限写错了。")
    supervisor.type(problems="三项整治任务均未按期启动，逾期一个月。")
    supervisor.press("保存，重新送签发")
    supervisor.reads("提醒函已修改，等待", "逾期一个月")
