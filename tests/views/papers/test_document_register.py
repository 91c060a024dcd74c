"""文书: whose papers somebody sees, how they are found, and how a PDF is served."""

import re
import uuid
from urllib.parse import unquote

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.factories import case_after, case_in, letter_in, take
from tests.nothing_sent_twice import run_or_copy
from tests.views.queries import queries_of
from yuetan.models import Document, Unit, User
from yuetan.vocabulary import CaseState, DocumentKind, LetterState, Verb


def without_token(answer: HttpResponse) -> str:
    return re.sub(r'name="(?:csrfmiddlewaretoken|form_key)" value="[\w-]+"', "", answer.content.decode())


def numbers(client: Client, **query: object) -> list[str]:
    answer = client.get(reverse("document_list"), query)
    assert answer.status_code == 200
    return [row["document"].number for row in answer.context["rows"]]


@pytest.fixture
def papers(office: object, county: Unit) -> None:
    """A notice to the town, a notice and its replacement to the county, a letter to the member unit."""

    def run_history():
        case_in(CaseState.NOTIFIED)
        take(Verb.RESCHEDULE, case_in(CaseState.NOTIFIED, unit=county))
        return letter_in(LetterState.ISSUED)

    run_or_copy(run_history, __name__)


def test_the_office_sees_every_paper(client: Client, officer: User, papers: None) -> None:
    client.force_login(officer)
    assert sorted(numbers(client)) == [
        "江扫黑函〔2026〕1号",
        "江扫黑办〔2026〕1号",
        "江扫黑办〔2026〕2号",
        "江扫黑办〔2026〕3号",
    ]


def test_a_unit_sees_its_own_papers_only(client: Client, head: User, member_head: User, papers: None) -> None:
    client.force_login(head)
    assert numbers(client) == ["江扫黑办〔2026〕1号"]
    client.force_login(member_head)
    assert numbers(client) == ["江扫黑函〔2026〕1号"]


def test_who_takes_no_part_sees_none(client: Client, sysadmin: User, auditor: User, papers: None) -> None:
    for user in (sysadmin, auditor):
        client.force_login(user)
        assert numbers(client) == []


def test_filters_by_year_kind_and_words(client: Client, officer: User, papers: None) -> None:
    client.force_login(officer)
    assert numbers(client, year=2025) == []
    assert len(numbers(client, year=2026)) == 4
    assert numbers(client, kind=DocumentKind.REMINDER_LETTER) == ["江扫黑函〔2026〕1号"]
    assert numbers(client, q="棠下") == ["江扫黑办〔2026〕1号"]
    assert numbers(client, q="整治进展缓慢", kind="reminder_letter") == ["江扫黑函〔2026〕1号"]
    assert len(numbers(client, q="江扫黑办")) == 3


@pytest.mark.parametrize("entered", ["江扫黑办〔2026〕3号", "江扫黑办[2026]3号", "（2026）3号", "〔2026〕3"])
def test_a_number_is_found_however_it_is_typed(client: Client, officer: User, papers: None, entered: str) -> None:
    client.force_login(officer)
    assert numbers(client, q=entered) == ["江扫黑办〔2026〕3号"]


def test_a_year_that_is_none_is_shown(client: Client, officer: User, papers: None) -> None:
    client.force_login(officer)
    answer = client.get(reverse("document_list"), {"year": "今年"})
    assert "年度：年份无法识别" in answer.content.decode()


def test_replaced_papers_and_receipts_are_marked(client: Client, officer: User, papers: None) -> None:
    case_after(Verb.ACKNOWLEDGE_RECEIPT)
    client.force_login(officer)
    words = client.get(reverse("document_list")).content.decode()
    assert words.partition("<tbody>")[2].count("已被替代") == 1
    assert words.partition("<tbody>")[2].count("未签收") == 3
    assert words.count("褚十二") + words.count("冯十") == 1


def test_pdf_is_served_inline_under_its_number(client: Client, head: User, papers: None) -> None:
    document = Document.objects.get(kind=DocumentKind.INTERVIEW_NOTICE, addressee__contains="棠下")
    client.force_login(head)
    answer = client.get(reverse("document_pdf", args=[document.pk]))
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF-")
    assert answer["Content-Type"] == "application/pdf"
    disposition = unquote(answer["Content-Disposition"])
    assert disposition == f"inline; filename*=utf-8''{document.number} {document.title}.pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert set(answer["Cache-Control"].split(", ")) == {"private", "no-store"}


def test_other_peoples_pdf_is_as_one_that_is_not_there(
    client: Client, other_head: User, sysadmin: User, auditor: User, papers: None
) -> None:
    document = Document.objects.get(kind=DocumentKind.REMINDER_LETTER)
    for user in (other_head, sysadmin, auditor):
        client.force_login(user)
        theirs = client.get(reverse("document_pdf", args=[document.pk]))
        nobodys = client.get(reverse("document_pdf", args=[uuid.UUID(int=7)]))
        assert theirs.status_code == nobodys.status_code == 404
        assert without_token(theirs) == without_token(nobodys)


def test_list_costs_the_same_for_more_rows(client: Client, officer: User, county: Unit) -> None:
    case_after(Verb.ACKNOWLEDGE_RECEIPT)
    client.force_login(officer)
    cost = queries_of(client, reverse("document_list"))
    case_in(CaseState.NOTIFIED, unit=county)
    letter_in(LetterState.ISSUED)
    assert queries_of(client, reverse("document_list")) == cost
    assert len(numbers(client)) == 3


def test_twenty_a_page(client: Client, officer: User) -> None:
    for _ in range(21):
        letter_in(LetterState.ISSUED)
    client.force_login(officer)
    assert len(numbers(client)) == 20
    assert numbers(client, last=1, kind="reminder_letter")[-1] == "江扫黑函〔2026〕1号"
