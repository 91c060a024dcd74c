"""Numbers, dates and citations as the papers write them; typed text made safe."""

import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yuetan.rules.text.official_text import (
    article_name,
    chinese_date,
    chinese_datetime,
    chinese_number,
    citation,
    citations,
    clause_name,
    document_number,
    first_named,
    heading,
    joined,
    normalise_text,
    year_bracketed,
)


def test_document_number() -> None:
    assert document_number("江扫黑办", 2026, 1) == "江扫黑办〔2026〕1号"
    assert document_number("江扫黑", 2026, 1205) == "江扫黑〔2026〕1205号"
    assert year_bracketed(2026) == "〔2026〕"


@pytest.mark.parametrize(
    ("prefix", "year", "serial"),
    [
        *[(prefix, 2026, 1) for prefix in ("江", "", "江" * 13, "江扫黑A", "江 办", "江扫黑办\n", "〔江门〕")],
        *[("江扫黑办", year, 1) for year in (26, 999, 10000, -2026)],
        *[("江扫黑办", 2026, serial) for serial in (0, -1)],
    ],
)
def test_document_numbers_that_are_none(prefix: str, year: int, serial: int) -> None:
    with pytest.raises(ValueError, match=r"document number|year"):
        document_number(prefix, year, serial)


def test_dates_carry_no_zeros() -> None:
    assert chinese_date(date(2026, 11, 23)) == "2026年11月23日"
    assert chinese_date(date(2026, 7, 5)) == "2026年7月5日"


@pytest.mark.parametrize(
    ("hour", "minute", "written"),
    [
        (0, 0, "凌晨0:00"),
        (5, 59, "凌晨5:59"),
        (6, 0, "上午6:00"),
        (9, 30, "上午9:30"),
        (11, 59, "上午11:59"),
        (12, 0, "中午12:00"),
        (12, 30, "中午12:30"),
        (13, 5, "下午1:05"),
        (15, 0, "下午3:00"),
        (17, 59, "下午5:59"),
        (18, 0, "晚上6:00"),
        (23, 59, "晚上11:59"),
    ],
)
def test_times_of_day(hour: int, minute: int, written: str) -> None:
    moment = datetime(2026, 11, 23, hour, minute)  # noqa: DTZ001 - a local time as typed
    assert chinese_datetime(moment) == f"2026年11月23日（星期一）{written}"


def test_weekdays() -> None:
    written = [
        chinese_datetime(datetime(2026, 11, day, 9, tzinfo=timezone(timedelta(hours=8)))) for day in range(23, 30)
    ]
    assert [text[14] for text in written] == ["一", "二", "三", "四", "五", "六", "日"]


def test_a_stored_utc_time_is_written_in_chinas_time() -> None:
    stored = datetime(2026, 11, 22, 22, 30, tzinfo=UTC)
    assert chinese_datetime(stored) == "2026年11月23日（星期一）上午6:30"
    assert chinese_date(stored) == "2026年11月23日"


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (1, "一"),
        (2, "二"),
        (9, "九"),
        (10, "十"),
        (11, "十一"),
        (19, "十九"),
        (20, "二十"),
        (21, "二十一"),
        (100, "一百"),
        (105, "一百零五"),
        (110, "一百一十"),
        (115, "一百一十五"),
        (1000, "一千"),
        (1005, "一千零五"),
        (1010, "一千零一十"),
        (1100, "一千一百"),
        (10000, "一万"),
        (10010, "一万零一十"),
        (10101, "一万零一百零一"),
        (20050, "二万零五十"),
        (99999, "九万九千九百九十九"),
    ],
)
def test_chinese_numbers(number: int, written: str) -> None:
    assert chinese_number(number) == written


def test_no_two_numbers_are_written_alike() -> None:
    assert len({chinese_number(number) for number in range(1, 20000)}) == 19999


@given(st.integers(1, 99999))
def test_a_chinese_number_can_be_read_back(number: int) -> None:
    total, digit = 0, 0
    for character in chinese_number(number):
        if character in "十百千万":
            total += (digit or 1) * {"十": 10, "百": 100, "千": 1000, "万": 10000}[character]
            digit = 0
        else:
            digit = "零一二三四五六七八九".index(character)
    assert total + digit == number


