"""Lines: full to the edge, no mark at the wrong end, numbers whole, nobody alone on the last one."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from itertools import pairwise

import pytest

from tests.documents.typesetting.paper_like_texts import counted, halved_alone, standard_paragraphs
from yuetan.documents.typesetting.line_breaking import HALVED_BEFORE, HALVED_BEHIND, Line, Measure, break_lines
from yuetan.documents.typesetting.typesetting import FLUSH, PEOPLE, TEXT
from yuetan.documents.typesetting.unbroken import MAY_NOT_END, MAY_NOT_START

HAN = "关于线索摸排问题的专项斗争整改措施办公室领导群众举报"
PAIRS = ("“”", "《》", "（）", "〔〕", "‘’", "【】")
LATIN_WORD = re.compile(r"[0-9A-Za-z]{9,}")
LATIN = ("PDF/A", "GB/T 9704-2012", "50%", "9.08%", "A", "office@example.cn", "0750-0000000")


def widths(text: str) -> list[float]:
    return [0.5 if c.isdigit() else 0.28 if c in " .:" else 0.6 if c.isascii() else 1 for c in text]


def lines(text: str, measure: Measure = TEXT) -> list[str]:
    return [text[line.start : line.end] for line in break_lines(text, widths(text), measure)]


def reached(text: str, line: Line, measure: Measure) -> float:
    """Where the ink of a line ends."""
    part, gaps = widths(text)[line.start : line.end], len(set(range(line.start, line.end - 1)) - line.rigid)
    return sum(part) * measure.size - len(line.halved) * measure.size / 2 + gaps * line.tracking


def is_left_short(text: str, line: Line, missing: float, measure: Measure) -> bool:
    """Whether a line is as it is because the number or the address behind it goes in nowhere: it is not torn apart."""
    following = LATIN_WORD.match(text, line.end)
    return (
        following is not None
        and line.tracking == measure.tracking
        and 0 < missing < sum(widths(following[0])) * measure.size
    )


def sentences(seed: int) -> Iterator[str]:
    """Texts as people type them, with more marks than anybody would."""
    chance = random.Random(seed)
    while True:
        text = ""
        while len(text) < chance.choice((5, 30, 60, 200, 400)):
            text += _piece(chance)
        yield text.strip()


def _piece(chance: random.Random) -> str:
    words = "".join(chance.choices(HAN, k=chance.randint(1, 9)))
    opening, closing = chance.choice(PAIRS)
    return chance.choice(
        (
            words,
            words + chance.choice("，。、；：！？"),
            opening + words + closing + chance.choice(("", "，", "。")),
            str(chance.randint(1, 10 ** chance.randint(1, 12))) + chance.choice(("个", "年", "，")),
            chance.choice(LATIN) + chance.choice(("号", " 号", "，")),
            chance.choice(("——", "……", "·")) + words,
        )
    )


@pytest.mark.parametrize("measure", [TEXT, PEOPLE], ids=["text", "people"])
def test_ten_thousand_lines_are_full_and_keep_the_rules(measure: Measure) -> None:
    counted = 0
    for text in sentences(seed=9704):
        broken = break_lines(text, widths(text), measure)
        shown = [text[line.start : line.end] for line in broken]
        assert "".join(shown).replace(" ", "") == text.replace(" ", "")
        for number, line in enumerate(broken[:-1]):
            missing = measure.of(number) - reached(text, line, measure)
            assert abs(missing) < 0.1 or is_left_short(text, line, missing, measure), shown[number]
            assert shown[number][-1] not in MAY_NOT_END, shown
        for before, after in pairwise(shown):
            assert after[0] not in MAY_NOT_START or after.startswith(("——", "……")), (before, after)
            assert not (before[-1].isdigit() and after[0].isdigit()), (before, after)
            assert (before[-1], after[0]) not in {("—", "—"), ("…", "…")}
        counted += len(broken)
        if counted > 5_000:
            return


def test_the_fuzz_would_see_a_wrong_line() -> None:
    cut_blindly = [text[28:29] for text, _ in zip(sentences(seed=9704), range(200), strict=False)]
    assert any(start and start in MAY_NOT_START for start in cut_blindly)


def test_the_first_line_is_indented_and_the_others_are_full() -> None:
    assert list(map(len, lines("字" * 80))) == [26, 28, 26]


def test_a_mark_too_much_at_the_end_is_halved_and_the_rest_is_squeezed() -> None:
    text = "一二三四五，" + "字" * 22 + "，二三四五六"
    first, *_ = break_lines(text, widths(text), FLUSH)
    assert (first.end, first.halved) == (29, {28})
    assert FLUSH.tracking - 0.4 < first.tracking < FLUSH.tracking


def test_a_line_takes_a_character_more_rather_than_be_spread_so_far_that_it_is_seen() -> None:
    """25 characters and a number of four and its 号 are 28 and a half: squeezed, and no mark is halved for it."""
    text = "字" * 26 + "1234号" + "字" * 30
    first, *_ = break_lines(text, widths(text), FLUSH)
    assert text[: first.end].endswith("1234号")
    assert (first.halved, FLUSH.tracking - 0.73 < first.tracking < FLUSH.tracking - 0.5) == (frozenset(), True)


def test_of_the_lines_of_our_paragraphs_few_are_spread_so_far_that_it_is_seen() -> None:
    sums = counted(standard_paragraphs())
    assert sums.full > 4_000
    assert sums.seen <= sums.full * 0.02  # more so the more of the openings cite two papers
    assert sums.numbers <= sums.full * 0.005
    assert sums.furthest < 2.4
    assert sums.tightest > -0.73
    assert (sums.dates, sums.words, sums.halved_alone, sums.beyond) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("begin", "halved"),
    [
        ("一二三：“四五”六七", "："),
        ("一二三（四五）、六七", "）"),
        ("一二三，四五六（《七", "《"),
    ],
)
def test_within_a_line_a_mark_is_halved_before_another_mark_alone(begin: str, halved: str) -> None:
    text = begin + "字" * (28 - len(begin)) + "”。二三四五六"
    first, *_ = break_lines(text, widths(text), FLUSH)
    assert first.end == 30
    assert first.halved == {text.index(halved), 28, 29}
    assert halved_alone(text, first) == []


def test_never_is_a_mark_halved_alone_within_a_line() -> None:
    counted = 0
    for text in sentences(seed=9704):
        broken = break_lines(text, widths(text), TEXT)
        assert [halved_alone(text, line) for line in broken] == [[]] * len(broken), text
        counted += sum(len(line.halved) for line in broken)
        if counted > 300:
            return


def test_the_breaks_of_a_paragraph_are_chosen_together() -> None:
    """The number does not go into the third line: the two before give up a character each rather than one three."""
    number = "123456789012"
    text = "字" * (28 + 28 + 26) + number + "字" * 40
    broken = break_lines(text, widths(text), FLUSH)
    assert max(line.tracking - FLUSH.tracking for line in broken) < 1.3
    assert any(number in text[line.start : line.end] for line in broken)


def test_a_character_goes_to_the_next_line_where_nothing_can_be_halved() -> None:
    text = "字" * 28 + "！好好好好"
    first, second = break_lines(text, widths(text), FLUSH)
    assert (first.end, first.halved) == (27, frozenset())
    assert first.tracking > FLUSH.tracking
    assert second.start == 27


def test_an_opening_mark_does_not_end_a_line() -> None:
    assert lines("字" * 27 + "（好好好好）", FLUSH)[1][0] == "（"


@pytest.mark.parametrize("end", ["尾", "尾。", "8。", "尾”。", "（尾）", "“尾”。"])
def test_nobody_stands_alone_on_the_last_line(end: str) -> None:
    last = lines("字" * 28 + end, FLUSH)[-1]
    assert sum(c not in MAY_NOT_START for c in last) >= 2


@pytest.mark.parametrize("blanks", [" ", "　", " 　 "])
def test_no_line_begins_or_ends_with_a_blank(blanks: str) -> None:
    assert lines("字" * 28 + blanks + "字" * 5, FLUSH) == ["字" * 28, "字" * 5]
    for before in range(20, 28):
        assert not any(
            line[0].isspace() or line[-1].isspace() for line in lines("字" * before + blanks + "字" * 9, FLUSH)
        )


def test_a_number_with_its_unit_may_stand_alone_on_the_last_line() -> None:
    assert lines("字" * 28 + "50%", FLUSH) == ["字" * 28, "50%"]


def test_a_word_that_fills_the_line_is_not_cut_for_the_one_character_behind_it() -> None:
    word = "A" * 46
    assert lines(f"{word}字", FLUSH) == [word, "字"]


def test_a_lone_character_is_squeezed_in_where_there_are_marks() -> None:
    assert len(lines("一二三，四五六，" + "字" * 19 + "尾。", FLUSH)) == 1


@pytest.mark.parametrize("number", ["2026", "0750-0000000", "99.95%", "13800000000", "440703202611230012"])
def test_a_number_is_never_cut(number: str) -> None:
    for before in range(18, 30):
        text = "字" * before + number + "字" * 30
        assert any(number in line for line in lines(text, FLUSH)), before


def test_an_address_is_divided_at_its_joints() -> None:
    broken = lines("字" * 20 + "very-long.name@some-office.example.cn" + "字" * 9, FLUSH)
    assert broken[0].endswith(("-", "@", "."))


@pytest.mark.parametrize(
    "whole",
    [
        "2026年",
        "12345号",
        "567.89元",
        "2026年11月23日",
        "11月23日",
        "〔2026〕103号",
        "第12条",
        "3个工作日",
        "1200万元",
    ],
)
def test_numbers_with_their_unit_dates_and_numbers_of_papers_stay_whole(whole: str) -> None:
    for before in range(15, 60):
        text = "字" * before + "，" + whole + "前，" + "字" * 30
        assert any(whole in line for line in lines(text, FLUSH)), before


def test_a_number_of_a_paper_is_parted_before_its_year_alone_and_only_where_the_line_would_be_torn() -> None:
    whole = "江扫黑办〔2026〕103号"
    for before in range(15, 60):
        text = "字" * before + "，" + whole + "前，" + "字" * 30
        broken = break_lines(text, widths(text), FLUSH)
        spread = max((line.tracking - FLUSH.tracking) / FLUSH.size for line in broken[:-1])
        parted = [line for line in lines(text, FLUSH) if line.startswith("〔2026〕103号")]
        assert spread <= 0.25, before
        assert parted or any(whole in line for line in lines(text, FLUSH)), before
    kept = "字" * 9 + "，" + whole + "前，" + "字" * 30
    assert any(whole in line for line in lines(kept, FLUSH))


@pytest.mark.parametrize("whole", ["江扫黑办〔2026〕10号", "江扫黑办纪〔2026〕10号"])
def test_the_letters_of_an_organ_stay_together_even_where_their_number_does_not(whole: str) -> None:
    letters = whole.partition("〔")[0]
    for before in range(12, 30):
        text = f"《关于{'字' * before}的约谈通知书》（{whole}）所定约谈的时间等事项予以调整，原通知停止执行。"
        assert any(letters in line for line in lines(text)), before


def test_the_title_that_is_cited_before_a_number_is_not_torn_apart() -> None:
    text = (
        "《关于线索摸排不深入问题的约谈通知书》（江扫黑办〔2026〕12号）所定约谈的时间等事项予以调整，原通知停止执行。"
    )
    assert lines(text)[0] == "《关于线索摸排不深入问题的约谈通知书》（江扫黑办"
    assert lines(text)[1].startswith("〔2026〕12号）")


def test_rather_than_torn_apart_a_line_ends_between_the_organ_and_the_year_of_a_number() -> None:
    text = "字" * 14 + "，江江扫黑办〔2026〕10300号"
    assert list(lines(text, Measure(380, 380, 16, 0))) == ["字" * 14 + "，江江扫黑办", "〔2026〕10300号"]


@pytest.mark.parametrize("after", ["同志", "、镇长", "，", "。", "和镇长"])
def test_a_name_behind_a_post_stays_whole(after: str) -> None:
    for name in ("郑九", "诸葛十一", "𠅤𬭛"):
        for before in range(18, 30):
            text = "字" * before + "镇党委书记" + name + after + "字" * 30
            assert any(name in line for line in lines(text)), (name, before)


def test_an_address_is_not_spread_with_its_line() -> None:
    address = "https://example.cn/verify"
    text = "请登录" + address + "核对本文书的内容是否真实，" + "字" * 40
    first, *_ = break_lines(text, widths(text), FLUSH)
    assert first.rigid == set(range(3, 3 + len(address) - 1))
    assert reached(text, first, FLUSH) == pytest.approx(FLUSH.others, abs=0.1)


def test_a_word_longer_than_a_line_is_cut_and_not_spread() -> None:
    text = "a" * 300
    broken = break_lines(text, widths(text), FLUSH)
    assert len(broken) == 7
    for line in broken:
        assert reached(text, line, FLUSH) <= FLUSH.others


@pytest.mark.parametrize("text", ["。" * 90, "（" * 90, "字" * 3000, "…" * 61, " " * 5 + "字", "字"])
def test_whatever_was_typed_comes_out_whole(text: str) -> None:
    assert "".join(lines(text)).strip() == text.strip()


def test_nothing_is_no_line() -> None:
    assert lines("") == []


def test_cells_are_left_ragged_and_their_numbers_whole() -> None:
    measure = Measure(100, 100, 14, 0, justified=False)
    text = "于2027年12月31日前完成线索摸排回头看"
    broken = break_lines(text, widths(text), measure)
    assert {line.tracking for line in broken} == {0}
    assert not any(text[line.end - 1].isdigit() and text[line.end : line.end + 1].isdigit() for line in broken)


def test_only_marks_with_an_empty_half_are_halved() -> None:
    assert HALVED_BEHIND < MAY_NOT_START
    assert HALVED_BEFORE < MAY_NOT_END
