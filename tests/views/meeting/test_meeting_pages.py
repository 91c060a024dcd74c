"""The pages of meetings: from calling one to its minutes, as the office, a leader and a unit see them."""

import re
from datetime import datetime

import pytest
import time_machine

from tests import cast
from tests.agenda_files import heard_meeting, two_items
from tests.factories import case_in, pdf, png
from tests.meetings import (
    AFTER,
    DISCUSSION,
    TOPIC,
    WORDS,
    agreed,
    attended,
    called,
    concluded,
    convened,
    fresh,
    held,
    minuted,
    post_of,
    recorded,
    with_item,
    written,
)
from tests.refusals import appoint, nothing_stored
from tests.web import Visitor, browser
from yuetan.actions.messages.daily import daily
from yuetan.actions.messages.meeting_reminders import remind_of_meetings
from yuetan.forms.meeting import meeting as meeting_forms
from yuetan.ledgers.agenda.agenda import agenda
from yuetan.ledgers.agenda.agenda_entry import EntryKind
from yuetan.models import Alert, Meeting, OfficeSetting, Resolution
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import CHINA_STANDARD_TIME
from yuetan.vocabulary import CaseState, MeetingState, PostKind

pytestmark = pytest.mark.usefixtures("office")
LIST = "/meetings/"
TITLE = "领导小组2026年第1次会议"
HEAD, LIAISON = f"head_{cast.TOWN}", f"liaison_{cast.TOWN}"


def visitor(username, url=LIST):
    one = Visitor(cast.person(username))
    one.open(url)
    return one


def test_from_calling_to_minutes():
    officer = visitor("officer")
    officer.click("召集会议")
    facts = {"kind": "special", "topic": "", "begins_at": "2026-11-25T09:00", "place": "302会议室"}
    facts |= {"chair": str(post_of("group_leader").pk)}
    with nothing_stored():
        page = officer.press("保存", expect=422, **facts)
    assert "会议还缺：主题。" in page
    assert page.forms[-1].values["place"] == ["302会议室"]
    page = officer.press("保存", **facts | {"topic": TOPIC})
    assert f"已安排2026年第1次专题会议（{TOPIC}），请列入议题，再印发会议通知。" in page
    officer.click("列入议题")
    officer.press("列入", title="听取整治进展情况汇报")
    officer.click("印发会议通知")
    page = officer.press("印发", units=cast.TOWN)
    assert "已印发会议通知（江扫黑办会〔2026〕1号），已告知参会单位和人员。" in page
    meeting = Meeting.objects.get()
    liaison = visitor(LIAISON, "/")
    assert "签收会议通知" in liaison.page
    liaison.open(f"{LIST}{meeting.pk}/")
    assert "听取整治进展情况汇报" not in liaison.page
    assert "已签收会议通知。" in liaison.press("签收会议通知")
    with time_machine.travel(AFTER, tick=False):
        officer = visitor("officer", "/")
        assert "登记到会情况" in officer.page
        officer.open(f"{LIST}{meeting.pk}/attendance/")
        rows = {str(one): one.pk for one in meeting.invitations.all()}
        leader, town = rows[str(post_of("group_leader"))], rows["蓬江区棠下镇"]
        came = {f"presence_{leader}": "attended", f"presence_{town}": "sat_in"}
        assert "蓬江区棠下镇的到会情况还缺：到会人、职务。" in officer.press("保存", expect=422, **came)
        officer.press("保存", **came | {f"name_{town}": "褚十二"})
        officer.click("登记结论：听取整治进展情况汇报")
        officer.press("保存", conclusion="同意整治方案，分两个阶段推进。")
        officer.click("登记议定事项")
        agreed = {"agreed-0-text": "完成经营户登记。", "agreed-0-unit": "", "agreed-0-due_on": "2026-12-20"}
        assert "第1项议定事项还缺：承办单位。" in officer.press("保存", expect=422, **agreed)
        officer.press("保存", **agreed | {"agreed-0-unit": "蓬江区棠下镇"})
        officer.click("印发会议纪要")
        assert "同意整治方案" in officer.page
        page = officer.press("印发")
    assert "会议纪要已印发，文号为江扫黑会纪〔2026〕1号。" in page
    assert fresh(meeting).state == MeetingState.MINUTED
    head = visitor(HEAD)
    assert "完成经营户登记。" in head.page
    assert "会议纪要" not in head.open(f"{LIST}{meeting.pk}/")


