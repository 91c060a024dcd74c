"""A correction of minutes already issued: written by the office, approved by the interviewer, or given up by either."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Unpack

from yuetan.actions.interview.attendance import (
    AttendanceRow,
    ParticipantRow,
    attendance_problems,
    correct_people,
    material_problems,
    participant_problems,
    who_was_there,
)
from yuetan.actions.interview.measures import MeasureRow, measure_problems, measure_rows_as_text
from yuetan.actions.interview.minutes import last_change
from yuetan.actions.interview.minutes_versions import keep_version, whole_text
from yuetan.actions.rectification.account_correction import account_problems, move_account
from yuetan.actions.step import refuse_if_any, step
from yuetan.documents.issue import issue
from yuetan.models import Case, MinutesCorrection, User
from yuetan.models.case.requirements.minutes import why_confirms
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import require_words
from yuetan.rules.text.handling import Handling, HandlingInput
from yuetan.vocabulary import DocumentKind, InterviewPart, ParticipantKind, Verb

# What writes the text that the next correction begins with.
CHANGES_CORRECTION = (Verb.ISSUE_MINUTES, Verb.CORRECT_MINUTES, Verb.CONFIRM_CORRECTION, Verb.DROP_CORRECTION)


def correct_minutes(
    case: Case,
    *,
    by: User,
    reason: str,
    problems: str,
    statement: str,
    discussion: str,
    copied_to: str,
    measures: Sequence[MeasureRow],
    attendances: Sequence[AttendanceRow],
    attendees: Sequence[ParticipantRow],
    observers: Sequence[ParticipantRow],
    submission_missing: bool,
    seen: str,
) -> Case:
    """拟定纪要更正: the office drafts a correction; the issued minutes change only when the interviewer approves it.

    `seen` is the digest of the text it was written over: whoever saves second overwrites nothing unseen. Raises
    Refused where it would change the measure of a task that was reported or 销号, the limit of one whose limit has
    moved or is about to, or the number of measures once they were 交办.
    """
    texts = {"problems": problems, "statement": statement, "discussion": discussion, "copied_to": copied_to}
    others = {ParticipantKind.INTERVIEWER_SIDE: attendees, ParticipantKind.OBSERVER: observers}
    with step(case, Verb.CORRECT_MINUTES, by=by, opinion=reason) as case:
        refuse_if_any(case, _changed_by_another(case, seen))
        findings = [
            *_texts_missing(reason, texts),
            *measure_problems(measures, case.interview.held_on),
            *attendance_problems(case, attendances, is_correction=True),
            *participant_problems(others),
            *material_problems(case, submission_missing),
        ]
        refuse_if_any(case, findings)
        rows = measure_rows_as_text(measures)
        people = who_was_there(attendances, others, submission_missing=submission_missing)
        changed = whole_text(case) != {**texts, "measures": rows, "attendance": people["words"]}
        refuse_if_any(case, [] if changed else [finding("correction_changes_nothing")])
        refuse_if_any(case, account_problems(case, rows))
        proposed = {"reason": reason, "proposed_by": by, "proposed_at": clock.now()}
        MinutesCorrection.objects.update_or_create(
            case=case,
            confirmed_at=None,
            withdrawn_at=None,
            defaults={**texts, "measures": rows, "who_was_there": people, **proposed},
        )
    return case


def _changed_by_another(case: Case, seen: str) -> Iterator[Finding]:
    """Who wrote another text than was shown, and when."""
    if seen != (case.open_correction or case.minutes).digest:
        yield finding("correction_revised_meanwhile", **last_change(case, CHANGES_CORRECTION))


def _texts_missing(reason: str, texts: dict[str, str]) -> Iterator[Finding]:
    yield from require_words(reason, finding("reason_missing", "reason", what="更正"))
    for part in InterviewPart:
        yield from require_words(texts[part.value], finding("minutes_text_missing", part.value))


def confirm_correction(case: Case, *, by: User, seen: str, **handling: Unpack[HandlingInput]) -> Case:
    """确认更正并印发: new minutes with a new number that names those it replaces; what the unit answered stays.

    Corrected measures and time limits move the tasks in the same step, and who was there is written anew; the text
    that stood is kept as a version. Raises StateChanged before the minutes are issued, NotYours for anybody but the
    interviewer, Refused where no correction waits, for another text than was shown (`seen`), and for measures that the
    tasks can no longer follow (Art. 9 (四)). Effects: the paper, and an alert to the unit.
    """
    facts: dict[str, object] = {}
    chosen = Handling(**handling)
    with step(case, Verb.CONFIRM_CORRECTION, by=by, facts=facts) as case:
        correction, minutes, old = case.open_correction, case.minutes, case.current_minutes
        assert correction is not None
        changed = [finding("minutes_changed")] if seen != correction.digest else []
        refuse_if_any(case, [*changed, *chosen.problems()])
        measures = correction.measure_texts
        refuse_if_any(case, account_problems(case, measures))
        keep_version(case, by=by)
        limits = move_account(case, measures)
        if correction.who_was_there is not None:
            correct_people(case.interview, correction.who_was_there)
        for name in MinutesCorrection.TEXTS:
            setattr(minutes, name, getattr(correction, name))
        minutes.confirmed_by, minutes.confirmed_at = by, clock.now()
        minutes.confirmed_acting = why_confirms(case, by)
        minutes.save()
        correction.confirmed_by, correction.confirmed_at = by, minutes.confirmed_at
        correction.save()
        paper = issue(DocumentKind.MINUTES, case, by=by, replaces=old, reason=correction.reason, handling=chosen)
        facts.update(document=paper.number, replaced=old.number, reason=correction.reason)
        facts |= {"tasks": [int(number) for number in limits], "limits": limits} if limits else {}
    return case


def drop_correction(case: Case, *, by: User, reason: str, seen: str) -> Case:
    """放弃纪要更正: by whoever may draft it, or the interviewer who does not confirm it; the issued minutes stay.

    What was drafted is kept, with who gave it up and why; another may be drafted. Raises Refused without a reason, or
    where `seen` is not the digest of the draft that waits.
    """
    with step(case, Verb.DROP_CORRECTION, by=by, opinion=reason) as case:
        correction = case.open_correction
        assert correction is not None
        changed = [finding("minutes_changed")] if seen != correction.digest else []
        unexplained = require_words(reason, finding("reason_missing", "reason", what="放弃更正"))
        refuse_if_any(case, [*changed, *unexplained])
        correction.withdrawn_by, correction.withdrawn_at = by, clock.now()
        correction.withdrawal_reason = reason
        correction.save()
    return case
