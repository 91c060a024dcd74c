"""Variables in standard paragraphs: names out of a list, refused by name, and no other language."""

import pytest

from yuetan.rules.text.variables import MAX_CHARACTERS, filled, problems

ALLOWED = ("单位", "依据", "时间")


def codes(text: str, needed: tuple[str, ...] = ()) -> list[str]:
    return [finding.code for finding in problems(text, allowed=ALLOWED, needed=needed)]


def sentences(text: str) -> str:
    return "".join(finding.sentence() for finding in problems(text, allowed=ALLOWED, needed=()))


@pytest.mark.parametrize("text", ["请按时参加。", "{单位}于{时间}参加。", "{单位}{单位}", "用时 50%，<b> & ‘引号’"])
def test_lawful_paragraphs(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    "name",
    ["姓名", " 单位 ", "", "%if x%", "单位.pk", "单位|safe", "0", "单位!r", "单位:>9", "self.__class__", "#备注#"],
)
def test_an_unknown_variable_is_refused_by_name(name: str) -> None:
    assert codes(f"请{{{name}}}参加。") == ["wording_unknown_variable"]
    assert f"变量{{{name}}}不能用在这里，可用的有：{{单位}}、{{依据}}、{{时间}}。" == sentences(f"请{{{name}}}参加。")


@pytest.mark.parametrize("text", ["请{单位参加", "请单位}参加", "{{单位}}", "｛单位｝", "{单位｝", "}{", "{单\n位}"])
def test_a_malformed_variable_is_refused(text: str) -> None:
    assert "wording_malformed_variable" in codes(text)


def test_the_malformed_part_is_shown() -> None:
    problem = sentences("按时参加约谈，请{单位参加")
    assert problem == "“参加约谈，请{单位参加”处的花括号不成变量；变量须写作半角花括号加名称，成对使用。"


def test_what_a_paragraph_must_name() -> None:
    assert codes("{单位}", needed=("单位",)) == []
    assert codes("请参加", needed=("单位",)) == ["wording_needed_variable"]


def test_empty_long_and_broken_paragraphs_are_refused() -> None:
    assert codes(" \n ") == ["wording_empty"]
    assert codes("一\n二") == ["wording_several_paragraphs"]
    assert codes("一" * MAX_CHARACTERS) == []
    assert codes("一" * (MAX_CHARACTERS + 1)) == ["wording_too_long"]


def test_values_take_their_places_and_are_not_read_again() -> None:
    assert filled("{单位}于{时间}参加。", {"单位": "{时间}", "时间": r"\1"}) == r"{时间}于\1参加。"


def test_an_empty_value_takes_its_comma_along() -> None:
    assert filled("{依据}，经同意", {"依据": ""}) == "经同意"
    assert filled("依据{依据}，经同意", {"依据": ""}) == "经同意"  # and what leads it in
    assert filled("{依据}，经同意", {"依据": "根据规定"}) == "根据规定，经同意"


def test_no_two_full_stops() -> None:
    assert filled("事由：{单位}。根据", {"单位": "为何？"}) == "事由：为何？根据"


def test_a_variable_without_a_value_is_a_fault() -> None:
    with pytest.raises(KeyError):
        filled("{单位}", {})
