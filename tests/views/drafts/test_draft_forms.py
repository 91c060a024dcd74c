"""What was typed fills the form again; nobody's words are overwritten unseen; no side sees the other's."""

import json
import re

import pytest
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.factories import case_after, case_in, later, take
from tests.refusals import nothing_stored
from tests.views.queries import queries_of
from tests.views.test_secrecy import reached
from tests.web import Visitor
from yuetan.models import Case, DraftField
from yuetan.vocabulary import CaseState, ReportKind, Verb

HEAD, LIAISON = f"head_{cast.TOWN}", f"liaison_{cast.TOWN}"


def step(case, verb):
    """The address of a step's page."""
    return f"/cases/{case.pk}/steps/{verb}/"


def at(username, url):
    """Somebody opens a page."""
    visitor = Visitor(cast.person(username))
    visitor.open(url)
    return visitor


def form_of(visitor):
    """The form that people type into."""
    return next(form for form in visitor.page.forms if "draft_seen" in form.values)


def send(visitor, *, owner=None, **sent):
    """What the script posts, to where the page says."""
    url = re.search(r'data-draft-url="([^"]+)"', visitor.page.response.content.decode())[1]
    token = form_of(visitor).values["csrfmiddlewaretoken"][0]
    owner = owner or re.search(r'data-owner="(\d+)"', visitor.page.response.content.decode())[1]
    return visitor.client.post(url, {"csrfmiddlewaretoken": token, "owner": owner, **sent})


def keep(visitor, expect=200, **fields):
    """Type without pressing anything; `__` for the hyphen of a row."""
    seen = json.loads(form_of(visitor).values["draft_seen"][0])
    typed = {name.replace("__", "-"): [value] if isinstance(value, str) else value for name, value in fields.items()}
    cells = {name: {"value": value, "shown": seen.get(name, "")} for name, value in typed.items()}
    answer = send(visitor, cells=json.dumps(cells))
    assert answer.status_code == expect, answer.content.decode()
    return json.loads(answer.content) if answer["Content-Type"] == "application/json" else {}


@pytest.fixture
def approved(office):
    """A case that waits for its notice: a form of one person."""
    return case_in(CaseState.APPROVED)


@pytest.fixture
def record_page(office):
    """A form of two people: the minutes as text."""
    return step(case_in(CaseState.INTERVIEWED), Verb.REVISE_MINUTES)


def test_what_was_typed_fills_the_form_and_is_said_to_be_no_more_than_that(approved):
    officer = at("officer", step(approved, Verb.SERVE_NOTICE))
    answer = keep(officer, place="三楼<会议室>", scheduled_at="2026-12-03T09:30")
    assert answer["at"] == "10:00"
    with nothing_stored():
        page = officer.open(officer.page.url)
    assert "以下有您填写的内容，10:00 自动保存，尚未提交。" in page
    assert [form_of(officer).values[name] for name in ("place", "scheduled_at")] == [
        ["三楼<会议室>"],
        ["2026-12-03T09:30"],
    ]
    assert not Case.objects.get().place
    with later(days=1):
        assert "11月23日 10:00 自动保存" in at("officer", officer.page.url).page


def test_choices_boxes_and_rows_come_back(office):
    case = case_after(Verb.HAND_IN_SUBMISSION)
    with later(days=3):
        officer = at("officer", step(case, Verb.HOLD_INTERVIEW))
        keep(
            officer,
            interviewer_present="on",
            attendances__0__attendance="absent",
            measures__4__content="第五项",
            measures__4__due_on="2026-12-30",
        )
        officer.open(officer.page.url)
        values = form_of(officer).values
    assert values["interviewer_present"] == ["on"]
    assert values["attendances-0-attendance"] == ["absent"]
    assert values["measures-count"] == ["5"]
    assert (values["measures-4-content"], values["measures-4-due_on"]) == (["第五项"], ["2026-12-30"])
    assert values["attendances-0-post"] == [str(post.pk) for post in case.interviewees.all()]


