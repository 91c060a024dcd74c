"""Typed text as paragraphs, and titles as lines."""

from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yuetan.documents.content.paragraphs import lines, people, sentence
from yuetan.documents.typesetting.title_breaking import TITLE_WIDTH, WIDEST_ALONE, title_lines
from yuetan.documents.typesetting.unbroken import MAY_NOT_START


def test_lines_without_blanks() -> None:
    assert lines("一\r\n\n　　二 \x00\n \u200b\n三") == ["一", "二", "三"]


@pytest.mark.parametrize(
    ("entered", "written"),
    [("好", "好。"), ("好。", "好。"), ("好；", "好。"), ("他说“好。”", "他说“好。”"), ("（见附件）", "（见附件）。")],
)
def test_sentence(entered: str, written: str) -> None:
    assert sentence(entered) == written


def test_nobody_is_no_line() -> None:
    assert people("列席", "") == []


def test_a_title_of_one_line_is_left_alone() -> None:
    assert title_lines("关于线索摸排不深入问题的约谈纪要") == ["关于线索摸排不深入问题的约谈纪要"]
    asked = ["关于商请对市税务局", "实行一票否决权制提出意见的函"]
    assert title_lines("".join(asked)) == asked


@given(st.text(alphabet="关于线索摸排问题的、”", min_size=1, max_size=250))
def test_title_lines_keep_every_character(title: str) -> None:
    broken = title_lines(title)
    assert "".join(broken) == title
    assert all(broken)


@given(st.text(alphabet="关于线索摸排问题的、，”", min_size=1, max_size=250))
def test_title_lines_fit(title: str) -> None:
    assert max(map(len, title_lines(title))) <= TITLE_WIDTH


def test_a_title_is_broken_at_a_mark_where_one_is_near() -> None:
    assert title_lines("关于对涉黑涉恶线索摸排不扎实、不深入，对群众举报线索不回应的约谈纪要") == [
        "关于对涉黑涉恶线索摸排不扎实、不深入，",
        "对群众举报线索不回应的约谈纪要",
    ]


def test_no_title_line_begins_with_a_mark() -> None:
    broken = title_lines("关于打击整治不力且整改进展迟缓、逾期不报的" * 3 + "约谈通知书")
    assert len(broken) == 4
    assert not any(line[0] in MAY_NOT_START for line in broken)


@pytest.mark.parametrize(
    ("title", "broken"),
    [
        (
            "关于涉黑涉恶线索摸排不扎实、不深入，对群众举报线索不回应且2026年第3季度整改进展迟缓问题的约谈通知书",
            [
                "关于涉黑涉恶线索摸排不扎实、不深入，",
                "对群众举报线索不回应且2026年第3季度",
                "整改进展迟缓问题的约谈通知书",
            ],
        ),
        (
            "关于撤销对蓬江区棠下镇砂石行业乱象整治进展缓慢问题约谈的函",
            ["关于撤销对蓬江区棠下镇砂石行业乱象", "整治进展缓慢问题约谈的函"],
        ),
        (
            "关于市公安局会同有关部门对蓬江区棠下镇开展约谈的通知",
            ["关于市公安局会同有关部门", "对蓬江区棠下镇开展约谈的通知"],
        ),
        (  # a word of three characters, no part of which is one
            "关于蓬江区棠下镇打击套路贷问题不力的约谈通知书",
            ["关于蓬江区棠下镇", "打击套路贷问题不力的约谈通知书"],
        ),
        (
            "关于市公安局会同有关部门关于整改任务逾期不报问题的函",
            ["关于市公安局会同有关部门", "关于整改任务逾期不报问题的函"],
        ),
    ],
)
def test_a_title_is_broken_between_words(title: str, broken: list[str]) -> None:
    assert title_lines(title) == broken


def test_a_title_of_three_lines_is_no_hourglass() -> None:
    for size in range(41, 61):
        first, middle, last = map(len, title_lines("字" * size))
        assert middle >= min(first, last)


@pytest.mark.parametrize("size", range(1, 121))
def test_a_title_without_words_or_marks_has_few_and_even_lines(size: int) -> None:
    sizes = [len(line) for line in title_lines("字" * size)]
    assert len(sizes) == (ceil(size / TITLE_WIDTH) if size > TITLE_WIDTH else 1 + (size > WIDEST_ALONE))
    assert max(sizes) - min(sizes) <= 6  # 字字 is a word, and two of them are taken for a phrase


@pytest.mark.parametrize("lines", [1, 2, 3, 4, 5])
def test_in_a_title_figures_are_half_as_wide(lines: int) -> None:
    full = "字" * (TITLE_WIDTH * lines - 10)
    assert len(title_lines(full + "1" * 20)) == max(lines, 2)
    assert len(title_lines(full + "1" * 21)) == lines + 1
    assert title_lines(full + "1" * 21)[-1].endswith("1" * 21)


@pytest.mark.parametrize("figures", ["1" * 40, "abcDEF" * 6, "GB/T9704-2012,2012.6.29-2026.12.31"])
def test_figures_and_letters_of_a_title_stay_together_however_uneven_the_lines(figures: str) -> None:
    assert title_lines(f"依据办法{figures}") == ["依据办法", figures]


@pytest.mark.parametrize("lines", [2, 3, 4])
def test_a_title_whose_half_widths_fit_no_line_gets_one_line_more(lines: int) -> None:
    broken = title_lines("1" + "字" * (TITLE_WIDTH * lines - 1) + "1")
    assert len(broken) == lines + 1
    assert max(len(line.replace("1", "")) for line in broken) < TITLE_WIDTH
