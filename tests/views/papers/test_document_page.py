"""The page of one paper: scans handed in, papers taken out by POST and written down, the log, what is missing."""

import io

import docx
import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import case_in, letter_in, pdf, set_office, take
from tests.views.queries import queries_of
from yuetan.actions.papers.printing import record_printing
from yuetan.actions.papers.scan import upload_scan
from yuetan.documents.exports.ofd import render_ofd
from yuetan.documents.pdf_store import pdf_bytes
from yuetan.models import Document, Printing, Scan, Unit, User
from yuetan.vocabulary import CaseState, LetterState, PrintMethod, Verb

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def paper(office: object) -> Document:
    return case_in(CaseState.NOTIFIED).documents.get()


def page(client: Client, paper: Document) -> str:
    answer = client.get(reverse("document", args=[paper.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_officer_hands_in_a_scan_and_the_unit_fetches_it(
    client: Client, officer: User, head: User, paper: Document
) -> None:
    client.force_login(officer)
    assert "缺扫描件" in page(client, paper)
    answer = client.post(reverse("document", args=[paper.pk]), {"file": pdf("盖章通知书.pdf")})
    assert answer.status_code == 302
    assert "盖章通知书.pdf" in page(client, paper)
    assert "缺扫描件" not in page(client, paper)
    assert "由张一（" in page(client, paper)
    client.force_login(head)
    assert "盖章通知书.pdf" in page(client, paper)
    assert "张一" not in page(client, paper)
    scan = Scan.objects.get()
    served = client.get(reverse("scan", args=[scan.pk]))
    assert served["Content-Type"] == "application/pdf"
    assert served["Content-Disposition"].startswith("attachment")
    assert b"".join(served.streaming_content).startswith(b"%PDF-")
    assert served["Cache-Control"] == "private, no-store"


def test_earlier_scans_are_shown_as_replaced(client: Client, officer: User, paper: Document) -> None:
    client.force_login(officer)
    for name in ("一.pdf", "二.pdf"):
        upload_scan(paper, by=officer, file=pdf(name))
    words = page(client, paper)
    assert words.index("二.pdf") < words.index("一.pdf") < words.index("已被替换 ·") + 200
    assert words.count("已被替换") == 1


def test_a_refused_file_is_shown_on_the_page(client: Client, officer: User, paper: Document) -> None:
    client.force_login(officer)
    answer = client.post(reverse("document", args=[paper.pk]), {})
    assert answer.status_code == 422
    assert "尚未选择扫描件" in answer.content.decode()


def test_only_who_may_sees_the_upload(client: Client, director: User, head: User, paper: Document) -> None:
    for person in (director, head):
        client.force_login(person)
        assert 'type="file"' not in page(client, paper)
        assert client.post(reverse("document", args=[paper.pk]), {"file": pdf()}).status_code == 403
    assert not Scan.objects.exists()


def test_strangers_find_nothing(
    client: Client, officer: User, other_head: User, auditor: User, sysadmin: User, paper: Document
) -> None:
    scan = upload_scan(paper, by=officer, file=pdf())
    for person in (other_head, auditor, sysadmin):
        client.force_login(person)
        assert client.get(reverse("document", args=[paper.pk])).status_code == 404
        assert client.get(reverse("scan", args=[scan.pk])).status_code == 404
        for route in PrintMethod.values:
            assert client.post(reverse("download_document", args=[paper.pk, route])).status_code == 404
    assert not Printing.objects.exists()


@pytest.mark.parametrize(("route", "disposition"), [("print", "inline"), ("download", "attachment")])
def test_printing_and_downloading_serve_the_bytes_and_are_written_down(
    client: Client, head: User, paper: Document, route: str, disposition: str
) -> None:
    client.force_login(head)
    served = client.post(reverse("download_document", args=[paper.pk, route]))
    assert served.content == pdf_bytes(paper)
    assert served["Content-Disposition"].startswith(disposition)
    entry = Printing.objects.get()
    assert (entry.document, entry.by, entry.method) == (paper, head, route)


def test_looking_at_a_paper_is_not_written_down_and_a_get_takes_nothing(
    client: Client, officer: User, paper: Document
) -> None:
    client.force_login(officer)
    assert client.get(reverse("document_pdf", args=[paper.pk])).status_code == 200
    for route in PrintMethod.values:
        assert client.get(reverse("download_document", args=[paper.pk, route])).status_code == 405
    assert not Printing.objects.exists()


def test_ways_that_are_none_are_not_found(client: Client, officer: User, paper: Document) -> None:
    client.force_login(officer)
    for route in ("merged", "archive", "fax"):
        assert client.post(reverse("download_document", args=[paper.pk, route])).status_code == 404


def test_an_ofd_is_offered_where_the_office_switches_it_on(
    client: Client, officer: User, head: User, paper: Document
) -> None:
    address = reverse("download_document", args=[paper.pk, "ofd"])
    client.force_login(head)
    assert "下载 OFD" not in page(client, paper)
    assert client.post(address).status_code == 404
    assert not Printing.objects.exists()
    set_office("ofd_offered", value=True)
    assert "下载 OFD" in page(client, paper)
    served = client.post(address)
    assert served["Content-Type"] == "application/ofd"
    assert served["Content-Disposition"].startswith("attachment")
    assert served.content == render_ofd(pdf_bytes(paper), paper.facts["organ"])
    entry = Printing.objects.get()
    assert (entry.document, entry.by, entry.get_method_display()) == (paper, head, "下载 OFD")


def test_an_ofd_is_shown_to_those_who_may_see_the_paper_alone(
    client: Client, other_head: User, auditor: User, sysadmin: User, paper: Document
) -> None:
    set_office("ofd_offered", value=True)
    for person in (other_head, auditor, sysadmin):
        client.force_login(person)
        assert client.post(reverse("download_document", args=[paper.pk, "ofd"])).status_code == 404
    assert not Printing.objects.exists()


def test_the_editable_copy_goes_to_inner_roles_only(
    client: Client, officer: User, head: User, liaison: User, paper: Document
) -> None:
    client.force_login(officer)
    assert "下载非正式文本" in page(client, paper)
    served = client.post(reverse("download_document", args=[paper.pk, "copy"]))
    assert served["Content-Type"] == DOCX
    assert "非正式文本" in docx.Document(io.BytesIO(served.content)).sections[0].header.paragraphs[0].text
    assert Printing.objects.get().method == PrintMethod.COPY
    for person in (head, liaison):
        client.force_login(person)
        assert "下载非正式文本" not in page(client, paper)
        assert client.post(reverse("download_document", args=[paper.pk, "copy"])).status_code == 403
    assert Printing.objects.count() == 1


def test_the_log_is_for_the_director_and_the_supervisors(
    client: Client, request: pytest.FixtureRequest, officer: User, paper: Document
) -> None:
    record_printing([paper], by=officer, method=PrintMethod.PRINT)
    record_printing([paper], by=officer, method=PrintMethod.COPY)
    for who in ("director", "supervisor"):
        client.force_login(request.getfixturevalue(who))
        words = client.get(reverse("print_log")).content.decode()
        assert words.count(paper.number) == 2
        assert "张一" in words
        assert "下载非正式文本" in words
        assert len(client.get(reverse("print_log"), {"method": "print"}).context["rows"]) == 1
        assert len(client.get(reverse("print_log"), {"person": "李二"}).context["rows"]) == 0
        assert len(client.get(reverse("print_log"), {"begin": "2026-11-23", "end": "2026-11-23"}).context["rows"]) == 2
        assert len(client.get(reverse("print_log"), {"end": "2026-11-22"}).context["rows"]) == 0
        assert "打印记录" in page(client, paper)
    for who in ("officer", "group_leader", "head", "auditor", "sysadmin"):
        client.force_login(request.getfixturevalue(who))
        assert client.get(reverse("print_log")).status_code == 403


def test_the_list_shows_and_finds_missing_scans(client: Client, officer: User, county: Unit) -> None:
    take(Verb.RESCHEDULE, case_in(CaseState.NOTIFIED, unit=county))
    letter = letter_in(LetterState.ISSUED).document
    client.force_login(officer)
    words = client.get(reverse("document_list")).content.decode()
    assert "缺盖章扫描件的文书 2 份" in words
    assert words.count("缺扫描件") == 2
    upload_scan(letter, by=officer, file=pdf())
    missing = client.get(reverse("document_list"), {"scan": "missing"}).context["rows"]
    kept = client.get(reverse("document_list"), {"scan": "kept"}).context["rows"]
    assert [row["document"].kind for row in missing] == ["reschedule_notice"]
    assert [row["document"].kind for row in kept] == ["reminder_letter"]


def test_pages_cost_the_same_for_more_rows(client: Client, officer: User, director: User, paper: Document) -> None:
    client.force_login(director)
    record_printing([paper], by=officer, method=PrintMethod.PRINT)
    upload_scan(paper, by=officer, file=pdf())
    addresses = [reverse("print_log"), reverse("document", args=[paper.pk]), reverse("document_list")]
    costs = [queries_of(client, address) for address in addresses]
    other = letter_in(LetterState.ISSUED).document
    record_printing([paper, other], by=officer, method=PrintMethod.MERGED)
    upload_scan(paper, by=officer, file=pdf())
    assert [queries_of(client, address) for address in addresses] == costs


def test_the_pages_of_cases_and_letters_lead_to_their_papers(client: Client, officer: User, paper: Document) -> None:
    letter = letter_in(LetterState.ISSUED)
    client.force_login(officer)
    for page_of, document in (
        (reverse("case", args=[paper.case_id]), paper),
        (reverse("letter", args=[letter.pk]), letter.document),
    ):
        assert reverse("document", args=[document.pk]) in client.get(page_of).content.decode()
