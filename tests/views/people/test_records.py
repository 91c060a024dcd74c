"""履历 of a unit and of a person: what the reader may see, counted as the ledger behind each number lists it."""

import pytest
from django.db import connection
from django.http import QueryDict

from tests import cast
from tests import factories as of_case
from tests.factories import appoint, case_in, later, letter_in
from tests.ladder import carry_out, measure_in, take
from tests.nothing_sent_twice import run_or_copy
from tests.views.queries import queries_of
from tests.web import browser
from yuetan.actions.papers.document import void_document
from yuetan.ledgers.export import LEDGERS
from yuetan.ledgers.rectification.tasks import TaskLedger
from yuetan.models import Case
from yuetan.vocabulary import CaseState, LetterState, MeasureState, PostKind, Verb

ADDRESSES = {
    "/cases/": "cases",
    "/tasks/": "tasks",
    "/letters/": "letters",
    "/measures/": "measures",
    "/documents/": "documents",
    "/supervision-letters/": "supervisions",
}
INNER = ("officer", "second_officer", "group_leader", "supervisor")
RECUSED = "second_officer"
UNITS = (cast.TOWN, cast.TOWN[:6], cast.COUNTY)


@pytest.fixture
def full(office):
    def history():
        for code in (cast.TOWN, cast.COUNTY):
            case_in(CaseState.RECTIFYING, unit=cast.unit(code))
        for state in (CaseState.DRAFTED, CaseState.CLOSED):
            case_in(state, unit=cast.unit(cast.TOWN))
        letter_in(LetterState.ISSUED, to=cast.unit(cast.TOWN))
        letter_in(LetterState.DRAFTED, to=cast.unit(cast.TOWN))
        return list(Case.objects.all())

    cases = run_or_copy(history, __name__)
    appoint(cast.person(RECUSED), cast.unit(cast.TOWN), PostKind.LIAISON, "联络员")
    return cases


def _record(username, address):
    page = browser(username).get(address)
    assert page.status_code == 200
    return page.context["record"]


def _unit_page(code):
    return f"/units/{cast.unit(code).pk}/"


def _listed(username, url):
    address, _, query = url.partition("?")
    return LEDGERS[ADDRESSES[address]].filtered(cast.person(username), QueryDict(query))


@pytest.mark.parametrize("username", INNER)
@pytest.mark.parametrize("code", UNITS)
def test_each_number_of_a_unit_is_what_its_ledger_lists(full, username, code):
    record = _record(username, _unit_page(code))
    for each in (*record.figures, *record.parts):
        listed = _listed(username, each.url)
        assert listed.is_valid()
        assert str(listed.qs.count()) == each.words, each
    for part in record.parts:
        assert str(len(part.entries)) == part.words


def test_a_unit_has_its_cases_tasks_and_letters(full):
    parts = {part.title: part for part in _record("officer", _unit_page(cast.TOWN)).parts}
    assert [parts[title].words for title in ("约谈事项", "未销号的整改任务", "提醒函", "督办单")] == [
        "3",
        "2",
        "2",
        "0",
    ]
    figures = {figure.label: figure.words for figure in _record("officer", _unit_page(cast.TOWN)).figures}
    assert (figures["已约谈"], figures["办结（销号）"]) == ("2", "1")


def test_who_keeps_away_is_shown_what_the_unit_is_shown(full):
    parts = {part.title: part for part in _record(RECUSED, _unit_page(cast.TOWN)).parts}
    assert (parts["约谈事项"].words, parts["提醒函"].words) == ("2", "1")
    assert all("约谈〔" not in entry["meta"] for entry in parts["约谈事项"].entries)