def test_the_step_takes_what_was_typed_with_it_and_a_refusal_keeps_it(approved):
    officer = at("officer", step(approved, Verb.SERVE_NOTICE))
    keep(officer, place="三楼会议室")
    officer.open(officer.page.url)
    with nothing_stored():
        officer.press("下一步：核对", expect=422, scheduled_at="")
        officer.press("下一步：核对", scheduled_at="2026-12-03T09:30")
    officer.press("书面通知")
    assert Case.objects.get().place == "三楼会议室"
    assert not DraftField.objects.exists()


def test_dropping_asks_first_and_drops_ones_own_alone(record_page):
    first, second = at("officer", record_page), at("director", record_page)
    keep(first, problems="甲的话")
    keep(second, statement="乙的话")
    first.open(record_page)
    assert "以下有王三和您填写的内容，10:00 自动保存，尚未提交。" in first.page
    with nothing_stored():
        page = first.click("放弃自动保存的内容")
    assert "甲的话" in page
    assert "乙的话" not in page
    first.press("放弃这些内容")
    assert DraftField.objects.get().name == "statement"
    assert form_of(first).values["statement"] == ["乙的话"]


def test_a_page_says_whether_others_fill_it_in_too(approved, record_page):
    own = step(approved, Verb.SERVE_NOTICE)
    for url, field, is_shared in ((record_page, "problems", True), (own, "place", False)):
        officer = at("officer", url)
        assert ("data-shared" in officer.page.response.content.decode()) is is_shared
        keep(officer, **{field: "写到一半"})
        officer.open(url)
        assert ("其他人填写的内容不受影响。" in officer.click("放弃自动保存的内容")) is is_shared


def test_in_one_field_the_second_reads_the_first_and_chooses(record_page):
    first, second = at("officer", record_page), at("director", record_page)
    keep(first, problems="甲的话")
    answer = keep(second, problems="乙的话", discussion="另一栏")
    other = answer["others"]["problems"]
    assert (other["who"], other["at"], other["words"]) == ("张一", "10:00", "甲的话")
    assert set(answer["kept"]) == {"discussion"}
    answer = send(second, cells=json.dumps({"problems": {"value": ["乙的话"], "shown": other["digest"]}}))
    assert json.loads(answer.content)["others"] == {}
    assert DraftField.objects.get(name="problems").value == ["乙的话"]


def test_ones_own_other_window_is_called_that(approved):
    url = step(approved, Verb.SERVE_NOTICE)
    one, other = at("officer", url), at("officer", url)
    keep(one, place="一号楼")
    assert keep(other, place="二号楼")["others"]["place"]["who"] == "您在别的窗口"


def test_without_scripts_the_others_words_stand_beside_and_nothing_is_stored(record_page):
    slow = at("director", record_page)
    fast = at("officer", record_page)
    keep(fast, problems="甲的话", statement="甲的陈述")
    with nothing_stored():
        page = slow.press("修改纪要", expect=409, problems="乙的话", discussion="乙的讨论")
    assert "张一于 10:00 也改了“约谈事由、目的和通报的问题”，改为： 甲的话" in page
    assert "张一于 10:00 改了“被约谈方陈述说明和拟采取的整改措施”，已换成修改后的内容" in page
    values = form_of(slow).values
    assert [values[name] for name in ("problems", "statement", "discussion")] == [
        ["乙的话"],
        ["甲的陈述"],
        ["乙的讨论"],
    ]
    slow.press("修改纪要")
    minutes = Case.objects.get().minutes
    assert (minutes.problems, minutes.statement, minutes.discussion) == ("乙的话", "甲的陈述", "乙的讨论")
    assert not DraftField.objects.exists()


def test_without_scripts_the_others_words_can_be_taken(record_page):
    slow = at("director", record_page)
    keep(at("officer", record_page), problems="甲的话")
    slow.press("修改纪要", expect=409, problems="乙的话")
    slow.press("修改纪要", draft_accepted=["problems"])
    assert Case.objects.get().minutes.problems == "甲的话"


