"""The pages of 考核: from the scheme to the published ranks, as each side sees them; and 不合格 as a ground."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import cast
from tests.assessment import (
    INDICATORS,
    RESULTS,
    TOWNS,
    assessment_of,
    closed_assessment,
    decided,
    objected,
    presented,
    scored,
    sheet_of,
)
from tests.assignments import given
from tests.factories import later, pdf
from tests.ladder import carry_out
from tests.received import received, replied
from tests.refusals import appoint, nothing_stored
from tests.views.queries import queries_of, statements_of
from tests.web import Visitor, browser
from yuetan.actions.assessment.closing import close_assessment, publish_assessment
from yuetan.actions.messages.assessment_reminders import remind_of_assessment
from yuetan.actions.received.reply import return_received_reply
from yuetan.forms.assessment.scheme import AssessmentSchemeForm
from yuetan.ledgers.export import LEDGERS
from yuetan.models import (
    Alert,
    Assessment,
    AssessmentScheme,
    AssessmentSheet,
    ReceivedLetter,
    ReceivedReply,
    Unit,
)
from yuetan.rules.assessment.scheme import Group
from yuetan.rules.dates import clock
from yuetan.views.assessment import assessments
from yuetan.views.assessment.records import HIDDEN, record_links
from yuetan.views.frame.next_steps import NextStepsOf
from yuetan.vocabulary import PostKind, RecordOfPoints, UnitKind

LIST = "/assessment/"
HEAD, OTHER = f"head_{cast.TOWN}", f"head_{cast.DIVISION_TOWN}"
FORM = {
    "year": "2026",
    "source": "办公室设定",
    "first_day": "2026-01-01",
    "last_day": "2026-11-22",
    "groups-0-name": "镇（街）",
    "groups-0-kind": "town",
    "indicators-0-name": "来函办理",
    "indicators-0-rule": "counted",
    "indicators-0-source": "late_replies",
    "indicators-0-full": "60",
    "indicators-0-each": "5",
    "indicators-1-name": "工作实绩",
    "indicators-1-rule": "scored",
    "indicators-1-full": "40",
    "indicators-1-unscored": "full",
    "excellent_from": "95",
    "qualified_from": "80",
}


def visitor(username, url=LIST):
    one = Visitor(cast.person(username))
    one.open(url)
    return one


def url_of(assessment):
    return f"{LIST}{assessment.pk}/"


def a_late_letter():
    """A letter to the town whose day passed without a reply."""
    return received(dated_on=date(2026, 10, 1), received_on=date(2026, 10, 2), reply_due=date(2026, 10, 20))


def test_from_the_scheme_to_the_published_ranks(office):
    letter = a_late_letter()
    officer = visitor("officer")
    officer.open(officer.page.link("设立年度考核"))
    with nothing_stored():
        page = officer.press("保存", expect=422, **FORM | {"indicators-0-source": ""})
    assert "指标“来函办理”按记录计数，但没有选数据来源" in page
    assert page.forms[-1].values["indicators-0-name"] == ["来函办理"]
    assert "已设立2026年度考核" in officer.press("保存", **FORM)
    officer.open(officer.page.link("后一页"))
    officer.open(officer.page.link("蓬江区棠下镇"))
    assert "合计 95.0 分" in officer.page
    assert f"/received/letters/{letter.pk}/" in officer.page.link(f"{letter}：逾期 34 天未回复")
    officer.open(officer.page.link("人工评分"))
    with nothing_stored():
        page = officer.press("人工评分", expect=422, points="30", reason="台账不齐。", indicator="i2", proof=[])
    assert "评分还缺：评分依据的文件。" in page
    page = officer.press("人工评分", points="20", reason="台账不齐。", indicator="i2", proof=[pdf("依据.pdf")])
    assert "评为 20.0 分：台账不齐。" in page
    assessment = Assessment.objects.get()
    head = visitor(HEAD)
    assert "还没有可以查看的考核" in head.page
    officer.open(url_of(assessment))
    officer.open(officer.page.link("送单位核对"))
    assert "已送各单位核对，并已告知。" in officer.press("送单位核对")
    head.open("/")
    head.open(head.page.link("核对考核得分"))
    assert "总分 75.0 分" in head.page
    head.open(head.page.link("提出异议"))
    with nothing_stored():
        assert "请选择对哪一项得分提出异议" in head.press("提出异议", expect=422, words="回复已寄出。", indicator="")
    page = head.press("提出异议", words="回复已寄出。", indicator="i1", proof=[pdf("凭据.pdf")])
    assert "等办公室处理" in page
    director = visitor("director", "/")
    assert "处理 1 件异议" in director.page
    director.open(director.page.link("2026年度考核"))
    director.open(director.page.link("蓬江区棠下镇：来函办理"))
    director.open(director.page.link("处理异议"))
    page = director.press("处理异议", outcome="upheld", points="58", decision="酌情减轻。")
    assert "异议处理前 55.0" in page
    assert "异议成立，改为 58.0 分" in page
    assert "下列得分" not in page
    with later(days=10):
        director = visitor("director", "/")
        assert "异议期满，关闭考核" in director.page
        director.open(url_of(assessment))
        director.open(director.page.link("关闭考核"))
        assert "已关闭，名次和等次已确定。" in director.press("关闭考核")
        own = visitor(HEAD, f"{LIST}ranking/").page
        assert "蓬江区棠下镇" in own
        assert cast.unit(cast.DIVISION_TOWN).full_name not in own.response.content.decode().split("<tbody>")[1]
        director.open(director.page.link("印发考核结果通报"))
        assert "已印发考核结果通报" in director.press("印发考核结果通报")
        for who in (HEAD, OTHER):
            page = visitor(who, f"{LIST}ranking/?grade=unqualified").page
            assert "蓬江区棠下镇" in page
            paper = Visitor(cast.person(who)).client.get(f"{url_of(assessment)}paper/")
            assert paper["Content-Type"] == "application/pdf"
            assert b"".join(paper).startswith(b"%PDF")
        assert "不合格" in visitor(HEAD).page


def test_the_page_of_an_objection_asks_whether_a_record_stands_where_one_is_enough(office):
    a_late_letter()
    assessment = presented(assessment_of(indicators=[replace(one, fails=one.name == "来函办理") for one in INDICATORS]))
    sheet = sheet_of(assessment)
    plain, failing = objected(sheet, indicator=RESULTS), objected(sheet)
    director = visitor("director", f"{LIST}objections/{plain.pk}/decide/")
    assert "仍有记录成立" not in director.page
    director.open(f"{LIST}objections/{failing.pk}/decide/")
    answer = {"outcome": "upheld", "points": "20", "decision": "记录有误。"}
    with nothing_stored():
        assert "请写明是否仍有记录成立" in director.press("处理异议", expect=422, **answer)
    assert "“来函办理”的记录使本单位直接为不合格" in visitor(HEAD, f"{LIST}sheets/{sheet.pk}/").page
    page = director.press("处理异议", **answer, record_stands="no")
    assert "该记录不成立，不再据此为不合格" in page
    assert "使本单位直接为不合格。</p>" not in page


def test_whoever_scored_reads_why_another_decides(office):
    assessment, director = assessment_of(), cast.person("director")
    appoint(director, director.current_posts[0].unit, PostKind.CASE_OFFICER, "承办人")
    scored(assessment, by="director")
    sheet = objected(sheet_of(presented(assessment)), indicator=RESULTS).sheet
    for who, decides in (("director", False), ("group_leader", True), ("officer", False)):
        page = visitor(who, reverse("assessment_sheet", args=[sheet.pk])).page
        assert any(words == "处理异议" for words, _ in page.links) is decides, who
        assert ("不得处理对它的异议" in page) is (who == "director"), who


def test_nobody_reads_or_does_what_is_not_theirs(office):
    assessment = assessment_of()
    score = scored(assessment)
    town = cast.unit(cast.TOWN)
    steps = [f"{url_of(assessment)}{each}/" for each in ("scheme", "score", "present", "withdraw", "close", "publish")]
    before = [url_of(assessment), f"{url_of(assessment)}paper/", f"{LIST}papers/{score.papers.get().pk}/"]
    for who in (HEAD, "sysadmin", "auditor"):
        one = Visitor(cast.person(who))
        assert [one.client.get(url).status_code for url in before] == [404] * 3
        assert {one.client.get(url).status_code for url in steps} == {403}
        assert one.client.get(f"{url_of(assessment)}units/{town.pk}/").status_code == 403
    presented(assessment)
    sheet = sheet_of(assessment)
    objection = objected(sheet)
    own = f"{LIST}sheets/{sheet.pk}/"
    theirs = [own, f"{own}object/", f"{LIST}papers/{objection.papers.get().pk}/"]
    assert [Visitor(cast.person(HEAD)).client.get(url).status_code for url in [*theirs, before[2]]] == [200] * 4
    for who in (OTHER, "sysadmin", "auditor"):
        one = Visitor(cast.person(who))
        assert [one.client.get(url).status_code for url in theirs] == [404] * 3
        assert one.client.get(f"{LIST}objections/{objection.pk}/decide/").status_code == 403
        assert "棠下镇" not in one.client.get("/search/?q=考核").content.decode()
    links = [url for _, url in visitor(HEAD, "/search/?q=考核").page.links]
    assert theirs[0] in links
    withdrawn = Visitor(cast.person("director"))
    withdrawn.open(f"{url_of(assessment)}withdraw/")
    withdrawn.press("撤回送核", reason="方案有误。")
    assert Visitor(cast.person(HEAD)).client.get(theirs[0]).status_code == 404
    assert "这张得分表已撤回" in visitor("officer", theirs[0]).page


def test_who_holds_a_post_in_the_unit_sees_no_figures_of_it_before_it_does(office):
    assessment, town = assessment_of(), cast.unit(cast.TOWN)
    appoint(cast.person("officer"), town, PostKind.LIAISON, "联络员")
    officer, own = visitor("officer", url_of(assessment)), f"{url_of(assessment)}units/{town.pk}/"
    assert own not in [url for _, url in officer.page.links]
    assert own in [url for _, url in visitor("director", url_of(assessment)).page.links]
    assert officer.client.get(own).status_code == 403


def test_of_who_is_unqualified_no_reminder_is_begun(office):
    Unit.objects.filter(code=cast.TOWN).update(kind=UnitKind.MEMBER_UNIT)
    sheet, supervisor = sheet_of(closed_assessment()), cast.person("supervisor")
    assert sheet.get_grade_display() == "不合格"
    assert NextStepsOf(supervisor).about(sheet.unit, "").letter_url
    assert "起草提醒函" not in visitor("supervisor", f"{LIST}sheets/{sheet.pk}/").page


def test_an_unqualified_unit_is_offered_with_its_sheet_as_evidence(office):
    carry_out()
    assessment = closed_assessment()
    sheet = sheet_of(assessment)
    assert sheet.get_grade_display() == "不合格"
    with later(days=10):
        paper = publish_assessment(Assessment.objects.get(), by=cast.person("director"))
        officer = visitor("officer", f"{LIST}sheets/{sheet.pk}/")
        page = officer.open(officer.page.link("提出约谈建议：蓬江区棠下镇"))
        values = str([form.values for form in page.forms])
        facts = f"蓬江区棠下镇2026年度考核总分70.0分，在镇（街）中列第{sheet.rank}名，等次为不合格。"
        assert f"{facts}失分较多的：工作实绩（10.0分，满分40.0分）。" in values
        assert paper.number in values
        assert "2026年度考核不合格" in values
        officer.open(f"{LIST}sheets/{sheet.pk}/")
        page = officer.open(officer.page.link("起草通报：蓬江区棠下镇"))
        chosen = [form.values["grounds"] for form in page.forms if "grounds" in form.values]
        assert len(chosen[0]) == 1
        assert facts in str([form.values for form in page.forms])
    for who in (HEAD, "director"):
        assert "可以据此办理" not in visitor(who, f"{LIST}sheets/{sheet.pk}/").page


def test_the_ledger_shows_and_gives_out_what_is_one_s_own(office):
    assessment = closed_assessment()
    ledger = LEDGERS["assessment"]

    def cells(who, query=""):
        person = cast.person(who)
        lines = ledger.all_lines(person, QueryDict(query))
        return [{column.head: column.cell(line) for column in ledger.columns_for(person, {})} for line in lines]

    units = AssessmentSheet.objects.count()
    assert len(cells("officer")) == units
    (own,) = cells(HEAD)
    assert (own["单位"], own["得分"], own["等次"]) == ("蓬江区棠下镇", "70.0", "不合格")
    assert "工作实绩10.0分" in own["各项得分"]
    with later(days=10):
        publish_assessment(Assessment.objects.get(pk=assessment.pk), by=cast.person("director"))
    published = cells(OTHER)
    assert len(published) == units
    assert [line["各项得分"] != "" for line in published].count(True) == 1
    assert [line["单位"] for line in cells("officer", "grade=unqualified")] == ["蓬江区棠下镇"]


def test_a_preview_costs_the_same_for_any_number_of_units(office):
    town = assessment_of()
    officer = Visitor(cast.person("officer")).client
    queries_of(officer, f"{url_of(town)}?group=0")  # the first look keeps what all later ones use
    many = queries_of(officer, f"{url_of(town)}?group=0")
    a_late_letter()
    assert queries_of(officer, f"{url_of(town)}?group=0") == many
    assert queries_of(officer, f"{url_of(town)}?group=1") == many


def test_the_tasks_behind_points_cost_the_same_for_any_number_of_origins(office, django_assert_num_queries):
    officer = cast.person("officer")
    letters = [received(number=f"江检建〔2026〕{number}号") for number in (31, 32, 33)]
    tasks = [task for letter in letters for task in given(letter).tasks.all()]
    records = [(RecordOfPoints.TASK, str(task.pk), "2026-11-20") for task in tasks]
    record_links(records[:1], officer)  # the first look keeps what all later ones use
    with CaptureQueriesContext(connection) as for_one:
        record_links(records[:1], officer)
    with django_assert_num_queries(len(for_one)):
        links = record_links(records, officer)
    assert [link.url for link in links] == [f"/assignments/{one.assignment_id}/#task-{one.number}" for one in tasks]


def test_units_are_reminded_and_the_office_once_when_the_days_are_over(office):
    assessment = presented()
    with later(days=6):
        assert remind_of_assessment(clock.today())["期满"] == 0
    with later(days=8):
        assert remind_of_assessment(clock.today())["期满"] == 1
        assert remind_of_assessment(clock.today())["期满"] == 0
        words = f"{assessment}的异议期限已过，请关闭考核。"
        assert Alert.objects.filter(recipient=cast.person("director"), text=words).count() == 1
        close_assessment(assessment, by=cast.person("director"))


def test_what_stands_against_a_step_is_said_before_anybody_presses(office):
    assessment = assessment_of(last_day=clock.today())
    page = visitor("officer", f"{url_of(assessment)}present/").page
    assert "现在还不能办理" in page
    assert "统计截止日是2026年11月23日，过了这一天才能送单位核对" in page
    assert not buttons(page, "送单位核对")
    with later(days=1):
        assert buttons(visitor("officer", f"{url_of(assessment)}present/").page, "送单位核对")
        objected(sheet_of(presented(assessment)))
    with later(days=20):
        page = visitor("director", f"{url_of(assessment)}close/").page
        assert "还有1件异议没有处理（蓬江区棠下镇），处理完毕才能关闭。" in page
        assert not buttons(page, "关闭考核")


def buttons(page, label):
    return [form for form in page.forms if label in form.buttons]


def test_a_scheme_keeps_a_unit_that_has_ended_since_it_was_named(office):
    county = cast.unit(cast.COUNTY)
    former = assessment_of(groups=[Group("", "县区组", "", (county.pk,)), TOWNS]).newest_scheme()
    county.retired_on = date(2026, 11, 20)
    county.save()
    field = AssessmentSchemeForm(former=former).fields["groups"]
    row = {"name": "县区组", "kind": "", "units": county.full_name}
    assert field.clean([row])[0]["units"] == [county]
    with pytest.raises(ValidationError):
        AssessmentSchemeForm().fields["groups"].clean([row])


def test_a_sheet_asks_once_what_objections_changed(office):
    a_late_letter()
    assessment = presented(assessment_of(indicators=[replace(one, fails=one.name == "来函办理") for one in INDICATORS]))
    sheet = sheet_of(assessment)
    decided(objected(sheet), record_stands=False)
    statements = statements_of(Visitor(cast.person("officer")).client, f"{LIST}sheets/{sheet.pk}/")
    asked = [one for one in statements if 'FROM "yuetan_assessmentobjection"' in one and "'upheld'" in one]
    assert len(asked) == 1


def test_a_letter_and_each_late_reply_to_it_say_what_was_late(office):
    letter = a_late_letter()
    facts = {"reason": "没有写明责任人。", "again_by": date(2026, 12, 10)}
    first = return_received_reply(replied(letter, replied_on=date(2026, 10, 23)), by=cast.person("officer"), **facts)
    with later(days=20):
        second = replied(ReceivedLetter.objects.get(), replied_on=date(2026, 12, 12))
        keys = [(RecordOfPoints.REPLY, str(one.pk), "2026-10-20") for one in ReceivedReply.objects.order_by("pk")]
        links = record_links([*keys, (RecordOfPoints.RECEIVED, str(letter.pk), "2026-10-20")], cast.person("officer"))
        assert [link.label for link in links] == [f"{first}：逾期 3 天", f"{second}：逾期 2 天", str(letter)]
        assert {link.url for link in links} == {f"/received/letters/{letter.pk}/"}
        for link in record_links(keys, cast.person(OTHER)):
            assert (link.label, link.url) == (f"三书一函的回复（{HIDDEN}）", "")


def test_who_may_not_see_figures_learns_of_no_unit_by_its_key(office):
    assessment = assessment_of()
    for key in (cast.unit(cast.TOWN).pk, 10**9):
        for who, status in ((HEAD, 403), ("auditor", 403), ("officer", 404 if key == 10**9 else 200)):
            url = reverse("assessed_unit", args=[assessment.pk, key])
            assert browser(who).get(url).status_code == status, (who, key)


def test_a_year_is_prefilled_that_has_no_assessment_and_one_that_has_is_named_at_once(office):
    values = lambda: Visitor(cast.person("officer")).open("/assessment/new/").forms[-1].values  # noqa: E731
    assert values()["year"] == ["2026"]
    assessment_of(year=2026)
    shown = values()
    assert (shown["year"], shown["first_day"], shown["last_day"]) == (["2027"], ["2027-01-01"], ["2027-12-31"])
    officer = Visitor(cast.person("officer"))
    officer.open("/assessment/new/")
    page = officer.press("保存", expect=422, year="2026")
    assert "2026年度考核已经设立，请在该年度的考核里修改方案。" in page
    assert "考核方案还缺：依据、组别、指标、优秀的最低得分、合格的最低得分。" in page
    assessment_of(year=2027, first_day=date(2027, 1, 1), last_day=date(2027, 12, 31))
    assert values().get("year", [""]) == [""]


def test_the_pages_of_a_preview_begin_beside_a_unit_and_leave_out_ones_own(office, monkeypatch):
    monkeypatch.setattr(assessments, "UNITS_SHOWN", 4)
    assessment = assessment_of()
    scored(assessment)
    officer = visitor("officer", url_of(assessment))
    units = lambda: [url for _, url in officer.page.links if f"{assessment.pk}/units/" in url]  # noqa: E731
    first = units()
    assert len(first) == 4
    assert officer.page.link("后一页").endswith(f"after={first[-1].rstrip('/').rpartition('/')[2]}")
    officer.open(officer.page.link("后一页"))
    assert len({*first, *units()}) == 8
    officer.open(officer.page.link("前一页"))
    assert units() == first
    own = Unit.objects.get(pk=first[0].rstrip("/").rpartition("/")[2])
    number = AssessmentScheme.objects.get().units_of(AssessmentScheme.objects.get().group_list[0]).count()
    assert f"共 {number} 个单位" in officer.page
    appoint(cast.person("officer"), own, PostKind.LIAISON, "联络员")
    officer = visitor("officer", url_of(assessment))
    assert units()[:3] == first[1:]
    assert f"共 {number} 个单位" in officer.page
    assert '<td class="number">—</td>' in officer.page.response.content.decode()


def test_what_a_page_of_a_year_leaves_out_is_counted_and_linked(office, monkeypatch):
    monkeypatch.setattr(assessments, "ROWS_SHOWN", 1)
    assessment = presented()
    objected(sheet_of(assessment))
    director = browser("director")
    assert "另有" not in director.get(f"{LIST}{assessment.pk}/").content.decode()
    objected(sheet_of(assessment, cast.DIVISION_TOWN), by="officer")
    page = director.get(f"{LIST}{assessment.pk}/").content.decode()
    ranking = f'<a href="/assessment/ranking/?year={assessment.year}">考核结果台账</a>'
    assert f"另有 1 件异议，见{ranking}中各单位的得分表。" in page
