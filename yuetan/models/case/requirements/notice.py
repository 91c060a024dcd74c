"""Requirements between a served notice and the interview: receipts, written material, leave, people who left."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils import timezone

from yuetan.models.flow.audience import EVERYBODY, NOBODY, Audience
from yuetan.models.flow.requirement import Requirement
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text import official_text
from yuetan.rules.text.empty_words import require_words
from yuetan.vocabulary import CaseState, PostKind, SubmissionPart

if TYPE_CHECKING:
    from datetime import date

    from yuetan.models.case.case import Case


@Requirement
def notice_unsigned(case: Case) -> Iterator[Finding]:
    """A notice is signed for once, here or on paper."""
    receipt = case.current_notice.receipt_or_none
    if receipt is not None:
        yield finding("receipt_already_signed", name=receipt.signer, time=receipt.signed_at_words)


def receipt_has_climbed_to(case: Case) -> Audience:
    """Whose it is to see to a notice that has been unsigned for so long."""
    return unsigned_climbs_to(case.receipt_due_on, case.receipt_director_on)


def unsigned_climbs_to(due_on: date | None, director_on: date | None) -> Audience:
    """Whose it is to see to a paper that is unsigned after these days: the officers', then everybody's who may."""
    if director_on is not None and director_on < clock.today():
        return EVERYBODY
    is_officers = due_on is not None and due_on < clock.today()
    return Audience(posts=frozenset({PostKind.CASE_OFFICER})) if is_officers else NOBODY


def receipt_due_on(case: Case) -> date | None:
    """By when the notice should be signed for."""
    return case.receipt_due_on


def submission_due_on(case: Case) -> date | None:
    """By when the written material should be handed in."""
    return case.submission_due_on


@Requirement
def submission_open(case: Case) -> Iterator[Finding]:
    """Replaced only until the interview; what was never handed in may still come until the minutes are issued."""
    if case.has_begun and case.submission_handed_in is not None:
        yield finding("submission_closed")


@Requirement
def submission_prepared(case: Case) -> Iterator[Finding]:
    """There is a draft with all four headings."""
    draft = case.submission_draft
    if draft is None:
        yield finding("submission_empty")
    elif draft.missing_parts:
        missing = official_text.joined([part.label for part in draft.missing_parts])
        yield finding("submission_incomplete", missing=missing)
    else:
        for part in SubmissionPart:
            yield from require_words(draft.part(part), finding("submission_incomplete", missing=part.label))


def submission_is_awaited(case: Case) -> bool:
    """Before the interview: nothing was handed in, and the draft is not whole yet."""
    waiting = case.state == CaseState.NOTIFIED and case.submission_handed_in is None
    return waiting and not submission_prepared(case)


def before_the_interview(case: Case) -> bool:
    """While the interview is announced: afterwards nobody waits for the written material, though it is still taken."""
    return bool(case.state == CaseState.NOTIFIED)


def hand_in_explains(case: Case) -> bool:
    """Whether a page says what the draft still lacks: not once a version lies with the office and no other is begun."""
    return before_the_interview(case) and (case.submission_draft is not None or case.submission_handed_in is None)


@Requirement
def leave_askable(case: Case) -> Iterator[Finding]:
    """Leave is asked for before the interview, once for each interviewee until it is refused."""
    if case.has_begun:
        assert case.scheduled_at is not None
        yield finding("leave_too_late", time=official_text.chinese_datetime(timezone.localtime(case.scheduled_at)))
        return
    latest_leaves = [case.leave_of(person.first) for person in case.people_named]
    if all(leave is not None and leave.granted is not False for leave in latest_leaves):
        yield finding("leave_already_asked")


@Requirement
def has_leave_to_decide(case: Case) -> Iterator[Finding]:
    """Somebody asked for leave and was not answered."""
    if not case.pending_leaves:
        yield finding("no_leave_to_decide")


@Requirement
def interview_time_has_come(case: Case) -> Iterator[Finding]:
    """An interview is recorded after it began, never before."""
    if case.scheduled_at is not None and case.scheduled_at > clock.now():
        yield finding("interview_not_yet", time=official_text.chinese_datetime(timezone.localtime(case.scheduled_at)))


@Requirement
def nobody_recorded_absent(case: Case) -> Iterator[Finding]:
    """That nobody came is recorded once; then another day is set."""
    for absence in case.absences_now[:1]:
        when = official_text.chinese_datetime(timezone.localtime(absence.recorded_at))
        yield finding("absence_recorded", name=absence.recorded_by.name, time=when)
