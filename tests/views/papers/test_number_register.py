"""文号簿 as a page, on paper and as a file; who writes into it."""

import io
import re

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tests.exports import exported_rows
from tests.factories import case_in, letter_in, take
from tests.nothing_sent_twice import run_or_copy
from tests.refusals import appoint
from tests.views.queries import queries_of
from yuetan.actions.papers.document import void_document
from yuetan.actions.papers.number_register import reserve_number
from yuetan.models import NumberEntry, User
from yuetan.vocabulary import CaseState, DocumentKind, DocumentStatus, LetterState, PostKind, Verb


@pytest.fixture
def book(office, officer, director, county):
    """Two notices and a replaced one, a voided letter, one number reserved."""

    def run_history():
        case_in(CaseState.NOTIFIED)
        take(Verb.RESCHEDULE, case_in(CaseState.NOTIFIED, unit=county))
        void_document(letter_in(LetterState.ISSUED).document, by=director, reason="=发函对象有误")
        return reserve_number(by=officer, kind=DocumentKind.MINUTES, case=None, purpose="主任交办")

    return run_or_copy(run_history, __name__)


def shown(client: Client, **query: object) -> list[str]:
    answer = client.get(reverse("number_book"), query)
    assert answer.status_code == 200
    return [f"{line['entry'].number} {line['words']}" for line in answer.context["rows"]]


def test_the_whole_book_in_the_order_of_its_series(client: Client, officer, book):
    client.force_login(officer)
    assert shown(client) == [
        "江扫黑函〔2026〕1号 作废",
        "江扫黑办〔2026〕1号 已印发",
        "江扫黑办〔2026〕2号 已印发",
        "江扫黑办〔2026〕3号 已印发",
        "江扫黑办纪〔2026〕1号 预留",
    ]


def test_filters_by_series_year_and_state(client: Client, officer, book):
    client.force_login(officer)
    assert len(shown(client, prefix="江扫黑办")) == 3
    assert len(shown(client, year=2026)) == 5
    assert shown(client, state="voided") == ["江扫黑函〔2026〕1号 作废"]
    assert shown(client, state="reserved") == ["江扫黑办纪〔2026〕1号 预留"]
    assert len(shown(client, state="issued")) == 3
    assert shown(client, state="used") == []


def test_the_reason_and_who_stand_beside_a_voided_number(client: Client, officer, book):
    client.force_login(officer)
    words = client.get(reverse("number_book")).content.decode()
    assert "=发函对象有误" in words
    assert "王三，2026年11月23日" in re.sub(r"<[^>]+>|\s", "", words)


def test_a_page_to_be_printed_is_a_long_one(client: Client, officer, book):
    client.force_login(officer)
    for _ in range(25):
        reserve_number(by=officer, kind=DocumentKind.MINUTES, case=None, purpose="预留")
    assert len(shown(client)) == 20
    assert len(shown(client, print=1, prefix="江扫黑办纪")) == 26


def test_the_file_holds_the_same_lines_and_no_formula(client: Client, officer, book):
    client.force_login(officer)
    answer = client.post(f"{reverse('export_ledger', args=['numbers'])}?state=voided")
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    assert "attachment" in answer["Content-Disposition"]
    sheet = load_workbook(io.BytesIO(b"".join(answer))).active
    head, line = sheet.iter_rows(values_only=True)
    row = dict(zip(head, line, strict=True))
    assert (row["发文字号"], row["状态"], row["作废人"]) == ("江扫黑函〔2026〕1号", "作废", "王三")
    assert row["作废原因"] == "'=发函对象有误"


def test_the_book_is_for_the_inner_side(client: Client, book, head, sysadmin, auditor, supervisor, group_leader):
    for person in (head, sysadmin, auditor):
        client.force_login(person)
        assert client.get(reverse("number_book")).status_code == 403
        assert client.post("/ledgers/numbers/export/").status_code == 403
    for person in (supervisor, group_leader):
        client.force_login(person)
        assert client.get(reverse("number_book")).status_code == 200
        assert len(exported_rows(person.username, "numbers")) > 1


