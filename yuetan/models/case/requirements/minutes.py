"""Requirements for the steps of minutes: confirmed, sent, answered, issued, corrected."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from yuetan.models.flow.requirement import Requirement
from yuetan.models.people.delegation import LEADING_POSTS
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text import official_text
from yuetan.vocabulary import MinutesAnswer, PostKind

if TYPE_CHECKING:
    from yuetan.models.case.case import Case
    from yuetan.models.people.unit import Post
    from yuetan.models.people.user import User


@Requirement
def minutes_unconfirmed(case: Case) -> Iterator[Finding]:
    """The interviewer confirms a text once; a changed text is confirmed anew."""
    if case.minutes.confirmed_at is not None:
        yield finding("minutes_already_confirmed")
    elif case.minutes.returned_at is not None:
        assert case.minutes.returned_by is not None
        yield finding("minutes_returned", name=case.minutes.returned_by.name)


def minutes_are_questioned(case: Case) -> bool:
    """The interviewer asked for changes, or the unit objected, and nobody has changed the text since."""
    return case.minutes.returned_at is not None or case.minutes.answer == MinutesAnswer.OBJECTED


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
    """Whose confirmation the minutes wait for: the interviewer's, or that of who holds the post now or acts for it."""
    assert case.interviewer is not None
    holders = case.parties_today.interviewers(case)
    if case.interviewer in holders:
        return finding("minutes_not_confirmed", name=case.interviewer.holder.name)
    words = {"gone": why_gone(case, case.interviewer)}
    if not holders:
        vacant = case.parties_today.vacant(*LEADING_POSTS) or [PostKind.DEPUTY_LEADER]
        return finding("minutes_without_interviewer", **words, posts=official_text.joined(p.label for p in vacant))
    now = official_text.joined([f"{post.get_kind_display()}{post.holder.name}" for post in holders])
    return finding("minutes_await_successor", **words, now=now)


def why_gone(case: Case, interviewer: Post) -> str:
    """约谈人孙六已不任副组长, or that the interviewer has come to hold a post in the unit."""
    titles = official_text.joined([post.title for post in interviewer.holder.posts_in(case.unit_id)])
    if titles and interviewer.is_current:
        return f"约谈人{interviewer.holder.name}现任被约谈单位{titles}，应当回避"
    return f"约谈人{interviewer.holder.name}已不任{interviewer.get_kind_display()}"


def why_confirms(case: Case, by: User) -> str:
    """Why this person confirms who did not interview; empty for the interviewer."""
    assert case.interviewer is not None
    if case.interviewer.holder_id == by.pk:
        return ""
    held = next((post for post in case.parties_today.interviewers(case) if post.holder_id == by.pk), None)
    return f"{why_gone(case, case.interviewer)}，由{held.get_kind_display()}{by.name}确认" if held else ""


def answer_due_on(case: Case) -> date | None:
    """By when the interviewed side should answer the minutes' text."""
    return case.minutes.answer_until


@Requirement
def has_correction_to_confirm(case: Case) -> Iterator[Finding]:
    """A corrected text waits for the interviewer."""
    if case.open_correction is None:
        yield finding("no_correction_to_confirm")
