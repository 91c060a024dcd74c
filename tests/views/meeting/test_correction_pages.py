"""The pages of a correction of 会议纪要: drafted by one, looked at and issued by another, read by whom it concerns."""

import pytest
import time_machine

from tests import cast
from tests.factories import case_in
from tests.meeting_corrections import BETTER, REASON, drafted, issued
from tests.meetings import AFTER, fresh, minuted
from tests.refusals import appoint, nothing_stored
from tests.web import Visitor, browser
from yuetan.actions.meeting.correction import withdraw_meeting_correction
from yuetan.models import MeetingCorrection, Unit
from yuetan.rules.dates import clock
from yuetan.vocabulary import CaseState, PostKind

pytestmark = pytest.mark.usefixtures("office")
HEAD = f"head_{cast.TOWN}"


@pytest.fixture
def meeting(office):
    paper = minuted()
    with time_machine.travel(AFTER, tick=False):
        yield fresh(paper.meeting)


def visitor(username, url):
    one = Visitor(cast.person(username))
    one.open(url)
    return one


def test_from_the_mistake_to_the_corrected_minutes(meeting):
    url, item = f"/meetings/{meeting.pk}/", meeting.items.get()
    officer = visitor("officer", url)
    officer.click("更正会议纪要")
    with nothing_stored():
        page = officer.press("保存更正稿", expect=422, reason="", **{f"conclusion_{item.pk}": BETTER})
    assert "尚未写明更正的原因。" in page
    assert BETTER in page
    page = officer.press("保存更正稿", reason=REASON, **{f"conclusion_{item.pk}": BETTER})
    assert "已保存更正稿，请由另一人核对后印发；印发前原纪要继续有效。" in page
    assert "会议纪要更正稿待印发" in page
    assert "更正稿由您拟定，请由另一人核对后印发。" in officer.click("核对更正稿")
    assert "核对并印发会议纪要的更正" not in visitor("officer", "/").page
    director = visitor("director", "/")
    assert "核对并印发会议纪要的更正（张一拟定）" in director.page
    page = director.open(f"{url}correction/issue/")
    assert BETTER in page
    assert "江扫黑会纪〔2026〕1号" in page
    page = director.press("印发更正")
    assert "更正的会议纪要已印发，文号为江扫黑会纪〔2026〕2号；有关单位和人员已收到消息。" in page
    assert "已由" in page
    assert page.link("江扫黑会纪〔2026〕1号").startswith("/documents/")
    assert "核对并印发会议纪要的更正" not in visitor("director", "/").page


def test_a_row_is_added_to_what_was_agreed_and_nothing_typed_is_lost(meeting):
    officer = visitor("officer", f"/meetings/{meeting.pk}/correction/")
    page = officer.press("补记一项", reason="漏记一项")
    assert "漏记一项" in page
    more = {"agreed-1-text": "公示投诉电话。", "agreed-1-unit": "", "agreed-1-due_on": "2026-12-25"}
    page = officer.press("保存更正稿", expect=422, **more)
    assert "第2项议定事项还缺：承办单位。" in page
    assert page.forms[-1].values["agreed-1-text"] == ["公示投诉电话。"]
    officer.press("保存更正稿", **more | {"agreed-1-unit": cast.COUNTY})
    assert len(MeetingCorrection.objects.get().text["resolution"]) == 2


def test_who_reads_of_a_draft_without_issuing_it_has_no_button_to_it(meeting):
    drafted(meeting)
    for username, is_offered in (("group_leader", False), ("officer", True), ("director", True)):
        page = visitor(username, f"/meetings/{meeting.pk}/").page
        assert "会议纪要更正稿待印发" in page
        assert ("核对更正稿" in [words for words, _ in page.links]) == is_offered
        assert "更正会议纪要" not in [words for words, _ in page.links]


def test_the_old_paper_says_that_it_was_replaced_and_the_unit_reads_of_the_correction(meeting):
    old = meeting.minutes
    drafted(meeting)
    new = issued(meeting)
    page = visitor("officer", f"/documents/{old.pk}/").page
    assert "已被替代" in page
    assert new.number in page
    town = visitor(HEAD, f"/meetings/{meeting.pk}/").page
    assert "议定事项以更正后的为准" in town
    assert BETTER not in town
    assert old.number not in town


