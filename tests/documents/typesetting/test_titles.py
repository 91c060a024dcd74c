"""Two hundred titles as offices write them, divided by hand into phrases (/) and words (|): none is cut within one."""

from __future__ import annotations

from itertools import accumulate
from pathlib import Path

import pytest

from tests.documents.paper_measures import bands, black, picture, red
from yuetan.documents.typesetting.title_breaking import TITLE_WIDTH, WIDEST_ALONE, title_lines
from yuetan.documents.typesetting.words import words

MATTERS = Path(__file__).with_name("titles_in_words.txt").read_text(encoding="utf-8").split()
FORMS = (
    "关于/{}|问题|的/约谈|通知书",
    "关于|取消/{}|问题|约谈|的/通知",
    "关于|落实/{}|问题/整改|任务|的/督办|通知|（|黄色|）",
    "关于/{}|问题|的/约谈|纪要",
    "关于/蓬江区|棠下镇/{}|的/提醒函",
)
TITLES = [form.format(matter) for form in FORMS for matter in MATTERS]


def lines(title: str) -> list[str]:
    return title_lines(title.replace("|", "").replace("/", ""))


def test_there_are_two_hundred_of_them() -> None:
    assert len(set(TITLES)) == 200
    assert sum(len(lines(title)) > 1 for title in TITLES) > 150


@pytest.mark.parametrize("form", FORMS)
def test_no_phrase_of_a_title_is_cut(form: str) -> None:
    for matter in MATTERS:
        title = form.format(matter)
        borders = set(accumulate(len(phrase.replace("|", "")) for phrase in title.split("/")))
        assert set(accumulate(map(len, lines(title)))) <= borders, lines(title)


@pytest.mark.parametrize(
    "broken",
    [
        "关于砂石运输行业恶意竞争问题/整治迟缓的约谈通知书",
        "关于涉黑涉恶线索/有举报无回应的约谈通知书",
        "关于海砂运输乱象/打击整治不力的约谈改期通知",
        "关于建筑工地强揽工程问题/监督检查不到位的约谈纪要",
        "关于河道采砂/日常监管缺位的约谈改期通知",
        "关于第三季度线索摸排/“零报告”的约谈通知书",
        "关于农村“村霸”问题/排查走过场问题约谈的通知",
    ],
)
def test_a_title_is_broken_as_a_clerk_would(broken: str) -> None:
    assert lines(broken) == broken.split("/")


def test_a_title_takes_a_line_more_rather_than_part_a_phrase() -> None:
    title = "关于落实打击整治农贸市场/欺行霸市问题不力约谈整改任务的/督办通知（黄色）"
    assert lines(title) == title.split("/")


def test_lines_of_a_title_stand_like_a_trapezium_or_a_rhombus() -> None:
    for title in TITLES:
        sizes = [len(line) for line in lines(title)]
        assert max(sizes) <= TITLE_WIDTH
        assert len(sizes) < 3 or sizes[1] >= min(sizes[0], sizes[2]), title


def test_a_title_is_not_one_line_from_edge_to_edge() -> None:
    for size in (WIDEST_ALONE, WIDEST_ALONE + 1, TITLE_WIDTH):
        assert len(title_lines("字" * size)) == (1 if size <= WIDEST_ALONE else 2)


def test_words_that_no_list_knows_are_not_cut_where_there_is_another_border() -> None:
    assert title_lines("关于对某某鱲鰣加工企业聚集区强买强卖问题约谈的通知")[0].find("鱲") != -1
    assert [len(line) for line in title_lines("关于鱲鰣鱲鰣鱲鰣鱲鰣整治不力问题的通知")] != [9, 10]


@pytest.mark.parametrize("text", ["", "字", "扫黑除恶", "扫黑除恶专项斗争领导小组"])
def test_words_are_those_of_the_text_in_order(text: str) -> None:
    assert "".join(text[first:last] for first, last in words(text)) == text


@pytest.mark.parametrize("name", ["interview_notice-normal", "reminder_letter-normal", "minutes-normal"])
def test_a_title_is_printed_two_rows_below_what_stands_above_it(name: str) -> None:
    pitch = 10.449
    rule_or_number = [
        *(end for _, end in bands(red(picture(name, 1)), at_least=100) if end < 200),
        *(end for _, end in bands(black(picture(name, 1))) if end < 65),
    ]
    title = next(begin for begin, _ in bands(black(picture(name, 1))) if begin > max(rule_or_number))
    assert title - max(rule_or_number) == pytest.approx(2 * pitch, abs=0.4)
