"""The interview is recorded: who came, what was said, which measures were fixed until when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import time
from typing import TypedDict

from django.utils import timezone

from yuetan.actions.interview.measures import MeasureRow, measure_problems, measure_rows_as_text, write_measures
from yuetan.actions.step import refuse_if_any, step
from yuetan.models import (
    Case,
    Interview,
    IntervieweeAttendance,
    Minutes,
    OfficeSetting,
    Participant,
    Post,
    User,
)
from yuetan.models.people.held_posts import PersonInPosts
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text import official_text
from yuetan.rules.text.empty_words import require_words, says_nothing
from yuetan.rules.text.person_names import is_person_name, person_name, same_person_name
from yuetan.vocabulary import Attendance, InterviewPart, ParticipantKind, Verb


class AttendanceRow(TypedDict):
    """Whether one interviewee came, and if not, why."""

    post: Post
    attended_by: str
    attendance: str
    absence_reason: str
    arrived_at: time | None


class ParticipantRow(TypedDict):
    """Somebody else who was there."""

    name: str
    title: str


def hold_interview(
    case: Case,
    *,
    by: User,
    interviewer_present: bool,
    attendances: Sequence[AttendanceRow],
    attendees: Sequence[ParticipantRow],
    observers: Sequence[ParticipantRow],
    submission_missing: bool,
    problems: str,
    statement: str,
    discussion: str,
    measures: Sequence[MeasureRow],
) -> Case:
    """记录约谈: the right interviewer, the interviewees in person, the three parts, at least one measure with a date.

    `attendees` are of the interviewer's side. The minutes are drafted from the record.
    """
    parts = {"problems": problems, "statement": statement, "discussion": discussion}
    others = {ParticipantKind.INTERVIEWER_SIDE: attendees, ParticipantKind.OBSERVER: observers}
    facts: dict[str, str] = {}
    with step(case, Verb.HOLD_INTERVIEW, by=by, facts=facts) as case:
        assert case.scheduled_at is not None and case.interviewer is not None  # noqa: PT018
        held_on = timezone.localtime(case.scheduled_at).date()
        findings = [
            *_interviewer_problems(case, interviewer_present),
            *_attendance_problems(case, attendances),
            *_participant_problems(others),
            *_parts_missing(case, parts, submission_missing),
            *measure_problems(measures, held_on),
        ]
        refuse_if_any(case, findings)
        who = {"interviewer": case.interviewer, "recorder": by}
        where = {"held_on": held_on, "place": case.place, "submission_missing": submission_missing}
        interview = Interview.objects.create(case=case, **who, **where, **parts)
        _write_people(interview, attendances, others)
        write_measures(interview, measure_rows_as_text(measures))
        facts.update(_absent(attendances))
        copied_to = OfficeSetting.objects.words("minutes_copied_to")
        Minutes.objects.create(case=case, copied_to=copied_to, **parts)
        case.hold_interview(held_on=held_on)
    return case


def _write_people(
    interview: Interview,
    attendances: Sequence[AttendanceRow],
    others: Mapping[ParticipantKind, Sequence[ParticipantRow]],
) -> None:
    for row in attendances:
        came = row["attendance"] == Attendance.PRESENT
        IntervieweeAttendance.objects.create(
            interview=interview,
            post=row["post"],
            attendance=row["attendance"],
            absence_reason="" if came else _absence_reason(row),
            arrived_at=row["arrived_at"] if came else None,
        )
    for kind, rows in others.items():
        for number, participant in enumerate(rows, start=1):
            name = person_name(participant["name"])
            Participant.objects.create(
                interview=interview, kind=kind, number=number, name=name, title=participant["title"]
            )


def _absence_reason(row: AttendanceRow) -> str:
    """As it was typed; of who has left, from when on."""
    post = row["post"]
    if row["attendance"] == Attendance.LEFT_OFFICE and post.ended_on:
        return f"{official_text.chinese_date(post.ended_on)}起已不任{post.title}"
    return row["absence_reason"]


def _absent(attendances: Sequence[AttendanceRow]) -> dict[str, str]:
    """Who stayed away without leave: the leading group is told of it."""
    names = [row["post"].holder.name for row in attendances if row["attendance"] == Attendance.ABSENT]
    return {"absent": official_text.joined(names)} if names else {}


def _interviewer_problems(case: Case, interviewer_present: bool) -> Iterator[Finding]:
    interviewer = case.interviewer
    if not interviewer_present and interviewer is not None:
        words = {"post": interviewer.get_kind_display(), "name": interviewer.holder.name}
        yield finding("interviewer_absent", "interviewer_present", **words)


def _attendance_problems(case: Case, attendances: Sequence[AttendanceRow]) -> Iterator[Finding]:
    recorded = {row["post"].holder_id: row for row in attendances}
    if attendances and all(row["attendance"] != Attendance.PRESENT for row in attendances):
        yield finding("nobody_came", "attendances")
        return
    if len(recorded) < len(attendances):
        (first, *_) = [row["post"] for row in attendances if recorded[row["post"].holder_id] is not row]
        yield finding("attendance_twice", "attendances", name=first.holder.name)
        return
    left = {person.holder.pk for person in case.departed_people}
    for person in case.people_named:
        row = recorded.get(person.holder.pk)
        yield from _left_problems(person, row) if person.holder.pk in left else _row_problems(case, person, row)


def _left_problems(person: PersonInPosts, row: AttendanceRow | None) -> Iterator[Finding]:
    if row is None or row["attendance"] != Attendance.LEFT_OFFICE:
        yield finding("attendance_left_office", "attendances", name=person.name, title=person.title)


def _row_problems(case: Case, person: PersonInPosts, row: AttendanceRow | None) -> Iterator[Finding]:
    """Of one who is in office: in person, on a leave that was granted, or absent with a reason."""
    name = person.name
    if row is not None and row["attendance"] == Attendance.LEFT_OFFICE:
        yield finding("attendance_still_in_office", "attendances", name=name, title=person.title)
    elif row is None or (row["attendance"] != Attendance.PRESENT and says_nothing(row["absence_reason"])):
        reason = row["absence_reason"] if row else ""
        yield from require_words(reason, finding("absence_reason_missing", "attendances", name=name))
    elif row["attendance"] == Attendance.ON_LEAVE and not case.is_on_leave(person.first):
        yield finding("leave_not_granted", "attendances", name=name)
    elif row["attendance"] == Attendance.PRESENT and not same_person_name(row["attended_by"], name):
        other = person_name(row["attended_by"]) or "他人"
        yield finding("substitute_attendee", "attendances", name=name, other=other)


def _participant_problems(others: Mapping[ParticipantKind, Sequence[ParticipantRow]]) -> Iterator[Finding]:
    fields = {ParticipantKind.INTERVIEWER_SIDE: "attendees", ParticipantKind.OBSERVER: "observers"}
    for kind, rows in others.items():
        for number, row in enumerate(rows, start=1):
            if not row["name"].strip():
                yield finding("participant_without_name", fields[kind], number=number, kind=kind.label)
            elif not is_person_name(row["name"]):
                yield finding("name_unfit", fields[kind])


def _parts_missing(case: Case, parts: Mapping[str, str], submission_missing: bool) -> Iterator[Finding]:
    for part in InterviewPart:
        yield from require_words(parts[part.value], finding(f"{part.value}_missing", part.value))
    if not submission_missing and not case.submissions.handed_in().exists():
        yield finding("submission_missing_unnoted", "submission_missing")
