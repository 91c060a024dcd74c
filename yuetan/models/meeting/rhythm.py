"""How often the office holds meetings of a kind (办公室设定), and which are not planned though the span ends."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from yuetan.models.meeting.meeting import Meeting
from yuetan.models.office.office import OfficeSetting
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import chinese_date
from yuetan.vocabulary import MeetingKind

MONTHS_IN_A_YEAR = 12
DAYS_BEFORE = "meeting_reminder_days"


@dataclass(frozen=True)
class Unplanned:
    """A kind of meeting of which none is planned or held in the span in which a day lies."""

    kind: MeetingKind
    first: date
    last: date

    @property
    def words(self) -> str:
        """2026年10月1日至2026年12月31日还没有安排联席会议."""
        return f"{chinese_date(self.first)}至{chinese_date(self.last)}还没有安排{self.kind.label}"


def unplanned_on(today: date) -> list[Unplanned]:
    """The kinds that want a meeting before the span ends, from so many days before its end on."""
    keys = [f"{kind.value}_meeting_months" for kind in MeetingKind]
    *months, days = OfficeSetting.objects.numbers(*keys, DAYS_BEFORE)
    wanted = [
        Unplanned(kind, *_span(today, length)) for kind, length in zip(MeetingKind, months, strict=True) if length > 0
    ]
    return [one for one in wanted if today >= one.last - timedelta(days=days) and not _is_planned(one)]


def _span(day: date, months: int) -> tuple[date, date]:
    """The first and the last day of the months in which a day lies, counted from January; a year at most."""
    length = min(months, MONTHS_IN_A_YEAR)
    begin = (day.month - 1) // length * length + 1
    end = min(begin + length - 1, MONTHS_IN_A_YEAR)
    return date(day.year, begin, 1), date(day.year, end, calendar.monthrange(day.year, end)[1])


def _is_planned(one: Unplanned) -> bool:
    begins, over = clock.day_begins(one.first), clock.day_begins(one.last + timedelta(days=1))
    within = Meeting.objects.filter(begins_at__gte=begins, begins_at__lt=over)
    return within.filter(kind=one.kind, cancelled_at=None).exists()
