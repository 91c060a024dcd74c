"""The office's working-day calendar (工作日历): kept by its director; no agreed date moves by it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import transaction

from yuetan import permissions
from yuetan.actions.people.unit import refuse_uncited
from yuetan.errors import NotYours
from yuetan.models import CalendarDay, CalendarYear, Event, User
from yuetan.rules.dates import clock
from yuetan.rules.dates.working_days import SATURDAY
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text import official_text
from yuetan.vocabulary import DayKind

KEEP_CALENDAR = "keep_calendar"


@transaction.atomic
def change_calendar_day(*, by: User, day: date | None, kind: str, name: str) -> date:
    """修改工作日历: a day off, a make-up day, or the plain week again; dates already agreed or printed stay."""
    _require_keeper(by)
    before = CalendarDay.objects.select_for_update().filter(day=day).first() if day else None
    refuse_uncited(_day_problems(day, kind, name, before))
    assert day is not None
    if kind == DayKind.PLAIN:
        CalendarDay.objects.filter(day=day).delete()
    else:
        wanted = {"is_working": kind == DayKind.WORKED, "name": name}
        CalendarDay.objects.update_or_create(day=day, defaults=wanted)
    facts = {"title": official_text.chinese_date(day), "name": f"{_change_sentence(before)}改为{_label(kind, name)}"}
    _record_event("change_calendar_day", by, facts)
    return day


def _day_problems(day: date | None, kind: str, name: str, before: CalendarDay | None) -> Iterator[Finding]:
    if day is None:
        yield finding("calendar_day_missing", "day")
        return
    words = official_text.chinese_date(day)
    plain = DayKind.OFF if day.weekday() >= SATURDAY else DayKind.WORKED
    if kind != DayKind.PLAIN and not name.strip():
        yield finding("calendar_name_missing", "name")
    if _label(kind, name) == _change_sentence(before):
        yield finding("calendar_unchanged", "kind", day=words)
    elif kind == DayKind.WORKED == plain:
        yield finding("calendar_day_plain", "kind", day=words, kind="工作日")


def _change_sentence(row: CalendarDay | None) -> str:
    if row is None:
        return str(DayKind.PLAIN.label)
    return _label(DayKind.WORKED if row.is_working else DayKind.OFF, row.name)


def _label(kind: str, name: str) -> str:
    label = str(DayKind(kind).label)
    return label if kind == DayKind.PLAIN else f"{label}（{name}）"


@transaction.atomic
def confirm_calendar_year(*, by: User, year: int, source: str) -> CalendarYear:
    """确认年度放假安排: from now on the year is counted without a warning."""
    _require_keeper(by)
    refuse_uncited(_year_problems(year, source))
    confirmed = CalendarYear.objects.create(year=year, source=source)
    _record_event("confirm_calendar_year", by, {"title": f"{year}年", "name": source})
    return confirmed


def _year_problems(year: int, source: str) -> Iterator[Finding]:
    if CalendarYear.objects.filter(year=year).exists():
        yield finding("calendar_year_known", "", year=year)
    elif not CalendarDay.objects.filter(day__year=year).exists():
        yield finding("calendar_year_empty", "", year=year)
    if not source.strip():
        yield finding("calendar_source_missing", "source")


def _require_keeper(by: User) -> None:
    if not by.has_perm(permissions.name(KEEP_CALENDAR)):
        raise NotYours(KEEP_CALENDAR)


def _record_event(verb: str, by: User, facts: dict[str, Any]) -> None:
    Event.objects.create(verb=verb, actor=by, actor_title=by.title, data=facts, created_at=clock.now())
