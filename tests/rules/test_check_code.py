"""The check code: random, unambiguous, and one that notices a slip of the pen."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yuetan.rules import check_code

CODES = st.text(alphabet=check_code.ALPHABET, min_size=15, max_size=15).map(lambda s: s + check_code.check_sign(s))


def test_the_alphabet_holds_nothing_that_is_taken_for_something_else():
    assert len(set(check_code.ALPHABET)) == len(check_code.ALPHABET) == 31
    assert not set("01OIL") & set(check_code.ALPHABET)


def test_codes_are_new_each_time_and_written_in_groups():
    codes = {check_code.new() for _ in range(500)}
    assert len(codes) == 500
    assert all(check_code.normalise(code) == code for code in codes)
    assert all(re.fullmatch(r"(\w{4}-){3}\w{4}", check_code.grouped(code)) for code in codes)
    # every sign comes at every random place: nothing of the code can be guessed
    assert all(len({code[place] for code in codes}) > 25 for place in range(15))


@given(CODES)
def test_however_it_is_typed_it_is_the_same_code(code):
    grouped = check_code.grouped(code)
    full_width = "".join(chr(ord(sign) + 0xFEE0) for sign in code)
    for entered in (code, code.lower(), grouped, f" {grouped} ", grouped.replace("-", " "), full_width, "—".join(code)):
        assert check_code.normalise(entered) == code


@given(CODES, st.integers(0, 15), st.sampled_from(check_code.ALPHABET))
def test_one_wrong_sign_is_always_noticed(code, place, sign):
    wrong = code[:place] + sign + code[place + 1 :]
    assert check_code.normalise(wrong) == (code if wrong == code else "")


@given(CODES, st.integers(0, 15), st.integers(0, 15))
def test_two_signs_that_changed_places_are_always_noticed(code, one, other):
    signs = list(code)
    signs[one], signs[other] = signs[other], signs[one]
    swapped = "".join(signs)
    assert check_code.normalise(swapped) == (code if swapped == code else "")


@pytest.mark.parametrize("entered", ["", "ABCD", "0" * 16, "2" * 17, "江扫黑办〔2026〕1号", "\x00" * 16, "2" * 10_000])
def test_what_can_be_no_code_is_none(entered):
    assert check_code.normalise(entered) == ""


def test_a_code_of_nothing_but_the_first_sign_is_one():
    assert check_code.normalise("2" * 16) == "2" * 16
