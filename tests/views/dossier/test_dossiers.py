"""The pages of 实绩档案: facts out of the records, what leaders enter, and both as a PDF."""

from datetime import date, datetime
from http import HTTPStatus
from io import BytesIO

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from tests import cast
from tests.dossiers import WORK, awarded, entered
from tests.factories import case_in, later, letter_in, pdf, take
from tests.ladder import measure_in
from tests.refusals import appoint, nothing_stored
from tests.web import Visitor
from yuetan.actions.papers.document import void_document
from yuetan.actions.proposal.readers import set_readers
from yuetan.forms.dossier.dossier_filter import offered_years
from yuetan.models import Case, DossierEntry
from yuetan.rules.text.official_text import CHINA_STANDARD_TIME
from yuetan.vocabulary import CaseState, ConsequenceCheck, LetterState, MeasureState, PostKind, Verb

LIST = "/dossiers/"


def visitor(username, url=LIST):
    one = Visitor(cast.person(username))
    one.open(url)
    return one


def of_unit(code=cast.TOWN):
    return f"{LIST}units/{cast.unit(code).pk}/"


def of_person(person):
    return f"{LIST}people/{person.pk}/"


def test_facts_come_from_the_records_and_nothing_is_typed(office):
    case = case_in(CaseState.RECTIFYING)
    letter_in(LetterState.ISSUED, to=cast.unit(cast.TOWN))
    page = visitor("director", of_unit()).page
    assert "约谈（次）：1" in page
    assert f"交办整改任务（项）：{case.tasks.count()}" in page
    assert "收到提醒函（份）：1" in page
    assert case.title in page
    assert "没有约谈、整改、督办单、提醒函记录。" in visitor("director", f"{of_unit()}?year=2025").page


def test_a_unit_reads_nothing_of_a_matter_that_is_not_open_to_it(office):
    """As one that is entered after the fact and not confirmed yet; and 问责 is counted for the office alone."""
    case = take(Verb.RECORD_CONSEQUENCE, case_in(CaseState.RECTIFYING))
    case = take(Verb.CONFIRM_CONSEQUENCE, case)
    head = f"head_{cast.TOWN}"
    assert "问责处理（次）：1" in visitor("director", of_unit()).page
    page = visitor(head, of_unit()).page
    assert f"{case.title}：整改中" in page
    assert "问责处理" not in page
    Case.objects.filter(pk=case.pk).update(opened_on=None)
    assert case.title not in visitor(head, of_unit()).page


def test_who_was_left_out_of_a_case_reads_and_counts_nothing_of_it(office):
    """知悉范围: not its title, nor the tasks, reports, 督办单, letters and 问责 that came of it."""
    case = take(Verb.RECORD_CONSEQUENCE, case_in(CaseState.RECTIFYING))
    case = take(Verb.CONFIRM_CONSEQUENCE, case)
    with later(days=30):
        case = take(Verb.ISSUE_SUPERVISION_LETTER, case)
        letter_in(LetterState.ISSUED, to=cast.unit(cast.TOWN), case=case)
        figures = ("约谈（次）", "交办整改任务（项）", "收到督办单（份）", "收到提醒函（份）", "问责处理（次）")
        lines = {case.title, *(f"{figure}：" for figure in figures)}
        for page in (of_unit(), of_person(cast.head(cast.TOWN))):
            assert read_at(page, "second_officer", lines) == lines
            narrowed = take(Verb.SET_READERS, Case.objects.get(pk=case.pk))
            assert read_at(page, "second_officer", lines) == set()
            assert "没有约谈、整改、督办单、提醒函记录。" in visitor("second_officer", page).page
            assert read_at(page, "officer", lines) == lines
            assert f"{case.title}：整改中" in visitor(f"head_{cast.TOWN}", page).page
            set_readers(narrowed, by=cast.person("director"), people=[], reason="线索已经查清。")


def read_at(url, username, lines):
    said = visitor(username, url).page.shown_text
    return {line for line in lines if line in said}


def test_of_consequences_those_are_counted_that_stand(office):
    counted = "问责处理（次）："
    case = take(Verb.RECORD_CONSEQUENCE, case_in(CaseState.RECTIFYING))
    assert counted not in visitor("director", of_unit()).page  # nobody has compared it with its paper yet
    words = {"check_outcome": ConsequenceCheck.NOT_AS_PAPER, "check_words": "文号与决定文书不符。"}
    case = take(Verb.CONFIRM_CONSEQUENCE, case, **words)
    assert counted not in visitor("director", of_unit()).page
    case = take(Verb.CONFIRM_CONSEQUENCE, take(Verb.RECORD_CONSEQUENCE, case))
    assert f"{counted}1" in visitor("director", of_unit()).page
    corrected = {"corrects": case.consequences.latest("pk"), "correction_reason": "处理方式录错。"}
    case = take(Verb.CONFIRM_CONSEQUENCE, take(Verb.RECORD_CONSEQUENCE, case, **corrected))
    assert f"{counted}1" in visitor("director", of_unit()).page


