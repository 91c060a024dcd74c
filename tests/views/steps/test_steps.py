"""The one page of every step: the form back as typed, the check of answers, and who was faster."""

import re
from datetime import datetime

import pytest

from tests import cast
from tests.factories import case_after, case_in, later, pdf, take
from tests.refusals import appoint, nothing_stored, refused
from tests.web import Visitor
from yuetan.models import Case
from yuetan.rules.text.official_text import CHINA_STANDARD_TIME
from yuetan.vocabulary import CaseState, PostKind, Verb

HEAD = f"head_{cast.TOWN}"


def at_step(username, case, verb):
    """Somebody opens the page of a step."""
    visitor = Visitor(cast.person(username))
    visitor.open(f"/cases/{case.pk}/steps/{verb}/")
    return visitor


@pytest.fixture
def approved(office):
    """A case approved, waiting for its notice."""
    return case_in(CaseState.APPROVED)


def test_a_refused_form_comes_back_as_typed_and_nothing_is_stored(approved):
    officer = at_step("officer", approved, Verb.SERVE_NOTICE)
    procedure = "说明<b>事由</b>&通报问题\n陈述、讨论措施、纪要"
    entered = {"place": "", "scheduled_at": "2026-12-03T09:30", "procedure": procedure}
    with nothing_stored():
        page = officer.press("下一步：核对", expect=422, **entered)
    assert "有 1 处需要改正" in page
    assert "依据第七条，约谈通知还缺：地点。" in page
    kept = {name: page.forms[-1].values[name][0].replace("\r\n", "\n") for name in entered}
    assert kept == entered


@pytest.mark.parametrize("entered", ["2026-13-45T09:30", "明天上午", "0000-00-00T00:00"])
def test_a_time_that_is_no_time(approved, entered):
    officer = at_step("officer", approved, Verb.SERVE_NOTICE)
    with nothing_stored():
        page = officer.press("下一步：核对", expect=422, scheduled_at=entered)
    assert page.forms[-1].values["scheduled_at"] == [entered]


def test_the_check_shows_the_paper_that_will_be_and_keeps_nothing(approved):
    officer = at_step("officer", approved, Verb.SERVE_NOTICE)
    with nothing_stored():
        page = officer.press("下一步：核对", scheduled_at="2026-12-03T09:30", place="三楼<会议室>")
    assert "江扫黑办〔2026〕1号" in page
    assert "三楼<会议室>" in page
    with nothing_stored():
        assert officer.press("返回修改").forms[-1].values["place"] == ["三楼<会议室>"]
    officer.press("下一步：核对")
    assert officer.press("书面通知").heading == approved.title
    case = Case.objects.get()
    assert case.scheduled_at == datetime(2026, 12, 3, 9, 30, tzinfo=CHINA_STANDARD_TIME)
    assert case.documents.get().number == "江扫黑办〔2026〕1号"


def test_confirming_without_the_check_is_judged_like_any_other(approved):
    officer = at_step("officer", approved, Verb.SERVE_NOTICE)
    form = officer.page.forms[-1]
    data = {name: values[0] for name, values in form.values.items() if values} | {"confirmed": "1", "scheduled_at": ""}
    with nothing_stored():
        answer = officer.client.post(form.action, data)
    assert answer.status_code == 422
    assert "依据第七条，约谈通知还缺：时间。" in answer.content.decode()


def test_who_comes_second_reads_who_was_first_and_when(approved):
    slow = at_step("second_officer", approved, Verb.SERVE_NOTICE)
    slow.press("下一步：核对", scheduled_at="2026-12-03T09:30")
    take(Verb.SERVE_NOTICE, approved)
    with nothing_stored():
        page = slow.press("书面通知", expect=409)
    assert "张一（江门市扫黑除恶专项斗争领导小组办公室承办人）" in page
    assert "已于 2026年11月23日 10:00 办理：书面通知（现为“已通知，待约谈”）" in page
    assert page.link("重新打开") == f"/cases/{approved.pk}/"


def test_the_unit_reads_of_the_body_and_not_of_a_name(office):
    case = case_after(Verb.SEND_MINUTES)
    head = at_step(f"head_{cast.TOWN}", case, Verb.ANSWER_MINUTES)
    take(Verb.REVISE_MINUTES, case)
    case = take(Verb.CONFIRM_MINUTES, case)
    case = take(Verb.SEND_MINUTES, case)
    take(Verb.ANSWER_MINUTES, case)
    take(Verb.ISSUE_MINUTES, case)
    with nothing_stored():
        page = head.press("下一步：核对", expect=409, answer="agreed")
    assert "市扫黑办 已于" in page
    assert "印发纪要" in page
    assert "王三" not in page


def test_a_row_is_added_without_scripts_and_the_rest_stays(office):
    case = case_after(Verb.HAND_IN_SUBMISSION)
    with later(days=3):
        officer = at_step("officer", case, Verb.HOLD_INTERVIEW)
        assert officer.page.forms[-1].values["measures-count"] == ["3"]
        with nothing_stored():
            page = officer.press("增加一项", **{"measures-0-content": "摸排", "problems": "甲"})
        assert page.forms[-1].values["measures-count"] == ["4"]
        assert page.forms[-1].values["measures-0-content"] == ["摸排"]
        assert page.forms[-1].values["problems"] == ["甲"]


def test_a_step_not_yet_possible_says_why_and_has_no_form(office):
    case = case_after(Verb.HOLD_INTERVIEW)
    officer = at_step("officer", case, Verb.SEND_MINUTES)
    assert "纪要文本尚未经约谈人孙六确认，须先请约谈人确认。" in officer.page
    assert not any(form.method == "post" and form.action.endswith("send_minutes/") for form in officer.page.forms)


