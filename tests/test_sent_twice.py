"""Every form sent twice does it once: every step of the long story, and every other page that keeps a form."""

import re
import uuid
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from threading import Barrier, Thread
from typing import Any

import pytest
import time_machine
from django.conf import settings as installed
from django.core.files.uploadedfile import UploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse
from django.utils import timezone

from tests import cast
from tests.assessment import RESULTS, assessment_of
from tests.factories import case_in, keywords, later, letter_in, png, take
from tests.meetings import called, minuted, post_of
from tests.opinion_corrections import BETTER, afterwards
from tests.random_people.attempts import posted
from tests.received import LETTER, received
from tests.refusals import nothing_stored
from tests.reporting import report_of, scheme_of
from tests.rounds import DISCUSSION, WRONG, informed_visit
from tests.steps import STEPS, proposal
from tests.test_naughty_strings import STORY
from tests.web import Page, Visitor, browser
from yuetan.actions.meeting.correction import open_correction
from yuetan.actions.messages.daily import daily
from yuetan.actions.rounds.opinion_correction import digest_of_correction, digest_to_correct
from yuetan.models import (
    Case,
    Chase,
    Document,
    FormKey,
    Letter,
    Meeting,
    NumberEntry,
    Post,
    RoundVisit,
    Submission,
)
from yuetan.models.drafts.form_key import KEY_FIELD
from yuetan.rules.dates import clock
from yuetan.views.case.available_steps import step_url
from yuetan.vocabulary import CaseState, LetterState, ReportingRhythm, TaskState, Verb

KEY = re.compile(r'name="form_key" value="([0-9a-f-]{36})"')
SENT_AGAIN = "这张表已提交过，没有重复办理。"
# Templates whose forms may be sent again and again, and why.
WITHOUT_KEY = {
    "login.html",  # nobody is logged in yet
    "account/account.html",  # what is ended or taken away is so once
    "account/second_step.html",  # nobody is logged in yet
    "account/totp.html",  # the second time there is one
    "account/passkey.html",  # a question to a browser is answered once
    "components/passkey_form.html",  # the same
    "account/reauthentication.html",  # bears the key of the form that it keeps
    "password.html",  # the second time the old password is wrong
    "base.html",  # logging out
    "cases/discard_draft.html",  # nothing is left to be dropped
    "tasks/list.html",  # asks for the form of what is chosen, and that one has a key
    "approvals/list.html",  # the same
    "alerts/list.html",  # a message that was read stays read
    "files/prepared.html",  # each fetching of papers is written down, for each is one
    "components/follow.html",  # what is followed already is followed once
    "components/saved_filters.html",  # a filter kept once more under its name is the same filter
    "imports/import.html",  # a table is taken in or dropped from one state alone, and passwords are gone once
    "components/minutes_sample.html",  # each taking is written down, for each is one
    "files/preview.html",  # what was asked for once is not made again
    "statistics/statistics.html",  # the same as with a list
    "components/export.html",  # the same list once more is one more file, and a row that says so
}
EACH_IS_ONE = "papers/paper.html"  # printing twice is two copies, and both are written down; its scan has a key


def key_of(response: HttpResponse) -> str:
    found = KEY.search(response.content.decode())
    assert found, "no form with a key"
    return found[1]


def send(client: Client, url: str, data: dict[str, Any]) -> HttpResponse:
    for value in data.values():
        for file in value if isinstance(value, list) else [value]:
            if isinstance(file, UploadedFile):
                file.seek(0)
    return client.post(url, data)


def send_twice(client: Client, page: str, data: dict[str, Any], url: str = "") -> HttpResponse:
    """Open a page, send its form and send it again: the second leads where the first led, and nothing is stored."""
    whole = {**data, "form_key": key_of(client.get(page))}
    first = send(client, url or page, whole)
    assert first.status_code == 302, Page(first, page).words
    with nothing_stored():
        second = send(client, url or page, whole)
    assert (second.status_code, second["Location"]) == (302, first["Location"])
    return second


@pytest.fixture
def letter_form(member_unit: Any) -> dict[str, Any]:
    return {
        "capacity": "member_unit",
        "unit": member_unit.pk,
        "matter": "行业乱象整治进展缓慢",
        "problems": "三项整治任务均未按期启动。",
        "requirements": "请抓紧部署，并书面反馈。",
    }


