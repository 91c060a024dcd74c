"""召集会议: a meeting is called, changed until the notice goes out, and cancelled as long as it was not held."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Max

from yuetan.actions.meeting.meeting_rows import CALL, MEETINGS, OPEN, alert_convened, only_while
from yuetan.actions.room_step import NO_ROW, LogFacts, RoomStep, room_step
from yuetan.actions.seen import require_as_seen
from yuetan.actions.step import refuse_uncited
from yuetan.models import Meeting, Post, User
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.digests import digest_of_words
from yuetan.rules.text.empty_words import missing_of
from yuetan.rules.text.official_text import chinese_datetime
from yuetan.rules.text.written_text import personal_problems, reason_problems
from yuetan.vocabulary import MeetingKind, MeetingState

LOGGED = (CALL, "revise_meeting")  # by which the plan changes
_LOCK = "SELECT pg_advisory_xact_lock(7316402553)"  # any number, the same for every process


@dataclass(frozen=True)
class Planned:
    """What is planned of a meeting."""

    kind: str
    topic: str
    begins_at: datetime | None
    place: str
    chair: Post | None
    demands: str


def call_meeting(*, by: User, planned: Planned) -> Meeting:
    """召集会议. Raises NotYours; Refused with what is missing, and for an hour that has passed."""
    with room_step(CALLING, None, by=by) as held:
        refuse_uncited(_planning_problems(planned))
        meeting = Meeting(called_by=by, called_at=clock.now())
        _plan(meeting, planned)
        meeting.save()
        held.facts |= {"meeting": meeting.title, **_plan_facts(meeting)}
        held.made = meeting
    return meeting


def revise_meeting(meeting: Meeting, *, by: User, planned: Planned, seen: str) -> Meeting:
    """修改 what is planned, until the notice goes out; `seen` is what it was written over.

    Raises NotYours, Refused as calling one does, and for what another wrote meanwhile.
    """
    with room_step(REVISING, meeting, by=by) as held:
        meeting = held.row
        require_as_seen(seen, plan_shown(meeting), "会议安排", LOGGED, meeting=meeting.title)
        refuse_uncited(_planning_problems(planned))
        _plan(meeting, planned)
        meeting.save()
        held.facts |= _plan_facts(meeting)
    return meeting


def plan_shown(meeting: Meeting) -> str:
    """The digest of what is planned, as it stands."""
    plan = [meeting.kind, meeting.topic, meeting.begins_at.timestamp(), meeting.place, meeting.chair_id]
    return digest_of_words([*plan, meeting.demands])


def cancel_meeting(meeting: Meeting, *, by: User, reason: str) -> Meeting:
    """取消会议 that was not held. Raises NotYours, Refused without a reason. Effect: all convened are alerted."""
    with room_step(CANCELLING, meeting, by=by) as held:
        meeting = held.row
        refuse_uncited(reason_problems(reason, "取消"))
        meeting.cancelled_by, meeting.cancelled_at, meeting.cancel_reason = by, clock.now(), reason.strip()
        meeting.save()
        held.facts["reason"] = meeting.cancel_reason
        words = f"原定{meeting.when}的{meeting.title}取消：{meeting.cancel_reason}"
        alert_convened(meeting, words, key=f"meeting:{meeting.pk}:cancelled", but=by)
    return meeting


def _plan_facts(meeting: Meeting) -> LogFacts:
    return {"begins_at": meeting.when, "place": meeting.place}


def _planning_problems(planned: Planned) -> Iterator[Finding]:
    is_known = planned.kind in MeetingKind.values
    needed = {
        "kind": ("会议类别", is_known),
        "begins_at": ("时间", planned.begins_at),
        "place": ("地点", planned.place),
        "chair": ("主持人", planned.chair),
        "topic": ("主题", planned.topic.strip() or planned.kind != MeetingKind.SPECIAL),
    }
    yield from missing_of("meeting_incomplete", needed)
    if planned.begins_at is not None and planned.begins_at <= clock.now():
        yield finding("meeting_begins_past", "begins_at", when=chinese_datetime(planned.begins_at))
    yield from personal_problems(topic=("主题", planned.topic), demands=("参会要求", planned.demands))


def _plan(meeting: Meeting, planned: Planned) -> None:
    assert planned.begins_at is not None
    assert planned.chair is not None
    before = (meeting.kind, meeting.year)
    meeting.kind, meeting.topic, meeting.begins_at = planned.kind, planned.topic.strip(), planned.begins_at
    meeting.place, meeting.chair, meeting.demands = planned.place.strip(), planned.chair, planned.demands.strip()
    meeting.year = meeting.local_begin.year
    if before != (meeting.kind, meeting.year):
        meeting.serial = _next_serial(meeting)


def _next_serial(meeting: Meeting) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)
    standing = Meeting.objects.filter(kind=meeting.kind, year=meeting.year, cancelled_at=None)
    return (standing.aggregate(last=Max("serial"))["last"] or 0) + 1


_BEFORE_NOTICE = only_while("修改；要改的请取消后另行召集", MeetingState.PLANNED)
CALLING = RoomStep(CALL, NO_ROW)
REVISING = RoomStep("revise_meeting", MEETINGS, (_BEFORE_NOTICE,), codename=CALL)
CANCELLING = RoomStep("cancel_meeting", MEETINGS, (only_while("取消", *OPEN),), codename=CALL)