def test_a_draft_is_given_up_on_its_page(meeting):
    drafted(meeting)
    director = visitor("director", f"/meetings/{meeting.pk}/correction/withdraw/")
    assert "尚未写明放弃更正的原因。" in director.press("放弃更正", expect=422, reason="")
    assert "已放弃更正，原纪要继续有效。" in director.press("放弃更正", reason="原文无误。")
    for action, button in (("issue", "印发更正"), ("withdraw", "放弃更正")):
        page = visitor("director", f"/meetings/{meeting.pk}/correction/{action}/").page
        assert f"{meeting.title}没有待印发的更正稿，可能已经印发或者放弃，请刷新页面。" in page
        assert f"{button}</button>" not in page
        assert "请先修改更正稿" not in page


@pytest.mark.parametrize(("action", "button"), [("issue", "印发更正"), ("withdraw", "放弃更正")])
def test_what_was_sent_after_the_draft_was_gone_is_refused_in_words(meeting, action, button):
    drafted(meeting)
    director = visitor("director", f"/meetings/{meeting.pk}/correction/{action}/")
    withdraw_meeting_correction(meeting, by=cast.person("officer"), reason="原文无误。")
    page = director.press(button, expect=422, **({"reason": "原文无误。"} if action == "withdraw" else {}))
    assert f"{meeting.title}没有待印发的更正稿，可能已经印发或者放弃，请刷新页面。" in page


def test_what_can_no_longer_be_issued_says_why_and_leads_back(meeting):
    drafted(meeting, observers="市委政法委副书记张二")
    MeetingCorrection.objects.filter(meeting=meeting).update(text=_with_passed_day(meeting))
    page = visitor("director", f"/meetings/{meeting.pk}/correction/issue/").page
    assert "更正稿现在不能印发，请先修改更正稿：" in page
    assert "完成时限2026年11月24日已过" in page
    assert "印发更正</button>" not in page


def test_what_was_sent_and_can_no_longer_be_issued_is_offered_no_second_time(meeting):
    drafted(meeting, observers="市委政法委副书记张二")
    director = visitor("director", f"/meetings/{meeting.pk}/correction/issue/")
    assert "印发更正" in _buttons(director)
    MeetingCorrection.objects.filter(meeting=meeting).update(text=_with_passed_day(meeting))
    page = director.press("印发更正", expect=422)
    assert "完成时限2026年11月24日已过" in page
    assert "更正的会议纪要文稿" not in page
    assert "印发更正" not in _buttons(director)
    assert "修改更正稿" in [words for words, _ in page.links]


def _buttons(person):
    return [button for form in person.page.forms for button in form.buttons]


def _with_passed_day(meeting):
    text = MeetingCorrection.objects.get(meeting=meeting).text
    unit = cast.unit(cast.COUNTY).pk
    text["resolution"].append({"number": 2, "text": "补记。", "unit_id": unit, "due_on": "2026-11-24"})
    return text


def test_who_may_not_see_an_item_neither_finds_nor_corrects(office):
    case = case_in(CaseState.PROPOSED)
    meeting = minuted(case).meeting
    drafted(meeting, observers="市委政法委副书记张二")
    appoint(cast.person("second_officer"), case.unit, PostKind.LEADER_IN_CHARGE, "副镇长")
    page = visitor("second_officer", f"/meetings/{meeting.pk}/").page
    assert "更正" not in page
    assert "核对并印发会议纪要的更正" not in visitor("second_officer", "/").page
    for action in ("", "issue/", "withdraw/"):
        assert browser("second_officer").get(f"/meetings/{meeting.pk}/correction/{action}").status_code == 403


def test_minutes_that_give_something_to_a_unit_that_has_ended_since_are_corrected_all_the_same(meeting):
    url, item = f"/meetings/{meeting.pk}/correction/", meeting.items.get()
    for code in (cast.TOWN, cast.COUNTY):
        Unit.objects.filter(code=code).update(retired_on=clock.today())
    officer, words = visitor("officer", url), {"reason": REASON, f"conclusion_{item.pk}": BETTER}
    officer.press("补记一项")
    more = {"agreed-1-text": "公示投诉电话。", "agreed-1-unit": cast.COUNTY, "agreed-1-due_on": "2026-12-25"}
    page = officer.press("保存更正稿", expect=422, **words, **more)
    assert f"在用的成员单位、市（区）、镇（街）里没有“{cast.COUNTY}”" in page
    officer.press("保存更正稿", **words, **dict.fromkeys(more, ""))
    issued(meeting)
    assert meeting.items.get().conclusion == BETTER
    assert [one.unit.code for one in meeting.resolutions.all()] == [cast.TOWN]
