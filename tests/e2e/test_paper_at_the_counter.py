"""Papers at the counter: written material, leave, a report, an answer to a letter; registered, and read by the unit."""

from collections.abc import Callable
from pathlib import Path

from tests import cast
from tests.e2e.person import PHONE, Person
from tests.e2e.steps import TITLE, on_disk
from tests.factories import case_in, letter_in
from yuetan.vocabulary import CaseState, LetterState

TOWN_HEAD = f"head_{cast.TOWN}"
LETTER = "关于行业乱象整治进展缓慢的提醒函"
BROUGHT = "许四十一（棠下镇党政办主任）于2026年11月24日（星期二）上午8:30送交"


def test_from_the_counter_to_who_decides(
    come_in: Callable[..., Person], it_is: Callable[..., None], tmp_path: Path
) -> None:
    it_is(11, 23)
    case_in(CaseState.NOTIFIED)
    it_is(11, 24)
    scans = on_disk(tmp_path, "书面材料.png", "请假条.png")
    written_material_is_registered(come_in("officer"), scans[:1])
    the_unit_reads_it(come_in(TOWN_HEAD, width=PHONE))
    leave_is_registered_and_decided(come_in("officer"), come_in("deputy"), scans[1:])


def test_a_report_on_paper_is_reviewed_by_another(
    come_in: Callable[..., Person], it_is: Callable[..., None], tmp_path: Path
) -> None:
    it_is(11, 23)
    case_in(CaseState.RECTIFYING)
    it_is(11, 24)
    officer = come_in("officer")
    officer.opens(TITLE)
    officer.follow("代录整改报告")
    officer.meets_no_barrier(1366, PHONE)
    officer.type(reports__1__text="已摸排一轮，台账附后。")
    states_the_paper(officer, on_disk(tmp_path, "整改报告.png"))
    officer.does("代录整改报告")
    officer.reads(f"纸质代录：冯十签字，{BROUGHT}", "整改报告.png")
    supervisor = come_in("supervisor")
    supervisor.opens(TITLE)
    supervisor.follow("销号")
    supervisor.reads("纸质代录：冯十签字", "整改报告.png")
    supervisor.write("核查意见", "查看了台账和走访记录，已落实。")
    supervisor.checks_and_does("销号")


def test_a_letter_is_signed_for_and_answered_on_paper(
    come_in: Callable[..., Person], it_is: Callable[..., None], tmp_path: Path
) -> None:
    it_is(11, 23)
    letter_in(LetterState.ISSUED, to=cast.unit(cast.TOWN))
    it_is(11, 24)
    officer, scans = come_in("officer"), on_disk(tmp_path, "回执.png", "纸质答复.png")
    officer.goes_to("/letters/")
    officer.follow(LETTER)
    officer.follow("登记提醒函纸质回执")
    officer.meets_no_barrier(1366, PHONE)
    officer.type(signer_name="许四十一", signer_title="棠下镇党政办主任", signed_on="2026-11-24")
    officer.offer("scan", scans[0])
    officer.choose("确认办理")
    officer.press("登记提醒函纸质回执")
    officer.reads("提醒函的纸质回执已登记。", "纸质回执，市扫黑办于2026年11月24日登记", "回执.png")
    officer.follow("代录提醒函答复")
    officer.meets_no_barrier(1366, PHONE)
    officer.write("答复内容", "三项整治均已启动。")
    states_the_paper(officer, scans[1:])
    officer.press("代录提醒函答复")
    officer.reads("提醒函的纸质答复已代录。", f"纸质代录：冯十签字，{BROUGHT}，张一于", "纸质答复.png")
    head = come_in(TOWN_HEAD, width=PHONE)
    head.goes_to("/letters/")
    head.reads("纸质回执", "纸质代录")
    head.follow(LETTER)
    head.reads(f"纸质代录：冯十签字，{BROUGHT}，市扫黑办于2026年11月24日登记", "三项整治均已启动。")
    head.meets_no_barrier()


def states_the_paper(officer: Person, scans: list[Path]) -> None:
    officer.choose("冯十（蓬江区棠下镇党委书记）")
    officer.type(brought_by="许四十一", brought_by_title="棠下镇党政办主任", received_at="2026-11-24T08:30")
    officer.offer("scan", *scans)


def written_material_is_registered(officer: Person, scans: list[Path]) -> None:
    officer.opens(TITLE)
    officer.follow("代录书面材料")
    officer.meets_no_barrier(1366, PHONE)
    officer.type(situation="全镇辖12个村。", problems="摸排不细。", causes="责任不实。", measures="立即摸排。")
    officer.press("代录书面材料")
    officer.reads("代录纸质材料还缺：")
    states_the_paper(officer, scans)
    officer.does("代录书面材料")
    officer.reads(f"纸质代录：冯十签字，{BROUGHT}，", "书面材料.png")


def the_unit_reads_it(head: Person) -> None:
    head.opens(TITLE)
    head.reads(f"纸质代录：冯十签字，{BROUGHT}，市扫黑办于2026年11月24日登记", "书面材料.png", "摸排不细。")
    head.meets_no_barrier()


def leave_is_registered_and_decided(officer: Person, leader: Person, scans: list[Path]) -> None:
    officer.opens(TITLE)
    officer.follow("代录请假")
    officer.write("请假原因", "赴省开会。")
    states_the_paper(officer, scans)
    officer.does("代录请假")
    leader.goes_to("/")
    leader.follow(TITLE)
    leader.follow("审批请假")
    leader.reads("赴省开会。", f"纸质代录：冯十签字，{BROUGHT}")
    leader.choose("准假")
    leader.write("审批意见", "同意，另定时间。")
    leader.checks_and_does("审批请假")