@pytest.mark.parametrize("number", [0, -3, 100000])
def test_numbers_out_of_range_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match="99999"):
        chinese_number(number)


def test_citations_in_the_laws_own_way() -> None:
    assert article_name(7) == "第七条"
    assert article_name(11) == "第十一条"
    assert clause_name(3) == "（三）"
    assert citation(9, 3) == "第九条第三项"
    assert citation(7, None) == "第七条"
    assert joined(["地点", "需提交的材料"]) == "地点、需提交的材料"
    assert joined([]) == ""


def test_of_many_names_the_first_are_written():
    assert first_named(["甲", "乙", "丙"], 2) == "甲、乙等"
    assert first_named(["甲", "乙"], 2) == "甲、乙"
    assert first_named([], 2) == ""


def test_headings() -> None:
    assert [heading(level, 2) for level in (1, 2, 3, 4)] == ["二、", "（二）", "2.", "（2）"]
    for level, number in ((0, 1), (5, 1), (3, 0), (4, -1)):
        with pytest.raises(ValueError, match="headings"):
            heading(level, number)


@pytest.mark.parametrize(
    ("entered", "kept"),
    [
        ("一行\r\n二行\r三行", "一行\n二行\n三行"),
        ("甲\u2028乙\x0b丙", "甲\n乙\n丙"),
        ("甲\t乙", "甲 乙"),
        ("甲\x00乙\x07\x1b[31m", "甲乙[31m"),
        ("\ufeff开头", "开头"),
        ("零\u200b宽\u200c连\u200d接\u2060符", "零宽连接符"),
        ("报告\u202efdp.exe", "报告fdp.exe"),
        ("\u2066隔\u2067离\u2068\u2069", "隔离"),
        ("\u200e方\u200f向", "方向"),
        ("软\u00ad连", "软连"),
        ("行尾空格  \n全角空格\u3000\u3000\n\n", "行尾空格\n全角空格"),
        ("　　首行缩进", "　　首行缩进"),
        ("e\u0301", "é"),
        ("e\u200b\u0301", "é"),
        ("坏\ud800字", "坏字"),
        ("非字符\ufffe\U0001ffff\ufdd0", "非字符"),
        ("\u3164\u115f\uffa0", ""),
        (" \u200b \r\n\t", ""),
        ("", ""),
    ],
)
def test_what_is_dropped_from_typed_text(entered: str, kept: str) -> None:
    assert normalise_text(entered) == kept


@pytest.mark.parametrize("name", ["张一", "𠅤一", "㛃二", "𬭛三", "\U000323b0四", "葛\U000e0100五"])
def test_rare_characters_and_their_chosen_shapes_stay(name: str) -> None:
    assert normalise_text(name) == name


# Surrogates too: a browser can send them, and PostgreSQL and UTF-8 would refuse them later.
ANY_TEXT = st.text(st.characters())


@given(ANY_TEXT)
def test_normal_text_is_canonical_storable_and_stays_as_it_is(entered: str) -> None:
    kept = normalise_text(entered)
    assert normalise_text(kept) == kept
    assert unicodedata.is_normalized("NFC", kept)
    assert kept.encode().decode() == kept
    assert not any(unicodedata.category(character) in {"Cc", "Cf", "Cs"} for character in kept.replace("\n", ""))
    assert all(line == line.rstrip() for line in kept.split("\n"))


@pytest.mark.parametrize(
    ("places", "words"),
    [
        ([(7, None)], "第七条"),
        ([(5, 2), (5, 3)], "第五条第二项、第三项"),
        ([(9, 3), (10, 1), (9, 3)], "第九条第三项、第十条第一项"),
        ([(5, 2), (6, None), (7, None)], "第五条第二项和第六条、第七条"),
        ([(10, 1), (10, None)], "第十条"),
        ([], ""),
    ],
)
def test_an_article_is_cited_once_with_its_items(places: list[tuple[int, int | None]], words: str) -> None:
    assert citations(places) == words
