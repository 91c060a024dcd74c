"""文书查验: anybody may ask, is told number, date and state, and nothing more; not too often, and not too much."""

import hashlib
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from tests import nothing_sent_twice
from tests.factories import case_in, later, letter_in, pdf, take
from tests.past_triggers import past_triggers
from yuetan.actions.messages.daily import daily
from yuetan.actions.papers.document import void_document
from yuetan.actions.papers.verification import MAX_IN_A_SPAN
from yuetan.documents.pdf_store import pdf_bytes, store_pdf
from yuetan.models import AttemptCount, Document
from yuetan.rules import check_code
from yuetan.rules.text.canonical_wording import wording_sha256
from yuetan.vocabulary import CaseState, LetterState, Verb

VERIFY = "/verify/"
COMPARED = ["发文字号", "印发日期", "内容校验", "标题字数", "页数"]


@pytest.fixture
def document(office):
    def run_history():
        issued = letter_in(LetterState.ISSUED).document
        store_pdf(issued)
        return Document.objects.get(pk=issued.pk)

    return nothing_sent_twice.run_or_copy(run_history, __name__)


def ask(client: Client, **question: object):
    return client.post(VERIFY, question)


def verified(client: Client, **question: object) -> tuple[str, ...]:
    answer = ask(client, **question)
    assert answer.status_code == 200
    words, lines = answer.context["answer"]["words"], answer.context["answer"]["lines"]
    assert list(lines) == COMPARED
    return (words, lines["发文字号"], lines["印发日期"])


def compared(client: Client, **question: object) -> dict[str, str]:
    """What a reader sees on the page, to compare the paper in hand with."""
    page = ask(client, **question).content.decode()
    pairs = re.findall(r"<dt>(.*?)</dt>\s*<dd>\s*(.*?)\s*</dd>", page, re.DOTALL)
    return {label: words for label, words in pairs if label in COMPARED}


def test_the_code_on_the_paper_is_answered(client: Client, document):
    assert check_code.grouped(document.check_code) in document.html
    assert verified(client, code=document.check_code) == ("有效", "江扫黑函〔2026〕1号", "2026年11月23日")
    assert verified(client, code=check_code.grouped(document.check_code).lower()) == verified(
        client, code=document.check_code
    )


def test_the_pdf_itself_is_answered(client: Client, document):
    original = SimpleUploadedFile("提醒函.pdf", pdf_bytes(document), "application/pdf")
    assert verified(client, paper=original) == ("有效", "江扫黑函〔2026〕1号", "2026年11月23日")
    changed = SimpleUploadedFile("提醒函.pdf", pdf_bytes(document) + b" ", "application/pdf")
    assert verified(client, paper=changed) == ("查无此件", "—", "—")


def test_a_large_pdf_is_hashed_from_the_disk_too(client: Client, document):
    large = pdf_bytes(document) + b" " * 3_000_000
    assert verified(client, paper=SimpleUploadedFile("大.pdf", large, "application/pdf"))[0] == "查无此件"


def printed_words(document: Document) -> tuple[str, int]:
    """What a reader sees on the paper itself: the words of its last page, and how many pages there are."""
    pages = PdfReader(io.BytesIO(pdf_bytes(document))).pages
    return pages[-1].extract_text(), len(pages)


def test_what_to_compare_is_what_stands_on_the_paper(client: Client, document):
    words, pages = printed_words(document)
    shown = compared(client, code=document.check_code)
    assert re.search(r"内容校验 ([0-9A-F]{4}(?:-[0-9A-F]{4}){3})", words)[1] == shown["内容校验"]
    assert shown["标题字数"] == f"{len(document.title)}字（含标点）"
    assert (shown["页数"], shown["发文字号"]) == (f"{pages}页（含未编页码的）", document.number)
    page = ask(client, code=document.check_code).content.decode()
    assert "请把手中的文书与上面逐项比对" in page
    original = SimpleUploadedFile("提醒函.pdf", pdf_bytes(document), "application/pdf")
    assert compared(client, paper=original) == shown


@pytest.mark.parametrize(("true", "forged"), [("进展缓慢", "进展良好"), ("2026年11月23日", "2026年11月24日")])
def test_a_forged_text_with_a_true_code_has_another_digest(client: Client, document, true, forged):
    assert true in document.html
    changed = document.html.replace(true, forged)
    assert check_code.grouped(document.check_code) in changed
    shown = compared(client, code=document.check_code)["内容校验"]
    assert check_code.shortened(wording_sha256(document.html)) == shown
    assert check_code.shortened(wording_sha256(changed)) != shown


def test_the_database_keeps_the_digest(document):
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(wording_sha256="0" * 64)


def test_of_a_paper_from_before_it_is_said_that_it_bears_no_digest(client: Client, document):
    with past_triggers():
        Document.objects.filter(pk=document.pk).update(wording_sha256="", page_count=None)
    shown = compared(client, code=document.check_code)
    assert (shown["内容校验"], shown["页数"]) == ("没有（印发时文书上还不印内容校验）", "印发时没有登记")


