"""What a paper bears beside its wording: what may be chosen, what is printed, and what the next paper takes over."""

import pytest

from yuetan.rules.text.handling import Handling, handling_of, words_of_handling
from yuetan.vocabulary import Secrecy

WHOLE = Handling(
    *("internal", "most_urgent", "000012", "（此件不公开）"),
    copied_lists=["市领导小组", "新会区委、新会区政府"],
    copied_to="市公安局、市领导小组，市司法局。",
)


def codes(**chosen):
    return [(each.code, each.field) for each in Handling(**chosen).problems()]


def test_nothing_above_internal_can_be_chosen():
    assert Secrecy.labels == ["内部"]


def test_what_is_printed_and_whom_it_is_copied_to_once():
    assert WHOLE.facts() == {
        "secrecy": "内部",
        "urgency": "特急",
        "copy_number": "000012",
        "note": "（此件不公开）",
        "copied_to": "市领导小组，新会区委、新会区政府，市公安局，市司法局",
    }
    assert not list(WHOLE.problems())
    assert Handling().facts() == {}


def test_the_order_in_which_a_page_names_it():
    labels = [label for label, _ in words_of_handling(WHOLE.facts() | {"annex": "某镇整改任务清单"})]
    assert labels == ["份号", "密级", "紧急程度", "附注", "附件", "抄送"]


def test_the_next_paper_takes_it_over_but_for_its_own_number_and_lines():
    again = handling_of(WHOLE.facts())
    assert again.facts() == {name: words for name, words in WHOLE.facts().items() if name != "copy_number"}
    assert (again.secrecy, again.urgency, again.title_break) == ("internal", "most_urgent", "")
    assert handling_of({}) == Handling()


@pytest.mark.parametrize("number", ["1", "12345", "00000a", "000000", "１２３４５６"])
def test_a_copy_number_is_six_figures(number):
    assert codes(copy_number=number) == [("copy_number_unfit", "copy_number")]


@pytest.mark.parametrize("word", ["绝密", "机密", "秘密"])
def test_no_secrecy_is_smuggled_in_by_the_note(word):
    assert codes(note=f"{word}★1年") == [("secrecy_above_internal", "note")]


@pytest.mark.parametrize(
    ("note", "secrecy", "contradicts"),
    [
        ("此件公开发布", "internal", True),
        ("此件依申请公开", "internal", True),
        ("此件不公开", "internal", False),
        ("此件不予公开", "internal", False),
        ("此件公开发布", "", False),
    ],
)
def test_what_is_internal_is_not_public(note, secrecy, contradicts):
    assert codes(note=note, secrecy=secrecy) == [("internal_yet_public", "note")] * contradicts
