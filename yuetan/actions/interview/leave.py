"""请假: asked for by the head before the interview, decided by the interviewer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from yuetan.actions.step import refuse_if_any, step
from yuetan.models import Case, Leave, Post, User
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import require_words
from yuetan.vocabulary import Verb


def ask_leave(case: Case, *, by: User, post: Post | None, reason: str) -> Case:
    """请假: for one interviewee, with a reason; nobody is sent instead."""
    facts: dict[str, str] = {}
    with step(case, Verb.ASK_LEAVE, by=by, opinion=reason, facts=facts) as case:
        refuse_if_any(case, _request_problems(case, post, reason))
        assert post is not None
        Leave.objects.create(case=case, notice=case.current_notice, post=post, reason=reason, requested_by=by)
        facts["leave_of"] = post.holder.name
    return case


def _request_problems(case: Case, post: Post | None, reason: str) -> Iterator[Finding]:
    if post is None or post not in case.interviewees.all():
        yield finding("leave_of_nobody", "post")
    elif not post.is_current:
        yield finding("attendance_left_office", "post", name=post.holder.name, title=post.title)
    else:
        request = case.leave_of(post)
        if request is not None and request.granted is not False:
            yield finding("leave_asked_for_this_one", "post", name=post.holder.name, outcome=request.outcome)
    yield from require_words(reason, finding("reason_missing", "reason", what="请假"))


def decide_leave(case: Case, *, by: User, leave: Leave | None, granted: bool, opinion: str) -> Case:
    """审批请假: granted or refused, in words; what is granted makes the office reschedule, or the others go on."""
    facts: dict[str, Any] = {}
    with step(case, Verb.DECIDE_LEAVE, by=by, opinion=opinion, facts=facts) as case:
        request = next((one for one in case.pending_leaves if one == leave), None)
        nothing_pending = [] if request else [finding("no_leave_to_decide", "leave")]
        refuse_if_any(case, [*nothing_pending, *require_words(opinion, finding("opinion_missing", "opinion"))])
        assert request is not None
        request.granted, request.opinion = granted, opinion
        request.decided_by, request.decided_at = by, clock.now()
        request.save()
        facts.update(leave_of=request.post.holder.name, outcome=request.outcome)
    return case