def test_what_a_colleague_has_handed_in_is_not_overwritten_by_an_older_page(office):
    case = case_in(CaseState.NOTIFIED)
    slow = at(LIAISON, step(case, Verb.PREPARE_SUBMISSION))
    take(Verb.PREPARE_SUBMISSION, case, by=cast.person(HEAD), causes="甲")
    with nothing_stored():
        page = slow.press("保存草稿", expect=409, causes="乙")
    assert "他人也改了“原因分析”，改为： 甲" in page
    assert form_of(slow).values["situation"] == ["基本情况如下。"]
    slow.press("保存草稿")
    assert case.submissions.get().causes == "乙"


def test_what_changes_between_the_check_and_the_confirmation_is_seen(office):
    case = case_after(Verb.HAND_IN_SUBMISSION)
    facts = {"measures-0-content": "摸排", "measures-0-responsible_person": "冯十", "measures-0-due_on": "2026-12-30"}
    with later(days=3):
        url = step(case, Verb.HOLD_INTERVIEW)
        first, second = at("officer", url), at("second_officer", url)
        parts = {"problems": "甲事", "statement": "乙事", "discussion": "丙事", "interviewer_present": "on"}
        first.press(
            "下一步：核对",
            **parts,
            **facts,
            **{"measures-0-proof_required": "台账", "measures-0-acceptance_standard": "抽查属实"},
        )
        keep(second, discussion="丁")
        with nothing_stored():
            page = first.press("记录约谈", expect=409)
    assert "李二于 10:00 也改了“讨论分析”" in page
    assert form_of(first).values["measures-0-content"] == ["摸排"]


def test_an_added_row_and_going_back_keep_what_the_page_had_seen(office):
    case = case_after(Verb.HAND_IN_SUBMISSION)
    with later(days=3):
        url = step(case, Verb.HOLD_INTERVIEW)
        slow = at("officer", url)
        seen = form_of(slow).values["draft_seen"]
        keep(at("second_officer", url), discussion="丁")
        slow.press("增加一项", discussion="丙")
        assert form_of(slow).values["draft_seen"] == seen
        page = slow.press("下一步：核对", expect=409)
    assert "李二于 10:00 也改了“讨论分析”，改为： 丁" in page


def test_who_comes_too_late_reads_what_they_had_typed(approved):
    slow = at("second_officer", step(approved, Verb.SERVE_NOTICE))
    keep(slow, place="三楼<会议室>")
    take(Verb.SERVE_NOTICE, approved)
    with nothing_stored():
        answer = keep(slow, expect=409, procedure="一、说明")
        assert answer["words"].startswith(
            "张一（江门市扫黑除恶专项斗争领导小组办公室承办人）已于2026年11月23日 10:00办理：书面通知"
        )
        page = slow.press("下一步：核对", expect=409, required_materials="台账")
        assert "需提交的材料 台账" in page
        assert "地点 三楼<会议室>" in slow.open(slow.page.url, expect=409)
    assert "三楼" not in at("officer", "/").open(step(approved, Verb.SERVE_NOTICE), expect=409)


def test_the_tasks_of_a_case_are_typed_into_one_form(office):
    case = case_in(CaseState.RECTIFYING)
    first, second = case.tasks.order_by("number")
    url = step(case, Verb.PREPARE_REPORT)
    liaison = at(LIAISON, f"{url}?task={first.pk}")
    keep(liaison, **{"reports-1-text": "第一项的话"})
    head = at(HEAD, f"{url}?task={second.pk}")
    assert form_of(head).values["reports-1-text"] == ["第一项的话"]
    keep(head, **{"reports-2-text": "第二项的话"})
    elsewhere = at(HEAD, url)
    with nothing_stored():
        keep(elsewhere, expect=400, **{"reports-3-text": "没有的任务"})
        answer = liaison.press("保存草稿", expect=409, **{"reports-2-text": "我也写第二项"})
    assert "第 2 项：落实情况" in answer
    assert "填写整改报告" in at(HEAD, f"/cases/{case.pk}/").page
    asked = ask_extension_of(case, first)
    assert f"申请延期（第 {first.number} 项任务）" in asked
    at(LIAISON, url).press("保存草稿")
    assert [task.draft(ReportKind.COMPLETION).text for task in (first, second)] == ["第一项的话", "第二项的话"]
    assert not DraftField.objects.filter(verb=Verb.PREPARE_REPORT).exists()


