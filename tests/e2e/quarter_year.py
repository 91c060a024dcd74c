"""The 考核 of the story of a quarter in Chromium: previewed, objected to, decided, closed, published."""

from collections.abc import Callable
from pathlib import Path

from tests import cast
from tests.assessment import assessment_of
from tests.e2e import test_assessment as assessments
from tests.e2e.person import PHONE, Person
from tests.e2e.steps import on_disk
from tests.quarter import CIRCULATED, INTERVIEWED, REMINDED, TITLE, YEAR
from yuetan.models import Assessment, Case

PROOF = "第一期已送纸质报表，有送达回证。"
DECISION = "送达回证属实，改回一期。"
SHEETS = {REMINDED: "70.0", CIRCULATED: "30.0", INTERVIEWED: "10.0"}  # as they are sent
PUBLISHED = {**SHEETS, REMINDED: "80.0"}  # what the objection gave back


def address() -> str:
    """The page of the year."""
    return f"/assessment/{Assessment.objects.get().pk}/"


def is_previewed(officer: Person, head: Person) -> None:
    """As things are today; a unit does not see it before its sheet is sent."""
    assessment_of(**YEAR)
    officer.goes_to(address())
    officer.reads("按今天的记录计算")
    officer.follow("成员单位")
    officer.follow(cast.unit(INTERVIEWED).full_name)
    officer.reads("信息报送", "被约谈")
    head.finds_nothing(address())


def is_objected_to_and_published(come_in: Callable[..., Person], it_is: Callable[..., None], folder: Path) -> None:
    """Each of the three reads its own sheet, one objects, and the result is made known."""
    it_is(1, 4, year=2027)
    assessments.the_sheets_are_sent(come_in("officer"), address())
    for code, total in SHEETS.items():
        its_sheet_is_read(come_in(f"head_{code}", width=PHONE), code, total)
    a_point_leads_to_its_record(come_in(f"head_{INTERVIEWED}", width=PHONE))
    it_is(1, 6, year=2027)
    one_objects(come_in(f"head_{REMINDED}", width=PHONE), on_disk(folder, "送达回证.pdf"))
    it_is_decided(come_in("director"))
    it_is(1, 20, year=2027)
    assessments.it_is_closed_and_published(come_in("director"), address())
    for code, total in PUBLISHED.items():
        its_sheet_is_read(come_in(f"head_{code}", width=PHONE), code, total)


def its_sheet_is_read(head: Person, code: str, total: str) -> None:
    """The total of the unit, on its own sheet."""
    head.goes_to("/assessment/")
    head.follow(cast.unit(code).full_name)
    head.reads(f"总分 {total} 分")


def a_point_leads_to_its_record(head: Person) -> None:
    """One click from the sheet to a report that was missed, and to the interview."""
    head.goes_to("/assessment/")
    head.follow(cast.unit(INTERVIEWED).full_name)
    head.reads("总分")
    sheet = head.page.url
    head.page.locator("a[href^='/reporting/reports/']").first.click()
    head.reads(TITLE, "未报")
    head.page.goto(sheet)
    head.page.locator(f"a[href='/cases/{Case.objects.get().pk}/']").first.click()
    head.reads("约谈通知书")


def one_objects(head: Person, proof: list[Path]) -> None:
    """提出异议 to the points of its missed reports."""
    head.goes_to("/assessment/")
    head.follow(cast.unit(REMINDED).full_name)
    head.follow("提出异议")
    head.select(indicator="信息报送：30.0 分")
    head.type(words=PROOF)
    head.offer("proof", *proof)
    head.press("提出异议")
    head.reads("已提出异议，等办公室处理。")


def it_is_decided(director: Person) -> None:
    """处理异议: ten points are given back."""
    director.goes_to(address())
    director.follow(f"{cast.unit(REMINDED).full_name}：信息报送")
    director.reads(PROOF)
    director.follow("处理异议")
    director.choose("异议成立")
    director.type(points="40", decision=DECISION)
    director.press("处理异议")
    director.reads("已处理异议，并已告知单位。", "异议成立，改为 40.0 分")
