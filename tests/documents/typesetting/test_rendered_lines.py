"""Lines as they are printed: where the ink of every row ends, and how far the marks stand from what follows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import pypdfium2

from tests.documents.typesetting.test_line_breaking import sentences
from yuetan.documents.content.paragraphs import Paragraph
from yuetan.documents.freezing import frozen
from yuetan.documents.pdf import render_pdf
from yuetan.documents.samples.papers import letter
from yuetan.documents.typesetting.line_breaking import HALVABLE, HALVED_BEHIND
from yuetan.documents.typesetting.typesetting import missing_characters
from yuetan.vocabulary import DocumentKind

LEFT, RIGHT = 28.0, 184.0
MM = 25.4 / 72
HALF_ROW = 29.62 / 2  # in points
ADJACENT = "他说：“‘一线索一专班’要做实（见《办法》）。”；经核（《通报》），“属实”。" * 9


@dataclass(frozen=True)
class Ink:
    """A printed character: where its square begins and where its ink ends, in millimetres from the left."""

    character: str
    origin: float
    left: float
    right: float


@cache
def printed_rows() -> list[list[Ink]]:
    """Every row of size 3 of a letter with texts full of marks."""
    texts = [ADJACENT, *(text for text, _ in zip(sentences(seed=14), range(110), strict=False))]
    body = [Paragraph(text) for text in texts if text and not missing_characters(text)]
    pdf = render_pdf(frozen(DocumentKind.CANCELLATION, letter(DocumentKind.CANCELLATION, "标点", body)))
    with pypdfium2.PdfDocument(pdf) as document:
        return [row for page in document for row in _rows_of(page.get_textpage())]


def _rows_of(page: pypdfium2.PdfTextPage) -> Iterator[list[Ink]]:
    """Rows as they were written: a new one begins where a character stands lower than the one before."""
    row: list[Ink] = []
    height = 0.0
    for at in range(page.count_chars()):
        character = page.get_text_range(at, 1)
        square, ink = page.get_charbox(at, loose=True), page.get_charbox(at)
        if not character.strip():
            continue
        if abs(square[1] - height) > HALF_ROW and row:
            yield row
            row = []
        height = square[1]
        row.append(Ink(character, square[0] * MM, ink[0] * MM, ink[2] * MM))
    yield row


def test_no_ink_is_printed_beyond_the_edges_of_the_type_area() -> None:
    assert len(printed_rows()) > 150
    for row in printed_rows():
        assert row[0].left >= LEFT - 0.2, "".join(ink.character for ink in row)
        assert row[-1].right <= RIGHT + 0.2, "".join(ink.character for ink in row)


def test_a_mark_is_printed_half_as_wide_only_before_another_mark() -> None:
    halved, size = 0, 16 * MM
    for row in printed_rows():
        for one, following in pairwise(row):
            if one.character in HALVED_BEHIND and following.origin - one.origin < 0.7 * size:
                halved += 1
                assert following.character in HALVABLE, "".join(ink.character for ink in row)
    assert halved > 5
