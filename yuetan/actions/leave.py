"""请假: asked for by the head before the interview, decided by the interviewer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from yuetan.actions.step import refuse, step
from yuetan.models import Case, Leave, Post, User
from yuetan.rules import clock
from yuetan.rules.findings import Finding, found
from yuetan.vocabulary import Verb


def ask_leave(case: Case, *, by: User, post: Post | None, reason: str) -> Case:
    """请假: for one interviewee, with a reason; nobody is sent instead."""
    facts: dict[str, str] = {}
    with step(case, Verb.ASK_LEAVE, by=by, opinion=reason, facts=facts) as case:
        refuse(case, _wrong(case, post, reason))
        assert post is not None
        Leave.objects.create(case=case, notice=case.current_notice, post=post, reason=reason, asked_by=by)
        facts["leave_of"] = post.holder.name
    return case


def _wrong(case: Case, post: Post | None, reason: str) -> Iterator[Finding]:
    if post is None or post not in case.interviewees.all():
        yield found("leave_of_nobody", "post")
    else:
        asked = case.leave_of(post)
        if asked is not None and asked.granted is not False:
            yield found("leave_asked_for_this_one", "post", name=post.holder.name, outcome=asked.outcome)
    if not reason.strip():
        yield found("reason_missing", "reason", what="请假")


def decide_leave(case: Case, *, by: User, leave: Leave | None, granted: bool, opinion: str) -> Case:
    """审批请假: granted or refused, in words; what is granted makes the office reschedule, or the others go on."""
    facts: dict[str, Any] = {}
    with step(case, Verb.DECIDE_LEAVE, by=by, opinion=opinion, facts=facts) as case:
        asked = next((one for one in case.pending_leaves if one == leave), None)
        none_asked = [] if asked else [found("no_leave_to_decide", "leave")]
        refuse(case, [*none_asked, *([] if opinion.strip() else [found("opinion_missing", "opinion")])])
        assert asked is not None
        asked.granted, asked.opinion = granted, opinion
        asked.decided_by, asked.decided_at = by, clock.now()
        asked.save()
        facts.update(leave_of=asked.post.holder.name, outcome=asked.outcome)
    return case