def test_every_step_of_the_story_sent_twice_is_taken_once(office: object) -> None:
    with time_machine.travel(cast.MONDAY) as now:
        new = f"/cases/new/?unit={cast.unit(cast.TOWN).pk}"
        send_twice(browser("officer"), new, posted(proposal(cast.unit(cast.TOWN))), "/cases/new/")
        for verb, days, changed in STORY:
            now.shift(timedelta(days=days) or timedelta(hours=1))
            case = Case.objects.get()
            _, whose, found = STEPS[verb]
            data = posted(found(case) | changed) | {"confirmed": "1"}
            send_twice(browser(whose(case).username), step_url(case, verb), data)


def test_both_windows_of_a_double_click_make_one_letter(transactional_db: None, office: object) -> None:
    form = {
        "capacity": "member_unit",
        "unit": cast.unit(cast.MEMBER_UNIT).pk,
        "matter": "行业乱象整治进展缓慢",
        "problems": "三项整治任务均未按期启动。",
        "requirements": "请抓紧部署，并书面反馈。",
    }
    client = browser("supervisor")
    data = {**form, "form_key": key_of(client.get("/letters/new/"))}
    start, answers = Barrier(4), []

    def press(own: Client) -> None:
        try:
            start.wait()
            answers.append(own.post("/letters/new/", data))
        finally:
            connection.close()

    threads = [Thread(target=press, args=(browser("supervisor"),)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    letter = Letter.objects.get()
    assert {(one.status_code, one["Location"]) for one in answers} == {(302, f"/letters/{letter.pk}/")}


def _pages() -> Iterator[tuple[str, str, dict[str, Any], str]]:
    """Who, on which page, with what, sent where if elsewhere."""
    day = str(clock.today() + timedelta(days=1))
    yield "officer", reverse("reserve_number"), {"kind": "minutes", "case": "", "purpose": "印发专题纪要"}, ""
    entry = NumberEntry.objects.latest("pk")
    yield "officer", reverse("use_number", args=[entry.pk]), {"used_for": "专题纪要"}, ""
    yield (
        "group_leader",
        "/delegations/",
        {
            "delegate": cast.person("deputy").pk,
            "begins_on": day,
            "ends_on": day,
            "reason": "外出学习",
        },
        "",
    )
    town = cast.unit(cast.TOWN)
    post = {"kind": "liaison", "title": "联络员", "rank": "", "began_on": str(clock.today())}
    yield "sysadmin", reverse("begin_post", args=[town.pk]), post | {"name": "林二十", "holder": ""}, ""
    yield "sysadmin", reverse("end_post", args=[Post.objects.latest("pk").pk]), {"ended_on": str(clock.today())}, ""
    yield (
        "sysadmin",
        reverse("add_unit"),
        {"name": "市林业局", "code": "440700999", "parent": "", "kind": "member_unit"},
        "",
    )
    yield "director", f"{reverse('statistics_sheet')}?kind=year&year=2026", {"confirmed": "1", "seen": ""}, ""
    head = cast.head(cast.TOWN)
    facts = {"main_work": "全年排查3次。", "difficulties": "没有须协调解决的困难。", "report": [png()]}
    yield head.username, reverse("enter_dossier", args=[head.posts.get().pk, 2026]), facts, ""
    award = {
        "honour": "先进集体",
        "awarded_by": "市人民政府",
        "awarded_on": "2026-05-04",
        "paper_number": "江府〔2026〕8号",
    }
    yield "officer", reverse("record_commendation", args=[town.pk]), award | {"paper": [png("决定.png")]}, ""
    scan = [png("来函.png")]
    came = {name: str(value) for name, value in LETTER.items()} | {"unit": town.pk, "number": "江检建〔2026〕8号"}
    yield "officer", reverse("register_received"), came | {"scan": scan}, ""
    letter = received()
    reply = {
        "replied_on": str(clock.today()),
        "number": "",
        "words": "已逐一巡查并建立台账。",
        "scan": [png("回复.png")],
    }
    yield head.username, reverse("reply_received_letter", args=[letter.pk]), reply, ""
    given = {"reason": "台账不齐。", "proof": [png("依据.png")], "unit": town.code, "indicator": RESULTS}
    yield "supervisor", reverse("score_assessment", args=[assessment_of().pk]), given | {"points": "30"}, ""
    report = report_of(scheme_of())
    numbers = {"f1": "5", "f2": "3", "f3": "2", "f4": "1", "f5": "", "after": "0"}
    yield head.username, reverse("fill_report", args=[report.public_id]), numbers, ""
    proof = {"kind": "false", "words": "实地核查场所 9 处。", "proof": [png("核查.png")]}
    yield "officer", reverse("mark_report", args=[report.public_id]), proof, ""
    signer, came_at = head.posts.get().pk, timezone.localtime(clock.now()).strftime("%Y-%m-%dT%H:%M")
    paper = {"brought_by": "褚十二", "brought_by_title": "棠下镇联络员", "received_at": came_at}
    paper |= {"signer": signer, "scan": png("报表.png")}
    corrected = numbers | {"f1": "6", "f2": "4", "after": "1", "reason": "漏报一处。"}
    yield "officer", reverse("register_paper_report", args=[report.public_id]), corrected | paper, ""
    incidents = scheme_of("突发情况", rhythm=ReportingRhythm.ANY_TIME)
    url = f"{reverse('register_paper_incident', args=[incidents.pk])}?unit={cast.TOWN}"
    yield "officer", url, numbers | paper | {"scan": png("情况.png")}, ""
    hidden = {"unit": cast.TOWN, "occurred_on": str(clock.today()), "words": "辖区发生一起事件，没有报送。"}
    yield "officer", reverse("mark_concealed", args=[incidents.pk]), hidden | {"proof": [png("核查一.png")]}, ""
    planned = {"kind": "joint", "topic": "", "begins_at": "2026-12-25T09:00", "place": "302会议室", "demands": ""}
    yield "officer", reverse("call_meeting"), planned | {"chair": post_of("group_leader").pk}, ""
    goes = {"members": [cast.person(name).pk for name in ("officer", "director")], "leader": cast.person("officer").pk}
    to = {"visits-0-unit": cast.TOWN, "visits-0-day": str(clock.today()), "visits-0-points": "整治工作落实情况。"}
    when = {"begins_on": str(clock.today()), "ends_on": str(clock.today()), "title": "明察暗访", "basis": "工作方案"}
    yield "officer", reverse("plan_round"), {"kind": "unannounced", **when, **goes, **to}, ""
    meeting = called()
    yield "officer", reverse("add_agenda_item", args=[meeting.pk]), {"title": "研究年度工作安排"}, ""
    yield "officer", reverse("convene_meeting", args=[meeting.pk]), {"units": cast.TOWN}, ""
    files = {"papers": [png("汇报提纲.png")]}
    yield "officer", reverse("add_agenda_files", args=[meeting.items.get().pk]), files, ""
    yield from _pages_of_a_correction(minuted().meeting)
    yield from _pages_of_a_corrected_opinion(informed_visit())
    yield "director", reverse("change_office_setting", args=["draft_days"]), {"value": "45"}, ""


def _pages_of_a_correction(meeting: Meeting) -> Iterator[tuple[str, str, dict[str, Any], str]]:
    """更正会议纪要: drafted and given up, drafted again and issued."""
    draft, withdraw, issue = (
        reverse(name, args=[meeting.pk])
        for name in ("correct_meeting_minutes", "withdraw_meeting_correction", "issue_meeting_correction")
    )
    with later(days=3):
        yield "officer", draft, _corrected(meeting, draft), ""
        yield "officer", withdraw, {"reason": "另行更正。"}, ""
        yield "officer", draft, _corrected(meeting, draft), ""
        drafted = open_correction(meeting)
        assert drafted is not None
        yield "director", issue, {"seen": drafted.digest}, ""


def _pages_of_a_corrected_opinion(of_visit: RoundVisit) -> Iterator[tuple[str, str, dict[str, Any], str]]:
    """更正督导意见书: drafted and given up, drafted again and issued."""
    names = ("correct_round_opinion", "withdraw_opinion_correction", "reissue_round_opinion")
    draft, withdraw, issue = (reverse(name, args=[of_visit.pk]) for name in names)
    people = [cast.person(name).pk for name in ("officer", "director", "supervisor")]
    said = {"reason": "结论文字有误", "conclusion": BETTER, "discussion": DISCUSSION, "concluded_on": "2026-11-25"}
    said |= {"demands": of_visit.demands, "people": people, "words_1": WRONG}
    with time_machine.travel(afterwards(), tick=False):
        for page, scan in ((draft, png("签名页.png")), (withdraw, None), (draft, png("另一签名页.png"))):
            sent = {**said, "scan": [scan], "seen": digest_to_correct(of_visit)} if scan else {"reason": "另行更正。"}
            yield "officer", page, sent, ""
        yield "director", issue, {"seen": digest_of_correction(of_visit)}, ""


def _corrected(meeting: Meeting, page: str) -> dict[str, Any]:
    """What the form of a correction holds, with another conclusion."""
    forms = Visitor(cast.person("officer")).open(page).forms
    values = next(form.values for form in forms if "保存更正稿" in form.buttons)
    stands = {name: each for name, each in values.items() if each}
    return stands | {"reason": "结论文字有误。", f"conclusion_{meeting.items.get().pk}": "会议同意分三个阶段推进。"}


def test_every_other_form_sent_twice_is_carried_out_once(office: object) -> None:
    for username, page, data, url in _pages():
        send_twice(browser(username), page, data, url)


def test_the_second_letter_leads_to_the_first(office: object, letter_form: dict[str, Any]) -> None:
    client = browser("supervisor")
    send_twice(client, "/letters/new/", letter_form)
    letter = Letter.objects.get()
    assert SENT_AGAIN in client.get(f"/letters/{letter.pk}/").content.decode()
    send_twice(client, "/letters/new/", letter_form)  # a page opened anew is another letter
    assert Letter.objects.count() == 2


def test_a_letter_is_signed_and_sent_back_once(office: object) -> None:
    letter, leader = letter_in(LetterState.DRAFTED), browser("group_leader")
    address = reverse("return_letter", args=[letter.pk])
    send_twice(leader, address, {"reason": "问题写得太笼统，请写明具体任务。"})


def test_a_selection_is_chased_once(office: object) -> None:
    case = case_in(CaseState.RECTIFYING)
    client, url = browser("supervisor"), reverse("chase_selected")
    chosen = {"task": [task.pk for task in case.tasks.all()]}
    found = keywords(Verb.CHASE, case)
    data = {**chosen, **{name: found[name] for name in found if name != "tasks"}, "confirmed": "yes"}
    data["form_key"] = key_of(client.post(url, chosen))
    assert client.post(url, data)["Location"] == reverse("task_list")
    assert Chase.objects.exists()
    with nothing_stored():
        again = client.post(url, data, follow=True)
    assert SENT_AGAIN in again.content.decode()


def test_a_selection_is_accepted_once(office: object) -> None:
    case = take(Verb.HAND_IN_REPORT, take(Verb.PREPARE_REPORT, case_in(CaseState.RECTIFYING)))
    client, url = browser("supervisor"), reverse("accept_selected")
    (task,) = case.tasks.filter(state=TaskState.REPORTED)
    data = {"task": [task.pk], f"review-{task.pk}-is_checked": "on", f"review-{task.pk}-note": "已核对台账，措施落实。"}
    data |= {"form_key": key_of(client.post(url, {"task": [task.pk]})), "confirmed": "yes"}
    assert client.post(url, data)["Location"] == reverse("task_list")
    with nothing_stored():
        again = client.post(url, data, follow=True)
    assert "没有待核查的整改任务" in again.content.decode()


def test_several_are_approved_once(office: object) -> None:
    case = case_in(CaseState.PROPOSED)
    client, url = browser("group_leader"), reverse("approve_several")
    chosen = {"cases": [case.pk], "seen": [case.proposal_sha256], "opinion": "同意，从速办理。"}
    data = {**chosen, "form_key": key_of(client.post(url, chosen)), "confirmed": "1"}
    assert client.post(url, data).status_code == 200
    with nothing_stored():
        assert client.post(url, data)["Location"] == reverse("approval_list")


def test_papers_are_put_together_once(office: object) -> None:
    case_in(CaseState.NOTIFIED)
    paper = Document.objects.first()
    assert paper is not None
    send_twice(browser("officer"), "/documents/", {"documents": [paper.pk], "form": "merged"}, reverse("start_batch"))


def test_a_form_that_comes_back_may_be_sent_again(office: object, letter_form: dict[str, Any]) -> None:
    client = browser("supervisor")
    key = key_of(client.get("/letters/new/"))
    refused = client.post("/letters/new/", letter_form | {"matter": "", "form_key": key})
    assert refused.status_code == 422
    assert (key_of(refused), FormKey.objects.count()) == (key, 0)
    assert client.post("/letters/new/", letter_form | {"form_key": key}).status_code == 302


def test_going_back_through_the_check_page_leads_to_what_was_made(office: object) -> None:
    case = case_in(CaseState.APPROVED)
    client, url = browser("officer"), step_url(case, Verb.SERVE_NOTICE)
    form = posted(keywords(Verb.SERVE_NOTICE, case)) | {"form_key": key_of(client.get(url))}
    check = client.post(url, form)
    assert key_of(check) == form["form_key"]
    assert client.post(url, form | {"confirmed": "1"}).status_code == 302
    with nothing_stored():
        again = client.post(url, form)
    assert again["Location"] == f"/cases/{case.pk}/"


def test_what_was_written_after_going_back_is_shown_and_not_carried_out(
    office: object, letter_form: dict[str, Any]
) -> None:
    client = browser("supervisor")
    sent = letter_form | {"form_key": key_of(client.get("/letters/new/"))}
    client.post("/letters/new/", sent)
    with nothing_stored():
        again = client.post("/letters/new/", sent | {"problems": "四项整治任务均未启动。"})
    words = Page(again, "/letters/new/")
    assert again.status_code == 409
    assert "四项整治任务均未启动。" in words
    assert f"/letters/{Letter.objects.get().pk}/" in words.link("查看已经办理的")


@pytest.mark.parametrize(("lost", "status"), [(0, 302), (400, 400)])
def test_a_form_with_files_that_was_cut_off_is_not_carried_out(office: object, lost: int, status: int) -> None:
    """As after 取消 or without a connection: what has come by then is not the form that somebody filled in."""
    case = case_in(CaseState.NOTIFIED)
    client, url = browser(f"head_{cast.TOWN}"), step_url(case, Verb.PREPARE_SUBMISSION)
    parts = {"situation": "全镇辖12个村。", KEY_FIELD: key_of(client.get(url)), "files": png("现场.png")}
    body = encode_multipart(BOUNDARY, parts)
    come = BytesIO(body[: len(body) - lost])
    sent: dict[str, Any] = {"CONTENT_TYPE": MULTIPART_CONTENT, "CONTENT_LENGTH": len(body), "wsgi.input": come}
    answer = client.request(REQUEST_METHOD="POST", PATH_INFO=url, **sent)
    assert (answer.status_code, Submission.objects.count()) == (status, int(not lost))


def test_somebody_else_with_the_same_page_learns_nothing_of_it(office: object, letter_form: dict[str, Any]) -> None:
    client = browser("supervisor")
    sent = letter_form | {"form_key": key_of(client.get("/letters/new/"))}
    client.post("/letters/new/", sent)
    assert browser("officer").post("/letters/new/", sent)["Location"] == "/"


@pytest.mark.parametrize("key", ["", "no key", "\x00"])
def test_without_a_key_a_form_is_carried_out_as_ever(office: object, letter_form: dict[str, Any], key: str) -> None:
    client = browser("supervisor")
    for _ in range(2):
        assert client.post("/letters/new/", letter_form | {"form_key": key}).status_code == 302
    assert (Letter.objects.count(), FormKey.objects.count()) == (2, 0)


def test_an_address_longer_than_any_of_ours_is_not_there_and_no_fault(office: object) -> None:
    assert browser("officer").post(f"/{'x' * 300}/", {"form_key": str(uuid.uuid4())}).status_code == 404


def test_a_step_that_breaks_off_leaves_no_key(office: object, letter_form: dict[str, Any]) -> None:
    client = browser("officer")
    assert client.post("/letters/new/", letter_form | {"form_key": str(uuid.uuid4())}).status_code == 403
    assert not FormKey.objects.exists()


def test_no_digest_of_a_password_is_kept(office: object) -> None:
    person = cast.person("second_officer")
    page = reverse("set_account", args=[person.pk])
    client = browser("sysadmin")
    sent = {"username": "second_officer", "form_key": key_of(client.get(page))}
    digests = set()
    for password in ("一二三四五六七八九十a", "一二三四五六七八九十b"):
        client.post(page, sent | {"password": password, "form_key": str(uuid.uuid4())})
        digests.add(FormKey.objects.latest("pk").content_sha256)
    assert len(digests) == 1


def test_keys_are_dropped_after_some_days(office: object, letter_form: dict[str, Any]) -> None:
    send_twice(browser("supervisor"), "/letters/new/", letter_form)
    with later(days=7):
        assert daily()["清理表单提交标记"] == {"删除": 0}
    with later(days=8):
        assert daily()["清理表单提交标记"] == {"删除": 1}


def test_every_form_that_changes_something_has_a_key() -> None:
    bare = {}
    for path in (installed.BASE_DIR / "templates").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        forms, keys = text.count("{% csrf_token %}"), text.count("{% form_key %}")
        if forms != keys:
            bare[str(path.relative_to(installed.BASE_DIR / "templates"))] = (forms, keys)
    assert bare.keys() - {EACH_IS_ONE} == WITHOUT_KEY
    assert bare[EACH_IS_ONE][1] == 1