def ask_extension_of(case, task):
    """What the head finds on the case's page after typing a reason for more time for one task."""
    keep(at(HEAD, f"{step(case, Verb.ASK_EXTENSION)}?task={task.pk}"), reason="还要会同核查")
    undecided = at(HEAD, step(case, Verb.ASK_EXTENSION))
    assert "选定整改任务后，填写的内容自动保存。" in undecided.page
    with nothing_stored():
        keep(undecided, expect=400, reason="没有选任务的话")
    assert DraftField.objects.get(verb=Verb.ASK_EXTENSION).task == task
    return at(HEAD, f"/cases/{case.pk}/").page


def test_a_new_proposal_waits_where_proposals_begin(town, officer):
    visitor = at("officer", f"/cases/new/?unit={town.pk}")
    keep(visitor, matter="线索摸排不深入", **{"grounds-5_2-ticked": "on", "grounds-5_2-facts": "线索仅2条。"})
    assert visitor.open("/cases/new/").link("蓬江区棠下镇")
    assert "尚未提交" not in at("second_officer", "/cases/new/").page
    visitor.click("蓬江区棠下镇")
    kept = {name: form_of(visitor).values[name] for name in ("matter", "grounds-5_2-ticked", "grounds-5_2-facts")}
    assert list(kept.values()) == [["线索摸排不深入"], ["on"], ["线索仅2条。"]]
    visitor.press("保存草稿")
    assert Case.objects.get().matter == "线索摸排不深入"
    assert not DraftField.objects.exists()


def test_a_draft_waits_on_its_case(office):
    case = case_in(CaseState.DRAFTED)
    officer = at("officer", f"/cases/{case.pk}/edit/")
    keep(officer, **{"grounds-5_2-facts": "改到一半"})
    assert "您于 10:00 填写，已自动保存" in officer.open(f"/cases/{case.pk}/")
    officer.click("修改建议")
    assert form_of(officer).values["grounds-5_2-facts"] == ["改到一半"]
    officer.press("保存草稿")
    assert case.case_grounds.get().facts == "改到一半"
    assert not DraftField.objects.exists()


def test_asking_again_costs_nothing_until_something_changes(record_page):
    officer = at("officer", record_page)
    url = f"{record_page}autosave/"
    with nothing_stored():
        answer = json.loads(officer.client.get(url).content)
        assert officer.client.get(url, {"stamp": answer["stamp"]}).status_code == 204
    keep(at("director", record_page), problems="乙的话")
    answer = json.loads(officer.client.get(url, {"stamp": answer["stamp"]}).content)
    assert (answer["cells"]["problems"]["values"], answer["cells"]["problems"]["who"]) == (["乙的话"], "王三")


def test_the_page_costs_the_same_however_much_was_typed(record_page):
    officer = at("officer", record_page)
    keep(officer, problems="一")
    few = [
        queries_of(officer.client, url)
        for url in (record_page, f"{record_page}autosave/", record_page.split("steps")[0])
    ]
    keep(at("director", record_page), statement="二", discussion="三", copied_to="四")
    assert [
        queries_of(officer.client, url)
        for url in (record_page, f"{record_page}autosave/", record_page.split("steps")[0])
    ] == few


@pytest.mark.parametrize(
    "cells",
    [
        "",
        "[]",
        "{",
        '{"problems": "甲"}',
        '{"problems": {"value": "甲", "shown": ""}}',
        '{"problems": {"value": [1], "shown": ""}}',
        '{"problems": {"value": ["甲"]}}',
        '{"nothing": {"value": ["甲"], "shown": ""}}',
        '{"task": {"value": ["1"], "shown": ""}}',
        '{"draft_seen": {"value": ["{}"], "shown": ""}}',
        json.dumps({"problems": {"value": ["长" * 30_001], "shown": ""}}),
        json.dumps({"problems": {"value": ["多"] * 201, "shown": ""}}),
        json.dumps({f"measures-{i}-content": {"value": ["多"], "shown": ""} for i in range(401)}),
    ],
)
def test_what_no_page_sends_is_not_kept(record_page, cells):
    officer = at("officer", record_page)
    with nothing_stored():
        assert send(officer, cells=cells).status_code == 400


