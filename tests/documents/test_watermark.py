"""样稿: across every page of what is not issued, and never in what is frozen."""

import io

import pytest
from pypdf import PdfReader

from tests.factories import case_in, keywords
from yuetan.documents.pdf import render_pdf
from yuetan.documents.watermark import watermark
from yuetan.vocabulary import CaseState, Verb


def pages(html):
    return [page.extract_text().replace("\u3000", "") for page in PdfReader(io.BytesIO(render_pdf(html))).pages]


def test_every_page_bears_the_word(office):
    long = "\n".join("摸排不扎实，对群众举报线索不回应。" * 6 for _ in range(20))
    procedure = keywords(Verb.SERVE_NOTICE, case_in(CaseState.APPROVED))["procedure"]
    paper = case_in(CaseState.NOTIFIED, serve_notice={"procedure": f"{procedure}\n{long}"}).documents.get()
    marked, plain = pages(watermark(paper.html)), pages(paper.html)
    assert len(marked) == len(plain) > 1
    assert all("样稿" in page for page in marked)
    assert not any("样稿" in page for page in plain)


def test_what_is_no_paper_is_a_fault():
    with pytest.raises(ValueError, match="whole HTML"):
        watermark("<p>文字</p>")
