"""A joint meeting and a 检察建议书 in Chromium, from the notice and the letter to what was agreed and answered."""

from collections.abc import Callable
from pathlib import Path

from tests import cast
from tests.e2e.person import PHONE, Person
from tests.e2e.steps import follow_for, on_disk

TOWN = cast.TOWN
RESOLUTION = "补报三期报表，明确专人报送。"
SUGGESTION = "加强货运市场巡查，明确责任人，书面回复。"


def test_a_joint_meeting_and_an_inspection_letter(
    come_in: Callable[..., Person], it_is: Callable[..., None], tmp_path: Path
) -> None:
    it_is(12, 14)
    a_meeting_is_convened(come_in("officer"))
    the_notice_is_received(come_in(f"liaison_{TOWN}", width=PHONE))
    it_is(12, 16, 15)
    its_record_is_written(come_in("officer"))
    its_minutes_are_issued(come_in("director"))
    what_was_agreed_is_a_task(come_in(f"liaison_{TOWN}", width=PHONE))
    a_letter_is_registered(come_in("officer"), on_disk(tmp_path, "检察建议书.pdf"))
    it_is(12, 17)
    it_is_replied_to(come_in(f"liaison_{TOWN}", width=PHONE), on_disk(tmp_path, "回复.pdf"))
    it_is_closed(come_in("officer"), come_in(f"head_{TOWN}", width=PHONE))


def a_meeting_is_convened(officer: Person, code: str = TOWN) -> None:
    officer.goes_to("/meetings/")
    officer.follow("召集会议")
    officer.meets_no_barrier(1366, PHONE)
    officer.choose("联席会议")
    officer.type(begins_at="2026-12-16T09:00", place="市委大院1号楼302会议室")
    officer.page.locator("[name=chair]").select_option(index=1)
    officer.press("保存")
    officer.reads("请列入议题，再印发会议通知。")
    officer.follow("列入议题")
    officer.type(title="通报第四季度信息报送情况", presenter="市扫黑办")
    officer.press("列入")
    officer.follow("印发会议通知")
    officer.meets_no_barrier(1366, PHONE)
    officer.type(units=cast.unit(code).full_name)
    officer.press("印发")
    officer.reads("已印发会议通知")


def the_notice_is_received(liaison: Person) -> None:
    liaison.goes_to("/")
    liaison.follow("签收会议通知")
    liaison.meets_no_barrier()
    liaison.press("签收会议通知")
    liaison.reads("已签收会议通知。")


def its_record_is_written(officer: Person, code: str = TOWN) -> None:
    at_the_meeting(officer)
    officer.follow("登记到会情况")
    officer.meets_no_barrier(1366, PHONE)
    for row in officer.page.locator("select[name^=presence_]").all():
        row.select_option(index=1)
    officer.page.get_by_label(f"{cast.unit(code).full_name}：到会人").fill(cast.head(code).name)
    officer.press("保存")
    officer.reads("已登记到会情况")
    follow_for(officer, "登记结论", "通报第四季度信息报送情况")
    officer.type(conclusion="各单位按期报送，连续未报的予以通报。")
    officer.press("保存")
    officer.follow("登记议定事项")
    officer.meets_no_barrier(1366, PHONE)
    officer.type(agreed__0__text=RESOLUTION, agreed__0__unit=cast.unit(code).full_name)
    officer.press("保存")
    officer.reads("完成时限")
    officer.type(agreed__0__due_on="2026-12-31")
    officer.press("保存")
    officer.reads("已登记议定事项。")


def at_the_meeting(person: Person) -> None:
    person.goes_to("/meetings/")
    person.page.get_by_role("link", name="联席会议").first.click()


def its_minutes_are_issued(director: Person) -> None:
    at_the_meeting(director)
    director.follow("印发会议纪要")
    director.reads(RESOLUTION)
    director.press("印发")
    director.reads("会议纪要已印发，文号为")


def what_was_agreed_is_a_task(liaison: Person) -> None:
    at_the_meeting(liaison)
    liaison.reads(RESOLUTION, "2026年12月31日")
    liaison.meets_no_barrier()
    liaison.goes_to("/")
    liaison.follow("落实2026年第1次联席会议议定事项")
    liaison.reads(RESOLUTION)
    liaison.meets_no_barrier()
    liaison.goes_to("/")
    liaison.follow("填写整改报告（第 1 项）")
    liaison.reads(RESOLUTION)
    liaison.meets_no_barrier()


def a_letter_is_registered(officer: Person, scan: list[Path]) -> None:
    officer.goes_to("/received/")
    officer.follow("登记来函")
    officer.meets_no_barrier(1366, PHONE)
    officer.choose("检察建议书")
    officer.select(unit=cast.unit(TOWN).full_name)
    officer.type(organ="江门市人民检察院", number="江检建〔2026〕9号", dated_on="2026-12-14", received_on="2026-12-15")
    officer.type(matter="货运市场巡查不到位", asked=SUGGESTION, reply_due="2026-12-30")
    officer.offer("scan", *scan)
    officer.press("登记")
    officer.reads(cast.unit(TOWN).full_name, "货运市场巡查不到位")


def it_is_replied_to(liaison: Person, scan: list[Path]) -> None:
    liaison.goes_to("/")
    liaison.follow("回复检察建议书")
    liaison.meets_no_barrier()
    liaison.follow("填报回复")
    liaison.meets_no_barrier()
    liaison.type(replied_on="2026-12-17", words="已逐一巡查三处货运市场，明确两名责任人。")
    liaison.offer("scan", *scan)
    liaison.press("填报回复")
    liaison.reads("已填报，等办公室审阅。")


def it_is_closed(officer: Person, head: Person) -> None:
    officer.goes_to("/received/")
    officer.follow("江检建〔2026〕9号")
    officer.follow("办结")
    officer.reads("已逐一巡查三处货运市场")
    officer.write("办结意见", "整改到位，同意办结。")
    officer.press("办结")
    officer.reads("已办结，并已告知本单位。")
    head.goes_to("/received/")
    head.follow("江检建〔2026〕9号")
    head.reads("整改到位，同意办结。")
