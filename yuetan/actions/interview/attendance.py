"""Who was there: how a record of an interview and its correction say it, and what each lacks."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import time
from typing import TypedDict

from yuetan.models import Case, Interview, IntervieweeAttendance, Participant, Post
from yuetan.models.interview.interview import attendance_words
from yuetan.models.interview.minutes_version import InterviewedPerson, NamedPerson, WhoWasThere
from yuetan.models.people.held_posts import PersonInPosts
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text import official_text
from yuetan.rules.text.empty_words import require_words, says_nothing
from yuetan.rules.text.person_names import is_person_name, person_name, same_person_name
from yuetan.vocabulary import Attendance, ParticipantKind


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


def write_people(interview: Interview, people: WhoWasThere) -> None:
    """Put down these people in a record that names nobody yet."""
    for row in (*(_attendance(one, interview) for one in people["attendances"]), *_others(people, interview)):
        row.save()


def correct_people(interview: Interview, people: WhoWasThere) -> None:
    """Put these people in the place of those that a record names, and whether the written material was missing."""
    interview.attendances.all().delete()
    interview.participants.all().delete()
    write_people(interview, people)
    interview.submission_missing = people["submission_missing"]
    interview.save(update_fields=["submission_missing"])


def who_was_there(
    attendances: Sequence[AttendanceRow],
    others: Mapping[ParticipantKind, Sequence[ParticipantRow]],
    *,
    submission_missing: bool,
) -> WhoWasThere:
    """What was typed, as it is kept once it was found whole."""
    named = {
        kind: [NamedPerson(name=person_name(row["name"]), title=row["title"]) for row in rows]
        for kind, rows in others.items()
    }
    people = WhoWasThere(
        attendances=[_kept(row) for row in attendances],
        attendees=named[ParticipantKind.INTERVIEWER_SIDE],
        observers=named[ParticipantKind.OBSERVER],
        submission_missing=submission_missing,
        words=[],
    )
    came = [_attendance(kept) for kept in people["attendances"]]
    for one, row in zip(came, attendances, strict=True):
        one.post = row["post"]
    words = [*(one.words for one in came), *(one.words for one in _others(people))]
    people["words"] = attendance_words(words, submission_missing=submission_missing)
    return people


def _kept(row: AttendanceRow) -> InterviewedPerson:
    came = row["attendance"] == Attendance.PRESENT
    arrived = f"{row['arrived_at']:%H:%M}" if came and row["arrived_at"] else ""
    reason = "" if came else _absence_reason(row)
    return InterviewedPerson(
        post=row["post"].pk, attendance=str(row["attendance"]), absence_reason=reason, arrived_at=arrived
    )


def _attendance(kept: InterviewedPerson, interview: Interview | None = None) -> IntervieweeAttendance:
    return IntervieweeAttendance(
        interview=interview,
        post_id=kept["post"],
        attendance=kept["attendance"],
        absence_reason=kept["absence_reason"],
        arrived_at=time.fromisoformat(kept["arrived_at"]) if kept["arrived_at"] else None,
    )


def _others(people: WhoWasThere, interview: Interview | None = None) -> list[Participant]:
    sides = {ParticipantKind.INTERVIEWER_SIDE: people["attendees"], ParticipantKind.OBSERVER: people["observers"]}
    return [
        Participant(interview=interview, kind=kind, number=number, **row)
        for kind, rows in sides.items()
        for number, row in enumerate(rows, start=1)
    ]


def _absence_reason(row: AttendanceRow) -> str:
    """As it was typed; of who has left, from when on."""
    post = row["post"]
    if row["attendance"] == Attendance.LEFT_OFFICE and post.ended_on:
        return f"{official_text.chinese_date(post.ended_on)}起已不任{post.title}"
    return row["absence_reason"]


def absent_people(attendances: Sequence[AttendanceRow], before: Collection[int] = ()) -> dict[str, str]:
    """Who stayed away without leave and was not recorded so `before`: the leading group is told of it."""
    absent = [row["post"].holder for row in attendances if row["attendance"] == Attendance.ABSENT]
    names = [holder.name for holder in absent if holder.pk not in before]
    return {"absent": official_text.joined(names)} if names else {}


def attendance_problems(
    case: Case, attendances: Sequence[AttendanceRow], *, is_correction: bool = False
) -> Iterator[Finding]:
    """What does not fit about who came: each interviewee once and as the day has it, nobody else, not nobody at all.

    A correction cannot say that nobody came: then there was no interview, and the steps for that lie behind.
    """
    if attendances and all(row["attendance"] != Attendance.PRESENT for row in attendances):
        yield finding("nobody_came_after_all" if is_correction else "nobody_came", "attendances")
        return
    misplaced = list(_misplaced_rows(case, attendances))
    yield from misplaced or _unfit_rows(case, attendances)


def _misplaced_rows(case: Case, attendances: Sequence[AttendanceRow]) -> Iterator[Finding]:
    """The first row about somebody who is not interviewed, or who has a row already."""
    named = {person.holder.pk for person in case.people_named}
    recorded = {row["post"].holder_id: row for row in attendances}
    for row in attendances:
        holder = row["post"].holder
        if holder.pk not in named:
            yield finding("attendance_not_named", "attendances", name=holder.name)
            return
        if recorded[holder.pk] is not row:
            yield finding("attendance_twice", "attendances", name=holder.name)
            return


def _unfit_rows(case: Case, attendances: Sequence[AttendanceRow]) -> Iterator[Finding]:
    recorded = {row["post"].holder_id: row for row in attendances}
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


def participant_problems(others: Mapping[ParticipantKind, Sequence[ParticipantRow]]) -> Iterator[Finding]:
    """What the others at the table lack: a name, and one that is a name."""
    fields = {ParticipantKind.INTERVIEWER_SIDE: "attendees", ParticipantKind.OBSERVER: "observers"}
    for kind, rows in others.items():
        for number, row in enumerate(rows, start=1):
            if not row["name"].strip():
                yield finding("participant_without_name", fields[kind], number=number, kind=kind.label)
            elif not is_person_name(row["name"]):
                yield finding("name_unfit", fields[kind])


def material_problems(case: Case, submission_missing: bool) -> Iterator[Finding]:
    """Written material that was not handed in is noted as missing."""
    if not submission_missing and not case.submissions.handed_in().exists():
        yield finding("submission_missing_unnoted", "submission_missing")
