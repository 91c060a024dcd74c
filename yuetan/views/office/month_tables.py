"""Days as months on a page: what each one is, and which of them count."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypedDict

from yuetan.models import CalendarDay
from yuetan.models.office.office import unpublished_years
from yuetan.rules.dates.pauses import Span
from yuetan.rules.dates.working_days import SATURDAY, Calendar, explain
from yuetan.rules.text import official_text

PAUSED, COUNTED = "中止", "计入"


@dataclass(frozen=True)
class Cell:
    """One day of a table: its number, what it is, and its place in the count."""

    day: date
    kind: str
    words: str


@dataclass
class Month:
    """One month as weeks of seven cells; None where a week belongs to another month."""

    title: str
    weeks: list[list[Cell | None]] = field(default_factory=list)


def months(days: Iterable[date], cell: Callable[[date], Cell]) -> list[Month]:
    """The days as month tables, Monday first."""
    found: list[Month] = []
    for day in days:
        title = f"{day.year}年{day.month}月"
        if not found or found[-1].title != title:
            found.append(Month(title))
        weeks = found[-1].weeks
        if not weeks or day.weekday() == 0:
            weeks.append([None] * 7)
        weeks[-1][day.weekday()] = cell(day)
    return found


class DayCount(TypedDict):
    """The days between two dates one by one, and their sums."""

    begin: date
    until: date
    number: int
    skipped: list[str]
    months: list[Month]
    warning: str


def counted(begin: date, until: date, calendar: Calendar, pauses: Iterable[Span] = ()) -> DayCount:
    """Every day after `begin` up to `until` with its place in the count, and the sums; for date_count.html."""
    spans = list(pauses)
    kinds = {day: PAUSED if _is_paused(day, kind, spans) else kind for day, kind in explain(begin, until, calendar)}
    names = dict(CalendarDay.objects.filter(day__in=list(kinds)).values_list("day", "name"))
    places: dict[date, int] = {}
    for day, kind in kinds.items():
        if kind in ("工作日", "调休上班"):
            places[day] = len(places) + 1

    def cell(day: date) -> Cell:
        if day in places:
            return Cell(day, COUNTED, f"第{places[day]}日" + ("（调休）" if day.weekday() >= SATURDAY else ""))
        return Cell(day, kinds[day], short_name(names.get(day, kinds[day])) if kinds[day] == "放假" else kinds[day])

    sums = {kind: sum(one == kind for one in kinds.values()) for kind in ("周末", "放假", PAUSED)}
    return {
        "begin": begin,
        "until": until,
        "number": len(places),
        "skipped": [f"{kind} {number} 天" for kind, number in sums.items() if number],
        "months": months(kinds, cell),
        "warning": unpublished_warning(begin, until),
    }


def _is_paused(day: date, kind: str, spans: list[Span]) -> bool:
    works = kind in ("工作日", "调休上班")
    return works and any(span.began_on <= day and (span.ended_on is None or day < span.ended_on) for span in spans)


def unpublished_warning(*days: date) -> str:
    """What a page must say where the published calendar ends; empty where it does not."""
    years = unpublished_years(*days)
    if not years:
        return ""
    named = official_text.joined([f"{year}年" for year in years])
    return f"{named}的放假安排尚未公布或尚未录入，暂按周一至周五计算；公布后请在工作日历中录入并核对。"


def short_name(name: str) -> str:
    """The name of a day without what stands in brackets behind it, to fit a cell."""
    return name.split("（", maxsplit=1)[0]


def all_days(year: int) -> list[date]:
    """Every day of a year."""
    first = date(year, 1, 1)
    return [first + timedelta(days=number) for number in range((date(year + 1, 1, 1) - first).days)]