REGISTERED = {"decision": "approved", "method": "meeting", "given_on": "2026-11-23", "opinion": "会议同意。"}


def test_the_office_registers_a_meeting_with_its_scan(office):
    case = case_in(CaseState.PROPOSED)
    director = Visitor(cast.person("director"))
    director.open(f"/cases/{case.pk}/")
    director.click("登记审定")
    with nothing_stored():
        page = director.press("登记审定", expect=422, method="meeting", opinion="同意。")
    for sentence in (
        "尚未选择审定结果（同意，或者不予约谈）。",
        "尚未选择作出审定的领导。",
        "登记会议审定的，须写明审定日期。",
        "须上传会议记录或签批件的扫描件。",
    ):
        assert sentence in page
    leader = director.pick("approver", "赵四")
    facts = REGISTERED | {"approver": leader}
    director.press("登记审定", **facts, meeting="领导小组2026年第3次会议", proof=pdf("会议纪要.pdf"))
    assert "会议审定（领导小组2026年第3次会议），2026年11月23日" in director.page
    assert Case.objects.get(pk=case.pk).state == CaseState.PROPOSED
    assert director.fetch("会议纪要.pdf").startswith(b"%PDF-")


def test_a_meeting_does_not_help_a_leader_who_must_stand_back(group_leader, town):
    case = case_in(CaseState.PROPOSED)
    appoint(group_leader, town, PostKind.LIAISON, "联系领导")
    director = at_step("director", case, Verb.REGISTER_DECISION)
    assert str(group_leader.pk) not in director.page.forms[-1].offered["approver"]
    facts = REGISTERED | {"approver": str(group_leader.pk)}
    with nothing_stored():
        director.press("登记审定", expect=422, **facts, meeting="专题会", proof=pdf("会议纪要.pdf"))
    with refused("办公室设定：赵四现任被约谈单位棠下镇联系领导，应当回避，不得审定，请由其他有权办理的人办理。"):
        take(Verb.REGISTER_DECISION, case, approver=cast.person("group_leader"))


@pytest.mark.parametrize("verb", ["", "delete", "draft", "approve_letter", "__class__"])
def test_a_verb_that_is_none(officer, verb):
    case = case_in(CaseState.DRAFTED)
    Visitor(officer).open(f"/cases/{case.pk}/steps/{verb}/", expect=404)


def test_a_step_that_is_somebody_elses_is_not_taken_by_posting(head, liaison):
    case = take(Verb.PREPARE_SUBMISSION, case_in(CaseState.NOTIFIED))
    page = at_step(f"liaison_{cast.TOWN}", case, Verb.PREPARE_SUBMISSION)
    token = {"csrfmiddlewaretoken": page.page.forms[-1].values["csrfmiddlewaretoken"][0], "confirmed": "1"}
    with nothing_stored():
        answer = page.client.post(f"/cases/{case.pk}/steps/hand_in_submission/", token)
    assert answer.status_code == 403


CARDS = {
    *("约谈建议", "审定", "约谈通知", "签收", "请假", "书面材料", "约谈", "约谈纪要", "待确认的纪要更正", "督查"),
    "问责处理",
}
# Before a step is taken its page shows what it is about: after which step, the step, whose, the cards.
READ_BEFORE = [
    (Verb.DRAFT, Verb.SUBMIT, "officer", ["约谈建议"]),
    (Verb.SUBMIT, Verb.ENDORSE, "director", ["约谈建议"]),
    (Verb.SUBMIT, Verb.RETURN_FOR_CHANGES, "director", ["约谈建议"]),
    (Verb.ENDORSE, Verb.RETURN_FOR_CHANGES, "group_leader", ["约谈建议", "审定"]),
    (Verb.ENDORSE, Verb.DECLINE, "group_leader", ["约谈建议", "审定"]),
    (Verb.SERVE_NOTICE, Verb.ACKNOWLEDGE_RECEIPT, HEAD, ["约谈通知"]),
    (Verb.SERVE_NOTICE, Verb.REGISTER_RECEIPT, "officer", ["签收"]),
    (Verb.PREPARE_SUBMISSION, Verb.HAND_IN_SUBMISSION, HEAD, ["书面材料"]),
    (Verb.ASK_LEAVE, Verb.DECIDE_LEAVE, "deputy", ["约谈通知", "请假"]),
    (Verb.ANSWER_MINUTES, Verb.ISSUE_MINUTES, "director", ["约谈", "约谈纪要"]),
    (Verb.CORRECT_MINUTES, Verb.CONFIRM_CORRECTION, "deputy", ["约谈纪要", "待确认的纪要更正"]),
    (Verb.CORRECT_MINUTES, Verb.CORRECT_MINUTES, "director", ["待确认的纪要更正"]),
    (Verb.ISSUE_MINUTES, Verb.ASSIGN, "officer", ["约谈"]),
    (Verb.CONCLUDE_INSPECTION, Verb.CLOSE, "director", ["督查"]),
]


@pytest.mark.parametrize(("after", "verb", "who", "cards"), READ_BEFORE)
def test_what_a_step_is_about_is_read_on_its_page(office, after, verb, who, cards):
    beside = {Verb.ASK_LEAVE: Verb.SERVE_NOTICE, Verb.CORRECT_MINUTES: Verb.ISSUE_MINUTES}
    case = case_after(beside.get(after, after))
    if after in beside:
        take(after, case)
    page = at_step(who, case, verb).page.response.content.decode()
    headings = [words.strip() for words in re.findall(r"<h2[^>]*>(.*?)</h2>", page, re.DOTALL)]
    assert [words for words in headings if words in CARDS] == cards
