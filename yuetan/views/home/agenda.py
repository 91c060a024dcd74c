"""日程: interviews, inspections, revisits and limits by month, by week or as a list, and as a calendar file."""

from __future__ import annotations

import calendar as gregorian
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from yuetan.ledgers.agenda.agenda import Agenda, agenda
from yuetan.ledgers.agenda.agenda_entry import Entry
from yuetan.models import CalendarDay
from yuetan.rules.dates import clock
from yuetan.rules.dates.working_days import ONE_DAY, is_working_day
from yuetan.views.files.files import pdf_answer
from yuetan.views.frame.request import Request
from yuetan.views.home.calendar_file import calendar_file

VIEWS = {"month": "月", "week": "周", "list": "列表"}
LISTED_DAYS, FILE_DAYS = 30, 90
IN_A_CELL = 4  # entries of a day of the month table; the others are counted and linked
FIRST, LAST = date(2015, 1, 1), date(2099, 12, 31)


@dataclass(frozen=True)
class Day:
    """One day of a table or list."""

    day: date
    entries: list[Entry]
    more: int
    is_today: bool
    is_off: bool
    is_of_month: bool
    url: str


@require_safe
def agenda_page(request: Request) -> HttpResponse:
    """One span of days, from what an address asks for; today where it asks for none."""
    view = request.GET.get("view", "month")
    view, day, own = view if view in VIEWS else "month", _asked_day(request.GET.get("day", "")), "own" in request.GET
    begin, until = _span(view, day)
    most = IN_A_CELL if view == "month" else None
    shown = agenda(request.user, begin, until, own=own, most_a_day=most)
    context: dict[str, Any] = {
        "view": view,
        "views": [(label, _address(name, day, own=own), name == view) for name, label in VIEWS.items()],
        "title": _title(view, begin, until, day),
        "own": own,
        "own_url": _address(view, day, own=not own),
        "today_url": _address(view, clock.today(), own=own),
        "previous_url": _address(view, _moved_on(view, day, -1), own=own),
        "next_url": _address(view, _moved_on(view, day, 1), own=own),
        "cut_after": shown.complete_until if shown.complete_until < until else None,
        "days": _shown_days(shown, view, day, own=own),
    }
    return render(request, "agenda/agenda.html", context)


@require_safe
def agenda_file(request: Request) -> HttpResponse:
    """The person's own days of the next months as an iCalendar file, for the calendar of a telephone."""
    today = clock.today()
    own = agenda(request.user, today, today + timedelta(days=FILE_DAYS), own=True)
    content = calendar_file(own, request.build_absolute_uri("/"))
    return pdf_answer(content, "日程.ics", as_attachment=True, content_type="text/calendar; charset=utf-8")


def _asked_day(given_text: str) -> date:
    try:
        return min(max(date.fromisoformat(given_text), FIRST), LAST)
    except ValueError:
        return clock.today()


def _span(view: str, day: date) -> tuple[date, date]:
    """The first and last day shown: whole weeks of a month, one week, or some days from one on."""
    if view == "list":
        return day, day + timedelta(days=LISTED_DAYS - 1)
    first, last = (day, day) if view == "week" else (day.replace(day=1), _end_of_month(day))
    return first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())


def _end_of_month(day: date) -> date:
    return day.replace(day=gregorian.monthrange(day.year, day.month)[1])


def _moved_on(view: str, day: date, direction: int) -> date:
    if view == "month":
        return _end_of_month(day) + ONE_DAY if direction > 0 else day.replace(day=1) - ONE_DAY
    return day + direction * timedelta(days=7 if view == "week" else LISTED_DAYS)


def _title(view: str, begin: date, until: date, day: date) -> str:
    if view == "month":
        return f"{day.year}年{day.month}月"
    year = f"{until.year}年" if until.year != begin.year else ""
    return f"{begin.year}年{begin.month}月{begin.day}日至{year}{until.month}月{until.day}日"


def _address(view: str, day: date, *, own: bool) -> str:
    asked = {"view": view, "day": day.isoformat()}
    return f"?{urlencode(asked | {'own': '1'} if own else asked)}"


def _shown_days(shown: Agenda, view: str, asked: date, *, own: bool) -> list[Day]:
    """The days of the span, of a list those alone on which there is something."""
    calendar, today, entries_of = CalendarDay.objects.calendar(), clock.today(), shown.by_day()
    number = (shown.until - shown.begin).days + 1
    days = []
    for day in (shown.begin + timedelta(days=place) for place in range(number)):
        entries = entries_of.get(day, [])
        if view == "list" and not entries:
            continue
        days.append(
            Day(
                day=day,
                entries=entries,
                more=shown.numbers.get(day, 0) - len(entries),
                is_today=day == today,
                is_off=not is_working_day(day, calendar),
                is_of_month=view != "month" or day.month == asked.month,
                url=_address("week", day, own=own),
            )
        )
    return days
