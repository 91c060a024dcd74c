"""What changed between two wordings."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yuetan.rules.text.text_difference import Part, compared

WORDS = st.text(alphabet="线索摸排不深入。，；\n12 ab", max_size=60)


def changed(parts):
    return [part.text for part in parts if part.is_changed]


@pytest.mark.parametrize(
    ("before", "after", "gone", "new"),
    [
        ("线索仅2条。", "线索仅2条。", [], []),
        ("线索仅2条。", "线索仅12条。", ["2"], ["12"]),
        ("甲事。乙事。", "甲事。丙情况。乙事。", [], ["丙情况。"]),
        ("甲事。乙事。", "乙事。", ["甲事。"], []),
        ("一次书面催报，未按要求回复。", "两次书面催报，均未按要求回复。", ["一"], ["两", "均"]),
        ("甲乙", "甲丙", ["乙"], ["丙"]),
        ("甲乙丙", "丁乙戊", ["甲乙丙"], ["丁乙戊"]),
        ("", "新写的。", [], ["新写的。"]),
        ("写过的。", "", ["写过的。"], []),
        ("", "", [], []),
    ],
)
def test_words_that_changed(before, after, gone, new):
    left, right = compared(before, after)
    assert (changed(left), changed(right)) == (gone, new)


@given(WORDS, WORDS)
def test_nothing_is_lost_and_what_is_unmarked_is_the_same(before, after):
    left, right = compared(before, after)
    assert "".join(part.text for part in left) == before
    assert "".join(part.text for part in right) == after
    unmarked = ["".join(part.text for part in side if not part.is_changed) for side in (left, right)]
    assert unmarked[0] == unmarked[1]


def test_equal_texts_are_one_piece():
    assert compared("甲。乙。", "甲。乙。") == ([Part("甲。乙。", False)],) * 2


@pytest.mark.parametrize(("words", "is_whole"), [(2000, False), (2001, True)])
def test_a_passage_longer_than_that_counts_as_replaced_whole(words, is_whole):
    before = "".join(chr(0x4E00 + number) for number in range(words))
    left, right = compared(before, before[:-1] + "〇")
    assert (len(changed(left)[0]) == words) is is_whole
    assert (len(changed(right)[0]) == words) is is_whole


def test_long_texts_are_compared_in_no_time():
    before = "查" * 20_000
    started = time.perf_counter()
    compared(before, "核" + before)
    assert time.perf_counter() - started < 2
