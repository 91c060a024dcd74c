"""The interview is recorded: who came, what was said, which measures were fixed until when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.utils import timezone

from yuetan.actions.interview.attendance import (
    AttendanceRow,
    ParticipantRow,
    absent_people,
    attendance_problems,
    material_problems,
    participant_problems,
    who_was_there,
    write_people,
)
from yuetan.actions.interview.measures import MeasureRow, measure_problems, measure_rows_as_text, write_measures
from yuetan.actions.step import refuse_if_any, step
from yuetan.models import Case, Interview, Minutes, OfficeSetting, User
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import require_words
from yuetan.vocabulary import InterviewPart, ParticipantKind, Verb


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

    `attendees` are of the interviewer's side. Raises StateChanged unless the unit is notified and not yet interviewed,
    NotYours for anybody but a case officer, Refused before the appointed time, without the interviewer that Art. 4 or
    5 names, for a substitute (Art. 8: the written material, or that it is missing), and where one of the parts of Art.
    9 (一) to (三) or every measure is missing. Effects: the record of the interview with who was there, its measures,
    and the draft of the minutes; the case waits for these.
    """
    parts = {"problems": problems, "statement": statement, "discussion": discussion}
    others = {ParticipantKind.INTERVIEWER_SIDE: attendees, ParticipantKind.OBSERVER: observers}
    facts: dict[str, str] = {}
    with step(case, Verb.HOLD_INTERVIEW, by=by, facts=facts) as case:
        assert case.scheduled_at is not None and case.interviewer is not None  # noqa: PT018
        held_on = timezone.localtime(case.scheduled_at).date()
        findings = [
            *_interviewer_problems(case, interviewer_present),
            *attendance_problems(case, attendances),
            *participant_problems(others),
            *_parts_missing(parts),
            *material_problems(case, submission_missing),
            *measure_problems(measures, held_on),
        ]
        refuse_if_any(case, findings)
        who = {"interviewer": case.interviewer, "recorder": by}
        where = {"held_on": held_on, "place": case.place, "submission_missing": submission_missing}
        interview = Interview.objects.create(case=case, **who, **where, **parts)
        write_people(interview, who_was_there(attendances, others, submission_missing=submission_missing))
        write_measures(interview, measure_rows_as_text(measures))
        facts.update(absent_people(attendances))
        copied_to = OfficeSetting.objects.words("minutes_copied_to")
        Minutes.objects.create(case=case, copied_to=copied_to, **parts)
        case.hold_interview(held_on=held_on)
    return case


def _interviewer_problems(case: Case, interviewer_present: bool) -> Iterator[Finding]:
    interviewer = case.interviewer
    if not interviewer_present and interviewer is not None:
        words = {"post": interviewer.get_kind_display(), "name": interviewer.holder.name}
        yield finding("interviewer_absent", "interviewer_present", **words)


def _parts_missing(parts: Mapping[str, str]) -> Iterator[Finding]:
    for part in InterviewPart:
        yield from require_words(parts[part.value], finding(f"{part.value}_missing", part.value))
