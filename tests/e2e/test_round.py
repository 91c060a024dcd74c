"""督导: planned, announced, signed for on a phone, seen on the spot, concluded, told to the unit, given as tasks."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from tests import cast
from tests.e2e.person import PHONE, Person
from tests.e2e.steps import on_disk
from tests.rounds import CONCLUSION, POINTS, RIGHT, TITLE, WRONG

UNIT = "蓬江区棠下镇"
DEMANDS = ("明确农贸市场整治的责任人。", "清理占道经营。")
DISCUSSION = "三人逐项核对现场记录，意见一致。"
WIDTHS = """marks => marks.map(
    one => one.getBoundingClientRect().width / one.currentCSSZoom / parseFloat(getComputedStyle(one).fontSize)
)"""  # of marks, in characters


def test_a_round_from_the_plan_to_the_tasks(
    come_in: Callable[..., Person], it_is: Callable[..., None], tmp_path: Path
) -> None:
    it_is(11, 23)
    officer = come_in("officer")
    plan(officer)
    liaison = come_in(f"liaison_{cast.TOWN}", width=PHONE)
    liaison.goes_to("/rounds/")
    liaison.reads("没有符合条件的督导")
    announce(officer)
    it_is(11, 24)
    liaison = at_the_visit(come_in(f"liaison_{cast.TOWN}", width=PHONE), TITLE)
    liaison.reads(POINTS, "请准备工作台账。")
    liaison.meets_no_barrier()
    liaison.press("签收督导通知书")
    liaison.reads("已签收。", "签收督导通知书")
    it_is(11, 25, 15)
    officer = at_the_visit(come_in("officer"), UNIT)
    write_down(officer, on_disk(tmp_path, "现场照片.png"))
    liaison = at_the_visit(come_in(f"liaison_{cast.TOWN}", width=PHONE), TITLE)
    liaison.reads("督导中，待反馈", "督导意见书印发以后，在这里查看。")
    liaison.reads_nowhere(WRONG, RIGHT, "现场照片")
    conclude(officer, on_disk(tmp_path, "集体结论签名页.pdf"))
    inform(come_in("director"))
    head = at_the_visit(come_in(f"head_{cast.TOWN}", width=PHONE), TITLE)
    head.reads(WRONG, RIGHT, CONCLUSION, *DEMANDS, "江扫黑督意〔2026〕1号")
    head.reads_nowhere("现场照片", "集体结论签名页", "参加集体研究的人员", DISCUSSION)
    head.meets_no_barrier()
    head.press("签收督导意见书")
    head.reads("已签收。")
    hand_out(at_the_visit(come_in("officer"), UNIT))
    head = at_the_visit(come_in(f"head_{cast.TOWN}", width=PHONE), TITLE)
    head.reads("整改已于2026年11月25日交办")
    head.page.get_by_role("link", name="查看各项办理情况").click()
    head.reads(*DEMANDS, "2026年12月20日")
    head.meets_no_barrier()


def plan(officer: Person) -> None:
    """制定督导方案, of which no unit knows; a day outside of the round is told, and nothing is lost."""
    officer.goes_to("/rounds/")
    officer.follow("制定督导方案")
    officer.meets_no_barrier(1366, PHONE)
    officer.choose("联动督导", "张一（承办人）", "王三（主任）", "周七（督查员）")
    officer.type(title=TITLE, basis="常态化开展扫黑除恶斗争实施方案", begins_on="2026-11-24", ends_on="2026-12-04")
    officer.select(leader="王三（主任）")
    officer.write("有关要求", "请准备工作台账。")
    officer.type(visits__0__unit=UNIT, visits__0__day="2026-12-05", visits__0__points=POINTS)
    officer.press("保存")
    officer.reads("督导日期2026年12月5日不在")
    assert officer.field("visits-0-points").input_value() == POINTS
    officer.type(visits__0__day="2026-11-25")
    officer.press("保存")
    officer.reads("筹备中", UNIT)
    officer.meets_no_barrier(1366, PHONE)


def announce(officer: Person) -> None:
    """印发督导通知书, after a look at it."""
    officer.follow("印发督导通知书")
    officer.reads("文稿（文号在印发时生成）")
    officer.meets_no_barrier(1366, PHONE)
    marks = officer.page.locator(".paper .half-behind")
    expect(marks).not_to_have_count(0)  # the sheet comes after its page
    widths = marks.evaluate_all(WIDTHS)
    assert min(widths) > 0.9, "the browser halves what the sheet halves, so that one mark lies upon the next"
    officer.press("印发督导通知书")
    officer.reads("已印发督导通知书，并已告知各单位。", "督导中")


def at_the_visit(person: Person, words: str) -> Person:
    """At the page of what the round does about the town, by the ledger."""
    person.goes_to("/rounds/")
    person.follow(words)
    return person


def write_down(officer: Person, photographs: list[Path]) -> None:
    """登记督导情况: what was in order, then the problem with a photograph; one pair of eyes is not enough."""
    officer.follow("登记督导情况")
    officer.meets_no_barrier(1366, PHONE)
    officer.write("情况", RIGHT)
    officer.choose("张一（承办人）")
    officer.press("登记督导情况")
    officer.reads("现选1人，请补齐。")
    officer.choose("周七（督查员）")
    officer.press("登记督导情况")
    officer.reads("已登记督导情况。", RIGHT)
    officer.follow("登记督导情况")
    officer.write("情况", WRONG)
    officer.choose("这是发现的问题", "张一（承办人）", "周七（督查员）")
    officer.offer("proof", *photographs)
    officer.press("登记督导情况")
    officer.reads(WRONG, "发现的问题", "现场照片.png")
    officer.meets_no_barrier(1366, PHONE)


def conclude(officer: Person, scan: list[Path]) -> None:
    """登记集体结论 of three, with the sheet they signed."""
    officer.follow("登记集体结论")
    officer.meets_no_barrier(1366, PHONE)
    officer.write("督导结论", CONCLUSION)
    officer.write("整改要求", "\n".join(DEMANDS))
    officer.write("讨论过程", DISCUSSION)
    officer.type(concluded_on="2026-11-25")
    officer.choose("张一（承办人）", "王三（主任）", "周七（督查员）")
    officer.offer("scan", *scan)
    officer.press("登记集体结论")
    officer.reads("已登记集体结论，可以印发督导意见书。", "集体结论签名页.pdf")


def inform(director: Person) -> None:
    """印发督导意见书, after a look at it."""
    at_the_visit(director, UNIT)
    director.follow("印发督导意见书")
    director.reads(WRONG, CONCLUSION)
    director.meets_no_barrier(1366, PHONE)
    director.press("印发督导意见书")
    director.reads("已印发督导意见书，并已告知单位。", "已反馈")


def hand_out(officer: Person) -> None:
    """交办整改: what was demanded stands in the rows already, one each; days are asked for."""
    officer.follow("交办整改")
    officer.meets_no_barrier(1366, PHONE)
    for number, words in enumerate(DEMANDS):
        assert officer.field(f"tasks-{number}-content").input_value() == words
        officer.type(**{f"tasks__{number}__due_on": "2026-12-20"})
    officer.press("交办整改")
    officer.reads("交办的整改", "整改已于2026年11月25日交办")
