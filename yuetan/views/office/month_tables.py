"""Days as months on a page: what each one is, and which of them count."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import TypedDict

from yuetan.models import CalendarDay, CalendarYear
from yuetan.models.office.office import years_without_arrangement
from yuetan.rules.dates.pauses import Span
from yuetan.rules.dates.provisional import provisional_note
from yuetan.rules.dates.statutory import statutory_days
from yuetan.rules.dates.working_days import SATURDAY, Calendar, DayCategory, explain

PAUSED = "中止"


class CellKind(StrEnum):
    """How a day looks in a table."""

    PLAIN = "plain"
    COUNTED = "counted"
    OFF = "off"
    PAUSED = "paused"
    WEEKEND = "weekend"


KIND_OF_CATEGORY = {
    DayCategory.WORKDAY: CellKind.PLAIN,
    DayCategory.MADE_UP: CellKind.COUNTED,
    DayCategory.HOLIDAY: CellKind.OFF,
    DayCategory.WEEKEND: CellKind.WEEKEND,
}


@dataclass(frozen=True)
class Cell:
    """One day of a table: its number, what it is, and its place in the count."""

    day: date
    kind: CellKind
    words: str


@dataclass
class Month:
    """One month as weeks of seven cells; None where a week belongs to another month."""

    title: str
    weeks: list[list[Cell | None]] = field(default_factory=list)


def months(days: Iterable[date], cell: Callable[[date], Cell]) -> list[Month]:
    """The days as month tables, Monday first."""
    tables: list[Month] = []
    for day in days:
        title = f"{day.year}年{day.month}月"
        if not tables or tables[-1].title != title:
            tables.append(Month(title))
        weeks = tables[-1].weeks
        if not weeks or day.weekday() == 0:
            weeks.append([None] * 7)
        weeks[-1][day.weekday()] = cell(day)
    return tables


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
    spans, categories = list(pauses), dict(explain(begin, until, calendar))
    names = _day_names(categories)
    worked = [day for day, category in categories.items() if category.is_worked]
    paused = {day for day in worked if any(span.covers(day) for span in spans)}
    places = {day: place for place, day in enumerate((day for day in worked if day not in paused), start=1)}

    def cell(day: date) -> Cell:
        if day in places:
            return Cell(day, CellKind.COUNTED, f"第{places[day]}日" + ("（调休）" if day.weekday() >= SATURDAY else ""))
        if day in paused:
            return Cell(day, CellKind.PAUSED, PAUSED)
        category = categories[day]
        is_named = category == DayCategory.HOLIDAY
        return Cell(day, KIND_OF_CATEGORY[category], short_name(names.get(day, category)) if is_named else category)

    sums = {one.value: list(categories.values()).count(one) for one in (DayCategory.WEEKEND, DayCategory.HOLIDAY)}
    sums[PAUSED] = len(paused)
    return {
        "begin": begin,
        "until": until,
        "number": len(places),
        "skipped": [f"{kind} {number} 天" for kind, number in sums.items() if number],
        "months": months(categories, cell),
        "warning": unpublished_warning(begin, until),
    }


def _day_names(days: Collection[date]) -> dict[date, str]:
    """What days off are called: by the law, and over it by the calendar."""
    names = {day: name for year in {day.year for day in days} for day, name in statutory_days(year).items()}
    return names | dict(CalendarDay.objects.filter(day__in=list(days)).values_list("day", "name"))


def unpublished_warning(*days: date) -> str:
    """What a page must say where the published calendar ends; empty where it does not."""
    years = years_without_arrangement(*days)
    if not years:
        return ""
    return f"{provisional_note(years)}：法定节假日放假，调休放假、上班的日子待公布后载入工作日历。"


def short_name(name: str) -> str:
    """The name of a day without what stands in brackets behind it, to fit a cell."""
    return name.split("（", maxsplit=1)[0]


def year_table(year: int) -> list[Month]:
    """A whole year, each day with what it is; of a year that is not published, what is off by law."""
    rows = {row.day: row for row in CalendarDay.objects.filter(day__year=year)}
    law = {} if CalendarYear.objects.filter(year=year).exists() else statutory_days(year)

    def cell(day: date) -> Cell:
        row = rows.get(day)
        if row is not None:
            return Cell(day, CellKind.COUNTED if row.is_working else CellKind.OFF, short_name(row.name))
        if day in law:
            return Cell(day, CellKind.OFF, law[day])
        return Cell(day, CellKind.WEEKEND if day.weekday() >= SATURDAY else CellKind.PLAIN, "")

    return months(_all_days(year), cell)


def _all_days(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=number) for number in range((date(year + 1, 1, 1) - first).days)]