def test_a_collective_conclusion_is_written_down_with_discussion_and_sheet_which_no_unit_reads():
    item = heard_meeting()
    url = f"{LIST}{item.meeting_id}/"
    with time_machine.travel(AFTER, tick=False) as clock:
        attended(fresh(item.meeting))
        people = [str(one.pk) for one in item.meeting.invitations.all()]
        said = {"conclusion": WORDS, "is_collective": "on", "people": people}
        officer = visitor("officer", url)
        officer.click(f"登记结论：{item.title}")
        assert "集体结论还缺：讨论过程、签名页扫描件；" in officer.press("保存", expect=422, **said)
        plain = {"conclusion": WORDS, "discussion": DISCUSSION, "scan": [pdf("签名页.pdf")]}
        with nothing_stored():
            page = officer.press("保存", expect=422, **plain | {"people": people, "is_collective": []})
        assert "没有勾选“集体结论”，不收签名页扫描件；" in page
        kept = page.forms[-1].values
        assert (kept["conclusion"], kept["discussion"], kept["people"]) == ([WORDS], [DISCUSSION], people)
        page = officer.press("保存", **said, discussion=DISCUSSION, scan=[png("签名页.jpg")])
        assert "“签名页.png”已收下：上传时名为“签名页.jpg”，按内容保存为 PNG。" in page
        sheet = item.files.get(is_signed=True)
        assert page.link("签名页.png") == f"/meetings/files/{sheet.pk}/"
        clock.shift(60)
        officer.click(f"更正结论：{item.title}")
        assert officer.page.forms[-1].values["discussion"] == [DISCUSSION]
        assert "“签名页.png”" not in officer.press("保存", scan=[pdf("新签名页.pdf")])
    for who in ("director", "group_leader", "supervisor"):
        page = visitor(who, url).page
        assert DISCUSSION in page
        assert "前稿的签名页（1件）" in page
        assert browser(who).get(f"/meetings/files/{sheet.pk}/view/").status_code == 200
    page = visitor(HEAD, url).page
    assert "汇报材料.pdf" in page
    for words in (DISCUSSION, "签名页"):
        assert words not in page
    for what in ("", "view/", "pages/1/"):
        assert browser(HEAD).get(f"/meetings/files/{sheet.pk}/{what}").status_code == 404


def test_a_meeting_is_hidden_from_who_was_not_convened_and_its_record_from_units():
    meeting = written(case_in(CaseState.PROPOSED))
    stranger, town = browser(f"head_{cast.COUNTY}"), browser(HEAD)
    url = f"{LIST}{meeting.pk}/"
    assert stranger.get(url).status_code == 404
    assert stranger.get(f"{url}notice/").status_code == 404
    assert town.get(url).status_code == 200
    for page in ("attendance/", "minutes/", "items/new/", "convene/", "resolutions/"):
        assert town.get(url + page).status_code == 403
    assert town.get(f"{url}notice/")["Content-Type"] == "application/pdf"


def test_who_is_of_the_unit_finds_neither_the_item_nor_the_minutes():
    case = case_in(CaseState.PROPOSED)
    document = minuted(case)
    second = cast.person("second_officer")
    appoint(second, case.unit, PostKind.LEADER_IN_CHARGE, "副镇长")
    page = visitor("second_officer", f"{LIST}{document.meeting_id}/").page
    assert case.matter not in page
    assert "会议纪要（PDF）" not in page
    assert browser("second_officer").get(f"/documents/{document.pk}/").status_code == 404
    assert case.matter in visitor("officer", f"{LIST}{document.meeting_id}/").page
    item = document.meeting.items.get()
    assert browser("second_officer").get(f"{LIST}items/{item.pk}/conclusion/").status_code == 404


def test_the_calendar_shows_a_meeting_to_who_may_see_it():
    meeting, today = convened(), clock.today()
    for username, own in (("officer", False), (HEAD, True), ("deputy", True)):
        entries = agenda(cast.person(username), today, meeting.local_begin.date(), own=own).entries
        assert [entry.unit for entry in entries if entry.kind == EntryKind.MEETING] == [TITLE]
    entries = agenda(cast.head(cast.COUNTY), today, meeting.local_begin.date()).entries
    assert not [entry for entry in entries if entry.kind == EntryKind.MEETING]


def test_a_search_for_its_title_leads_to_it():
    meeting = convened()
    for username, is_found in (("officer", True), (HEAD, True), (f"head_{cast.COUNTY}", False)):
        page = visitor(username, "/search/?q=第1次会议").page
        assert (f"{LIST}{meeting.pk}/" in [url for _, url in page.links]) == is_found