@pytest.mark.parametrize("username", INNER)
def test_a_leader_has_the_cases_of_all_their_posts(full, username):
    head = cast.head(cast.TOWN)
    wanted = Case.objects.visible_to(cast.person(username)).of_interviewee(head)
    parts = {part.title: part for part in _record(username, f"/people/{head.pk}/").parts}
    about = parts["列为约谈对象的约谈事项"]
    assert about.words == str(wanted.count()) == str(_listed(username, about.url).qs.count())
    assert {entry["url"] for entry in about.entries} == {f"/cases/{case.pk}/" for case in wanted}
    assert parts["上述事项未销号的整改任务"].words == "2"
    page = browser(username).get(f"/people/{head.pk}/").content.decode()
    assert "党委书记" in page
    assert "现任" in page


def test_who_leads_interviews_has_them_listed(full):
    leader = next(case.interviewer.holder for case in full if case.interviewer)
    parts = {part.title: part for part in _record("officer", f"/people/{leader.pk}/").parts}
    led = [case for case in full if case.interviewer and case.interviewer.holder_id == leader.pk]
    assert parts["主持的约谈"].words == str(len(led)) == str(_listed("officer", parts["主持的约谈"].url).qs.count())


def test_the_administrator_reads_posts_and_no_cases(full):
    for address in (_unit_page(cast.TOWN), f"/people/{cast.head(cast.TOWN).pk}/"):
        assert _record("sysadmin", address) is None
        assert "/cases/" not in browser("sysadmin").get(address).content.decode()


@pytest.mark.parametrize("username", ["auditor", f"head_{cast.TOWN}"])
def test_nobody_else_reads_a_record(full, username):
    assert browser(username).get(f"/people/{cast.head(cast.TOWN).pk}/").status_code == 403
    assert browser("officer").get("/people/999999/").status_code == 404


def test_of_many_cases_the_newest_are_listed_and_all_are_counted(office, monkeypatch):
    monkeypatch.setattr("yuetan.views.people.records.SHOWN", 1)
    for state in (CaseState.DRAFTED, CaseState.CLOSED):
        case_in(state, unit=cast.unit(cast.TOWN))
    part = _record("officer", _unit_page(cast.TOWN)).parts[0]
    assert (part.words, len(part.entries)) == ("2", 1)


@pytest.mark.parametrize("address", [_unit_page, lambda code: f"/people/{cast.head(code).pk}/"])
def test_more_cases_cost_no_more_queries(office, address):
    client, url = browser("officer"), address(cast.TOWN)
    case_in(CaseState.RECTIFYING, unit=cast.unit(cast.TOWN))
    client.get(url)
    one = queries_of(client, url)
    case_in(CaseState.RECTIFYING, unit=cast.unit(cast.TOWN))
    case_in(CaseState.RECTIFYING, unit=cast.unit(cast.TOWN))
    assert queries_of(client, url) == one


def test_a_unit_page_says_which_rung_may_follow_and_why(office):
    served = take(Verb.ACKNOWLEDGE_MEASURE, measure_in(MeasureState.SERVED))
    page = _unit_page(cast.TOWN)
    assert not _record("officer", page).doors
    with later(days=61):
        (door,) = _record("officer", page).doors
        assert door["url"] == f"/measures/{served.pk}/"
        assert "可以约谈（第二十八条：受到通报后仍未按期完成整改目标）" in door["label"]
        assert f"（{served.paper.number}）" in door["meta"]
        assert not _record("officer", _unit_page(cast.COUNTY)).doors
        parts = {part.title: part for part in _record("officer", page).parts}
        assert [entry["label"] for entry in parts["责任措施"].entries] == [served.title]
        appoint(cast.person(RECUSED), cast.unit(cast.TOWN), PostKind.LIAISON, "联络员")
        assert not _record(RECUSED, page).doors
        take(Verb.OPEN_INTERVIEW, served)
        assert not _record("officer", page).doors


def test_a_door_behind_an_interview_is_shown_to_who_may_know_of_it(office):
    carry_out()
    case, page = case_in(CaseState.RECTIFYING, unit=cast.unit(cast.TOWN)), _unit_page(cast.TOWN)
    with later(days=400):
        (door,) = _record("second_officer", page).doors
        assert door["url"] == f"/cases/{case.pk}/"
        assert "可以挂牌督办" in door["label"]
        of_case.take(Verb.SET_READERS, case)
        assert not _record("second_officer", page).doors
        assert _record("supervisor", page).doors


