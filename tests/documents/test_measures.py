"""The printed samples measured against GB/T 9704-2012 (gb9704.json), in millimetres."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest

from tests.documents.paper_measures import (
    PrintedRow,
    bands,
    black,
    page_count,
    picture,
    red,
    rows,
    sides,
)
from yuetan.documents.samples.papers import RARE
from yuetan.vocabulary import SupervisionGrade

GB = json.loads(Path(__file__).with_name("gb9704.json").read_text(encoding="utf-8"))
LEFT, TOP = GB["margin"]["left"], GB["margin"]["top"]
RIGHT, BOTTOM = LEFT + GB["area"]["w"], TOP + GB["area"]["h"]
PITCH, CHARACTER = GB["grid"]["pitch_mm"], GB["grid"]["zi_mm"]
ASCENT = 0.88 * 16 * 25.4 / 72  # from the top of a character's box to its base line
LETTER, MINUTES = "interview_notice-hard", "minutes-hard"
RUNNING = [LETTER, MINUTES, "interview_notice-full-page", "minutes-full-page"]


def text_rows(name: str) -> list[PrintedRow]:
    """Rows of size 3 below the head."""
    head = {row.page: row.base for row in rows(name) if row.size > 20}
    return [row for row in rows(name) if row.size == pytest.approx(16, abs=0.1) and row.base > head.get(row.page, 0)]


@pytest.mark.parametrize("name", [LETTER, "interview_notice-full-page", "supervision_letter-hard", "minutes-normal"])
def test_rows_stand_on_the_grid_of_twenty_two(name: str) -> None:
    for row in text_rows(name):
        number = (row.base - ASCENT - TOP) / PITCH
        assert number * PITCH == pytest.approx(round(number) * PITCH, abs=0.1), row
        assert 0 <= round(number) < GB["grid"]["rows"], row


def test_rows_that_were_moved_together_to_mend_the_last_face_stand_at_one_distance() -> None:
    of_second = [row.base for row in text_rows(MINUTES) if row.page == 2]
    distances = [after - before for before, after in pairwise(of_second)]
    assert distances == pytest.approx([28.3 * 25.4 / 72] * 22, abs=0.1)


@pytest.mark.parametrize("name", [LETTER, "supervision_letter-hard"])
def test_pages_are_filled_from_the_first_row_to_the_last(name: str) -> None:
    of_second = [row.base for row in text_rows(name) if row.page == 2]
    assert of_second[0] - ASCENT == pytest.approx(TOP, abs=0.1)
    assert of_second[-1] - ASCENT + CHARACTER == pytest.approx(BOTTOM, abs=0.3)


@pytest.mark.parametrize("name", RUNNING)
def test_margins(name: str) -> None:
    for page in (1, 2):
        ink = black(picture(name, page)).crop((0, 0, 2480, round(264 / 25.4 * 300)))
        left, right = sides(ink, 0, 263)
        assert LEFT - 0.2 <= left <= LEFT + GB["margin"]["top_tol"]
        assert RIGHT - GB["margin"]["top_tol"] <= right <= RIGHT + 0.2


@pytest.mark.parametrize("name", RUNNING)
def test_full_lines_end_at_the_edge(name: str) -> None:
    full = [row for row, after in pairwise(text_rows(name)) if after.left < LEFT + 0.5 and after.page == row.page]
    assert len(full) > 10
    for row in full:
        assert RIGHT - 0.5 <= row.end(RIGHT) <= RIGHT + 0.25, row


def test_names_hang_after_the_colon_and_end_at_the_edge() -> None:
    hanging = [row for row in text_rows(MINUTES) if row.left > LEFT + 4 * CHARACTER]
    assert len(hanging) > 4
    for row in hanging:
        assert row.left == pytest.approx(LEFT + 5 * CHARACTER, abs=0.3), row
    for row in hanging[:-1]:
        assert RIGHT - 0.5 <= row.end(RIGHT) <= RIGHT + 0.25, row


def test_paragraphs_are_indented_by_two_characters() -> None:
    first = [row for row in text_rows("minutes-normal") if row.text.startswith(("2026年", "一、", "通报了"))]
    assert len(first) == 3
    for row in first:
        assert row.left == pytest.approx(LEFT + 2 * CHARACTER, abs=0.2)


@pytest.mark.parametrize("name", [LETTER, MINUTES, "minutes-normal"])
def test_titles_are_centred_in_size_two_over_a_blank_row(name: str) -> None:
    title = [row for row in rows(name) if row.size == pytest.approx(22, abs=0.1)]
    for row in title:
        assert (row.left + row.right) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=0.3)
        assert row.left >= LEFT
    following = text_rows(name)[0]
    # The ink of the title stands two rows below the head, the text on the rows of the page: one blank row or some more.
    assert 1.7 * PITCH <= following.base - title[-1].base <= 2.8 * PITCH


def test_a_letter_bears_its_mark_at_thirty_and_double_rules() -> None:
    ink = red(picture(LETTER, 1))
    mark, thick, thin, *below = bands(ink, at_least=0.2)
    assert mark[0] == pytest.approx(GB["letter"]["mark_ink_top_from_page_mm"], abs=0.3)
    left, right = sides(ink, *mark)
    assert right - left <= GB["area"]["w"]
    assert (left + right) / 2 == pytest.approx(106, abs=0.5)
    assert thick[0] - mark[1] == pytest.approx(GB["letter"]["rule1_below_mark_mm"], abs=0.3)
    assert [end - begin for begin, end in (thick, thin)] == pytest.approx([1, 0.35], abs=0.1)
    lower_thin, lower_thick = below
    assert lower_thick[1] == pytest.approx(297 - GB["letter"]["rule2_from_page_bottom_mm"], abs=0.3)
    assert [end - begin for begin, end in (lower_thin, lower_thick)] == pytest.approx([0.35, 1], abs=0.1)
    for rule in (thick, thin, lower_thin, lower_thick):
        assert sides(ink, *rule) == pytest.approx((20, 190), abs=1.2)
        left, right = sides(ink, *rule)
        assert right - left == pytest.approx(GB["letter"]["rule_len_mm"], abs=0.3)


def test_the_number_of_a_letter_stands_flush_right_under_the_rule() -> None:
    number = next(row for row in rows(LETTER) if row.text == "江扫黑办〔2026〕3号")
    assert number.right == pytest.approx(RIGHT, abs=0.3)
    rule = bands(red(picture(LETTER, 1)), at_least=100)[1]
    assert number.base - ASCENT - rule[1] == pytest.approx(7 / 8 * CHARACTER, abs=0.3)
    title = next(row for row in rows(LETTER) if row.size > 20 and row.base > number.base)
    assert title.base - number.base >= 2.6 * PITCH


@pytest.mark.parametrize("grade", list(SupervisionGrade))
def test_a_supervision_letter_bears_its_grade_in_the_row_of_its_number(grade: SupervisionGrade) -> None:
    name = f"supervision_letter-{grade.value}"
    # One row: words after the square, the number at the edge, which holds only if they share a base line.
    row = next(row for row in rows(name) if row.text == f"{grade.head}江扫黑办〔2026〕3号")
    assert row.left == pytest.approx(LEFT + CHARACTER + 0.7 + 2, abs=0.2)
    assert row.right == pytest.approx(RIGHT, abs=0.3)
    drawn, dot = picture(name, 1), 300 / 25.4
    left, _ = sides(black(drawn), row.base - 4, row.base + 1)
    assert left == pytest.approx(LEFT, abs=0.2)
    colour = drawn.getpixel((round((LEFT + 3) * dot), round((row.base - 2) * dot)))
    assert colour == {"blue": (0, 0, 255), "yellow": (255, 255, 0), "red": (255, 0, 0)}[grade.value]


def test_the_text_of_a_letter_keeps_off_its_second_rule() -> None:
    lower = bands(red(picture(LETTER, 1)), at_least=100)[2]
    last = max(row.base for row in rows(LETTER) if row.page == 1)
    assert lower[0] - (last - ASCENT + CHARACTER) >= GB["letter"]["last_text_to_rule2_mm"]


def test_a_letter_is_signed_with_the_date_four_characters_from_the_edge() -> None:
    organ, date, _ = rows("interview_notice-normal")[-3:]
    assert date.text == "2026年11月23日"
    assert (organ.left + organ.right) / 2 == pytest.approx((date.left + date.right) / 2, abs=0.3)
    assert RIGHT - date.right >= GB["sign_seal"]["date_right"] * CHARACTER - 0.3
    assert organ.right <= RIGHT + 0.3


def test_minutes_bear_their_mark_at_seventy_two_and_a_red_rule() -> None:
    ink = red(picture(MINUTES, 1))
    mark, rule = bands(ink, at_least=0.2)
    assert mark[0] == pytest.approx(TOP + GB["mark"]["ink_top_from_area_mm"], abs=0.3)
    left, right = sides(ink, *mark)
    assert right - left <= GB["area"]["w"]
    number, organ = [row for row in rows(MINUTES) if row.size < 17][:2]
    assert number.base - ASCENT - mark[1] == pytest.approx(2 * PITCH + 2.4, abs=0.5)
    assert (number.left + number.right) / 2 == pytest.approx(106, abs=0.3)
    assert (organ.left, organ.right) == pytest.approx((LEFT + CHARACTER, RIGHT - CHARACTER), abs=0.3)
    assert rule[0] - (organ.base - ASCENT + 16 * 25.4 / 72) == pytest.approx(GB["red_rule"]["below_docno_mm"], abs=0.3)
    assert sides(ink, *rule) == pytest.approx((LEFT, RIGHT), abs=0.2)


@pytest.mark.parametrize("name", [LETTER, MINUTES])
def test_page_numbers(name: str) -> None:
    numbers = {row.page: row for row in rows(name) if row.text.startswith("—") and row.size < 15}
    assert (1 in numbers) == (name == MINUTES)
    for page, row in numbers.items():
        assert "".join(row.text.split()) == f"—{page}—"
        if page % 2:
            assert row.right == pytest.approx(RIGHT - CHARACTER, abs=0.3)
        else:
            assert row.left == pytest.approx(LEFT + CHARACTER, abs=0.3)


@pytest.mark.parametrize(("name", "page"), [(LETTER, 2), (MINUTES, 1)])
def test_the_dash_of_a_page_number_stands_seven_below_the_area(name: str, page: int) -> None:
    left = next(row.left for row in rows(name) if row.page == page and row.text.startswith("—") and row.size < 15)
    dot = 300 / 25.4
    dash = black(picture(name, page)).crop(
        (round((left + 0.5) * dot), round(263 * dot), round((left + 3.5) * dot), 3400)
    )
    (begin, end), *_ = bands(dash)
    assert 263 + (begin + end) / 2 == pytest.approx(GB["pageno"]["dash_y_from_top_mm"], abs=0.3)


@pytest.mark.parametrize("name", ["minutes-normal", "minutes-hard", "minutes-one-line", "minutes-full-page"])
def test_the_imprint_ends_the_last_face_which_is_an_even_one(name: str) -> None:
    last = page_count(name)
    assert last % 2 == 0
    ink = black(picture(name, last))
    first, inner, outer = bands(ink, at_least=150)
    assert outer[1] == pytest.approx(BOTTOM, abs=0.3)
    weights = [end - begin for begin, end in (first, inner, outer)]
    assert weights == pytest.approx([GB["banji"][key] for key in ("outer_mm", "inner_mm", "outer_mm")], abs=0.1)
    assert sides(ink, *outer) == pytest.approx((LEFT, RIGHT), abs=0.2)
    small_rows = [row for row in rows(name) if row.page == last and row.size == pytest.approx(14, abs=0.1)]
    assert small_rows[0].text.startswith("主送：")
    assert small_rows[0].left == pytest.approx(LEFT + 14 * 25.4 / 72, abs=0.3)
    organ = next(row for row in small_rows if row.text.endswith("印发"))
    assert organ.right == pytest.approx(RIGHT - 14 * 25.4 / 72, abs=0.3)


def test_there_is_no_blank_page_before_an_imprint() -> None:
    assert page_count("minutes-full-page") == 4
    by_page = {page: [row.text for row in rows("minutes-full-page") if row.page == page] for page in (2, 3, 4)}
    for page, texts in by_page.items():
        assert len(texts) > 2
        assert "".join(texts[-1].split()) == f"—{page}—"


def test_an_imprint_on_the_back_of_the_text_is_numbered() -> None:
    assert page_count("minutes-one-line") == 2
    assert "".join(rows("minutes-one-line")[-1].text.split()) == "—2—"


def test_a_body_that_ends_on_the_last_row_leaves_no_signature_alone() -> None:
    name = "interview_notice-full-page"
    *text, organ, date, _ = [row for row in rows(name) if row.page == page_count(name)]
    assert len(text) >= 3
    assert text[0].base - ASCENT == pytest.approx(TOP, abs=0.4)
    assert organ.base - text[-1].base == pytest.approx(3 * (date.base - organ.base), abs=0.8)


@pytest.mark.parametrize("name", ["approval_form-normal", "sign_in_sheet-normal"])
def test_forms_keep_within_the_type_area(name: str) -> None:
    for row in rows(name):
        assert row.left >= LEFT, row
        assert row.end(RIGHT - 1.8) <= RIGHT, row
    ink = black(picture(name, 1))
    assert sides(ink, 30, 262) == pytest.approx((LEFT, RIGHT), abs=0.4)


@pytest.mark.parametrize("name", [LETTER, MINUTES, "approval_form-normal", "task_list-normal", "sign_in_sheet-normal"])
def test_rare_characters_can_be_copied(name: str) -> None:
    text = "".join(row.text for row in rows(name))
    assert set(RARE) & set(text)