def test_the_papers_of_a_meeting_have_their_pages():
    document = minuted()
    for paper in document.meeting.documents.all():
        page = visitor("officer", f"/documents/{paper.pk}/").page
        assert paper.number in page
    assert "会议纪要" in visitor("officer", "/documents/").page


def test_it_is_said_once_that_no_meeting_is_planned_though_the_quarter_ends():
    with time_machine.travel(clock.now().replace(month=12, day=20), tick=False):
        daily()
        daily()
        words = "2026年10月1日至2026年12月31日还没有安排联席会议，请在“会议”中召集，或者按办公室设定不再提醒。"
        alerted = Alert.objects.filter(text=words).values_list("recipient__username", flat=True)
        assert sorted(alerted) == ["director", "officer", "second_officer"]
        assert "还没有安排联席会议" in visitor("director", "/").page
        convened(kind="joint", begins_at=clock.now().replace(day=28))
        assert "还没有安排联席会议" not in visitor("director", "/").page


@pytest.mark.parametrize(("months", "day", "is_stated"), [(3, 10, False), (3, 11, True), (0, 31, False), (1, 12, True)])
def test_the_rhythm_and_the_days_before_its_end_are_settings(months, day, is_stated):
    OfficeSetting.objects.filter(key="joint_meeting_months").update(value=months)
    today = clock.today().replace(month=12, day=day)
    assert remind_of_meetings(today)["没有安排"] == int(is_stated)


def test_who_has_not_signed_is_reminded_the_day_before_once():
    meeting = convened()
    assert remind_of_meetings(clock.today())["没有签收"] == 0
    eve = meeting.local_begin.date().replace(day=24)
    assert remind_of_meetings(eve)["没有签收"] == meeting.invitations.count()
    assert remind_of_meetings(eve)["没有签收"] == 0


def test_a_leader_signs_for_the_notice_and_an_item_is_removed_again():
    meeting = convened()
    deputy = visitor("deputy", "/")
    assert "签收会议通知：" in deputy.page
    deputy.open(f"{LIST}{meeting.pk}/")
    assert "已签收会议通知。" in deputy.press("签收会议通知")
    officer = visitor("officer", f"{LIST}{meeting.pk}/")
    assert "议程只剩这一项议题，不能移出" in officer.press("移出议程：研究年度工作安排")
    with_item(meeting, title="研究冬季整治工作")
    officer.open(f"{LIST}{meeting.pk}/")
    assert "已移出议程。" in officer.press("移出议程：研究年度工作安排")
    over = held()
    assert Resolution.objects.count() == 0
    assert "还没有登记议定事项。" in visitor("officer", f"{LIST}{over.pk}/").page


def test_the_log_names_what_was_concluded_of_a_meeting():
    written(case_in(CaseState.PROPOSED))
    with time_machine.travel(AFTER, tick=False):
        assert Visitor(cast.person("auditor")).open("/log/").status == 200


def test_what_is_left_to_be_done_is_said_once_its_hour_has_passed():
    meeting = convened()
    assert "已通知" in visitor("officer").page
    with time_machine.travel(AFTER, tick=False):
        for url in (LIST, f"{LIST}{meeting.pk}/"):
            assert "会议时间已过，待登记到会情况" in visitor("officer", url).page
    held(kind="joint")
    with time_machine.travel(AFTER, tick=False):
        assert "已召开，待印发纪要" in visitor("officer").page


def test_what_stands_against_a_paper_is_said_before_anybody_presses():
    meeting = called()
    page = visitor("officer", f"{LIST}{meeting.pk}/convene/").page
    assert "现在还不能办理" in page
    assert "会议还没有议题，请先列入议题再通知。" in page
    assert not buttons(page, "印发")
    with_item(meeting)
    assert buttons(visitor("officer", f"{LIST}{meeting.pk}/convene/").page, "印发")
    meeting = held()
    recorded(meeting, agreed())
    with time_machine.travel(AFTER, tick=False):
        page = visitor("officer", f"{LIST}{meeting.pk}/minutes/").page
        assert "第1项议题“研究年度工作安排”还没有登记结论，不能印发会议纪要。" in page
        assert "会议纪要文稿" in page
        assert not buttons(page, "印发")
        concluded(meeting.items.get())
        page = visitor("officer", f"{LIST}{meeting.pk}/minutes/").page
        assert "现在还不能办理" not in page
        assert buttons(page, "印发")
    with time_machine.travel(datetime(2026, 12, 21, 9, tzinfo=CHINA_STANDARD_TIME)):
        page = visitor("officer", f"{LIST}{meeting.pk}/minutes/").page
        assert "第1项议定事项的完成时限2026年12月20日已过" in page
        assert not buttons(page, "印发")


