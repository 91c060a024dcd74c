"""What is wrong with a text that somebody has written, said in one way in every room."""

import pytest

from yuetan.rules.refusals import finding
from yuetan.rules.text.written_text import needed_text_problems, personal_problems, reason_problems, text_problems

PHONE = "请联系13800138000。"


def stated_of(problems):
    return [(problem.field, problem.sentence()) for problem in problems]


@pytest.mark.parametrize(
    ("reason", "stated"),
    [
        ("", "尚未写明撤回的原因。"),
        ("111", "所填的“111”看不出内容"),
        (PHONE, "“原因”中有手机号码（138****8000）"),
    ],
)
def test_a_reason_is_there_says_something_and_names_no_number_of_a_person(reason, stated):
    ((field, sentence),) = stated_of(reason_problems(reason, "撤回", field="why"))
    assert (field, stated in sentence) == ("why", True), sentence


def test_nothing_is_wrong_with_words_that_say_something():
    assert reason_problems("登记错了单位。", "撤回") == []
    assert list(personal_problems(words=("情况", "三处占道经营没有清理"), place=("地点", ""))) == []


def test_a_text_is_named_by_its_label_and_missed_in_its_own_words():
    missing = finding("reason_missing", "opinion", what="办结")
    assert text_problems("opinion", "办结意见", " ", missing) == [missing]
    ((field, sentence),) = stated_of(text_problems("opinion", "办结意见", PHONE, missing))
    assert (field, "“办结意见”中有手机号码" in sentence) == ("opinion", True)


def test_each_of_several_texts_is_named_by_its_own_field():
    stated = stated_of(personal_problems(words=("情况", PHONE), place=("地点", PHONE)))
    of_fields = [(field, sentence.split("中有")[0]) for field, sentence in stated]
    assert of_fields == [("words", "“情况”"), ("place", "“地点”")]


@pytest.mark.parametrize(
    ("text", "stated"),
    [("", "评分还缺：评分理由。"), (PHONE, "“评分理由”中有手机号码（138****8000）")],
)
def test_a_text_of_a_form_is_called_by_its_label(text, stated):
    problems = needed_text_problems("score_incomplete", "reason", "评分理由", text)
    ((field, sentence),) = stated_of(problems)
    assert (field, stated in sentence) == ("reason", True), sentence
