"""Three texts meet: what a page had shown, what was typed into it, what is there now."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yuetan.rules.three_way_merge import MergeOutcome, digest, merge, normalise

A, B, C = ["甲"], ["乙"], ["丙"]


@pytest.mark.parametrize(
    ("shown", "own_text", "now", "how"),
    [
        (A, A, A, MergeOutcome.SAME),
        (A, B, B, MergeOutcome.SAME),
        (A, B, A, MergeOutcome.OWN),
        (A, [], A, MergeOutcome.OWN),
        (A, A, B, MergeOutcome.CURRENT),
        (A, A, [], MergeOutcome.CURRENT),
        (A, B, C, MergeOutcome.BOTH),
        (A, B, [], MergeOutcome.BOTH),
        ([], A, B, MergeOutcome.BOTH),
    ],
)
def test_who_has_changed_it(shown, own_text, now, how):
    assert merge(digest(shown), own_text, now) == how


@given(st.lists(st.text()))
def test_whatever_is_typed_can_be_stored_and_stays_what_it_is(values):
    stored = normalise(values)
    assert normalise(stored) == stored
    assert "\0" not in "".join(stored)
    "".join(stored).encode()
    assert digest(values) == digest(stored)


def test_line_ends_and_empty_values_make_no_difference():
    assert digest(["甲\r\n乙", ""]) == digest(["甲\n乙"])
    assert digest(["甲", "乙"]) != digest(["甲乙"])
    assert digest(["1:甲"]) != digest(["甲"])


def test_signs_that_no_database_takes_are_left_out():
    assert normalise(["甲\0乙\ud800", "\0"]) == ["甲乙"]
