"""Three texts meet: what a page had shown, what was typed into it, what is there now."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yuetan.rules.typed import Meeting, digest, meet, plain

A, B, C = ["甲"], ["乙"], ["丙"]


@pytest.mark.parametrize(
    ("shown", "mine", "now", "how"),
    [
        (A, A, A, Meeting.AGREED),
        (A, B, B, Meeting.AGREED),
        (A, B, A, Meeting.MINE),
        (A, [], A, Meeting.MINE),
        (A, A, B, Meeting.THEIRS),
        (A, A, [], Meeting.THEIRS),
        (A, B, C, Meeting.BOTH),
        (A, B, [], Meeting.BOTH),
        ([], A, B, Meeting.BOTH),
    ],
)
def test_who_has_changed_it(shown, mine, now, how):
    assert meet(digest(shown), mine, now) == how


@settings(deadline=None)
@given(st.lists(st.text()))
def test_whatever_is_typed_can_be_stored_and_stays_what_it_is(values):
    stored = plain(values)
    assert plain(stored) == stored
    assert "\0" not in "".join(stored)
    "".join(stored).encode()
    assert digest(values) == digest(stored)


def test_line_ends_and_empty_values_make_no_difference():
    assert digest(["甲\r\n乙", ""]) == digest(["甲\n乙"])
    assert digest(["甲", "乙"]) != digest(["甲乙"])
    assert digest(["1:甲"]) != digest(["甲"])


def test_signs_that_no_database_takes_are_left_out():
    assert plain(["甲\0乙\ud800", "\0"]) == ["甲乙"]
