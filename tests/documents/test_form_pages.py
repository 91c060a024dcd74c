"""Forms on paper: their rules, measured as printed, keep within the type area, and no row loses its label."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

import pypdfium2
import pytest
from django.utils.safestring import SafeString
from pypdfium2 import raw

from yuetan.documents.content.facts import PaperFacts
from yuetan.documents.freezing import frozen
from yuetan.documents.pdf import render_pdf
from yuetan.documents.samples.papers import LONGEST, sample_papers
from yuetan.documents.typesetting.form_pages import GOES_ON, MIN_LINES, RULE, FormGrid, FormRow, form_pages
from yuetan.vocabulary import DocumentKind as Kind

MM = 25.4 / 72
PORTRAIT, LYING = (28.0, 37.0, 184.0, 262.0), (35.0, 28.0, 260.0, 184.0)
NEAR = 0.1


@cache
def printed(name: str) -> pypdfium2.PdfDocument:
    kind, facts = next((kind, facts) for one, kind, facts in sample_papers() if one == name)
    return pypdfium2.PdfDocument(render_pdf(frozen(kind, facts)))


def rules(page: pypdfium2.PdfPage) -> list[tuple[float, float, float, float]]:
    """Left, top, right, bottom of each drawn rule, in millimetres from the corner."""
    height = page.get_height()
    boxes = [each.get_bounds() for each in page.get_objects([raw.FPDF_PAGEOBJ_PATH], max_depth=5)]
    return [(left * MM, (height - top) * MM, right * MM, (height - bottom) * MM) for left, bottom, right, top in boxes]


def words(page: pypdfium2.PdfPage) -> str:
    return re.sub(r"\s", "", page.get_textpage().get_text_bounded())


def area(name: str) -> tuple[float, float, float, float]:
    return LYING if name.startswith("task_list") else PORTRAIT


NAMES = [
    f"{form}-{sort}"
    for form in ("approval_form", "sign_in_sheet", "statistics", "task_list")
    for sort in ("normal", "hard")
]


@pytest.mark.parametrize("name", NAMES)
def test_the_rules_keep_within_the_type_area_of_every_page(name: str) -> None:
    keeps_within_the_area(name, printed(name))


def keeps_within_the_area(name: str, pages: pypdfium2.PdfDocument) -> None:
    left, top, right, bottom = area(name)
    for page in pages:
        drawn = rules(page)
        assert min(rule[0] for rule in drawn) == pytest.approx(left, abs=NEAR)
        assert max(rule[2] for rule in drawn) == pytest.approx(right, abs=NEAR)
        assert min(rule[1] for rule in drawn) >= top - NEAR
        assert max(rule[3] for rule in drawn) <= bottom + NEAR


@pytest.mark.parametrize("name", NAMES)
def test_every_page_ends_with_a_rule_from_edge_to_edge(name: str) -> None:
    for page in printed(name):
        drawn = rules(page)
        last = max(rule[3] for rule in drawn)
        under = [rule for rule in drawn if rule[3] == pytest.approx(last, abs=NEAR)]
        assert min(rule[0] for rule in under) == pytest.approx(area(name)[0], abs=0.5)
        assert max(rule[2] for rule in under) == pytest.approx(area(name)[2], abs=0.5)


def test_a_row_that_goes_on_is_named_on_each_of_its_pages() -> None:
    pages = [words(page) for page in printed("approval_form-hard")]
    assert len(pages) > 2
    assert not any("（续）（续）" in page for page in pages)
    having = [number for number, page in enumerate(pages) if "约谈情形" in page]
    assert [number for number, page in enumerate(pages) if "（续）" in page] == having[1:]


def test_thirty_tasks_take_four_pages_under_repeated_heads() -> None:
    pages = [words(page) for page in printed("task_list-hard")]
    assert len(pages) <= 4
    assert all("序号整改措施责任人时限佐证要求验收标准" in page for page in pages)


def test_no_date_of_a_task_is_broken() -> None:
    text = "".join(page.get_textpage().get_text_bounded() for page in printed("task_list-hard"))
    assert text.count("2027年1月5日") == 30


def test_the_box_of_who_decides_is_large_and_the_opinions_stand_on_the_first_page() -> None:
    page = printed("approval_form-hard")[0]
    assert all(f"{label}意见" in words(page) for label in ("审定", "核稿", "拟稿"))
    across = sorted({round(rule[1], 1) for rule in rules(page)})
    assert max(below - above for above, below in pairwise(across)) >= 66


def test_a_proposal_on_one_ground_takes_one_page_with_the_same_box() -> None:
    pages = printed("approval_form-normal")
    assert len(pages) == 1
    across = sorted({round(rule[1], 1) for rule in rules(pages[0])})
    assert max(below - above for above, below in pairwise(across)) >= 66


def test_blank_rows_fill_a_page_and_begin_none() -> None:
    """Rows of 13 mm: seven and the heads go on a page of 100 mm."""
    named, blank = (
        FormRow(([SafeString("1")],), "cells", 13.0, is_whole=True),
        FormRow(([],), "cells", 13.0, is_whole=True),
    )
    grid, heads = FormGrid(5, 2, 100, 100), {"cells": FormRow(([SafeString("序号")],), "cells")}

    def rows(*made: FormRow) -> list[int]:
        return [sum(len(table.rows) for table in page) for page in form_pages(made, grid, heads, SafeString(GOES_ON))]

    assert rows(*[named] * 4, *[blank] * 5) == [6]
    assert rows(*[named] * 8, *[blank] * 2) == [6, 4]


def test_a_proposal_on_two_grounds_takes_one_page() -> None:
    kind, facts = next((kind, facts) for one, kind, facts in sample_papers() if one == "approval_form-two-grounds")
    pages = pypdfium2.PdfDocument(render_pdf(frozen(kind, facts)))
    assert len(pages) == 1
    keeps_within_the_area("approval_form", pages)
    across = sorted({round(rule[1], 1) for rule in rules(pages[0])})
    assert max(below - above for above, below in pairwise(across)) >= 66


def test_there_is_room_to_sign() -> None:
    page = printed("sign_in_sheet-normal")[0]
    across = sorted({round(rule[1], 1) for rule in rules(page)})
    heights = [below - above for above, below in pairwise(across) if below - above > 1]
    assert len([height for height in heights if height >= 13]) >= 8
    assert len(printed("sign_in_sheet-normal")) == 1


def changed(name: str, row: int, column: int, text: str) -> tuple[Kind, PaperFacts]:
    """A sample with another text in one of its cells."""
    kind, facts = next((kind, facts) for one, kind, facts in sample_papers() if one == name)
    facts["cells"][row][column] = text
    return kind, facts


@pytest.mark.parametrize(
    ("name", "column"), [("sign_in_sheet-normal", 3), ("task_list-normal", 1), ("task_list-normal", 4)]
)
def test_a_row_higher_than_a_page_goes_on_within_the_area_and_loses_nothing(name: str, column: int) -> None:
    pages = pypdfium2.PdfDocument(render_pdf(frozen(*changed(name, 1, column, LONGEST * 8))))
    keeps_within_the_area(name, pages)
    printed_words = [words(page) for page in pages]
    assert "".join(printed_words).count("聊敲诈") == 8
    assert any(re.search("[123]续", page) for page in printed_words[1:])


@pytest.mark.parametrize("lines", range(1, 12))
@pytest.mark.parametrize("room", range(1, 12))
def test_no_part_of_a_row_has_fewer_than_three_lines(lines: int, room: int) -> None:
    row = FormRow(([SafeString("一")], [SafeString("字")] * lines), "cells")
    grid = FormGrid(line=1, padding=0, first=room + 2 * RULE, others=100)
    pages = form_pages([row], grid, {}, SafeString(GOES_ON))
    parts = [len(each.cells[1]) for page in pages for table in page for each in table.rows]
    assert sum(parts) == lines
    assert len(parts) == 1 or min(parts) >= MIN_LINES
    assert sum(grid.height(each) for table in pages[0] for each in table.rows) <= grid.first - RULE + 0.02


def test_a_label_higher_than_a_page_comes_to_an_end() -> None:
    row = FormRow(([SafeString("一")] * 60, [SafeString("字")] * 4), "labelled")
    pages = form_pages([row, row], FormGrid(line=1, padding=0, first=20, others=30), {}, SafeString(GOES_ON))
    assert sum(len(table.rows) for page in pages for table in page) == 2


def test_what_is_no_form_has_no_pages() -> None:
    kind, facts = next((kind, facts) for name, kind, facts in sample_papers() if kind == Kind.INTERVIEW_NOTICE)
    assert "form-page" not in frozen(kind, facts).partition("</style>")[2]
