"""责任措施 in the browser: who sees which, who takes which step, and what a refusal looks like."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.cast import TOWN, unit
from tests.factories import case_in, later
from tests.ladder import carry_out, checked, listed_in, measure_in, take
from tests.web import BACKEND
from yuetan.models import AccountabilityMeasure, Document, DraftField, Event
from yuetan.rules.dates import clock
from yuetan.scenarios.measure_drivers import circular
from yuetan.vocabulary import CaseState, MeasureState, Verb

pytestmark = pytest.mark.usefixtures("office")
OFFICE = ("officer", "second_officer", "director", "group_leader", "first_deputy", "deputy", "supervisor")
OF_TOWN = (f"head_{TOWN}", f"liaison_{TOWN}")
OTHERS = (f"head_{cast.COUNTY}", f"liaison_{cast.MEMBER_UNIT}", "sysadmin", "auditor")


def browser(username: str) -> Client:
    client = Client()
    client.force_login(cast.person(username), backend=BACKEND)
    return client


def words(client: Client, address: str, measure: AccountabilityMeasure, *more: str) -> str:
    return client.get(reverse(address, args=[measure.pk, *more])).content.decode()


def sent(**changed: object) -> dict[str, object]:
    """A 通报 as an officer types it."""
    carry_out()
    text: dict[str, Any] = circular(unit(TOWN))
    rows: dict[str, object] = {"circumstances-count": len(text["circumstances"])}
    for number, row in enumerate(text["circumstances"]):
        answer = {"circumstance": row["circumstance"].pk, "applies": "no", "reason": row["reason"]}
        rows |= {f"circumstances-{number}-{key}": value for key, value in answer.items()}
    plain = ("door_words", "matter", "facts", "demands")
    return {
        **{name: text[name] for name in plain},
        **{name: text[name].pk for name in ("unit", "rung", "door")},
        "grounds": [one.pk for one in text["grounds"]],
        "case": "",
        "limit": text["limit"].isoformat(),
        **rows,
        **changed,
    }


def test_who_decides_reads_each_circumstance_in_the_words_of_the_text() -> None:
    measure = measure_in(MeasureState.IN_REVIEW)
    shown = words(browser("director"), "measure_laid", measure)
    asked = [one.circumstance for one in measure.answers]
    assert asked
    for one in asked:
        assert one.text in shown, one


def test_an_officer_drafts_hands_in_and_the_director_decides() -> None:
    officer = browser("officer")
    answer = officer.post(reverse("draft_measure"), sent(), follow=True)
    measure = AccountabilityMeasure.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("measure_laid", args=[measure.pk])
    assert measure.circumstance_answers.count() == 7
    assert officer.post(reverse("measure_step", args=[measure.pk, "submit_measure"])).status_code == 302
    director, address = browser("director"), reverse("measure_step", args=[measure.pk, "decide_measure"])
    typed = {"opinion": "同意。", "seen": measure.digest}
    assert "审定的就是现在这份文本" in director.post(address, typed).content.decode()
    assert director.post(address, typed | {"confirmed": "1"}).status_code == 302
    assert AccountabilityMeasure.objects.get().state == MeasureState.DECIDED


def test_serving_shows_the_paper_and_leaves_no_trace_until_it_is_confirmed() -> None:
    measure = measure_in(MeasureState.DECIDED)
    officer, address = browser("officer"), reverse("measure_step", args=[measure.pk, "serve_measure"])
    page = officer.post(address, {}).content.decode()
    assert "江扫黑通〔2026〕1号" in page
    assert 'class="sheet' in page
    assert not Document.objects.exists()
    assert "市司法局" in officer.post(address, {"edit": "1", "copied_to": "市司法局"}).content.decode()
    assert officer.post(address, {"sample": "1"})["Content-Type"] == "application/pdf"
    assert officer.post(address, {"confirmed": "1", "copied_to": "市公安局"}).status_code == 302
    assert "市公安局" in Document.objects.get().html


def test_a_refused_draft_keeps_what_was_typed() -> None:
    answer = browser("officer").post(reverse("draft_measure"), sent(matter="", facts="三个村没有启动。"))
    assert answer.status_code == 422
    assert "责任措施还缺：事由。" in answer.content.decode()
    assert "三个村没有启动。" in answer.content.decode()
    assert not AccountabilityMeasure.objects.exists()


def test_without_a_text_that_is_carried_out_the_page_says_what_to_do() -> None:
    answer = browser("officer").get(reverse("draft_measure"))
    assert answer.status_code == 422
    assert "还没有选定执行的责任制文本" in answer.content.decode()


def test_what_is_typed_is_kept_and_offered_again() -> None:
    carry_out()
    officer, address = browser("officer"), reverse("autosave_measure")
    cells = '{"matter": {"value": ["乱点整治不力"], "shown": ""}}'
    assert officer.post(address, {"owner": cast.person("officer").pk, "cells": cells}).status_code == 200
    assert DraftField.objects.get().value == ["乱点整治不力"]
    drafting = officer.get(reverse("draft_measure")).content.decode()
    assert "乱点整治不力" in drafting
    assert "办公室主任核稿、审定，或者报领导审定；一票否决由会议研究决定" in drafting
    assert reverse("draft_measure") in officer.get(reverse("measure_list")).content.decode()


def test_a_draft_is_revised_with_what_it_says() -> None:
    measure = measure_in(MeasureState.DRAFTED)
    officer = browser("officer")
    page = words(officer, "revise_measure", measure)
    assert measure.facts in page
    assert page.count("经核查，没有这一情节。") == 7
    address = reverse("revise_measure", args=[measure.pk])
    assert officer.post(address, sent(facts="四个村没有启动。")).status_code == 302
    assert AccountabilityMeasure.objects.get().facts == "四个村没有启动。"


@pytest.mark.parametrize("state", [MeasureState.DRAFTED, MeasureState.DECIDED, MeasureState.SERVED])
def test_who_finds_a_measure(state: MeasureState) -> None:
    measure = measure_in(state)
    finders = {*OFFICE, *(OF_TOWN if state == MeasureState.SERVED else ())}
    for who in (*OFFICE, *OF_TOWN, *OTHERS):
        client = browser(who)
        found = client.get(reverse("measure_laid", args=[measure.pk])).status_code
        assert found == (200 if who in finders else 404), who
        listed = measure.title in client.get(reverse("measure_list")).content.decode()
        assert listed == (who in finders), who


def test_the_unit_reads_its_paper_and_never_how_it_came_about() -> None:
    measure = measure_in(MeasureState.SERVED, door_words="群众反映集中。")
    page = words(browser(f"head_{TOWN}"), "measure_laid", measure)
    assert measure.facts in page
    for inner in ("群众反映集中", "没有这一情节", "王三", "张一", "呈批表", "拟稿", "审定人"):
        assert inner not in page, inner
    assert browser(f"head_{TOWN}").get(reverse("measure_form", args=[measure.pk])).status_code == 404
    found = browser(f"head_{TOWN}").get(reverse("search"), {"q": "群众反映集中"}).content.decode()
    assert measure.title not in found
    assert measure.title in browser("officer").get(reverse("search"), {"q": "群众反映集中"}).content.decode()


def test_the_form_of_approval_is_printed_for_the_inner_side_once_it_is_handed_in() -> None:
    drafted = measure_in(MeasureState.DRAFTED)
    address = reverse("measure_form", args=[drafted.pk])
    assert browser("officer").get(address).status_code == 404
    take(Verb.SUBMIT_MEASURE, drafted)
    assert browser("officer").get(address).content.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("state", "verb", "whose"),
    [
        (MeasureState.DRAFTED, "submit_measure", ("officer",)),
        (MeasureState.IN_REVIEW, "decide_measure", ("director",)),
        (MeasureState.PROPOSED, "decide_measure", ("group_leader", "first_deputy", "deputy")),
        (MeasureState.DECIDED, "serve_measure", ("officer", "second_officer")),
        (MeasureState.SERVED, "acknowledge_measure", OF_TOWN),
        (MeasureState.SERVED, "register_measure_receipt", ("officer", "second_officer", "director")),
    ],
)
def test_each_step_is_its_persons_alone(state: MeasureState, verb: str, whose: tuple[str, ...]) -> None:
    address = reverse("measure_step", args=[measure_in(state).pk, verb])
    for who in (*OFFICE, *OF_TOWN, *OTHERS):
        sees = who in OFFICE or (who in OF_TOWN and state == MeasureState.SERVED)
        expected = 200 if who in whose else 403 if sees else 404
        assert browser(who).get(address).status_code == expected, who


def test_a_unit_signs_after_it_has_read_what_that_means() -> None:
    measure = measure_in(MeasureState.SERVED)
    head, address = browser(f"head_{TOWN}"), reverse("measure_step", args=[measure.pk, "acknowledge_measure"])
    assert "签收责任措施" in head.get("/").content.decode()
    assert "表示本单位已收到" in head.get(address).content.decode()
    assert head.post(address, {"edit": "1"})["Location"] == reverse("measure_laid", args=[measure.pk])
    assert not Event.objects.filter(verb="acknowledge_measure").exists()
    assert head.post(address, {"confirmed": "1", "seen": str(measure.paper_id)}).status_code == 302
    assert "签收责任措施" not in head.get("/").content.decode()


def test_what_has_moved_on_and_what_is_no_step() -> None:
    measure = measure_in(MeasureState.SERVED)
    director = browser("director")
    assert director.get(reverse("measure_step", args=[measure.pk, "decide_measure"])).status_code == 409
    assert director.get(reverse("measure_step", args=[measure.pk, "nonsense"])).status_code == 404


def test_a_measure_is_followed_and_waits_among_what_is_to_do() -> None:
    measure = measure_in(MeasureState.IN_REVIEW)
    director = browser("director")
    director.post(reverse("follow_measure", args=[measure.pk]))
    assert measure.title in director.get(reverse("followed_list")).content.decode()
    assert measure.title in director.get(reverse("todo_list")).content.decode()


def test_the_ledger_is_filtered_by_light_and_words() -> None:
    measure = measure_in(MeasureState.SERVED, limit=clock.today() + timedelta(days=1))
    officer, address = browser("officer"), reverse("measure_list")
    for query, is_there in (
        ({"light": "yellow"}, True),
        ({"light": "red"}, False),
        ({"state": "served", "rung": "circular", "q": "推进缓慢", "year": "2026"}, True),
        ({"q": "别的事"}, False),
    ):
        assert (measure.title in officer.get(address, query).content.decode()) == is_there, query


@pytest.mark.parametrize("username", [*OFFICE, *OF_TOWN])
def test_the_menu_leads_to_them_once_the_office_carries_out_a_text(username) -> None:
    link = f'href="{reverse("measure_list")}"'
    assert link not in browser(username).get("/").content.decode()
    carry_out()
    assert link in browser(username).get("/").content.decode()


@pytest.mark.parametrize("username", ["sysadmin", "auditor"])
def test_the_menu_of_who_sees_none_does_not(username) -> None:
    carry_out()
    assert f'href="{reverse("measure_list")}"' not in browser(username).get("/").content.decode()


def test_a_case_not_met_in_time_offers_a_draft_that_is_filled_and_bound_to_it() -> None:
    carry_out()
    case = case_in(CaseState.RECTIFYING)
    officer, address = browser("officer"), reverse("draft_measure") + f"?before={case.pk}"
    assert address not in officer.get(reverse("case", args=[case.pk])).content.decode()
    with later(days=200):
        page = browser("officer").get(reverse("case", args=[case.pk])).content.decode()
        assert "受到约谈后仍未按期完成整改目标（第二十八条）" in page
        assert address in page
        assert address not in browser("director").get(reverse("case", args=[case.pk])).content.decode()
        assert "可以据以" not in browser(f"head_{TOWN}").get(reverse("case", args=[case.pk])).content.decode()
        form = browser("officer").get(address).context["form"]
        assert (form.initial["unit"], form.initial["case"], form.initial["matter"]) == (
            case.unit_id,
            case.pk,
            case.matter,
        )
        assert "逾期" in form.initial["facts"]
        chosen = {name: form.initial[name] for name in ("unit", "rung", "door", "matter", "facts")}
        named = {"case": case.register_number, "limit": (clock.today() + timedelta(days=30)).isoformat()}
        assert browser("officer").post(address, sent(**chosen, **named)).status_code == 302
        measure = AccountabilityMeasure.objects.get()
        assert measure.case == case
        link = reverse("measure_laid", args=[measure.pk])
        assert link in browser("officer").get(reverse("case", args=[case.pk])).content.decode()
        assert link not in browser(f"head_{TOWN}").get(reverse("case", args=[case.pk])).content.decode()


@pytest.mark.parametrize("before", ["nonsense", "00000000-0000-0000-0000-000000000000"])
def test_a_draft_after_something_that_is_not_there_is_none(before) -> None:
    carry_out()
    assert browser("officer").get(reverse("draft_measure"), {"before": before}).status_code == 404


def test_what_is_typed_after_a_case_is_kept_by_itself_and_offered_again() -> None:
    carry_out()
    case = case_in(CaseState.RECTIFYING)
    officer, address = browser("officer"), reverse("autosave_measure") + f"?before={case.pk}"
    cells = '{"facts": {"value": ["三项未完成"], "shown": ""}}'
    assert officer.post(address, {"owner": cast.person("officer").pk, "cells": cells}).status_code == 200
    assert DraftField.objects.get().case == case
    assert f"?before={case.pk}" in officer.get(reverse("measure_list")).content.decode()
    assert "三项未完成" not in officer.get(reverse("draft_measure")).content.decode()


def test_a_listing_shows_what_it_closes_its_team_and_how_far_delisting_is_to_each_side_its_own() -> None:
    measure = take(Verb.SET_WORK_TEAM, listed_in(MeasureState.SERVED))
    take(Verb.RECORD_TEAM_REPORT, measure)
    take(Verb.PROPOSE_DELISTING, checked(measure))
    shared = ("资格限制", "摘牌不缩短这一期限", "市公安局副局长赵某")
    inner = ("两个村方案没有落实", "经逐项核查，整改目标已经完成", "督查员提请")
    for username in ("officer", "supervisor", f"head_{TOWN}"):
        page = words(browser(username), "measure_laid", measure)
        assert all(each in page for each in shared), username
        assert all((each in page) == (username != f"head_{TOWN}") for each in inner), username


def test_who_listed_reads_the_paper_before_it_is_issued_and_the_unit_signs_for_it() -> None:
    measure = take(Verb.ASK_DELISTING, checked(listed_in(MeasureState.SERVED)))
    director, address = browser("director"), reverse("measure_step", args=[measure.pk, "grant_delisting"])
    assert "决定是否摘牌" in director.get("/").content.decode()
    page = director.post(address, {"opinion": "同意摘牌。"}).content.decode()
    assert "江扫黑摘〔2026〕1号" in page
    assert not Document.objects.filter(kind="delisting").exists()
    assert director.post(address, {"opinion": "同意摘牌。", "confirmed": "1"}).status_code == 302
    head = browser(f"head_{TOWN}")
    assert "江扫黑摘〔2026〕1号" in head.get("/").content.decode()
    assert "江扫黑摘〔2026〕1号" in words(head, "measure_laid", measure)
    assert "已摘牌" in words(head, "measure_laid", measure)
    paper = Document.objects.get(kind="delisting")
    sent = {"confirmed": "1", "seen": str(paper.pk)}
    signed = head.post(reverse("measure_step", args=[measure.pk, "acknowledge_measure"]), sent)
    assert signed.status_code == 302
    assert "江扫黑摘〔2026〕1号" not in head.get("/").content.decode()
    assert browser("officer").get(reverse("measure_form", args=[measure.pk])).content.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("verb", "whose"),
    [
        ("set_work_team", ("director",)),
        ("record_team_report", ("officer", "second_officer", "supervisor")),
        ("ask_delisting", (f"head_{TOWN}",)),
        ("propose_delisting", ("supervisor",)),
        ("refuse_delisting", ("director", "group_leader", "first_deputy", "deputy")),
    ],
)
def test_each_step_of_a_listing_is_its_persons_alone(verb: str, whose: tuple[str, ...]) -> None:
    address = reverse("measure_step", args=[listed_in(MeasureState.SERVED).pk, verb])
    for who in (*OFFICE, *OF_TOWN, *OTHERS):
        expected = 200 if who in whose else 403 if who in (*OFFICE, *OF_TOWN) else 404
        assert browser(who).get(address).status_code == expected, who
