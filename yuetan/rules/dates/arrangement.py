"""Reading the State Council's notice on a year's days off (放假安排) as it is printed, a festival a line.

    元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。

What is not about days off is passed over; a sentence about them that is not understood is refused, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from yuetan.rules.dates.statutory import days_by_law, statutory_days
from yuetan.rules.dates.working_days import SATURDAY
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text import official_text

FIELD = "text"
SUM_TICK = "已与通知原文逐字核对，仍按此载入"
EXAMPLE_NAMES = {"农历除夕": "春节"}

_LINE = re.compile(r"^(?:[一二三四五六七八九十]+、|\d+[.、．])?\s*(?P<name>[一-鿿、和]{2,20})[：:](?P<words>.+)$")
_DAY = r"(?:(?:\d{4})年)?(?:\d{1,2}月)?\d{1,2}日(?:[（(][^）)]*[）)])?"
_SPAN = rf"(?P<days>{_DAY}(?:(?:至|到|—|-|、|和){_DAY})*)"
_OFF = re.compile(rf"^{_SPAN}放假(?:调休)?(?:[，,]?共(?P<number>\d+)天)?(?:[，,].*)?$")
_WORKED = re.compile(rf"^(?P<days>{_DAY}(?:[、和]{_DAY})*)(?:均)?(?:照常)?上班$")
_ONE = re.compile(
    r"(?P<link>至|到|—|-|、|和)?(?:(?P<year>\d{4})年)?(?:(?P<month>\d{1,2})月)?(?P<day>\d{1,2})日(?:[（(](?P<note>[^）)]*)[）)])?"
)
_WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日天])")
_SAYS_A_DAY = re.compile(r"\d+日")
_RANGE = ("至", "到", "—", "-")


class _Unread(Exception):  # noqa: N818 - carries the finding out of the reading of one sentence
    def __init__(self, problem: Finding) -> None:
        self.problem = problem


@dataclass
class Arrangement:
    """The days off and the days worked instead, each with the name of its festival, and what could not be read."""

    year: int
    off: dict[date, str] = field(default_factory=dict)
    worked: dict[date, str] = field(default_factory=dict)
    problems: list[Finding] = field(default_factory=list)

    @property
    def sum_is_plausible(self) -> bool:
        """Whether exactly as many weekdays are off as the law gives days off, once worked weekends are taken away."""
        return self.weekdays_off - len(self._of_year(self.worked)) == days_by_law(self.year)

    @property
    def weekdays_off(self) -> int:
        """Monday to Friday of the year on which nobody works."""
        return sum(day.weekday() < SATURDAY for day in self._of_year(self.off))

    def _of_year(self, days: dict[date, str]) -> list[date]:
        return [day for day in days if day.year == self.year]

    def findings(self, *, sum_accepted: bool) -> Iterator[Finding]:
        """What stands against taking it as it was read."""
        if self.problems:
            yield from self.problems
        elif not self.off:
            yield finding("arrangement_empty", FIELD)
        else:
            yield from self._contradictions()
            if not self.sum_is_plausible and not sum_accepted:
                numbers = {"off": self.weekdays_off, "worked": len(self._of_year(self.worked))}
                left, law = numbers["off"] - numbers["worked"], days_by_law(self.year)
                yield finding("arrangement_sum", "sum_accepted", **numbers, left=left, law=law, tick=SUM_TICK)

    def _contradictions(self) -> Iterator[Finding]:
        for day in sorted(self.off.keys() & self.worked.keys()):
            yield finding("arrangement_day_twice", FIELD, day=official_text.chinese_date(day))
        for day in sorted(day for day in self.worked if day.weekday() < SATURDAY):
            yield finding("arrangement_worked_weekday", FIELD, day=official_text.chinese_date(day))
        missing = [
            f"{day.month}月{day.day}日（{name}）"
            for day, name in statutory_days(self.year).items()
            if day not in self.off
        ]
        if missing:
            yield finding("arrangement_without_statutory", FIELD, days=official_text.joined(missing))


def read_arrangement(text: str, year: int) -> Arrangement:
    """The arrangement of a year as its notice says it; what is wrong with it is in `findings`."""
    arrangement = Arrangement(year)
    for line in text.splitlines():
        words = re.sub(r"\s", "", line)
        match = _LINE.match(words)
        for sentence in re.split(r"[。；;]", match["words"] if match else words):
            try:
                _read_sentence(arrangement, match["name"] if match else "", sentence)
            except _Unread as unread:
                arrangement.problems.append(unread.problem)
    return arrangement


def _read_sentence(arrangement: Arrangement, name: str, words: str) -> None:
    if not _SAYS_A_DAY.search(words) or not re.search("放假|上班", words):
        return
    off, worked = _OFF.match(words), _WORKED.match(words)
    if not name or not (off or worked):
        raise _Unread(finding("arrangement_line_unread", FIELD, words=words))
    if off:
        days = _days(off["days"], arrangement.year)
        if off["number"] and len(days) != int(off["number"]):
            raise _Unread(
                finding("arrangement_wrong_length", FIELD, words=off["days"], length=len(days), written=off["number"])
            )
        arrangement.off |= dict.fromkeys(days, name)
    elif worked:
        arrangement.worked |= dict.fromkeys(_days(worked["days"], arrangement.year), name)


def _days(words: str, year: int) -> list[date]:
    """Every day of 1月1日（周四）至3日（周六）, or of 2月14日、2月28日; raises _Unread for what is no such day."""
    days: list[date] = []
    for match in _ONE.finditer(words):
        day = _day(match, days[-1] if days else None, year)
        if match["link"] in _RANGE:
            if day <= days[-1]:
                raise _Unread(finding("arrangement_backwards", FIELD, words=words))
            days += [days[-1] + timedelta(days=number) for number in range(1, (day - days[-1]).days + 1)]
        else:
            days.append(day)
    return days


def _day(match: re.Match[str], before: date | None, year: int) -> date:
    in_year = int(match["year"]) if match["year"] else before.year if before else year
    month = int(match["month"]) if match["month"] else before.month if before else 0
    if before and not match["year"] and (month, int(match["day"])) < (before.month, before.day) and before.year < year:
        in_year += 1
    try:
        day = date(in_year, month, int(match["day"]))
    except ValueError:
        raise _Unread(finding("arrangement_no_such_day", FIELD, words=match[0], year=year)) from None
    if day.year != year and (day.year, day.month) != (year - 1, 12):
        raise _Unread(finding("arrangement_wrong_year", FIELD, day=official_text.chinese_date(day), year=year))
    written = _WEEKDAY.search(match["note"] or "")
    if written and written[1].replace("天", "日") != official_text.WEEKDAYS[day.weekday()]:
        words = {"weekday": official_text.WEEKDAYS[day.weekday()], "written": written[1], "year": year}
        raise _Unread(finding("arrangement_wrong_weekday", FIELD, day=official_text.chinese_date(day), **words))
    return day


def arrangement_by_law(year: int) -> str:
    """What is certain before the notice, in its own words, to be completed: a festival a line."""
    spans: dict[str, list[date]] = {}
    for day, name in statutory_days(year).items():
        spans.setdefault(EXAMPLE_NAMES.get(name, name), []).append(day)
    return "\n".join(f"{name}：{_span(days)}放假，共{len(days)}天。" for name, days in spans.items())


def _span(days: list[date]) -> str:
    def words(day: date) -> str:
        return f"{day.month}月{day.day}日（周{official_text.WEEKDAYS[day.weekday()]}）"

    return words(days[0]) if len(days) == 1 else f"{words(days[0])}至{words(days[-1])}"