def test_a_leader_has_the_facts_of_the_days_on_which_they_held_the_post(office):
    case = case_in(CaseState.RECTIFYING)
    head = cast.head(cast.TOWN)
    assert "约谈（次）：1" in visitor("director", of_person(head)).page
    head.posts.update(ended_on=case.interviewed_on)
    assert "约谈（次）" not in visitor("director", of_person(head)).page
    head.posts.update(ended_on=None, began_on=case.interviewed_on)
    assert "约谈（次）：1" in visitor("director", of_person(head)).page


def test_what_was_laid_and_counts_still_stands_in_the_dossier_of_the_unit_and_its_leader(office):
    measure = measure_in(MeasureState.SERVED)
    served = measure.served_on
    line = f"{served.month}月{served.day}日　{measure.title}（{measure.paper_number}）：已印发送达"
    head = cast.head(cast.TOWN)
    for address in (of_unit(), of_person(head)):
        assert line in visitor("director", address).page
        assert line in visitor(f"head_{cast.TOWN}", address).page
        assert line not in visitor("director", f"{address}?year=2025").page
    sheet = PdfReader(BytesIO(Visitor(cast.person("director")).client.get(f"{of_unit()}pdf/?year=2026").content))
    assert measure.paper_number in "".join("".join(page.extract_text() for page in sheet.pages).split())
    void_document(measure.issued_paper, by=cast.person("director"), reason="写错。")
    assert line not in visitor("director", of_unit()).page


def test_of_what_is_not_served_the_dossier_says_nothing(office):
    measure = measure_in(MeasureState.DECIDED)
    assert measure.matter not in visitor("director", of_unit()).page


def test_a_leader_enters_and_the_office_reads(office):
    head = visitor(f"head_{cast.TOWN}", of_person(cast.head(cast.TOWN)))
    head.open(head.page.link("填写2026年度实绩材料"))
    page = head.press("提交", main_work=WORK, difficulties="没有须协调解决的困难。", report=[pdf("述职报告.pdf")])
    assert "已提交第1版，已确认，办公室可以查阅。" in page
    assert "述职报告.pdf" in page
    entry = DossierEntry.objects.get()
    director = visitor("director", f"{LIST}?state=confirmed")
    director.open(director.page.link("第1版：冯十"))
    page = director.press("已查阅", note="工作扎实。")
    assert "办公室已查阅" in page
    assert "工作扎实。" in visitor(f"head_{cast.TOWN}", f"{LIST}entries/{entry.pk}/").page
    assert "第1版：冯十" in [words for words, _ in visitor("director", f"{LIST}?state=read").page.links]
    assert "第1版" not in visitor("director", f"{LIST}?state=missing").page


def test_what_is_refused_comes_back_as_typed(office):
    head = visitor(f"head_{cast.TOWN}", of_person(cast.head(cast.TOWN)))
    head.open(head.page.link("填写2026年度实绩材料"))
    with nothing_stored():
        page = head.press("提交", expect=422, main_work=WORK, difficulties="")
    assert "实绩材料还缺：协调解决困难和问题情况、述职报告。" in page
    assert page.forms[-1].values["main_work"] == [WORK]


def test_a_head_sends_back_what_the_liaison_entered(office):
    leader = cast.engage("曹廿三", None, cast.unit(cast.TOWN), PostKind.LEADER_IN_CHARGE, "党委副书记")
    entry = entered(leader, by=cast.liaison(cast.TOWN))
    page = visitor(f"liaison_{cast.TOWN}", f"{LIST}entries/{entry.pk}/").page
    assert all("确认" not in form.buttons for form in page.forms)
    head = visitor(f"head_{cast.TOWN}", f"{LIST}entries/{entry.pk}/")
    assert "尚未写明退回的原因。" in head.press("退回修改", expect=422, reason="")
    assert "本单位退回修改" in head.press("退回修改", reason="请写明数字。")
    visitor("director", LIST).open(f"{LIST}entries/{entry.pk}/", expect=404)


def test_commendations_are_recorded_shown_and_withdrawn(office):
    officer = visitor("officer", of_unit())
    officer.open(officer.page.link("登记表彰奖励"))
    facts = {"honour": "先进集体", "awarded_by": "江门市人民政府", "paper_number": "江府〔2026〕8号"}
    page = officer.press("登记", awarded_on="2026-05-04", paper=[pdf("决定.pdf")], **facts)
    line = "蓬江区棠下镇：2026年5月4日，江门市人民政府授予“先进集体”（江府〔2026〕8号）"
    assert line in page
    assert line in visitor(f"head_{cast.TOWN}", of_unit()).page
    director = visitor("director", of_unit())
    director.open(director.page.link("撤销：先进集体"))
    assert "登记错了。" in director.press("撤销", reason="登记错了。")
    assert line not in visitor(f"head_{cast.TOWN}", of_unit()).page


