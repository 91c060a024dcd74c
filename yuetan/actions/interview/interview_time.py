"""When an interview may be held: ahead of its notice, apart from other interviews; and the limits that follow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from yuetan.models import CalendarDay, Case, OfficeSetting, Post
from yuetan.models.case.flow import NoticeLimits
from yuetan.rules.dates import clock, deadlines
from yuetan.rules.dates.working_days import add_working_days
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text import official_text

CLASH_TICK = "已知悉时间相近，仍按此安排"
PROVISIONAL_TICK = "已知悉放假安排尚未公布，仍按此安排"


def limits(scheduled_at: datetime) -> NoticeLimits:
    """The dates by which a notice of today is to be signed for and written material handed in; fixed once announced."""
    calendar, days, today = CalendarDay.objects.calendar(), OfficeSetting.objects.number, clock.today()
    before = add_working_days(timezone.localtime(scheduled_at).date(), -days("submission_due_days"), calendar)
    return {
        "receipt_due_on": add_working_days(today, days("receipt_officer_days"), calendar),
        "receipt_director_on": add_working_days(today, days("receipt_director_days"), calendar),
        "submission_due_on": max(today, before),
    }


def time_problems(scheduled_at: datetime, *, provisional_accepted: bool) -> Iterator[Finding]:
    """A time lies ahead, and not inside the office's lead time.

    Where the lead time rests on a year that is not published, only a time too soon under every
    arrangement is refused; one too soon by what is known asks to be confirmed.
    """
    if scheduled_at <= clock.now():
        time = official_text.chinese_datetime(timezone.localtime(scheduled_at))
        yield finding("notice_time_past", "scheduled_at", time=time)
        return
    days, calendar = OfficeSetting.objects.number("notice_lead_days"), CalendarDay.objects.calendar()
    first = deadlines.earliest_after_notice(clock.today(), days, calendar)
    day = timezone.localtime(scheduled_at).date()
    if day >= first.day:
        return
    offered = official_text.chinese_date(deadlines.offered_after_notice(clock.today(), days, calendar).day)
    if day < first.earliest:
        yield finding("notice_time_too_soon", "scheduled_at", days=days, earliest=offered)
    elif not provisional_accepted:
        words = {"note": first.note, "tick": PROVISIONAL_TICK}
        yield finding("notice_time_provisional", "provisional_accepted", days=days, earliest=offered, **words)


def clashes(case: Case, scheduled_at: datetime, place: str, people: Sequence[Post]) -> Iterator[Finding]:
    """Other interviews of the same people or at the same place within the office's hours.

    The setting is locked, so that of two notices served at once the second sees the first.
    """
    hours = OfficeSetting.objects.select_for_update().number("clash_hours")
    span = timedelta(hours=hours)
    near = Case.objects.open().filter(scheduled_at__gt=scheduled_at - span, scheduled_at__lt=scheduled_at + span)
    others = near.exclude(pk=case.pk).select_related("interviewer__holder").prefetch_related("interviewees__holder")
    for other in others.order_by("scheduled_at", "pk"):
        shared = _shared(other, place, people)
        if shared:
            assert other.scheduled_at is not None
            time = official_text.chinese_datetime(timezone.localtime(other.scheduled_at))
            words = {"who": official_text.joined(shared), "time": time, "title": other.title, "hours": hours}
            yield finding("interview_clash", "clash_accepted", tick=CLASH_TICK, **words)


def _shared(other: Case, place: str, people: Sequence[Post]) -> list[str]:
    busy = {post.holder_id for post in [*other.interviewees.all(), *([other.interviewer] if other.interviewer else [])]}
    names = dict.fromkeys(post.holder.name for post in people if post.holder_id in busy)
    same_place = place.strip() and place.strip() == other.place.strip()
    return [*names, *([f"地点“{place.strip()}”"] if same_place else [])]
