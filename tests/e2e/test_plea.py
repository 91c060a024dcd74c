"""申述: filled in on a phone by the liaison, stated by the head, drafted, decided, read by the unit."""

from collections.abc import Callable
from pathlib import Path

from tests import cast
from tests.e2e.person import PHONE, Person
from tests.e2e.steps import on_disk
from tests.ladder import listed_in
from yuetan.vocabulary import MeasureState

TITLE = "关于治安重点地区整治推进缓慢的挂牌督办通知书"
WORDS = "三个重点村的整治方案已于上月启动，有会议记录。"


def test_a_plea_from_the_phone_to_the_answer(
    come_in: Callable[..., Person], it_is: Callable[..., None], tmp_path: Path
) -> None:
    it_is(11, 23)
    listed_in(MeasureState.SERVED)
    it_is(11, 24)
    liaison = at_the_measure(come_in(f"liaison_{cast.TOWN}", width=PHONE))
    liaison.reads("申述期限", "2026年12月7日", "申述期间措施照常执行")
    liaison.follow("填写申述")
    liaison.meets_no_barrier()
    liaison.write("申述意见", WORDS)
    liaison.offer("papers", on_disk(tmp_path, "会议记录.png")[0])
    liaison.press("填写申述")
    liaison.reads("申述草稿已保存，由主要领导提出。", "只有本单位看得到")
    head = at_the_measure(come_in(f"head_{cast.TOWN}", width=PHONE))
    head.follow("提出申述")
    head.reads("已有：会议记录.png")
    head.meets_no_barrier()
    head.choose("确认办理")
    head.press("提出申述")
    head.reads("已提出申述，等待答复。", "待答复")
    officer = at_the_measure(come_in("officer"))
    officer.reads(WORDS, "会议记录.png", "答复期限2026年12月15日")
    officer.follow("拟写申述答复")
    officer.meets_no_barrier(1366, PHONE)
    officer.choose("撤销")
    officer.write("答复理由", "经核对会议记录，整治已经启动。")
    officer.press("拟写申述答复")
    officer.reads("申述答复已拟写，等待决定。")
    director = at_the_measure(come_in("director"))
    director.follow("撤销责任措施，答复申述")
    director.meets_no_barrier(1366, PHONE)
    director.press("下一步：核对")
    director.reads("江扫黑申复〔2026〕1号", "取消的资格不再限制")
    director.press("撤销责任措施，答复申述")
    director.reads("已决定撤销，申述答复已印发。", "已撤销")
    liaison.goes_to("/measures/")
    liaison.reads("申述：撤销")
    liaison.follow(TITLE)
    liaison.reads("已撤销", "经核对会议记录，整治已经启动。")
    liaison.meets_no_barrier()
    liaison.follow("签收责任措施")
    liaison.press("签收责任措施")
    liaison.reads("已签收。")


def at_the_measure(person: Person) -> Person:
    """At its page, by the list."""
    person.goes_to("/measures/")
    person.follow(TITLE)
    return person
