"""What says nothing, and what is short and says something."""

import pytest

from yuetan.rules.refusals import finding
from yuetan.rules.text.empty_words import require_words, says_nothing

MISSING = finding("facts_missing", "grounds", ground="第五条第二项")


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "  ",
            "x",
            "。",
            "……",
            "、、、",
            "无",
            "无。",
            "“其他”",
            "其 他",
            "啊啊啊啊",
            "1111",
            "2026",
            "Ｘ",
            "暂无",
        ),
        *("同上", "N/A", "测试", "哈哈哈", "——", "☆☆", "见附件。"),
    ],
)
def test_what_names_nothing(text: str) -> None:
    assert says_nothing(text)


@pytest.mark.parametrize(
    "text",
    [*("同意。", "上报线索2条。", "无人值守", "其他乡镇漏报3件", "会议冲突。", "出差", "线索", "经查，台账无记录")],
)
def test_what_is_short_and_names_something(text: str) -> None:
    assert not says_nothing(text)
    assert require_words(text, MISSING) == []


def test_a_missing_text_is_missing_and_an_empty_one_is_asked_for_once_more() -> None:
    assert require_words(" ", MISSING) == [MISSING]
    (asked,) = require_words("。", MISSING)
    assert asked.field == "grounds"
    assert asked.sentence_with_article() == (
        "所填的“。”看不出内容，请写明具体情况（第五条第二项尚未写明存在问题的事实）。"
    )
