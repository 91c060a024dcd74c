"""The office's working-day calendar (工作日历), kept by its director: counted dates move by it, agreed ones do not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from yuetan.actions.hold_row import hold_whole
from yuetan.actions.office.counted_dates import Moves, recount
from yuetan.actions.room_step import NO_ROW_OF_OFFICE, Held, RoomRows, RoomStep, may_by_role, room_step
from yuetan.actions.step import refuse_uncited
from yuetan.models import CalendarDay, CalendarYear, User
from yuetan.rules.dates import clock
from yuetan.rules.dates.arrangement import Arrangement, read_arrangement
from yuetan.rules.dates.working_days import SATURDAY, Calendar
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text import official_text
from yuetan.vocabulary import DayKind

KEEP_CALENDAR = "keep_calendar"
MAKE_UP = "调休上班"
Row = TypeVar("Row", None, int)


def change_calendar_day(*, by: User, day: date | None, kind: str, name: str) -> Moves:
    """修改工作日历: a day off, a make-up day, or the plain week again; returns the counted dates that moved by it.

    Dates agreed or printed stay. Raises NotYours without the permission, Refused for what is no change.
    """
    with room_step(CHANGING_DAY, None, by=by) as held:
        before = CalendarDay.objects.filter(day=day).first() if day else None
        refuse_uncited(_day_problems(day, kind, name, before))
        assert day is not None
        counted = CalendarDay.objects.calendar()
        _write_day(day, kind, name)
        change = f"{_change_sentence(before)}改为{_label(kind, name)}"
        return _recount(held, counted, official_text.chinese_date(day), change)


def _write_day(day: date, kind: str, name: str) -> None:
    if kind == DayKind.PLAIN:
        CalendarDay.objects.filter(day=day).delete()
        return
    wanted = {"is_working": kind == DayKind.WORKED, "name": name}
    CalendarDay.objects.update_or_create(day=day, defaults=wanted)


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


def enter_calendar_year(
    *, by: User, year: int, source: str, published_on: date | None, text: str, sum_accepted: bool = False
) -> Moves:
    """载入放假安排: the published text of a year, read and checked; returns the counted dates that moved by it.

    From now on the year is counted as published. Days the office had entered by itself and of which the
    text says nothing stay. Raises NotYours without the permission, Refused for what the text gets wrong.
    Effect: the days, the year with its text, an entry in the log that names every date that moved.
    """
    with room_step(ENTERING_YEAR, year, by=by) as held:
        arrangement = read_arrangement(text, year)
        problems = [*_source_problems(year, source, published_on), *arrangement.findings(sum_accepted=sum_accepted)]
        refuse_uncited(problems)
        counted = CalendarDay.objects.calendar()
        _write_days(arrangement)
        CalendarYear.objects.create(year=year, source=source, published_on=published_on, text=text)
        return _recount(held, counted, f"{year}年", source)


def _write_days(arrangement: Arrangement) -> None:
    off = [CalendarDay(day=day, is_working=False, name=name) for day, name in arrangement.off.items()]
    worked = [
        CalendarDay(day=day, is_working=True, name=f"{MAKE_UP}（{name}）") for day, name in arrangement.worked.items()
    ]
    CalendarDay.objects.bulk_create(
        [*off, *worked], update_conflicts=True, unique_fields=["day"], update_fields=["is_working", "name"]
    )


def _not_enterable(year: int, _by: User) -> Iterator[Finding]:
    if CalendarYear.objects.filter(year=year).exists():
        yield finding("calendar_year_known", "", year=year)
    elif year not in CalendarYear.enterable():
        this_year = clock.today().year
        yield finding("calendar_year_far", "", year=year, first=this_year, last=this_year + 1)


def _source_problems(year: int, source: str, published_on: date | None) -> Iterator[Finding]:
    if not source.strip():
        yield finding("calendar_source_missing", "source")
    if published_on is None:
        yield finding("calendar_published_missing", "published_on")
    elif published_on > clock.today():
        yield finding("calendar_published_ahead", "published_on")
    elif published_on.year < year - 1:
        day = official_text.chinese_date(published_on)
        yield finding("calendar_published_long_before", "published_on", day=day, year=year)


def _recount(held: Held[Any], counted: Calendar, title: str, name: str) -> Moves:
    """Count anew; the line of the change names what moved first and how many dates did, further lines the others."""
    moves = recount(counted, lambda further: held.log_further(title=title, name=f"{name}（续）", moves=further))
    held.facts |= {"title": title, "name": name, "moves": moves.as_json()}
    if moves.count > len(moves.listed):
        held.facts["moved"] = moves.count
    return moves


def _held(row: Row) -> Row:
    """The calendar as one: two changes at once would count the same dates from one calendar before both."""
    hold_whole(KEEP_CALENDAR)
    return row


CHANGING_DAY = RoomStep("change_calendar_day", replace(NO_ROW_OF_OFFICE, hold=_held), codename=KEEP_CALENDAR)
ENTERING_YEAR = RoomStep(
    "enter_calendar_year",
    RoomRows[int](_held, may_by_role, lambda _: {}),
    (_not_enterable,),
    codename=KEEP_CALENDAR,
)