def test_who_keeps_away_from_a_unit_reads_the_number_alone(client: Client, supervisor, county, book):
    appoint(supervisor, county, PostKind.LIAISON, "联络员")
    client.force_login(User.objects.get(pk=supervisor.pk))
    lines = client.get(reverse("number_book"), {"prefix": "江扫黑办"}).context["rows"]
    own = [line for line in lines if line["document"] and "新会" in line["addressee"]]
    assert len(lines) == 3
    # as the liaison of the unit the person reads the papers the unit was sent
    assert len(own) == 2


def test_lines_of_hidden_papers_say_nothing(client: Client, second_officer, town, book):
    appoint(second_officer, town, PostKind.LIAISON, "联络员")
    case = case_in(CaseState.APPROVED)
    reserve_number(
        by=User.objects.get(username="officer"), kind=DocumentKind.MINUTES, case=case, purpose="为棠下镇事项预留"
    )
    client.force_login(User.objects.get(pk=second_officer.pk))
    words = client.get(reverse("number_book")).content.decode()
    assert "为棠下镇事项预留" not in words
    assert "（回避事项，不显示）" in words
    entry = NumberEntry.objects.get(case=case)
    assert client.get(reverse("use_number", args=[entry.pk])).status_code == 404


def test_reserving_using_and_voiding_in_the_browser(client: Client, officer, director):
    client.force_login(officer)
    asked = {"kind": DocumentKind.MINUTES, "case": "", "purpose": ""}
    refused = client.post(reverse("reserve_number"), asked)
    assert refused.status_code == 422
    assert "尚未写明预留文号的用途。" in refused.content.decode()
    for _ in range(2):
        assert client.post(reverse("reserve_number"), asked | {"purpose": "主任交办"}).status_code == 302
    first, second = NumberEntry.objects.order_by("serial")
    assert client.post(reverse("use_number", args=[first.pk]), {"used_for": "某通知"}).status_code == 302
    assert client.get(reverse("void_number", args=[second.pk])).status_code == 403
    client.force_login(director)
    assert client.post(reverse("void_number", args=[second.pk]), {"reason": "不用了"}).status_code == 302
    assert shown(client) == ["江扫黑办纪〔2026〕1号 已用于系统外文书", "江扫黑办纪〔2026〕2号 作废"]


def test_only_kinds_that_bear_a_number_can_be_reserved(client: Client, officer):
    client.force_login(officer)
    answer = client.post(reverse("reserve_number"), {"kind": "sign_in_sheet", "case": "", "purpose": "预留"})
    assert answer.status_code == 422
    assert not NumberEntry.objects.exists()


def test_the_book_costs_the_same_for_more_lines(client: Client, officer, book, county):
    client.force_login(officer)
    cost = queries_of(client, reverse("number_book"))
    case_in(CaseState.NOTIFIED, unit=county)
    letter_in(LetterState.ISSUED)
    assert queries_of(client, reverse("number_book")) == cost


def test_voiding_a_paper_in_the_browser(client: Client, officer, director, book):
    document = letter_in(LetterState.ISSUED).document
    address = reverse("void_document", args=[document.pk])
    client.force_login(officer)
    assert client.post(address, {"reason": "有误"}).status_code == 403
    client.force_login(director)
    assert document.title in client.get(address).content.decode()
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "有误"}).status_code == 302
    rows = client.get(reverse("document_list")).context["rows"]
    assert [row["document"].status for row in rows].count(DocumentStatus.VOIDED) == 2
    assert "本文书已于" in client.get(address).content.decode()


def test_a_notice_in_force_says_what_to_do_instead(client: Client, director, book):
    client.force_login(director)
    notice = NumberEntry.objects.get(prefix="江扫黑办", serial=1).document
    words = client.get(reverse("void_document", args=[notice.pk])).content.decode()
    assert "请办理改期或者撤回" in words
    assert 'name="reason"' not in words