def test_a_closed_case_laid_more_than_a_year_ago_opens_no_door_unasked(office):
    carry_out()
    case, page = case_in(CaseState.RECTIFYING, unit=cast.unit(cast.TOWN)), _unit_page(cast.TOWN)
    verbs = [verb for verb, _ in of_case.HISTORY]
    with later(days=200):
        for verb in verbs[verbs.index(Verb.ASSIGN) + 1 :]:
            of_case.take(verb, case)
        assert _record("officer", page).doors
    with later(days=360):
        assert _record("officer", page).doors
    with later(days=400):
        assert not _record("officer", page).doors


def test_of_many_late_things_the_doors_behind_the_newest_are_listed_and_it_says_so(office, monkeypatch):
    first = take(Verb.ACKNOWLEDGE_MEASURE, measure_in(MeasureState.SERVED))
    with later(days=1):
        second = take(Verb.ACKNOWLEDGE_MEASURE, measure_in(MeasureState.SERVED, matter="校园周边治安乱点整治不力"))
        measure_in(MeasureState.ENDED, matter="农贸市场乱象整治不力")
    page, more = _unit_page(cast.TOWN), "逾期的较多，这里没有全部列出"
    with later(days=90):
        urls = {door["url"] for door in _record("officer", page).doors}
        assert urls == {f"/measures/{first.pk}/", f"/measures/{second.pk}/"}
        assert more not in browser("officer").get(page).content.decode()
        with monkeypatch.context() as fewer:
            fewer.setattr("yuetan.models.ladder.standing_doors.MAX_DOORS", 1)
            assert len(_record("officer", page).doors) == 1
            assert more in browser("officer").get(page).content.decode()
        monkeypatch.setattr("yuetan.models.ladder.standing_doors.LOOKED_AT", 1)
        assert [door["url"] for door in _record("officer", page).doors] == [f"/measures/{second.pk}/"]
        assert more in browser("officer").get(page).content.decode()
        take(Verb.OPEN_INTERVIEW, second)
        assert not _record("officer", page).doors
        assert more in browser("officer").get(page).content.decode()


def test_what_was_reported_in_time_or_is_voided_pushes_no_late_thing_out(office, monkeypatch):
    """Nobody is late because the office has not judged a report; a progress report changes nothing of it."""
    monkeypatch.setattr("yuetan.models.ladder.standing_doors.LOOKED_AT", 1)
    late = take(Verb.ACKNOWLEDGE_MEASURE, measure_in(MeasureState.SERVED))
    with later(days=1):
        reported = take(Verb.ACKNOWLEDGE_MEASURE, measure_in(MeasureState.SERVED, matter="校园周边治安乱点整治不力"))
        for _ in reported.tasks.all():
            reported = take(Verb.HAND_IN_REPORT, take(Verb.PREPARE_REPORT, reported))
        voided = measure_in(MeasureState.SERVED, matter="农贸市场乱象整治不力")
        void_document(voided.paper, by=cast.person("director"), reason="文号误登")
    with later(days=90):
        record = _record("officer", _unit_page(cast.TOWN))
        assert [door["url"] for door in record.doors] == [f"/measures/{late.pk}/"]
        assert record.doors_are_all


@pytest.mark.parametrize(
    ("dated", "index"),
    [("late", "report_late"), ("returned", "report_returned"), ("extended", "extension_given")],
)
def test_what_is_counted_of_a_unit_is_found_by_task_and_not_among_all_reports(office, town, dated, index):
    asked = {"area": town.code, "dated": dated, "earlier": "counted"}
    counted = TaskLedger().filtered(cast.person("officer"), asked).qs.order_by().values("pk")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off")
        assert f"{index}_of_task" in counted.explain()
