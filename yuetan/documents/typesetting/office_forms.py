"""The cells of forms in lines: each column has its own width."""

from __future__ import annotations

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from yuetan.documents.content.facts import PaperFacts
from yuetan.documents.content.office_forms import Opinion, Row
from yuetan.documents.typesetting import fonts
from yuetan.documents.typesetting.line_breaking import Measure
from yuetan.documents.typesetting.typesetting import POINTS_PER_MM, clean, lines
from yuetan.vocabulary import DocumentKind

SIZE = 14.0
PADDING = 4.0  # both sides of a cell and its rule, in millimetres
WIDE = 126  # beside the labels of a form
# Millimetres of each column; gb9704.css gives the same.
COLUMNS = {DocumentKind.TASK_LIST: (12, 36, 20, 29, 29, 30), DocumentKind.SIGN_IN_SHEET: (14, 24, 26, 60, 32)}


def form_typeset(kind: DocumentKind, facts: PaperFacts) -> dict[str, object]:
    """What the template of a form prints."""
    widths = COLUMNS.get(kind, ())
    return {
        "form_rows": [_form_row(row) for row in facts.get("rows", ())],
        "form_opinions": [_opinion(opinion) for opinion in facts.get("opinions", ())],
        "form_cells": [
            [_cell(text, width) for text, width in zip(cells, widths, strict=True)] for cells in facts.get("cells", ())
        ],
    }


def _form_row(row: Row) -> tuple[SafeString, SafeString]:
    return _cell(row.label, 156 - WIDE, fonts.HEI), _paragraphs(row.paragraphs)


def _opinion(opinion: Opinion) -> dict[str, SafeString]:
    return {
        "label": _cell(f"{opinion.label}意见", 156 - WIDE, fonts.HEI),
        "words": _paragraphs(opinion.words),
        "signed": _cell(opinion.signed, WIDE),
        "dated": _cell(opinion.dated, WIDE),
    }


def _paragraphs(paragraphs: list[str]) -> SafeString:
    return format_html_join("", "<p>{}</p>", ((_cell(text, WIDE, justified=True),) for text in paragraphs))


def _cell(text: str, width: float, families: tuple[str, ...] = fonts.BODY, *, justified: bool = False) -> SafeString:
    room = (width - PADDING) * POINTS_PER_MM
    return format_html("{}", lines(clean(text), Measure(room, room, SIZE, 0, justified), families))
