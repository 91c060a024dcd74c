"""Numbers, dates and citations as official papers write them, and typed text made safe for such papers."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta, timezone
from itertools import groupby

DIGITS = "零一二三四五六七八九"
PLACES = ("", "十", "百", "千", "万")
WEEKDAYS = "一二三四五六日"
PERIODS = ((6, "凌晨"), (12, "上午"), (13, "中午"), (18, "下午"), (24, "晚上"))
CHINA_STANDARD_TIME = timezone(timedelta(hours=8))

NUMBER_PREFIX = re.compile(r"[一-鿿]{2,12}")
NAME_ENDS = re.compile("[、，,；;\n]")
LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# Letters by category, but drawn as nothing: they would let an empty answer pass for a given one.
BLANK_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")


def document_number(prefix: str, year: int, serial: int) -> str:
    """Write a 发文字号 such as 江扫黑办〔2026〕1号. Raises ValueError for a wrong prefix or serial."""
    if not NUMBER_PREFIX.fullmatch(prefix):
        raise ValueError("a document number begins with 2 to 12 Han characters")
    if serial < 1:
        raise ValueError("a document number counts from 1")
    return f"{prefix}{year_bracketed(year)}{serial}号"


def year_bracketed(year: int) -> str:
    """Write a year in the brackets of a 发文字号: 〔2026〕. Raises ValueError for a year without four digits."""
    if not 1000 <= year <= 9999:
        raise ValueError("a year has four digits")
    return f"〔{year}〕"


def chinese_date(day: date) -> str:
    """Write a date without padding zeros: 2026年7月5日; an aware datetime counts in China's time."""
    if isinstance(day, datetime):
        day = _in_china(day)
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_datetime(moment: datetime) -> str:
    """Write when something is held: 2026年11月23日（星期一）上午9:30, an aware time in China's time."""
    moment = _in_china(moment)
    period = next(name for end, name in PERIODS if moment.hour < end)
    hour = moment.hour if moment.hour <= 12 else moment.hour - 12
    return f"{chinese_date(moment)}（星期{WEEKDAYS[moment.weekday()]}）{period}{hour}:{moment.minute:02}"


def short_datetime(moment: datetime) -> str:
    """Write when something was done, for lists: 2026年11月23日 09:30, an aware time in China's time."""
    local = _in_china(moment)
    return f"{chinese_date(local)} {local:%H:%M}"


def signed_moment(moment: datetime, *, is_of_paper: bool) -> str:
    """Write when a paper was signed for, for lists; of a receipt of paper, which knows no hour, the day alone."""
    return chinese_date(moment) if is_of_paper else short_datetime(moment)


def chinese_number(number: int) -> str:
    """Write 1 to 99999 in Chinese numerals: 十一, 二十, 一百零五. Raises ValueError for any other number."""
    if not 1 <= number <= 99999:
        raise ValueError("Chinese numerals are written from 1 to 99999")
    digits = str(number)
    written = "".join(
        DIGITS[int(digit)] + (PLACES[place] if digit != "0" else "")
        for place, digit in zip(range(len(digits) - 1, -1, -1), digits, strict=True)
    )
    written = re.sub("零+", "零", written).rstrip("零")
    return written.removeprefix("一") if 10 <= number < 20 else written


def article_name(number: int) -> str:
    """Write 第七条."""
    return f"第{chinese_number(number)}条"


def clause_name(number: int) -> str:
    """Write the number of a clause inside an article: （三）."""
    return f"（{chinese_number(number)}）"


def citation(article: int, clause: int | None = None) -> str:
    """Cite an article, or one numbered item of it: 第九条第三项, without the brackets in which the text numbers it."""
    return article_name(article) if clause is None else f"{article_name(article)}第{chinese_number(clause)}项"


def citations(cited: Iterable[tuple[int, int | None]]) -> str:
    """Cite several articles and items, an article once: 第五条第二项、第三项和第六条、第七条.

    An article cited as a whole is not cited again by its items.
    """
    items: dict[int, dict[int | None, None]] = {}
    for article, item in cited:
        items.setdefault(article, {})[item] = None
    whole_or_not = groupby(items, key=lambda article: None in items[article])
    parts = [joined(_article_with_items(article, items[article]) for article in run) for _, run in whole_or_not]
    return "和".join([joined(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def _article_with_items(article: int, items: Iterable[int | None]) -> str:
    names = [] if None in items else [f"第{chinese_number(item)}项" for item in items if item is not None]
    return article_name(article) + joined(names)


def joined(items: Iterable[str]) -> str:
    """Write an enumeration: 地点、需提交的材料."""
    return "、".join(items)


def first_named(names: Sequence[str], most: int) -> str:
    """Write an enumeration of the first so many of them: 甲、乙等."""
    return joined(names[:most]) + ("等" if len(names) > most else "")


def names_in(text: str) -> list[str]:
    """Take an enumeration apart again, however its names were parted."""
    return [name for part in NAME_ENDS.split(text) if (name := part.strip().rstrip("。"))]


def heading(level: int, number: int) -> str:
    """Write the ordinal of a heading of level 1 to 4: 一、 （一） 1. （1）.

    Raises ValueError for another level, or a number below 1.
    """
    if number < 1:
        raise ValueError("headings count from 1")
    if level == 1:
        return f"{chinese_number(number)}、"
    if level == 2:
        return clause_name(number)
    if level == 3:
        return f"{number}."
    if level == 4:
        return f"（{number}）"
    raise ValueError("headings have levels 1 to 4")


def without_end(text: str) -> str:
    """What is a part of a sentence or of a title, without the marks typed after it."""
    return text.rstrip("。，、；：;,. ")


def normalise_text(text: str) -> str:
    """Drop what cannot be seen or would disturb a paper, and write what is left in one canonical way (NFC)."""
    text = LINE_ENDS.sub("\n", text).replace("\t", " ")
    if not _is_all_printable(text):
        text = "".join(character for character in text if _is_printable(character))
    lines = unicodedata.normalize("NFC", text).split("\n")
    return "\n".join(line.rstrip() for line in lines).rstrip()


def _is_all_printable(text: str) -> bool:
    """Whether Python's own answer for the whole is enough; it takes no line end and no wide blank for printable."""
    return text.replace("\n", " ").replace("\u3000", " ").isprintable() and BLANK_LETTERS.isdisjoint(text)


def _is_printable(character: str) -> bool:
    # Unassigned code points stay: rare name characters may be younger than this Python's Unicode tables.
    if character in BLANK_LETTERS or _is_noncharacter(ord(character)):
        return False
    return character == "\n" or unicodedata.category(character) not in {"Cc", "Cf", "Cs"}


def _is_noncharacter(code: int) -> bool:
    return 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE


def _in_china(moment: datetime) -> datetime:
    return moment if moment.tzinfo is None else moment.astimezone(CHINA_STANDARD_TIME)
