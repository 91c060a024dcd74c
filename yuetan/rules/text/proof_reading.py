"""What a proof-reader points out in a paper before it is issued; it is for the clerk to judge, and refuses nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from yuetan.rules.text.numbered_levels import misnumbered
from yuetan.rules.text.official_text import WEEKDAYS

AROUND = 6  # characters shown on each side of what is pointed out
LEAP_YEAR = 2000  # the longest February, for a day without its year

HAN_OR_MARK = "一-鿿㐀-䶿，。、；：？！）（《》“”〔〕"
# Addresses, mail and file names keep their own marks.
FOREIGN = re.compile(
    r"(?:https?://|www\.)[!-~]+"
    r"|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<![A-Za-z0-9_-])[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+"
)
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
PARAGRAPH = re.compile(r"\S(?:.*\S)?")


@dataclass(frozen=True)
class Remark:
    """What somebody should look at again: where it stands, the slip between the words around it, and why.

    `start` and `end` count characters of the text that was read; the same slip in the same words is one remark.
    """

    place: str
    before: str
    slip: str
    after: str
    reason: str
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)

    @property
    def excerpt(self) -> str:
        """The slip with the words around it."""
        return self.before + self.slip + self.after

    def __str__(self) -> str:
        return f"{self.place}“{self.excerpt}”：{self.reason}。"

    def is_same_as(self, other: Remark) -> bool:
        """Whether it points out in a paper what the other did in a typed text; a variable stands for any words."""
        if (self.reason, self.slip) != (other.reason, other.slip):
            return False
        before, after = other.before[-1:].strip("}…"), other.after[:1].strip("{…")
        return self.before.endswith(before) and self.after.startswith(after)


Remarked = tuple[int, int, str]  # from where to where in a paragraph, and why


def proof_read(paragraphs: Sequence[tuple[str, str]]) -> list[Remark]:
    """All that may be a slip in the paragraphs of a paper, each given with the name of its place, in their order."""
    numbered = misnumbered([text for _, text in paragraphs])
    return [
        _remark(place, text, remarked)
        for row, (place, text) in enumerate(paragraphs)
        for remarked in dict.fromkeys(sorted([*_slips(text), *numbered.get(row, ())]))
    ]


def proof_read_text(text: str) -> list[Remark]:
    """All that may be a slip in a text as it is being typed, a paragraph a line; `start` and `end` count in all of it.

    Places are named by the number of the paragraph where there are several.
    """
    rows = [(row.start(), row.end()) for row in PARAGRAPH.finditer(text)]
    places = [f"第{number}段" if len(rows) > 1 else "" for number in range(1, len(rows) + 1)]
    remarks = proof_read([(str(row), text[start:end]) for row, (start, end) in enumerate(rows)])
    return [
        replace(remark, place=places[row], start=rows[row][0] + remark.start, end=rows[row][0] + remark.end)
        for remark in remarks
        for row in [int(remark.place)]
    ]


def _remark(place: str, text: str, remarked: Remarked) -> Remark:
    start, end, reason = remarked
    first, last = max(0, start - AROUND), end + AROUND
    before = ("…" if first else "") + text[first:start].lstrip()
    after = text[end:last].rstrip() + ("…" if last < len(text) else "")
    return Remark(place, before, text[start:end], after, reason, start, end)


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
    return bool(re.search("[日号午晨晚上）时间至—～-]$", text[max(0, clock.start() - AROUND) : clock.start()].rstrip()))


def _doubled(text: str) -> Iterator[Remarked]:
    for one in DOUBLED.finditer(text):
        yield one.start(), one.end(), "省略号应为“……”" if one[0] == "…" else f"标点“{one[0]}”重复或者多余"


def _unpaired(text: str) -> Iterator[Remarked]:
    waiting: list[tuple[str, int]] = []
    opened: set[str] = set()
    for place, mark in enumerate(text):
        if mark in OPENING:
            waiting.append((mark, place))
            opened.add(mark)
        elif mark in PAIRS and not (PAIRS[mark] not in opened and _stands_alone(mark, text[max(place - 1, 0) : place])):
            if waiting and waiting[-1][0] == PAIRS[mark]:
                waiting.pop()
            else:
                yield place, place + 1, f"“{mark}”前面缺“{PAIRS[mark]}”"
    closing = {opening: mark for mark, opening in PAIRS.items()}
    for mark, place in waiting:
        yield place, place + 1, f"“{mark}”后面缺“{closing[mark]}”"


def _stands_alone(mark: str, before: str) -> bool:
    """The bracket of an item such as 1）, or an apostrophe."""
    return before.isascii() and ((mark == "’" and before.isalpha()) or (mark == "）" and before.isalnum()))


CHECKS: Iterable[Callable[[str], Iterator[Remarked]]] = (_half_width, _dates, _times, _doubled, _unpaired)
