"""How often the office holds meetings of a kind (办公室设定): spans without one planned, and those that had none."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Case, DateTimeField, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from yuetan.models.meeting.meeting import Meeting
from yuetan.models.office.office import OfficeSetting, SettingChange
from yuetan.models.record.event import Event
from yuetan.models.record.occasions import at_moments
from yuetan.rules.dates import clock
from yuetan.rules.dates.working_days import ONE_DAY
from yuetan.rules.text.official_text import chinese_date
from yuetan.vocabulary import MeetingKind, MeetingState, SettingOutcome

MONTHS_IN_A_YEAR, MOST_DAYS_OF_A_MONTH = 12, 31
DAYS_BEFORE = "meeting_reminder_days"


@dataclass(frozen=True)
class Unplanned:
    """A kind of meeting of which none is held or planned in a span; `is_missed` once the span has ended without one."""

    kind: MeetingKind
    first: date
    last: date
    is_missed: bool = False

    @property
    def words(self) -> str:
        """2026年10月1日至2026年12月31日还没有安排联席会议; ……没有召开联席会议，应当补开."""
        lacks = f"没有召开{self.kind.label}，应当补开" if self.is_missed else f"还没有安排{self.kind.label}"
        return f"{chinese_date(self.first)}至{chinese_date(self.last)}{lacks}"


@dataclass(frozen=True)
class _Rhythm:
    """Every so many months one of a kind, of which is reminded so many days before; when it was last held, and since
    when the office wants them so often."""

    kind: MeetingKind
    months: int
    days_before: int
    held_on: date | None
    since: date | None


def wanted_on(today: date) -> list[Unplanned]:
    """What the rhythms want: of each kind the spans that were missed, the earliest first, and the one that runs."""
    return [one for rhythm in _rhythms() for one in _of_kind(rhythm, today, MONTHS_IN_A_YEAR * MOST_DAYS_OF_A_MONTH)]


def unplanned_on(today: date) -> list[Unplanned]:
    """The missed ones, and from so many days before its end on the span that runs without a meeting planned."""
    return [one for rhythm in _rhythms() for one in _of_kind(rhythm, today, rhythm.days_before)]


def _rhythms() -> list[_Rhythm]:
    """Those that the office wants."""
    *months, days = OfficeSetting.objects.numbers(*(_key_of_kind(kind) for kind in MeetingKind), DAYS_BEFORE)
    wanted = {kind: number for kind, number in zip(MeetingKind, months, strict=True) if number > 0}
    read = _moments(list(wanted)) if wanted else {}
    return [_Rhythm(kind, number, days, *read[_key_of_kind(kind)]) for kind, number in wanted.items()]


def _moments(kinds: Sequence[MeetingKind]) -> dict[str, tuple[date | None, date | None]]:
    """By the setting of each kind when one was last held, and since when the office wants them so often: since the
    setting was changed, or since anything is kept here. One query for all."""
    took_effect = (SettingOutcome.IN_EFFECT, SettingOutcome.CONFIRMED)
    changes = SettingChange.objects.filter(setting=OuterRef("pk"), outcome__in=took_effect).order_by("-proposed_at")
    first = Event.objects.order_by("created_at", "id").values("created_at")[:1]
    settings = OfficeSetting.objects.filter(pk__in=[_key_of_kind(kind) for kind in kinds]).order_by()
    rows = settings.annotate(
        last_held=Case(*map(_last_held, kinds), output_field=DateTimeField()),
        since=Coalesce(Subquery(changes.values("proposed_at")[:1]), Subquery(first)),
    ).values_list("pk", "last_held", "since")
    return {key: (_day_in_china(last_held), _day_in_china(since)) for key, last_held, since in rows}


def _last_held(kind: MeetingKind) -> When:
    held = Meeting.objects.filter(held_at__isnull=False, kind=kind).order_by("-begins_at")
    return When(pk=_key_of_kind(kind), then=Subquery(held.values("begins_at")[:1]))


def _of_kind(rhythm: _Rhythm, today: date, days_ahead: int) -> Iterator[Unplanned]:
    first, last = _span(today, rhythm.months)
    yield from reversed(list(_missed(rhythm, first)))
    if rhythm.held_on is not None and rhythm.held_on >= first:
        return
    if today >= last - timedelta(days=days_ahead) and not _is_planned(rhythm.kind, first, last):
        yield Unplanned(rhythm.kind, first, last)


def _missed(rhythm: _Rhythm, running: date) -> Iterator[Unplanned]:
    """The spans since one was last held, the latest first, that ended without: the next one that is held makes up for
    all of them. Not one for which a meeting was convened of which nobody wrote down yet who came."""
    spans = list(_spans_without(rhythm, running))
    waiting = _days_of_waiting(rhythm.kind) if spans else []
    for first, last in spans:
        if not any(first <= day <= last for day in waiting):
            yield Unplanned(rhythm.kind, first, last, is_missed=True)


def _spans_without(rhythm: _Rhythm, running: date) -> Iterator[tuple[date, date]]:
    """The spans before the running one since one was last held, the latest first. Nobody is reproached with a span of
    which no reminder was due since the rhythm is as it is."""
    days = timedelta(days=rhythm.days_before)
    first, last = _span(running - ONE_DAY, rhythm.months)
    while rhythm.since is not None and rhythm.since <= last - days:
        if rhythm.held_on is not None and rhythm.held_on >= first:
            return
        yield first, last
        first, last = _span(first - ONE_DAY, rhythm.months)


def _days_of_waiting(kind: MeetingKind) -> list[date]:
    """When those are that were convened, and of which it is not written down who came."""
    waiting = Meeting.objects.in_state(MeetingState.CONVENED).filter(kind=kind)
    return [timezone.localtime(begins_at).date() for begins_at in waiting.values_list("begins_at", flat=True)]


def _key_of_kind(kind: MeetingKind) -> str:
    return f"{kind.value}_meeting_months"


def _day_in_china(moment: datetime | None) -> date | None:
    return timezone.localtime(moment).date() if moment is not None else None


def _span(day: date, months: int) -> tuple[date, date]:
    """The first and the last day of the months in which a day lies, counted from January; a year at most."""
    length = min(months, MONTHS_IN_A_YEAR)
    begin = (day.month - 1) // length * length + 1
    end = min(begin + length - 1, MONTHS_IN_A_YEAR)
    return date(day.year, begin, 1), date(day.year, end, calendar.monthrange(day.year, end)[1])


def _is_planned(kind: MeetingKind, first: date, last: date) -> bool:
    """Whether one of the span was held, is ahead, or was convened and waits that it is written down who came."""
    within = Meeting.objects.filter(kind=kind, cancelled_at=None, **at_moments("begins_at", first, last))
    return within.filter(Q(convened_at__isnull=False) | Q(begins_at__gt=clock.now())).exists()
