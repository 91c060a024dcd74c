"""Numbers of persons are found by their form, and told covered."""

import pytest

from yuetan.rules.text.personal_data import IDENTITY, MOBILE, personal_numbers

COVERED = "138****8000"


@pytest.mark.parametrize(
    "text",
    [
        "电话13800138000。",
        "138-0013-8000",
        "138 0013 8000",
        "+86 13800138000",
        "8613800138000",
        "１３８００１３８０００",
    ],
)
def test_a_mobile_number(text):
    assert list(personal_numbers(text, 2026)) == [(MOBILE, COVERED)]


@pytest.mark.parametrize("text", ["11010519491231002X", "身份证11010519491231002x，", "110105 19491231 002X"])
def test_an_identity_number(text):
    assert list(personal_numbers(text, 2026)) == [(IDENTITY, "110105********002X")]


@pytest.mark.parametrize(
    "text",
    [
        "110105194912310021",  # the check character is wrong
        "11010519491331002X",  # no such day
        "440700202611230012",  # a 线索编号 of this year, whose check character happens to fit
        "138001380001",
        "0750-3333333",
        "XS-2026-018",
        "江扫黑办〔2026〕12号",
        "上报有效线索12条，占3.5%。",
    ],
)
def test_other_numbers(text):
    assert list(personal_numbers(text, 2026)) == []


def test_each_is_shown():
    found = list(personal_numbers("甲11010519491231002X电话13800138000，乙电话13900139000。", 2026))
    assert [shown for _, shown in found] == ["110105********002X", COVERED, "139****9000"]


@pytest.mark.parametrize(
    ("number", "is_one"),
    [
        ("110105194913310021", False),  # no such month, and a check character that fits
        ("110105194902300020", False),  # no such day
        ("110105189912310023", False),
        ("110105190001010028", True),
        ("110105201612310020", True),  # ten years ago
        ("11010520170101002X", False),
    ],
)
def test_an_identity_number_holds_a_day_on_which_somebody_may_have_been_born(number, is_one):
    assert bool(list(personal_numbers(number, 2026))) is is_one
