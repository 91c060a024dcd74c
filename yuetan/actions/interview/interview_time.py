"""When an interview may be held: ahead of its notice, apart from other interviews; and the limits that follow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.db import connection
from django.utils import timezone

from yuetan.models import CalendarDay, Case, OfficeSetting, Post, User
from yuetan.models.case.flow import NoticeLimits
from yuetan.models.office.receipt_limits import receipt_limits
from yuetan.rules.dates import clock, deadlines
from yuetan.rules.dates.working_days import add_working_days, is_working_day
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text import official_text

UNUSUAL_TICK = "已知悉时间特殊，仍按此安排"
CLASH_TICK = "已知悉时间相近，仍按此安排"


def limits(scheduled_at: datetime) -> NoticeLimits:
    """The dates by which a notice of today is to be signed for and written material handed in; fixed once announced."""
    held_on, days = timezone.localtime(scheduled_at).date(), OfficeSetting.objects.number("submission_due_days")
    before, receipt = add_working_days(held_on, -days, CalendarDay.objects.calendar()), receipt_limits()
    return {
        "receipt_due_on": receipt.due_on,
        "receipt_director_on": receipt.director_on,
        "submission_due_on": max(clock.today(), before),
    }


def time_problems(scheduled_at: datetime, *, unusual_accepted: bool) -> Iterator[Finding]:
    """A time lies ahead, not inside the office's lead time, not beyond its latest day, and not off hours unsaid."""
    if scheduled_at <= clock.now():
        when = official_text.chinese_datetime(timezone.localtime(scheduled_at))
        yield finding("notice_time_past", "scheduled_at", time=when)
        return
    yield from _too_soon(scheduled_at, unusual_accepted=unusual_accepted)
    yield from _too_late(scheduled_at)
    why = unusual(scheduled_at)
    if why and not unusual_accepted:
        when = official_text.chinese_datetime(timezone.localtime(scheduled_at))
        yield finding("unusual_time", "unusual_time_accepted", time=when, why=why, tick=UNUSUAL_TICK)


def _too_soon(scheduled_at: datetime, *, unusual_accepted: bool) -> Iterator[Finding]:
    """Inside the office's lead time.

    Where that rests on a year that is not published, only a time too soon under every arrangement is
    refused; one too soon by what is known asks to be confirmed.
    """
    days, calendar = OfficeSetting.objects.number("notice_lead_days"), CalendarDay.objects.calendar()
    first = deadlines.earliest_after_notice(clock.today(), days, calendar)
    day = timezone.localtime(scheduled_at).date()
    if day >= first.day:
        return
    offered = official_text.chinese_date(deadlines.offered_after_notice(clock.today(), days, calendar).day)
    if day < first.earliest:
        yield finding("notice_time_too_soon", "scheduled_at", days=days, earliest=offered)
    elif not unusual_accepted:
        words = {"note": first.note, "tick": UNUSUAL_TICK}
        yield finding("notice_time_provisional", "unusual_time_accepted", days=days, earliest=offered, **words)


def _too_late(scheduled_at: datetime) -> Iterator[Finding]:
    latest = latest_day()
    if latest is not None and timezone.localtime(scheduled_at).date() > latest:
        words = {"days": OfficeSetting.objects.number("notice_latest_days")}
        yield finding("notice_time_too_late", "scheduled_at", latest=official_text.chinese_date(latest), **words)


def latest_day() -> date | None:
    """The last day on which an interview announced today may be held; None where the office sets none."""
    days = OfficeSetting.objects.number("notice_latest_days")
    return clock.today() + timedelta(days=days) if days else None


def unusual(scheduled_at: datetime) -> str:
    """Why a time is no usual one: not a working day, or outside the office's hours; empty if it is."""
    local = timezone.localtime(scheduled_at)
    first, last = OfficeSetting.objects.numbers("interview_first_hour", "interview_last_hour")
    reasons = []
    if not is_working_day(local.date(), CalendarDay.objects.calendar()):
        reasons.append("不是工作日")
    if not timedelta(hours=first) <= timedelta(hours=local.hour, minutes=local.minute) <= timedelta(hours=last):
        reasons.append(f"不在办公室设定的约谈时段（{first}时至{last}时）")
    return "，".join(reasons)


def clashes(case: Case, scheduled_at: datetime, place: str, people: Sequence[Post], *, by: User) -> Iterator[Finding]:
    """Other interviews of the same people or at the same place within the office's hours, as far as they may be known.

    Those people and that place are locked for these days, so that of two notices served at once the second sees the
    first, and notices that cannot clash do not wait for each other.
    """
    hours = OfficeSetting.objects.number("clash_hours")
    span = timedelta(hours=hours)
    _lock_days(people, place, scheduled_at - span, scheduled_at + span)
    near = Case.objects.open().filter(scheduled_at__gt=scheduled_at - span, scheduled_at__lt=scheduled_at + span)
    others = near.exclude(pk=case.pk).select_related("interviewer__holder").prefetch_related("interviewees__holder")
    for other in others.order_by("scheduled_at", "pk"):
        shared = _shared(other, place, people)
        if shared and not other.leaves_out(by):
            assert other.scheduled_at is not None
            when = official_text.chinese_datetime(timezone.localtime(other.scheduled_at))
            words = {"who": official_text.joined(shared), "time": when, "title": other.title, "hours": hours}
            yield finding("interview_clash", "clash_accepted", tick=CLASH_TICK, **words)


def _lock_days(people: Sequence[Post], place: str, first: datetime, last: datetime) -> None:
    """Wait for whoever announces an interview of one of these people or at this place on one of these days."""
    begin, end = timezone.localtime(first).date(), timezone.localtime(last).date()
    days = [begin + timedelta(days=number) for number in range((end - begin).days + 1)]
    named = [*(str(post.holder_id) for post in people), *([f"place {place.strip()}"] if place.strip() else [])]
    words = {f"clash {day} {name}" for day in days for name in named}
    keys = sorted(int.from_bytes(sha256(each.encode()).digest()[:8], signed=True) for each in words)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(key) FROM unnest(%s::bigint[]) AS keys(key)", [keys])


def _shared(other: Case, place: str, people: Sequence[Post]) -> list[str]:
    busy = {post.holder_id for post in [*other.interviewees.all(), *([other.interviewer] if other.interviewer else [])]}
    names = dict.fromkeys(post.holder.name for post in people if post.holder_id in busy)
    same_place = place.strip() and place.strip() == other.place.strip()
    return [*names, *([f"地点“{place.strip()}”"] if same_place else [])]
