"""The office's working-day calendar (工作日历), kept by its director: counted dates move by it, agreed ones do not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from yuetan.actions.log_event import log_event
from yuetan.actions.office.counted_dates import Move, recount
from yuetan.actions.step import refuse_uncited, require_right
from yuetan.models import CalendarDay, CalendarYear, User
from yuetan.rules.dates import clock
from yuetan.rules.dates.arrangement import Arrangement, read_arrangement
from yuetan.rules.dates.working_days import SATURDAY
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text import official_text
from yuetan.vocabulary import DayKind

KEEP_CALENDAR = "keep_calendar"
MAKE_UP = "调休上班"


@transaction.atomic
def change_calendar_day(*, by: User, day: date | None, kind: str, name: str) -> list[Move]:
    """修改工作日历: a day off, a make-up day, or the plain week again; returns the counted dates that moved by it.

    Dates agreed or printed stay. Raises NotYours without the permission, Refused for what is no change.
    """
    require_right(by, KEEP_CALENDAR)
    before = CalendarDay.objects.select_for_update().filter(day=day).first() if day else None
    refuse_uncited(_day_problems(day, kind, name, before))
    assert day is not None
    counted = CalendarDay.objects.calendar()
    if kind == DayKind.PLAIN:
        CalendarDay.objects.filter(day=day).delete()
    else:
        wanted = {"is_working": kind == DayKind.WORKED, "name": name}
        CalendarDay.objects.update_or_create(day=day, defaults=wanted)
    moves = recount(counted)
    facts = {"title": official_text.chinese_date(day), "name": f"{_change_sentence(before)}改为{_label(kind, name)}"}
    _record_event("change_calendar_day", by, facts, moves)
    return moves


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
def enter_calendar_year(
    *, by: User, year: int, source: str, published_on: date | None, text: str, sum_accepted: bool = False
) -> list[Move]:
    """载入放假安排: the published text of a year, read and checked; returns the counted dates that moved by it.

    From now on the year is counted as published. Days the office had entered by itself and of which the
    text says nothing stay. Raises NotYours without the permission, Refused for what the text gets wrong.
    Effect: the days, the year with its text, an entry in the log that names every date that moved.
    """
    require_right(by, KEEP_CALENDAR)
    arrangement = read_arrangement(text, year)
    refuse_uncited([*_year_problems(year, source, published_on), *arrangement.findings(sum_accepted=sum_accepted)])
    counted = CalendarDay.objects.calendar()
    _write_days(arrangement)
    CalendarYear.objects.create(year=year, source=source, published_on=published_on, text=text)
    moves = recount(counted)
    _record_event("enter_calendar_year", by, {"title": f"{year}年", "name": source}, moves)
    return moves


def _write_days(arrangement: Arrangement) -> None:
    off = [CalendarDay(day=day, is_working=False, name=name) for day, name in arrangement.off.items()]
    worked = [
        CalendarDay(day=day, is_working=True, name=f"{MAKE_UP}（{name}）") for day, name in arrangement.worked.items()
    ]
    CalendarDay.objects.bulk_create(
        [*off, *worked], update_conflicts=True, unique_fields=["day"], update_fields=["is_working", "name"]
    )


def _year_problems(year: int, source: str, published_on: date | None) -> Iterator[Finding]:
    if CalendarYear.objects.filter(year=year).exists():
        yield finding("calendar_year_known", "", year=year)
    elif year not in CalendarYear.enterable():
        this_year = clock.today().year
        yield finding("calendar_year_far", "", year=year, first=this_year, last=this_year + 1)
    if not source.strip():
        yield finding("calendar_source_missing", "source")
    if published_on is None:
        yield finding("calendar_published_missing", "published_on")
    elif published_on > clock.today():
        yield finding("calendar_published_ahead", "published_on")
    elif published_on.year < year - 1:
        day = official_text.chinese_date(published_on)
        yield finding("calendar_published_long_before", "published_on", day=day, year=year)


def _record_event(verb: str, by: User, facts: dict[str, Any], moves: Sequence[Move]) -> None:
    log_event(verb, by, **facts, moves=[move.as_json() for move in moves])