def test_who_sees_which_dossier(office):
    entered(cast.head(cast.TOWN))
    own, person = of_unit(), of_person(cast.head(cast.TOWN))
    for who in ("officer", "group_leader", "supervisor", f"head_{cast.TOWN}", f"liaison_{cast.TOWN}"):
        assert "第1版" in visitor(who, own).page
        assert "第1版" in visitor(who, person).page
    for who in (f"head_{cast.DIVISION_TOWN}", "sysadmin", "auditor"):
        for url in (own, person, f"{own}pdf/", f"{person}pdf/", f"{LIST}entries/{DossierEntry.objects.get().pk}/"):
            Visitor(cast.person(who)).open(url, expect=404)
    assert "冯十" not in visitor(f"head_{cast.DIVISION_TOWN}", LIST).page
    appoint(cast.person("officer"), cast.unit(cast.TOWN), PostKind.LIAISON, "联络员")
    assert "登记表彰奖励" not in [words for words, _ in visitor("officer", own).page.links]


def test_it_is_printed_alone_and_with_its_proofs(office):
    head = cast.head(cast.TOWN)
    entered(head)
    awarded(cast.unit(cast.TOWN))
    case_in(CaseState.RECTIFYING)
    one = Visitor(cast.person("director"))
    sheet = PdfReader(BytesIO(one.client.get(f"{of_person(head)}pdf/?year=2026").content))
    text = "".join("".join(page.extract_text() for page in sheet.pages).split())
    for words in ("冯十2026年度工作实绩档案", "约谈1次；交办整改任务", WORK, "先进集体", "述职报告.pdf"):
        assert words in text
    bound = PdfReader(BytesIO(one.client.get(f"{of_person(head)}pdf/?year=2026&proofs=1").content))
    assert len(bound.pages) == len(sheet.pages) + 2
    assert len(bound.outline) == 3


@pytest.mark.parametrize("year", ["1999", "x", "99999999", ""])
def test_a_year_that_is_none_is_the_present_one(office, year):
    assert "冯十2026年度" in visitor("director", f"{of_person(cast.head(cast.TOWN))}?year={year}").page


@pytest.mark.parametrize("year", ["0", "0000", "999", "1948", "2101", "9999", "99999999"])
def test_an_address_of_no_year_is_none(office, year):
    """What a liaison sends there is answered, not broken off; nor is what the keeper of the calendar sends."""
    post = cast.head(cast.TOWN).current_posts[0]
    liaison, officer = visitor(f"liaison_{cast.TOWN}"), visitor("officer", "/calendar/")
    for one, address in ((liaison, f"{LIST}posts/{post.pk}/{year}/enter/"), (officer, f"/calendar/{year}/enter/")):
        for send in (one.client.get, one.client.post):
            assert send(address).status_code == HTTPStatus.NOT_FOUND


def years_offered(username, query=""):
    forms = visitor(username, f"{LIST}{query}").page.forms
    return next(form.offered["year"] for form in forms if "year" in form.offered)


def test_only_years_that_hold_something_and_the_present_one_are_offered(office):
    assert years_offered("officer") == ["2026"]
    assert years_offered("officer", "?year=2021") == ["2026", "2021"]
    awarded(cast.unit(cast.TOWN), awarded_on=date(2024, 5, 4))
    head = cast.head(cast.TOWN)
    entered(head, by=cast.liaison(cast.TOWN), year=2025)
    assert years_offered(head.username) == ["2026", "2025", "2024"]
    assert years_offered("officer") == ["2026", "2024"]  # what the unit has not confirmed is not yet the office's
    assert years_offered(f"head_{cast.DIVISION_TOWN}") == ["2026"]
    page = visitor(head.username, of_person(head)).page
    assert "2025年" in page
    assert "2023年" not in page
    with time_machine.travel(datetime(2028, 1, 4, 9, tzinfo=CHINA_STANDARD_TIME)):
        assert years_offered("officer") == ["2028", "2027", "2026", "2024"]


def test_the_years_cost_one_query(office):
    with CaptureQueriesContext(connection) as queries:
        offered_years(cast.person("director"), 2026)
    assert sum("yuetan_dossierentry" in each["sql"] for each in queries) == 1
    assert sum("yuetan_commendation" in each["sql"] for each in queries) == 1
    assert all("UNION" in each["sql"] for each in queries if "yuetan_dossierentry" in each["sql"])
