"""What a proof-reader points out in a paper before it is issued; it is for the clerk to judge, and refuses nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from yuetan.rules.text.numbered_levels import misnumbered
from yuetan.rules.text.official_text import WEEKDAYS

AROUND = 6  # characters shown on each side of what is pointed out
LEAP_YEAR = 2000  # the longest February, for a day without its year

HAN_OR_MARK = "一-鿿㐀-䶿，。、；：？！）（《》“”〔〕"
# Addresses, mail and file names keep their own marks.
FOREIGN = re.compile(r"(?:https?://|www\.)[!-~]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+")
FULL_WIDTH = dict(zip(",;:?!.()\"'", ["，", "；", "：", "？", "！", "。", "（", "）", "“”", "‘’"], strict=True))
HALF_WIDTH = re.compile(
    rf"(?<=[{HAN_OR_MARK}])\s?(?:[,;:?!()\"']|\.(?![0-9A-Za-z]))|[,;:?!()\"']\s?(?=[{HAN_OR_MARK}])"
)

WHOLE_DATE = re.compile(r"(?<!\d)(\d{4})年(\d{1,2})月(\d{1,2})日(?:\s?[（(]?\s?(?:星期|周|礼拜)([一二三四五六日天]))?")
DAY_OF_YEAR = re.compile(r"(?<!\d)(?<!\d年)(\d{1,2})月(\d{1,2})日")
CLOCK = re.compile(r"(?<![\d:：])(\d{1,2})[:：](\d{2})(?![\d:：])")
PERIOD = re.compile(r"(凌晨|早上|早晨|上午|中午|下午|傍晚|晚上)\s?(\d{1,2})(?=[:：点时])")
HOURS = {
    "凌晨": range(6),
    "早上": range(4, 12),
    "早晨": range(4, 12),
    "上午": range(6, 12),
    "中午": range(11, 14),
    "下午": range(1, 8),
    "傍晚": range(4, 9),
    "晚上": range(6, 13),
}

DOUBLED = re.compile("[，。、；：][，。、；：？！]|[？！][，。、；：]|。”。|（[，。、；：]|(?<!…)…(?!…)")
PAIRS = {"）": "（", "〕": "〔", "】": "【", "》": "《", "〉": "〈", "”": "“", "’": "‘", "」": "「", "』": "『"}
OPENING = frozenset(PAIRS.values())
ITEM = re.compile(r"[0-9A-Za-z]{1,2}$")  # before the lone bracket of 1） or a）


@dataclass(frozen=True)
class Remark:
    """What somebody should look at again: where it stands, the words around it, and why."""

    place: str
    excerpt: str
    reason: str

    def __str__(self) -> str:
        return f"{self.place}“{self.excerpt}”：{self.reason}。"


Remarked = tuple[int, int, str]  # from where to where in a paragraph, and why


def proof_read(paragraphs: Sequence[tuple[str, str]]) -> list[Remark]:
    """All that may be a slip in the paragraphs of a paper, each given with the name of its place, in their order."""
    numbered = misnumbered([text for _, text in paragraphs])
    return [
        Remark(place, _excerpt(text, start, end), reason)
        for row, (place, text) in enumerate(paragraphs)
        for start, end, reason in dict.fromkeys(sorted([*_slips(text), *numbered.get(row, ())]))
    ]


def _excerpt(text: str, start: int, end: int) -> str:
    before, behind = max(0, start - AROUND), end + AROUND
    return ("…" if before else "") + text[before:behind].strip() + ("…" if behind < len(text) else "")


def _slips(text: str) -> Iterator[Remarked]:
    for check in CHECKS:
        yield from check(text)


def _half_width(text: str) -> Iterator[Remarked]:
    plain = FOREIGN.sub(lambda address: "a" * len(address[0]), text)
    for one in HALF_WIDTH.finditer(plain):
        mark = one[0].strip()
        yield one.start(), one.end(), f"半角“{mark}”应为全角“{FULL_WIDTH[mark]}”"


def _dates(text: str) -> Iterator[Remarked]:
    for one in WHOLE_DATE.finditer(text):
        year, month, day, weekday = one.groups()
        actual = _real_day(int(year), int(month), int(day))
        if actual is None:
            yield one.start(), one.end(), "没有这一天"
        elif weekday and WEEKDAYS[actual.weekday()] != weekday.replace("天", "日"):
            yield one.start(), one.end(), f"这一天是星期{WEEKDAYS[actual.weekday()]}"
    for one in DAY_OF_YEAR.finditer(text):
        if _real_day(LEAP_YEAR, int(one[1]), int(one[2])) is None:
            yield one.start(), one.end(), "没有这一天"


def _real_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _times(text: str) -> Iterator[Remarked]:
    for one in CLOCK.finditer(text):
        hour, minute = int(one[1]), int(one[2])
        if (hour > 24 or minute > 59) and _is_time(text, one):
            yield one.start(), one.end(), "没有这个时刻"
    for one in PERIOD.finditer(text):
        period, hour = one[1], int(one[2])
        if hour == 12 and period in {"上午", "下午"}:
            yield one.start(), one.end(), "中午12时写作“中午12:00”，夜里12时写作“次日0:00”"
        elif hour not in HOURS[period]:
            reason = f"“{period}”与24小时制重复" if hour > 12 else f"“{period}”与{hour}时不符"
            yield one.start(), one.end(), reason


def _is_time(text: str, clock: re.Match[str]) -> bool:
    """Whether figures parted by a colon are no ratio such as 1:60."""
    return bool(re.search("[日号午晨晚上）时间至—～-]$", text[: clock.start()].rstrip()))


def _doubled(text: str) -> Iterator[Remarked]:
    for one in DOUBLED.finditer(text):
        yield one.start(), one.end(), "省略号应为“……”" if one[0] == "…" else f"标点“{one[0]}”重复或者多余"


def _unpaired(text: str) -> Iterator[Remarked]:
    waiting: list[tuple[str, int]] = []
    for place, mark in enumerate(text):
        if mark in OPENING:
            waiting.append((mark, place))
        elif mark in PAIRS and not _stands_alone(text, place):
            if waiting and waiting[-1][0] == PAIRS[mark]:
                waiting.pop()
            else:
                yield place, place + 1, f"“{mark}”前面缺“{PAIRS[mark]}”"
    closing = {opening: mark for mark, opening in PAIRS.items()}
    for mark, place in waiting:
        yield place, place + 1, f"“{mark}”后面缺“{closing[mark]}”"


def _stands_alone(text: str, place: int) -> bool:
    """The bracket of an item such as 1）, or an apostrophe."""
    before = text[:place]
    if text[place] == "’":
        return before[-1:].isascii() and before[-1:].isalpha() and "‘" not in before
    return text[place] == "）" and "（" not in before and bool(ITEM.search(before))


CHECKS: Iterable[Callable[[str], Iterator[Remarked]]] = (_half_width, _dates, _times, _doubled, _unpaired)
