"""Whatever is typed: the paper is right, and nothing from the disk gets into it."""

from __future__ import annotations

import io

import pdfplumber
import pytest

from yuetan.documents.content.paragraphs import Paragraph
from yuetan.documents.freezing import frozen
from yuetan.documents.pdf import render_pdf
from yuetan.documents.samples.papers import letter
from yuetan.vocabulary import DocumentKind

KIND = DocumentKind.CANCELLATION
MM = 25.4 / 72
SCRIPT = '<script>alert(1)</script><img src="file:///etc/passwd"><style>*{display:none}</style>'
FORGED = '</p></article></body><div class="imprint-place">{% include "/etc/passwd" %}{{ settings.SECRET_KEY }}'
HOSTILE = {
    "control": ("甲\x00\x07\x1b[31m乙\x7f\u0085丙\u2028丁", "甲[31m乙 丙 丁"),
    "bidi": ("甲\u202e乙丙\u202c\u2066丁\u2069\u200f", "甲乙丙丁"),
    "long": ("线索摸排不扎实，" * 375, None),
    "unbroken-han": ("字" * 3000, None),
    "unbroken-latin": ("a" * 3000, None),
    "unbroken-digits": ("7" * 500, None),
    "marks": ("。" * 200 + "（" * 200, None),
    "script": (SCRIPT, None),
    "template": (FORGED, None),
    "address": ("见file:///etc/passwd和url(file:///etc/hostname)", None),
    "combining": ("Z\u0300\u0301\u0302 e\u0301", None),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_typed_text_is_printed_as_text_within_the_area(name: str) -> None:
    typed, shown = HOSTILE[name]
    facts = letter(KIND, "关于某某的函", [Paragraph("首行。"), Paragraph(typed), Paragraph("特此函告。")])
    with pdfplumber.open(io.BytesIO(render_pdf(frozen(KIND, facts)))) as document:
        characters = [c for page in document.pages for c in page.chars if abs(c["size"] - 16) < 0.1]
        assert not any(page.images for page in document.pages)
    text = "".join(c["text"] for c in characters)
    if name != "combining":
        assert "".join((shown or typed).split()) in "".join(text.split())
    assert "root:" not in text
    for character in characters:
        # The box of a halved mark at the edge reaches half a character further than its ink.
        assert 27.9 <= character["x0"] * MM <= character["x1"] * MM <= 184.25 + 2.9, character["text"]
    assert text.endswith("2026年11月23日")


@pytest.mark.parametrize("place", ["title", "addressee", "organ", "number"])
def test_markup_in_every_other_place_is_text(place: str) -> None:
    html = frozen(KIND, letter(KIND, "关于某某的函", [Paragraph("一")]) | {place: SCRIPT})
    assert "<script" not in html
    assert "<img" not in html
    assert html.count("<style>") == 1
