"""Requirements for the steps of minutes: confirmed, sent, answered, issued, corrected."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from yuetan.models.case.current_parties import CurrentParties
from yuetan.models.flow.requirement import Requirement
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text import official_text

if TYPE_CHECKING:
    from yuetan.models.case.case import Case


@Requirement
def minutes_unconfirmed(case: Case) -> Iterator[Finding]:
    """The interviewer confirms a text once; a changed text is confirmed anew."""
    if case.minutes.confirmed_at is not None:
        yield finding("minutes_already_confirmed")
    elif case.minutes.returned_at is not None:
        assert case.minutes.returned_by is not None
        yield finding("minutes_returned", name=case.minutes.returned_by.name)


def minutes_are_returned(case: Case) -> bool:
    """The interviewer asked for changes that nobody has made yet."""
    return case.minutes.returned_at is not None


@Requirement
def minutes_sendable(case: Case) -> Iterator[Finding]:
    """Only a confirmed text goes out, and once."""
    if case.minutes.confirmed_at is None:
        yield awaited_confirmation(case)
    elif case.minutes.sent_at is not None:
        yield finding("minutes_already_sent")


@Requirement
def minutes_answerable(case: Case) -> Iterator[Finding]:
    """The interviewed side answers the text that was sent to it, once."""
    if case.minutes.sent_at is None:
        yield finding("minutes_not_sent")
    elif case.minutes.answer:
        yield finding("minutes_answered")


@Requirement
def minutes_ready(case: Case) -> Iterator[Finding]:
    """Text with measures, confirmed by the interviewer, sent to the interviewed side and answered or waited for."""
    minutes = case.minutes
    if not (minutes.problems and minutes.statement and minutes.discussion):
        yield finding("minutes_text_missing")
    if not case.interview.measures.all():
        yield finding("minutes_without_measures")
    if minutes.confirmed_at is None:
        yield awaited_confirmation(case)
    elif minutes.sent_at is None:
        yield finding("minutes_not_sent")
    elif minutes.is_awaiting_answer:
        assert minutes.answer_until is not None
        yield finding("minutes_awaiting_answer", until=official_text.chinese_date(minutes.answer_until))


def awaited_confirmation(case: Case) -> Finding:
    """Whose confirmation the minutes wait for: the interviewer's, or that of who holds the post now."""
    assert case.interviewer is not None
    words = {"name": case.interviewer.holder.name, "post": case.interviewer.get_kind_display()}
    if case.interviewer.is_current:
        return finding("minutes_not_confirmed", name=words["name"])
    holders = [post.holder.name for post in CurrentParties().interviewers(case)]
    if not holders:
        return finding("minutes_without_interviewer", **words)
    return finding("minutes_await_successor", **words, now=official_text.joined(holders))


def answer_due_on(case: Case) -> date | None:
    """By when the interviewed side should answer the minutes' text."""
    return case.minutes.answer_until


@Requirement
def has_correction_to_confirm(case: Case) -> Iterator[Finding]:
    """A corrected text waits for the interviewer."""
    if case.open_correction is None:
        yield finding("no_correction_to_confirm")
