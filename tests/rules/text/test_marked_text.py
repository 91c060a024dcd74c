"""Marking words in a text as the search finds them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yuetan.rules.text.marked_text import LENGTH, excerpt, marked


def shown(pieces):
    return "".join(f"[{piece.text}]" if piece.is_marked else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("text", "words", "wanted"),
    [
        ("线索摸排不深入", ["摸排"], "线索[摸排]不深入"),
        ("线索摸排，摸排不深入", ["摸排"], "线索[摸排]，[摸排]不深入"),
        ("线索摸排不深入", ["线索", "不深"], "[线索]摸排[不深]入"),
        ("线索摸排不深入", ["线索摸", "摸排"], "[线索摸排]不深入"),  # overlapping words are one mark
        ("江扫黑办〔2026〕14号", ["2026 14号"], "江扫黑办〔[2026〕14号]"),
        ("江扫黑办〔2026〕14号", ["14号"], "江扫黑办〔2026〕[14号]"),
        ("ＸＳ－2026-018", ["xs2026"], "[ＸＳ－2026]-018"),
        ("线索摸排不深入", ["没有"], "线索摸排不深入"),
        ("线索摸排不深入", ["〔〕"], "线索摸排不深入"),
        ("", ["线索"], ""),
    ],
)
def test_every_place_is_marked(text, words, wanted):
    assert shown(marked(text, words)) == wanted


def test_an_excerpt_takes_the_lines_that_hold_the_words():
    text = "标题没有\n第一行有甲\n第二行又有甲\n第三行有乙"
    assert shown(excerpt(text, ["甲", "乙"])) == "第一行有[甲] … 第三行有[乙]"


def test_an_excerpt_of_a_long_line_is_cut_round_the_word():
    pieces = excerpt("前" * 200 + "线索" + "后" * 200, ["线索"])
    assert shown(pieces) == "…" + "前" * 16 + "[线索]" + "后" * (LENGTH - 18) + "…"


def test_nothing_where_no_word_stands():
    assert excerpt("线索摸排", ["无"]) == []


@given(st.text(alphabet="线索摸排，。〔2026〕ab \n", max_size=60), st.text(alphabet="线索2a", min_size=1, max_size=3))
def test_marks_lose_and_add_nothing(text, word):
    pieces = marked(text, [word])
    assert "".join(piece.text for piece in pieces) == text
    assert all(piece.text for piece in pieces)
