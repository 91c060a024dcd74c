"""请假: asked for by the head before the interview, decided by the interviewer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Unpack

from yuetan.actions.files.paper_filing import FiledPaper, StatedPaper, examined_paper, keep_paper
from yuetan.actions.step import refuse_if_any, step
from yuetan.models import Case, Leave, Post, User
from yuetan.models.case.requirements.paper_filing import registrar_decides
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import require_words
from yuetan.vocabulary import Verb


def ask_leave(case: Case, *, by: User, post: Post | None, reason: str) -> Case:
    """请假: for one interviewee, with a reason; nobody is sent instead.

    Raises StateChanged unless the unit is notified and not yet interviewed, NotYours for anybody but the head of the
    unit, Refused for whom is no interviewee or has left the post, for whom a request waits or was granted, and without
    a reason. Effects: one request under the present notice; the interviewer decides on it.
    """
    facts: dict[str, str] = {}
    with step(case, Verb.ASK_LEAVE, by=by, opinion=reason, facts=facts) as case:
        refuse_if_any(case, _request_problems(case, post, reason))
        assert post is not None
        Leave.objects.create(case=case, notice=case.current_notice, post=post, reason=reason, requested_by=by)
        facts["leave_of"] = post.holder.name
    return case


def register_leave(
    case: Case,
    *,
    by: User,
    post: Post | None,
    reason: str,
    **stated: Unpack[StatedPaper],
) -> Case:
    """代录请假: a request on paper, registered by the office; decided on by the interviewer as any other.

    Raises Refused where the request itself would be refused, and for a paper that is not whole.
    """
    paper = examined_paper(case, **stated)
    facts: dict[str, Any] = {}
    with step(case, Verb.REGISTER_LEAVE, by=by, opinion=reason, facts=facts) as case:
        refuse_if_any(case, [*_paper_problems(case, paper, post), *_request_problems(case, post, reason)])
        filing = keep_paper(case, paper, Verb.REGISTER_LEAVE, by=by, facts=facts)
        assert post is not None
        request = {"reason": reason, "requested_by": filing.signer.holder, "requested_at": filing.received_at}
        Leave.objects.create(case=case, notice=case.current_notice, post=post, paper_filing=filing, **request)
        facts["leave_of"] = post.holder.name
    return case


def _paper_problems(case: Case, paper: FiledPaper, post: Post | None) -> Iterator[Finding]:
    """A request answers the notice, or the refusal of an earlier one."""
    last = case.leave_of(post) if post else None
    if last is not None and last.decided_at is not None:
        yield from paper.problems(case, "上次请假审批的时间", last.decided_at)
    else:
        yield from paper.problems(case, "通知印发的时间", case.current_notice.issued_at)


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
    """审批请假: granted or refused, in words; what is granted makes the office reschedule, or the others go on.

    Raises StateChanged unless the unit is notified and not yet interviewed, NotYours for anybody but the interviewer,
    Refused where no request waits, for who registered it from paper, and without an opinion. Effects: the request
    keeps the decision, by whom and when; the unit reads it.
    """
    facts: dict[str, Any] = {}
    with step(case, Verb.DECIDE_LEAVE, by=by, opinion=opinion, facts=facts) as case:
        request = next((one for one in case.pending_leaves if one == leave), None)
        nothing_pending = [] if request else [finding("no_leave_to_decide", "leave")]
        own = registrar_decides(case, by, request, "leave") if request else []
        unexplained = require_words(opinion, finding("opinion_missing", "opinion"))
        refuse_if_any(case, [*nothing_pending, *own, *unexplained])
        assert request is not None
        request.granted, request.opinion = granted, opinion
        request.decided_by, request.decided_at = by, clock.now()
        request.save()
        facts.update(leave_of=request.post.holder.name, outcome=request.outcome)
    return case
