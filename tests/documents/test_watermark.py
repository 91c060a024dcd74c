"""样稿: across every page of what is not issued, and never in what is frozen."""

import io

import pytest
from pypdf import PdfReader

from tests.factories import case_in, keywords, set_office
from tests.web import Visitor
from yuetan.documents.pdf import render_pdf
from yuetan.documents.watermark import viewer_words, watermark
from yuetan.vocabulary import CaseState, Verb


def pages(html):
    return [page.extract_text().replace("\u3000", "") for page in PdfReader(io.BytesIO(render_pdf(html))).pages]


def test_every_page_bears_the_word_and_who_looks_at_it(officer):
    long = "\n".join("摸排不扎实，对群众举报线索不回应。" * 6 for _ in range(20))
    procedure = keywords(Verb.SERVE_NOTICE, case_in(CaseState.APPROVED))["procedure"]
    paper = case_in(CaseState.NOTIFIED, serve_notice={"procedure": f"{procedure}\n{long}"}).documents.get()
    marked, plain = pages(watermark(paper.html, officer)), pages(paper.html)
    assert len(marked) == len(plain) > 1
    assert all("样稿" in page for page in marked)
    assert all("张一承办人2026-11-2310:00" in page.replace(" ", "") for page in marked)
    assert not any("样稿" in page or "张一承办人" in page for page in plain)


def test_the_name_of_who_looks_is_text_and_the_office_may_do_without(officer):
    paper = case_in(CaseState.NOTIFIED).documents.get().html
    officer.name = "</div><script>张一"
    assert "&lt;/div&gt;&lt;script&gt;张一　承办人" in watermark(paper, officer)
    set_office("viewer_mark", False)
    assert "承办人　2026" not in watermark(paper, officer)


def test_a_paper_that_is_issued_has_neither(officer):
    document = case_in(CaseState.NOTIFIED).documents.get()
    client = Visitor(officer).client
    served = b"".join(client.get(f"/documents/{document.pk}.pdf"))
    words = "".join(page.extract_text() for page in PdfReader(io.BytesIO(served)).pages)
    assert "约谈通知书" in words
    assert "2026-11-23 10:00" not in words
    assert viewer_words(officer) == "张一　承办人　2026-11-23 10:00"


def test_what_is_no_paper_is_a_fault(officer):
    with pytest.raises(ValueError, match="whole HTML"):
        watermark("<p>文字</p>", officer)
