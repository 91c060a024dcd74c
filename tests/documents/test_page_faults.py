"""The last faces of papers: no page of one row or of names alone, no blank one, the 版记 on an even one."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise

import pypdfium2
import pytest

from yuetan.documents.freezing import frozen
from yuetan.documents.pdf import render_pdf
from yuetan.documents.samples.facts import CONTACT
from yuetan.documents.samples.papers import LETTERS, body_of_rows, letter, minutes
from yuetan.vocabulary import DocumentKind

WORDS_OF_BODY = "线索"
LABELS = ("出席：", "列席：")


def printed_pages(rows: int) -> list[str]:
    """The text of each page of minutes with so many rows of body and six people, the page number left out."""
    return printed(frozen(DocumentKind.MINUTES, {**minutes([], 6), "body": body_of_rows(rows)}))


def printed(html: str) -> list[str]:
    """The text of each page, the page number left out."""
    with pypdfium2.PdfDocument(BytesIO(render_pdf(html))) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    return [text.partition("—")[0] if text.strip().startswith("—") else text for text in texts]


# Lengths whose last face had a fault before other rows a page were tried: a blank face, one row, names alone.
@pytest.mark.parametrize("rows", [5, 8, 22, 24, 25, 27, 46, 47, 49, 52])
def test_no_page_holds_one_row_or_names_alone_and_none_is_blank(rows: int) -> None:
    pages = printed_pages(rows)
    assert len(pages) % 2 == 0
    assert all(page.strip() for page in pages)
    for before, page in pairwise(pages):
        lines = [line for line in page.splitlines() if line.strip() and not line.strip().startswith("—")]
        assert len(lines) > 1, (before, page)
    *_, last_with_names = (page for page in pages if LABELS[1] in page)
    assert not last_with_names.lstrip().startswith(LABELS), last_with_names


@pytest.mark.parametrize("rows", [22, 24, 25])
def test_a_face_of_the_imprint_alone_is_brought_back_where_rows_moved_together_can(rows: int) -> None:
    pages = printed_pages(rows)
    assert len(pages) == 2
    assert "印发" in pages[1]
    assert LABELS[0] in pages[1]


# Lengths whose last page held one or two rows, 联系人 among them, above the signature.
@pytest.mark.parametrize("rows", [12, 15, 35, 37])
def test_a_letter_does_not_end_on_a_page_of_its_contact_and_signature_alone(rows: int) -> None:
    kind = DocumentKind.INTERVIEW_NOTICE
    html = frozen(kind, letter(kind, LETTERS[kind], [*body_of_rows(rows - 1), CONTACT]))
    pages, before = printed(html), printed(html.replace(".sheet.end-kept ", ".sheet.end-apart "))
    assert rows_above_the_signature(before[-1]) < 3
    assert rows_above_the_signature(pages[-1]) >= 3
    assert len(pages) <= len(before)


def test_a_letter_that_all_but_goes_on_its_pages_is_moved_together_rather_than_leave_a_third_of_one_blank() -> None:
    kind = DocumentKind.INTERVIEW_NOTICE
    html = frozen(kind, letter(kind, LETTERS[kind], [*body_of_rows(35), CONTACT]))
    before = html.replace(".sheet.few-kept ", ".sheet.few-apart ")
    assert (len(printed(html)), len(printed(before))) == (2, 3)


def test_what_is_brought_along_with_a_signature_is_as_little_as_will_do() -> None:
    kind = DocumentKind.INTERVIEW_NOTICE
    html = frozen(kind, letter(kind, LETTERS[kind], [*body_of_rows(12), CONTACT]))
    before = html.replace(".sheet.few-kept ", ".sheet.few-apart ")
    above = [rows_above_the_signature(printed(each)[-1]) for each in (html, before)]
    assert 3 <= above[0] < above[1]


def rows_above_the_signature(page: str) -> int:
    above, _, _ = page.partition("江门市扫黑除恶专项斗争领导小组办公室\r\n2026年")
    return len([line for line in above.splitlines() if line.strip()])


def test_a_paper_frozen_before_is_printed_as_it_was() -> None:
    html = frozen(DocumentKind.MINUTES, {**minutes([], 6), "body": body_of_rows(24)})
    assert html.count(".sheet.names-kept ") == 1
    before = render_pdf(html.replace(".sheet.names-kept ", ".sheet.names-apart "))
    with pypdfium2.PdfDocument(BytesIO(before)) as document, pypdfium2.PdfDocument(BytesIO(render_pdf(html))) as now:
        assert (len(document), len(now)) == (4, 2)
