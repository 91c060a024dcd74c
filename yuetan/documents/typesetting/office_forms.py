"""The papers in the form of a table: the widths of their columns, their cells in lines, their rows on pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from yuetan.documents.content.facts import PaperFacts
from yuetan.documents.content.office_forms import Opinion, Row
from yuetan.documents.content.statistics_sheet import CountedTable
from yuetan.documents.typesetting import fonts
from yuetan.documents.typesetting.form_pages import GOES_ON, GOES_ON_SHORT, MM, FormGrid, FormRow, form_pages
from yuetan.documents.typesetting.line_breaking import Measure
from yuetan.documents.typesetting.typesetting import POINTS_PER_MM, clean, lines, title_markup
from yuetan.vocabulary import CaseFileSheet, DocumentKind

SIDES = 4.0  # both sides of a cell and its rule, in millimetres
ROW_OF_TEXT = 29.62 * MM
OFFSET = 2.44  # from the margin of the page to the type area: half of what a row of text leaves above its signs
DECISION_HEIGHT = 66.0  # of the box of who decides, at least
OPINION_LINES, SIGNED_LINES = 3, 2  # of who checks and drafts: to be filled in by hand, and signed here
NUMBER_WIDTH = 20.0  # of a column of figures
SIGNED_HEIGHT = 13.0  # of a row that is signed by hand


@dataclass(frozen=True)
class FormLook:
    """Size and line of the type in points, the padding of a row in millimetres, the type area, and the columns."""

    size: float
    line: float
    padding: float
    width: float
    height: float
    columns: tuple[float, ...]
    title_rows: float = 1  # beside those of the title: the blank one under it

    @property
    def decision_lines(self) -> int:
        """How many lines the box of who decides has."""
        return ceil((DECISION_HEIGHT - self.padding) / (self.line * MM))


# gb9704.css gives the same widths.
PAIRS = (26.0, 52.0, 26.0, 52.0)
LABELLED = (26.0, 130.0)
LOOKS: dict[DocumentKind | CaseFileSheet, FormLook] = {
    CaseFileSheet.CONTENTS: FormLook(10.5, 14, 1.6, 156, 225, (12, 28, 26, 42, 20, 12, 16), title_rows=0.5),
    CaseFileSheet.TEXT: FormLook(12, 16, 1.6, 156, 225, LABELLED, title_rows=0.5),
    CaseFileSheet.RECORD: FormLook(10.5, 14, 1.6, 156, 225, (12, 25, 27, 32, 60), title_rows=0.5),
    DocumentKind.APPROVAL_FORM: FormLook(12, 15.5, 1.2, 156, 225, LABELLED, title_rows=0.5),
    **dict.fromkeys(
        (DocumentKind.MEASURE_FORM, DocumentKind.CONSULTATION_FORM, DocumentKind.REPLY_FORM),
        FormLook(12, 15.5, 1.2, 156, 225, LABELLED, title_rows=0.5),
    ),
    DocumentKind.SIGN_IN_SHEET: FormLook(14, 21, 2.4, 156, 225, (14, 24, 24, 40, 28, 26)),
    DocumentKind.STATISTICS: FormLook(10.5, 14, 1.6, 156, 225, LABELLED),
    DocumentKind.REPORT_ANALYSIS: FormLook(10.5, 14, 1.6, 156, 225, LABELLED, title_rows=3),
    DocumentKind.TASK_LIST: FormLook(10.5, 14, 1.6, 225, 156, (12, 84, 20, 36, 34, 39), title_rows=3),
}
SIGNED_BY_HAND = {DocumentKind.SIGN_IN_SHEET}


def form_typeset(kind: DocumentKind | CaseFileSheet, facts: PaperFacts) -> dict[str, object]:
    """What the template of a form prints; nothing of another paper."""
    look = LOOKS.get(kind)
    if look is None:
        return {}
    maker = _Maker(look, is_signed_by_hand=kind in SIGNED_BY_HAND)
    used = (len(title_markup(facts["title"])) + look.title_rows) * ROW_OF_TEXT
    grid = FormGrid(look.line * MM, look.padding, look.height + OFFSET - used, look.height)
    heads = {"cells": maker.heads(facts["columns"])} if "columns" in facts else maker.heads_of_tables(facts)
    return {"form_pages": form_pages(list(maker.rows(facts)), grid, heads, maker.goes_on())}


@dataclass(frozen=True)
class _Maker:
    look: FormLook
    is_signed_by_hand: bool

    def rows(self, facts: PaperFacts) -> list[FormRow]:
        """Who and when, the opinions, what it is about, the columns: in the order in which they stand."""
        return [
            *(self._pairs(pairs) for pairs in facts.get("pairs", ())),
            *(self._opinion(opinion, is_decision=not place) for place, opinion in enumerate(facts.get("opinions", ()))),
            *(
                row
                for place, table in enumerate(facts.get("tables", ()), start=1)
                for row in self._lines_of_table(table, place)
            ),
            *self._labelled_rows(facts.get("rows", ())),
            *(self._cells(cells) for cells in facts.get("cells", ())),
        ]

    def heads(self, columns: Sequence[str]) -> FormRow:
        """The heads of the columns."""
        widths = zip(columns, self.look.columns, strict=True)
        return FormRow(tuple(self.label(text, width) for text, width in widths), "cells")

    def heads_of_tables(self, facts: PaperFacts) -> dict[str, FormRow]:
        """The title of each table of figures over its labels, and what its numbers are."""
        tables = enumerate(facts.get("tables", ()), start=1)
        made = (self._figures([table.title, *table.columns], place, fonts.HEI) for place, table in tables)
        return {row.heading: row for row in made}

    def goes_on(self) -> SafeString:
        """What stands under the label of a row continued; a narrow column has no room for its brackets."""
        bracketed = self.label(GOES_ON, self.look.columns[0])
        return bracketed[0] if len(bracketed) == 1 else self.label(GOES_ON_SHORT, self.look.columns[0])[0]

    def label(self, text: str, width: float) -> list[SafeString]:
        """A label in 黑体."""
        return self._lines(text, width, fonts.HEI)

    def _pairs(self, pairs: Sequence[str]) -> FormRow:
        label, words, other_label, other_words = pairs
        cells = (
            self.label(label, PAIRS[0]),
            self._lines(words, PAIRS[1]),
            self.label(other_label, PAIRS[2]),
            self._lines(other_words, PAIRS[3]),
        )
        return FormRow(cells, "pairs", is_whole=True)

    def _labelled_rows(self, rows: Sequence[Row]) -> Iterator[FormRow]:
        """Two that follow each other and are short stand side by side."""
        ahead = list(rows)
        while ahead:
            row, *others = ahead
            if others and self._is_short(row) and self._is_short(others[0]):
                yield self._pairs((row.label, *row.paragraphs, others[0].label, *others[0].paragraphs))
                ahead = others[1:]
            else:
                yield self._labelled(row.label, row.paragraphs)
                ahead = others

    def _is_short(self, row: Row) -> bool:
        can_pair = self.look.columns == LABELLED and len(row.paragraphs) == 1
        return can_pair and len(self._lines(row.paragraphs[0], PAIRS[1])) == 1

    def _labelled(self, label: str, paragraphs: Sequence[str]) -> FormRow:
        words = [line for text in paragraphs for line in self._lines(text, LABELLED[1], justified=True)]
        return FormRow((self.label(label, LABELLED[0]), words), "labelled")

    def _opinion(self, opinion: Opinion, *, is_decision: bool) -> FormRow:
        words = [line for text in opinion.words for line in self._lines(text, LABELLED[1], justified=True)]
        is_signed = bool(words and opinion.signed and opinion.dated)
        least = self.look.decision_lines if is_decision else SIGNED_LINES if is_signed else OPINION_LINES
        signed = self._signed(opinion)
        blank = [_blank()] * (least - len(words) - len(signed))
        label = self.label(f"{opinion.label}意见", LABELLED[0])
        return FormRow((label, [*words, *blank, *signed]), "labelled")

    def _signed(self, opinion: Opinion) -> list[SafeString]:
        """Who signed and when, in one line where they go in; room for both by hand where nobody has."""
        together = f"{opinion.signed}　{opinion.dated}"
        if opinion.signed and opinion.dated and len(self._lines(together, LABELLED[1])) == 1:
            broken = self._lines(together, LABELLED[1])
        else:
            texts = (opinion.signed, opinion.dated)
            broken = [line for text in texts for line in (self._lines(text, LABELLED[1]) if text else [_blank()])]
        return [format_html('<span class="form-signed">{}</span>', line) for line in broken]

    def _cells(self, cells: Sequence[str]) -> FormRow:
        made = tuple(self._lines(text, width) for text, width in zip(cells, self.look.columns, strict=True))
        least = SIGNED_HEIGHT if self.is_signed_by_hand else 0.0
        return FormRow(made, "cells", least, is_whole=self.is_signed_by_hand)

    def _lines_of_table(self, table: CountedTable, place: int) -> list[FormRow]:
        return [self._figures(line, place) for line in table.lines]

    def _figures(self, cells: Sequence[str], place: int, families: tuple[str, ...] = fonts.BODY) -> FormRow:
        """A label and its numbers, in columns of one width; a label is not parted from them."""
        numbers = len(cells) - 1
        widths = [self.look.width - numbers * NUMBER_WIDTH, *[NUMBER_WIDTH] * numbers]
        made = tuple(self._lines(text, width, families) for text, width in zip(cells, widths, strict=True))
        return FormRow(made, f"counts-{numbers}", is_whole=True, table=place)

    def _lines(
        self, text: str, width: float, families: tuple[str, ...] = fonts.BODY, *, justified: bool = False
    ) -> list[SafeString]:
        room = (width - SIDES) * POINTS_PER_MM
        made = lines(clean(text), Measure(room, room, self.look.size, 0, justified), families) if text else ""
        return [mark_safe(line) for line in made.split("<br>")] if made else []  # nosec B308 B703 - escaped in `lines`


def _blank() -> SafeString:
    return mark_safe("&#8203;")  # nosec B308 B703
