"""The assessment of a year in Chromium: previewed, sent to the units, objected to, closed and published."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from tests import cast
from tests.assessment import assessment_of
from tests.e2e.paper import words_of
from tests.e2e.person import PHONE, Person
from tests.e2e.steps import on_disk
from tests.received import closed, received, replied


def test_the_assessment_of_the_year(come_in: Callable[..., Person], it_is: Callable[..., None], tmp_path: Path) -> None:
    it_is(12, 18)
    late = received(cast.TOWN, received_on=date(2026, 12, 1), reply_due=date(2026, 12, 10))
    closed(replied(late, replied_on=date(2026, 12, 15)))
    days = {"first_day": date(2026, 1, 1), "last_day": date(2026, 12, 31)}
    year = f"/assessment/{assessment_of(**days).pk}/"
    it_is_previewed(come_in("officer"), year)
    it_is(1, 4, year=2027)
    the_sheets_are_sent(come_in("officer"), year)
    the_town_objects(come_in(f"head_{cast.TOWN}", width=PHONE), on_disk(tmp_path, "回复凭据.pdf"))
    the_objection_is_decided(come_in("director"), year)
    it_is(1, 20, year=2027)
    it_is_closed_and_published(come_in("director"), year)
    the_town_reads_its_rank(come_in(f"head_{cast.TOWN}", width=PHONE))


def it_is_previewed(officer: Person, year: str) -> None:
    officer.goes_to("/assessment/")
    officer.follow("2026年度考核")
    officer.reads("镇（街）预览", "按今天的记录计算", "95")
    officer.meets_no_barrier(1366, PHONE)
    officer.follow("后一页")
    officer.follow(cast.unit(cast.TOWN).full_name)
    officer.reads("来函办理", "95")
    officer.meets_no_barrier(1366, PHONE)


def the_sheets_are_sent(officer: Person, year: str) -> None:
    officer.goes_to(year)
    officer.follow("送单位核对")
    officer.press("送单位核对")
    officer.reads("已送各单位核对，并已告知。")


def the_town_objects(head: Person, proof: list[Path]) -> None:
    head.goes_to("/assessment/")
    head.follow(cast.unit(cast.TOWN).full_name)
    head.meets_no_barrier()
    head.reads("总分 95.0 分", "提出异议")
    head.follow("提出异议")
    head.meets_no_barrier()
    head.select(indicator="来函办理：15.0 分")
    head.type(words="回复已于12月9日寄出，有寄件凭据。")
    head.offer("proof", *proof)
    head.press("提出异议")
    head.reads("已提出异议，等办公室处理。")


def the_objection_is_decided(director: Person, year: str) -> None:
    director.goes_to(year)
    director.follow(f"{cast.unit(cast.TOWN).full_name}：来函办理")
    director.follow("处理异议")
    director.meets_no_barrier(1366, PHONE)
    director.choose("异议成立")
    director.type(points="18", decision="寄出在期限以内，送达在期限以后，酌情改分。")
    director.press("处理异议")
    director.reads("已处理异议，并已告知单位。", "异议成立，改为 18.0 分")


def it_is_closed_and_published(director: Person, year: str) -> None:
    director.goes_to(year)
    director.follow("关闭考核")
    director.press("关闭考核")
    director.reads("已关闭，名次和等次已确定。")
    director.follow("印发考核结果通报")
    director.meets_no_barrier(1366, PHONE)
    director.press("印发考核结果通报")
    director.reads("已印发考核结果通报，并已告知各单位。")
    director.follow("得分和名次")
    director.meets_no_barrier(1366, PHONE)


def the_town_reads_its_rank(head: Person) -> None:
    head.goes_to("/assessment/")
    head.reads("名")
    head.meets_no_barrier()
    head.follow(cast.unit(cast.TOWN).full_name)
    head.reads("总分 98.0 分", "酌情改分")
    head.goes_to("/assessment/")
    head.follow("2026年度考核")
    printed = words_of(head.takes_home("考核结果通报"))
    assert "棠下镇" in printed
