"""The home of somebody for whom more than a thousand cases wait: all counted, the soonest shown, the rest on pages."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.test import Client

from tests import cast
from tests.factories import case_after, case_in, later, take
from tests.views.queries import queries_of
from tests.web import BACKEND, Visitor
from yuetan.models import Case, PendingStep
from yuetan.rules.dates import clock
from yuetan.views.home import unit_obligations
from yuetan.vocabulary import CaseState, Verb

MAX_QUERIES = 15


def multiply(case: Case, number: int) -> None:
    """So many copies of a case with what it waits for: the first is due tomorrow, each a day before the last."""
    rows = list(PendingStep.objects.filter(case=case))
    for copy in range(1, number + 1):
        due_on = clock.today() + timedelta(days=number - copy + 1)
        case.pk, case.register_serial, case.matter = uuid.uuid4(), case.register_serial + 1, f"第{copy}件"
        Case.objects.bulk_create([case])
        for row in rows:
            row.pk, row.case, row.due_on = None, case, due_on
        PendingStep.objects.bulk_create(rows)


def at_home(username: str) -> Client:
    client = Client()
    client.force_login(cast.person(username), backend=BACKEND)
    client.get("/")  # what is read once for all requests is read
    return client


def test_a_thousand_wait_and_none_is_lost(officer, monkeypatch):
    monkeypatch.setattr("yuetan.views.home.home.MAX_SHOWN", 200)  # the same pages, in fewer requests
    multiply(case_in(CaseState.APPROVED), 1004)
    page = Visitor(officer).open("/")
    assert "待我办理 1000+" in page
    assert "今天到期 0" in page
    assert page.link("关于第1004件的约谈")  # the soonest
    titles, address = set(), "/"
    while address:
        page = Visitor(officer).open(address)
        titles |= {words for words, _ in page.links if words.startswith("关于第")}
        address = dict(page.links).get("查看其余待办" if address == "/" else "下一页")
    assert titles == {f"关于第{copy}件的约谈" for copy in range(1, 1005)}
    first = Visitor(officer).open(dict(page.links)["从最急的看起"])
    assert "从最急的看起" not in first
    assert "共 1000+ 件，按时限先后排列。" in first


def test_the_number_of_cases_costs_nothing(officer):
    case = case_in(CaseState.APPROVED)
    client = at_home("officer")
    one = queries_of(client, "/")
    multiply(case, 2)
    three = queries_of(client, "/")
    multiply(case, 297)
    assert (one, three, queries_of(client, "/")) == (one, one, one)
    assert one <= MAX_QUERIES


def test_a_case_that_waits_for_two_things_is_one_line_with_both_of_them(officer):
    case = take(Verb.RECORD_CONSEQUENCE, case_after(Verb.HAND_IN_REPORT))
    page = Visitor(cast.person("supervisor")).open("/")
    assert page.words.count(case.title) == 1
    assert "核查整改报告；核对问责处理" in page or "核对问责处理；核查整改报告" in page
    assert "待我办理 1 " in page


def test_a_busy_unit_reads_of_the_soonest_and_how_many_more_there_are(office, monkeypatch):
    monkeypatch.setattr(unit_obligations, "MAX_CASES", 2)
    for matter in ("甲事", "乙事"):
        case_in(CaseState.NOTIFIED, draft={"matter": matter})
    assert "另有" not in Visitor(cast.head(cast.TOWN)).open("/")
    with later(days=3):
        case_in(CaseState.NOTIFIED, draft={"matter": "后到期的事"})
        page = Visitor(cast.head(cast.TOWN)).open("/")
        assert "另有 1 件" in page
        assert page.words.count("后到期的事") == 1  # among the interviews of the week, and nowhere else
        assert "要办的事 6+" in page
        assert "已逾期 2 " in page  # nothing that is not shown has passed


@pytest.mark.parametrize(
    "place", ["after=x&row=1", "after=2026-11-23&row=" + "9" * 30, "after=0001-01-01&row=-1", "row=1"]
)
def test_no_place_that_an_address_names_fails(officer, place):
    case_in(CaseState.APPROVED)
    assert at_home("officer").get(f"/todos/?{place}").status_code == 200