STEPS = {
    "修改",
    "取消会议",
    "印发会议通知",
    "列入议题",
    "调整议程顺序",
    "登记到会情况",
    "登记议定事项",
    "印发会议纪要",
    "更正会议纪要",
    "核对更正稿",
}


@pytest.mark.parametrize(
    ("made", "is_over", "offered"),
    [
        (called, False, {"修改", "印发会议通知", "取消会议", "列入议题"}),
        (lambda: two_items().meeting, False, {"取消会议", "列入议题", "调整议程顺序"}),
        (lambda: two_items().meeting, True, {"登记到会情况", "取消会议", "列入议题", "调整议程顺序"}),
        (convened, False, {"取消会议", "列入议题"}),
        (convened, True, {"登记到会情况", "取消会议", "列入议题"}),
        (written, True, {"登记到会情况", "登记议定事项", "印发会议纪要"}),
        (lambda: minuted().meeting, True, {"更正会议纪要"}),
    ],
)
def test_a_meeting_offers_what_may_be_done_with_it_now_to_who_may(made, is_over, offered):
    meeting = made()
    with time_machine.travel(AFTER if is_over else cast.MONDAY, tick=False):
        for username, links in (("officer", offered), ("supervisor", set()), ("group_leader", set())):
            page = visitor(username, f"{LIST}{meeting.pk}/").page
            assert {words for words, _ in page.links} & STEPS == links, username


def test_what_is_past_is_said_in_place_of_the_form():
    meeting, over = convened(), minuted().meeting
    for url, words in (
        (f"{meeting.pk}/revise/", "现在是“已通知”，不能再修改；要改的请取消后另行召集。"),
        (f"{meeting.pk}/attendance/", "开始前不能登记到会情况，请在会后登记。"),
        (f"{meeting.pk}/correction/", "现在是“已通知”，不能再更正会议纪要。"),
        (f"{meeting.pk}/minutes/", "还没有召开（没有登记到会情况），不能印发会议纪要。"),
        (f"{over.pk}/minutes/", "现在是“已印发纪要”，不能再印发会议纪要。"),
        (f"{over.pk}/items/new/", "现在是“已印发纪要”，不能再列入议题。"),
    ):
        page = visitor("officer", f"{LIST}{url}").page
        assert words in page
        assert not any(buttons(page, label) for label in ("保存", "印发", "列入", "保存更正稿"))
        assert "会议纪要文稿" not in page


def buttons(page, label):
    return [form for form in page.forms if label in form.buttons]


def primary(page):
    """The links that stand out at the head of a page."""
    return re.findall(r'<a class="button button-small"\s+href="[^"]*">([^<]*)</a>', page.response.content.decode())


def test_only_the_step_that_comes_next_stands_out_and_what_is_lacking_stands_on_the_page():
    meeting = convened()
    with_item(meeting)
    page = lambda: visitor("director", f"{LIST}{meeting.pk}/").page  # noqa: E731
    with time_machine.travel(AFTER, tick=False):
        assert primary(page()) == ["登记到会情况"]
        assert "还没有登记结论" not in page()
        attended(meeting)
        shown = page()
        assert primary(shown) == []
        assert "登记到会情况" in shown
        assert "印发会议纪要" in shown
        for item in meeting.items.all():
            assert f"第{item.number}项议题“{item.title}”还没有登记结论，不能印发会议纪要。" in shown
            concluded(item)
        assert primary(page()) == ["印发会议纪要"]
        assert "还没有登记结论" not in page()


def test_what_waits_and_is_not_offered_for_an_agenda_is_said(office, monkeypatch):
    monkeypatch.setattr(meeting_forms, "MAX_WAITING", 1)
    case_in(CaseState.PROPOSED)
    page = f"/meetings/{called().pk}/items/new/"
    assert "其余的，待这些审定以后再列入" not in browser("officer").get(page).content.decode()
    case_in(CaseState.PROPOSED, unit=cast.unit(cast.COUNTY))
    words = browser("officer").get(page).content.decode()
    assert "待审定的约谈建议或者责任措施超过 1 件，这里各列前 1 件；其余的，待这些审定以后再列入。" in words
