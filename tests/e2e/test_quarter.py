"""One quarter in Chromium: who misses the weekly report, a meeting, an inspection letter, the year's assessment."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from tests import cast
from tests.assessment import assessment_of
from tests.e2e.paper import words_of
from tests.e2e.person import PHONE, Person
from tests.e2e.steps import on_disk, takes
from tests.ladder import carry_out
from tests.quarter import (
    CIRCULATED,
    INTERVIEWED,
    MATTER,
    MISSING,
    REMINDED,
    TITLE,
    WEEKS,
    everybody_reports_but,
    weekly_scheme,
)
from tests.received import closed, received, replied
from yuetan.actions.messages.daily import daily
from yuetan.models import AccountabilityMeasure, Unit
from yuetan.vocabulary import PostKind, UnitKind, Verb

V = Verb
RESOLUTION = "补报三期报表，明确专人报送。"
SUGGESTION = "加强货运市场巡查，明确责任人，书面回复。"


def test_three_units_miss_the_weekly_report(come_in: Callable[..., Person], it_is: Callable[..., None]) -> None:
    it_is(WEEKS[0].month, WEEKS[0].day - 1)
    carry_out()
    scheme = weekly_scheme()
    everybody_reports_but(scheme, MISSING)
    for thursday in WEEKS[1:]:
        it_is(thursday.month, thursday.day - 1)
        daily()
        if thursday != WEEKS[-1]:
            everybody_reports_but(scheme, MISSING)
    by_hand = town_with_a_liaison()
    nothing_to_report(come_in(f"liaison_{by_hand}", width=PHONE), come_in(f"head_{by_hand}", width=PHONE))
    everybody_reports_but(scheme, (*MISSING, by_hand))

    it_is(12, 11)
    daily()
    they_are_found(come_in("officer"))
    one_is_reminded(come_in("supervisor"), come_in("deputy"), come_in(f"liaison_{REMINDED}", width=PHONE))
    one_is_circulated(come_in("officer"), come_in("director"), come_in(f"liaison_{CIRCULATED}", width=PHONE))
    one_is_proposed_for_an_interview(come_in("officer"))


def town_with_a_liaison() -> str:
    """A further 镇（街） whose liaison fills in by hand."""
    town = Unit.objects.interviewed().in_use().filter(kind=UnitKind.TOWN).exclude(code__in=MISSING)[0]
    cast.engage("孔十九", f"liaison_{town.code}", town, PostKind.LIAISON, "联络员", "")
    return town.code


def nothing_to_report(liaison: Person, head: Person) -> None:
    liaison.follow("填报报表")
    liaison.meets_no_barrier()
    liaison.press("零报告")
    liaison.reads("零报告")
    head.goes_to("/")
    head.follow("确认报送报表")
    head.reads("零报告")
    head.press("确认报送")
    head.reads("已确认报送。")


def they_are_found(officer: Person) -> None:
    officer.goes_to("/reporting/")
    follow_for(officer, "汇总", TITLE)
    officer.reads(*(cast.unit(code).full_name for code in MISSING))
    the_missed(officer)
    officer.meets_no_barrier(1366, PHONE)
    officer.reads(*(f"{cast.unit(code).full_name}最近3期“{TITLE}”中，3期到期未报" for code in MISSING))


def follow_for(person: Person, words: str, whose: str) -> None:
    """One of several links with the same words, by what is said of it to who cannot see beside what it stands."""
    person.page.get_by_role("link").filter(has_text=f"{words}：{whose}").first.click()


def the_missed(person: Person) -> Person:
    person.goes_to("/reporting/")
    follow_for(person, "未报提醒", TITLE)
    return person


def is_filled_in(person: Person, **fields: str) -> None:
    """What is known stands in the form already."""
    for name, words in fields.items():
        assert words in person.field(name).input_value()


def one_is_reminded(supervisor: Person, leader: Person, liaison: Person) -> None:
    follow_for(the_missed(supervisor), "起草提醒函", cast.unit(REMINDED).full_name)
    is_filled_in(supervisor, matter=MATTER, problems="3期到期未报")
    supervisor.press("保存，送签发")
    supervisor.reads(f"关于{MATTER}的提醒函")
    leader.goes_to("/")
    leader.follow(f"关于{MATTER}的提醒函")
    leader.follow(V.APPROVE_LETTER.label)
    leader.press("确认签发")
    leader.reads("已签发")
    liaison.goes_to("/letters/")
    liaison.follow(f"关于{MATTER}的提醒函")
    liaison.follow(V.ACKNOWLEDGE_LETTER.label)
    liaison.press("确认签收")
    liaison.reads("已签收")


def one_is_circulated(officer: Person, director: Person, liaison: Person) -> None:
    follow_for(the_missed(officer), "起草通报", cast.unit(CIRCULATED).full_name)
    is_filled_in(officer, matter=MATTER, facts="3期到期未报")
    officer.meets_no_barrier(1366, PHONE)
    for name in ("rung", "door", "grounds"):
        officer.field(name).first.check()
    officer.type(demands="一周内补报。\n明确专人报送。", limit="2026-12-31")
    for answer in officer.page.locator("select[name^=circumstances][name$=applies]").all():
        answer.select_option(label="没有")
    for reason in officer.page.locator("[name^=circumstances][name$=reason]").all():
        reason.fill("经核查，没有这一情节。")
    officer.press("保存")
    officer.reads("拟稿已保存，核对后请报核。")
    measure = AccountabilityMeasure.objects.get(unit=cast.unit(CIRCULATED))
    takes(officer, measure, V.SUBMIT_MEASURE, "已报核，等待办公室主任核稿。")
    takes(director, measure, V.DECIDE_MEASURE, "已审定，可以印发送达。", opinion="同意。")
    takes(officer, measure, V.SERVE_MEASURE, "已印发送达。")
    takes(liaison, measure, V.ACKNOWLEDGE_MEASURE, "已签收。")
    liaison.reads(MATTER, "3期到期未报")


def one_is_proposed_for_an_interview(officer: Person) -> None:
    follow_for(the_missed(officer), "提出约谈建议", cast.unit(INTERVIEWED).full_name)
    is_filled_in(officer, matter=MATTER)
    officer.choose("冯十", "第五条第二项")
    is_filled_in(officer, **{"grounds-5_2-facts": "3期到期未报"})
    officer.meets_no_barrier(1366, PHONE)
    officer.press("保存并报核")
    officer.reads("已报核，等待办公室主任核稿。", "报送表")


def test_a_joint_meeting_and_an_inspection_letter(
    come_in: Callable[..., Person], it_is: Callable[..., None], tmp_path: Path
) -> None:
    it_is(12, 14)
    a_meeting_is_convened(come_in("officer"))
    the_notice_is_received(come_in(f"liaison_{INTERVIEWED}", width=PHONE))
    it_is(12, 16, 15)
    its_record_is_written(come_in("officer"))
    its_minutes_are_issued(come_in("director"))
    what_was_agreed_is_a_task(come_in(f"liaison_{INTERVIEWED}", width=PHONE))
    a_letter_is_registered(come_in("officer"), on_disk(tmp_path, "检察建议书.pdf"))
    it_is(12, 17)
    it_is_replied_to(come_in(f"liaison_{INTERVIEWED}", width=PHONE), on_disk(tmp_path, "回复.pdf"))
    it_is_closed(come_in("officer"), come_in(f"head_{INTERVIEWED}", width=PHONE))


def a_meeting_is_convened(officer: Person) -> None:
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
    officer.type(units=cast.unit(INTERVIEWED).full_name)
    officer.press("印发")
    officer.reads("已印发会议通知")


def the_notice_is_received(liaison: Person) -> None:
    liaison.goes_to("/")
    liaison.follow("签收会议通知")
    liaison.meets_no_barrier()
    liaison.press("签收会议通知")
    liaison.reads("已签收会议通知。")


def its_record_is_written(officer: Person) -> None:
    at_the_meeting(officer)
    officer.follow("登记到会情况")
    officer.meets_no_barrier(1366, PHONE)
    for row in officer.page.locator("select[name^=presence_]").all():
        row.select_option(index=1)
    officer.page.get_by_label(f"{cast.unit(INTERVIEWED).full_name}：到会人").fill("冯十")
    officer.press("保存")
    officer.reads("已登记到会情况")
    follow_for(officer, "登记结论", "通报第四季度信息报送情况")
    officer.type(conclusion="各单位按期报送，连续未报的予以通报。")
    officer.press("保存")
    officer.follow("登记议定事项")
    officer.meets_no_barrier(1366, PHONE)
    officer.type(agreed__0__text=RESOLUTION, agreed__0__unit=cast.unit(INTERVIEWED).full_name)
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
    officer.select(unit=cast.unit(INTERVIEWED).full_name)
    officer.type(organ="江门市人民检察院", number="江检建〔2026〕9号", dated_on="2026-12-14", received_on="2026-12-15")
    officer.type(matter="货运市场巡查不到位", asked=SUGGESTION, reply_due="2026-12-30")
    officer.offer("scan", *scan)
    officer.press("登记")
    officer.reads(cast.unit(INTERVIEWED).full_name, "货运市场巡查不到位")


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