def test_hostile_signs_are_kept_as_far_as_they_can_be(record_page):
    officer = at("officer", record_page)
    keep(officer, problems="<script>alert(1)</script>\0\ud800\u202e")
    page = officer.open(record_page)
    assert "<script>alert" not in page.response.content.decode()
    assert form_of(officer).values["problems"] == ["<script>alert(1)</script>\u202e"]


def test_a_page_that_somebody_else_left_open_keeps_nothing_under_ones_name(record_page):
    director = at("director", record_page)
    with nothing_stored():
        assert send(director, owner=cast.person("officer").pk, cells="{}").status_code == 403
        assert send(director, owner=cast.person("officer").pk, discard="1").status_code == 403


# Whom each form answers; to everybody else the case, the step or the form is what it is on its own page.
WHOSE = {
    ("notified", Verb.RESCHEDULE): ("officer", "second_officer"),
    ("notified", Verb.PREPARE_SUBMISSION): (HEAD, LIAISON),
    ("drafted", Verb.SUBMIT): ("officer",),
}
EVERYBODY = ("officer", "second_officer", "director", "group_leader", "supervisor", "sysadmin", HEAD, LIAISON)
OTHERS = (f"head_{cast.DIVISION_TOWN}", f"liaison_{cast.DIVISION_TOWN}")


def test_who_is_answered_is_whose_step_it_is(office):
    cases = {state: case_in(state) for state in ("notified", "drafted")}
    for username in (*EVERYBODY, *OTHERS):
        client = Visitor(cast.person(username)).client
        for (state, verb), whose in WHOSE.items():
            page = step(cases[state], verb)
            expected = client.get(page)
            with nothing_stored():
                answer = client.get(f"{page}autosave/")
            assert answer.status_code == (200 if username in whose else expected.status_code), (username, verb)
            assert (answer.status_code == 200) == (username in whose), (username, verb)
        draft = client.get(f"/cases/{cases['drafted'].pk}/edit/autosave/").status_code
        assert draft == (
            200 if username == "officer" else client.get(f"/cases/{cases['drafted'].pk}/edit/").status_code
        )
        unit = cast.unit(cast.TOWN).pk
        drafts = username in ("officer", "second_officer")
        assert client.get(f"/cases/new/autosave/{unit}/").status_code == (200 if drafts else 403)


def test_nobody_is_answered_without_logging_in(approved):
    for url in (
        f"{step(approved, Verb.SERVE_NOTICE)}autosave/",
        f"/cases/{approved.pk}/edit/autosave/",
        reverse("autosave_proposal", args=[approved.unit_id]),
    ):
        for answer in (Client().get(url), Client().post(url)):
            assert (answer.status_code, answer["Location"]) == (302, f"/login/?next={url}")


def test_no_side_finds_the_others_words_anywhere(office):
    case = case_in(CaseState.NOTIFIED)
    keep(at("officer", step(case, Verb.RESCHEDULE)), reason="暗记甲：改期原因")
    keep(at(LIAISON, step(case, Verb.PREPARE_SUBMISSION)), situation="暗记乙：基本情况")
    secrets = {HEAD: "暗记甲", "officer": "暗记乙", "second_officer": "暗记"}
    for username, secret in secrets.items():
        pages = dict(reached(Visitor(cast.person(username)), "/", f"/cases/{case.pk}/", f"/units/{case.unit_id}/"))
        assert f"/cases/{case.pk}/" in pages
        assert [url for url, page in pages.items() if secret in page.decode(errors="ignore")] == [], username
    assert "暗记乙" in at(HEAD, step(case, Verb.PREPARE_SUBMISSION)).page.response.content.decode()