def test_replaced_and_voided_are_shown(client: Client, document, director):
    case = take(Verb.RESCHEDULE, case_in(CaseState.NOTIFIED))
    old = case.documents.get(replaced_by__isnull=False)
    assert verified(client, code=old.check_code)[:2] == ("已被替代", "江扫黑办〔2026〕1号")
    void_document(document, by=director, reason="有误")
    assert verified(client, code=document.check_code)[:2] == ("已作废", "江扫黑函〔2026〕1号")


def test_nothing_else_is_shown(client: Client, document, director):
    void_document(document, by=director, reason="内部原因")
    words = ask(client, code=document.check_code).content.decode()
    hidden = ("市公安局", document.title, "行业乱象", "内部原因", "王三", "赵四", "周七", str(document.pk))
    assert [word for word in hidden if word in words] == []


def _shape(answer) -> list[str]:
    return re.findall(r"<\w+(?: class=\"[^\"]*\")?", answer.content.decode().replace("light-red", "light-green"))


@pytest.mark.parametrize("code", ["2" * 16, "江扫黑函〔2026〕1号", "ABCD-EFGH-JKMN-PQRS", "' OR 1=1 --"])
def test_an_unknown_code_is_answered_in_the_same_shape_by_the_same_queries(client: Client, document, code):
    ask(client, code=code)
    with CaptureQueriesContext(connection) as of_known:
        known = ask(client, code=document.check_code)
    with CaptureQueriesContext(connection) as of_unknown:
        unknown = ask(client, code=code)
    assert unknown.context["answer"]["words"] == "查无此件"
    assert _shape(known) == _shape(unknown)
    plain = [[re.sub(r"'[^']*'", "''", q["sql"]) for q in captured] for captured in (of_known, of_unknown)]
    assert len(plain[0]) == len(plain[1])


def test_a_paper_without_a_code_or_a_file_is_found_by_nothing(client: Client, office):
    letter_in(LetterState.ISSUED)
    empty = SimpleUploadedFile("空.pdf", b"", "application/pdf")
    assert ask(client, paper=empty).status_code in (200, 422)
    assert Document.objects.get().pdf_sha256 == ""
    assert hashlib.sha256(b"").hexdigest() != ""


def test_one_of_the_two_is_asked_for(client: Client, office):
    for question in ({}, {"code": "2" * 16, "paper": pdf()}):
        answer = ask(client, **question)
        assert answer.status_code == 422
        assert "两者任选其一" in answer.content.decode()


def test_the_qr_code_fills_the_form_in_and_asks_nothing_yet(client: Client, document):
    answer = client.get(VERIFY, {"code": document.check_code})
    assert answer.status_code == 200
    assert f'value="{document.check_code}"' in answer.content.decode()
    assert "江扫黑函" not in answer.content.decode()
    assert not AttemptCount.objects.exists()
    assert "Set-Cookie" not in answer


def test_no_login_is_needed_and_a_login_changes_nothing(client: Client, document, officer):
    without = verified(client, code=document.check_code)
    client.force_login(officer)
    assert verified(client, code=document.check_code) == without


def test_an_address_asks_so_often_and_no_more(client: Client, document):
    for _ in range(MAX_IN_A_SPAN):
        assert ask(client, code=document.check_code).status_code == 200
    answer = ask(client, code=document.check_code)
    assert answer.status_code == 429
    assert 540 < int(answer["Retry-After"]) <= 600
    assert "操作太频繁" in answer.content.decode()
    assert "江扫黑函" not in answer.content.decode()
    other = client.post(VERIFY, {"code": document.check_code}, REMOTE_ADDR="10.9.8.7")
    assert other.status_code == 200
    with later(minutes=11):
        assert ask(client, code=document.check_code).status_code == 200


def test_the_address_itself_is_not_kept_and_old_counts_go(client: Client, document):
    ask(client, code=document.check_code)
    count = AttemptCount.objects.get()
    assert re.fullmatch("[0-9a-f]{64}", count.origin)
    assert hashlib.sha256(b"127.0.0.1").hexdigest() != count.origin
    with later(days=2):
        daily()
    assert not AttemptCount.objects.exists()


def test_a_file_too_large_is_refused_before_it_is_read(client: Client, office):
    answer = client.generic(
        "POST", VERIFY, b"", "multipart/form-data; boundary=x", CONTENT_LENGTH=str(12 * 1024 * 1024)
    )
    assert answer.status_code == 413
    assert "超过10 MB" in answer.content.decode()
    assert AttemptCount.objects.get().number == 1


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_nothing_but_asking(client: Client, office, method):
    assert getattr(client, method)(VERIFY).status_code == 405


def test_the_page_stands_under_its_name():
    assert reverse("verify") == VERIFY
