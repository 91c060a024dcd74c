"""Telling the interviewed side in writing: 书面通知, 改期, 签收, 登记纸质回执."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, Unpack

from yuetan.actions.files.paper_receipt import StatedReceipt, examined_receipt, keep_receipt, sign_for, unread_problems
from yuetan.actions.interview.attendance import ParticipantRow
from yuetan.actions.interview.interview_time import limits
from yuetan.actions.interview.notice_elements import NoticeInput
from yuetan.actions.pending import settle_leaves
from yuetan.actions.step import refuse_if_any, step
from yuetan.documents.issue import issue
from yuetan.models import Case, Post, User
from yuetan.models.case.flow import ActingData
from yuetan.models.case.requirements.people import head_problems, interviewers_now, rank_problems
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text import official_text
from yuetan.rules.text.empty_words import require_words
from yuetan.rules.text.handling import Handling, LetterHandlingInput
from yuetan.vocabulary import DocumentKind, Verb


def serve_notice(
    case: Case,
    *,
    by: User,
    scheduled_at: datetime | None,
    place: str,
    procedure: str,
    attendees: Sequence[ParticipantRow],
    companions: Sequence[ParticipantRow],
    required_materials: str,
    matter_facts: str = "",
    materials_reason: str = "",
    unusual_time_accepted: bool = False,
    clash_accepted: bool = False,
    **handling: Unpack[LetterHandlingInput],
) -> Case:
    """书面通知: all six elements, a lawful time, and the paper; from here on the unit sees its case.

    事由, 约谈人 and 约谈对象 are those that were approved; `matter_facts` says the 事由 in more words, `attendees` and
    `companions` are the others of either side. Raises StateChanged unless the case is approved and the unit not yet
    notified, NotYours for anybody but a case officer, Refused with every element of Art. 7 that is missing, for a time
    that is past or inside the lead time of the office, and where the approval no longer holds (interviewer, heads,
    ranks, 回避). Effects: the 约谈通知书 with its number, the limits that follow from the time, the unit's access and
    alert.
    """
    written = NoticeInput(
        *(scheduled_at, place, procedure, attendees, companions, required_materials, materials_reason),
        *(unusual_time_accepted, clash_accepted, matter_facts),
    )
    facts: dict[str, Any] = {}
    chosen = Handling(**handling)
    with step(case, Verb.SERVE_NOTICE, by=by, facts=facts) as case:
        assert case.interviewer is not None
        heads = list(case.interviewees.all())
        refuse_if_any(case, [*written.problems(case, [case.interviewer, *heads], by=by), *chosen.problems()])
        assert scheduled_at is not None
        case.serve_notice(**written.elements(case, case.interviewer, heads), **limits(scheduled_at))
        notice = issue(DocumentKind.INTERVIEW_NOTICE, case, by=by, handling=chosen)
        facts.update(document=notice.number, scheduled_at=scheduled_at, place=place, **written.facts())
    return case


def reschedule(
    case: Case,
    *,
    by: User,
    reason: str,
    interviewees: Sequence[Post],
    scheduled_at: datetime | None,
    place: str,
    procedure: str,
    attendees: Sequence[ParticipantRow],
    companions: Sequence[ParticipantRow],
    required_materials: str,
    matter_facts: str = "",
    materials_reason: str = "",
    interviewer: Post | None = None,
    unusual_time_accepted: bool = False,
    clash_accepted: bool = False,
    **handling: Unpack[LetterHandlingInput],
) -> Case:
    """改期: a new notice with a new number, naming successors where heads were replaced; the old one is marked.

    Leave from the old time that nobody has decided is decided by it, in words. Raises StateChanged unless the unit is
    notified and not yet interviewed, NotYours for anybody but a case officer, Refused where nothing gives cause for
    it, without a reason, for whom was not approved or an interviewer other than the rules name now (Art. 4, 5), and
    for what a first notice could not say either (Art. 7). Effects: the 改期通知书, which takes the place of the one
    before; both sides are alerted.
    """
    written = NoticeInput(
        *(scheduled_at, place, procedure, attendees, companions, required_materials, materials_reason),
        *(unusual_time_accepted, clash_accepted, matter_facts),
    )
    facts: dict[str, Any] = {}
    chosen = Handling(**handling)
    with step(case, Verb.RESCHEDULE, by=by, opinion=reason, facts=facts) as case:
        assert case.interviewer is not None
        leader = interviewer or case.interviewer
        people_problems = [*_interviewee_problems(case, interviewees), *_interviewer_problems(case, interviewer)]
        others = [*written.problems(case, [leader, *interviewees], by=by), *chosen.problems()]
        refuse_if_any(case, [*_unexplained(reason), *people_problems, *others])
        assert scheduled_at is not None
        old, before = case.current_notice, set(case.interviewees.all())
        settled = settle_leaves(case, by=by, words="约谈已改期，原请假不再审批；不能按新的时间到会的，请重新请假。")
        elements = written.elements(case, leader, interviewees)
        case.reschedule(interviewer=leader, acting=_acting(case, leader), **elements, **limits(scheduled_at))
        facts.update({"acting": case.acting_reason} if case.acting_reason else {})
        case.interviewees.set([*interviewees, *_without_successor(before, interviewees)])
        notice = issue(DocumentKind.RESCHEDULE_NOTICE, case, by=by, replaces=old, reason=reason, handling=chosen)
        facts |= written.facts() | {"scheduled_at": scheduled_at, "place": place}
        facts.update(document=notice.number, settled=settled)
        if before != set(interviewees):
            facts["interviewees"] = official_text.joined(post.holder.name for post in interviewees)
    return case


def _unexplained(reason: str) -> Iterable[Finding]:
    return require_words(reason, finding("reason_missing", "reason", what="改期"))


def _acting(case: Case, leader: Post) -> ActingData:
    """For whom the interviewer acts, and why; as before where it is the same one."""
    if leader == case.interviewer:
        return {"acting_for": case.acting_for, "acting_reason": case.acting_reason}
    lawful = interviewers_now(case)
    return {
        "acting_for": lawful.kind.value if lawful.why_acting else "",
        "acting_reason": lawful.acting_reason(leader),
    }


def _without_successor(named: Iterable[Post], interviewees: Sequence[Post]) -> list[Post]:
    """Who left a post that nobody has taken up stays named, as approved, and is recorded as 已离任."""
    kinds = {post.kind for post in interviewees}
    return [post for post in named if post.kind not in kinds]


def acknowledge_receipt(case: Case, *, by: User, seen: str) -> Case:
    """签收通知: a named person of the unit takes the notice; `seen` is the key of the one that was shown.

    Raises what a step raises, and Refused where another notice was served since.
    """
    facts: dict[str, str] = {}
    with step(case, Verb.ACKNOWLEDGE_RECEIPT, by=by, facts=facts) as case:
        refuse_if_any(case, unread_problems(case.current_notice, seen))
        facts |= sign_for(case.current_notice, by=by)
    return case


def register_receipt(case: Case, *, by: User, **stated: Unpack[StatedReceipt]) -> Case:
    """登记纸质回执: who signed by hand, in which post, on which day, with the scan that shows it.

    Raises StateChanged unless the unit is notified and not yet interviewed, NotYours for anybody but a case officer or
    the director, Refused where the notice is signed for already, without one of these, for a day before the notice or
    ahead, and for a file that is not accepted. Effects: the receipt of the present notice, with its scan.
    """
    facts: dict[str, str] = {}
    signed = examined_receipt(case, **stated)
    with step(case, Verb.REGISTER_RECEIPT, by=by, facts=facts) as case:
        refuse_if_any(case, signed.problems(case.current_notice))
        facts |= keep_receipt(case, case.current_notice, signed, by=by)
    return case


def _interviewee_problems(case: Case, interviewees: Sequence[Post]) -> Iterator[Finding]:
    """The posts that were approved, by whoever holds them now: nobody more, nobody less, no other interviewer."""
    if not interviewees:
        yield finding("interviewee_missing", "interviewees", heads=case.unit.heads_name)
        return
    strangers = list(head_problems(case, interviewees))
    yield from strangers
    if strangers:
        return
    approved = list(case.interviewees.all())
    held = set(case.unit.heads().values_list("kind", flat=True))
    if {post.kind for post in interviewees} != {post.kind for post in approved if post.kind in held}:
        labels = official_text.joined(post.title for post in approved)
        yield finding("interviewees_not_as_approved", "interviewees", approved=labels)
    yield from rank_problems(case, interviewees)


def _interviewer_problems(case: Case, interviewer: Post | None) -> Iterator[Finding]:
    """The one who was announced while they may; then whoever the rules name now, or who acts."""
    announced, lawful = case.interviewer, interviewers_now(case)
    assert announced is not None
    still = announced in lawful.posts
    if interviewer is None or interviewer == announced:
        if not still:
            label = official_text.joined(dict.fromkeys(post.get_kind_display() for post in lawful.posts))
            yield finding("interviewer_missing", "interviewer", post=label, healing="")
    elif still:
        words = {"name": announced.holder.name, "post": announced.get_kind_display()}
        yield finding("interviewer_still_in_post", "interviewer", **words)
    elif interviewer not in lawful.posts:
        words = {"post": lawful.kind.label, "name": interviewer.holder.name}
        yield finding("wrong_interviewer", "interviewer", **words, healing="")
