"""Proposing: 拟稿, 报核, 核稿, 退回, 撤回."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from yuetan import grants, permissions
from yuetan.actions.attachment import attach, examined
from yuetan.actions.step import refuse, step, write_event
from yuetan.documents.issue import issue, take_number
from yuetan.errors import NotYours
from yuetan.models import Case, Ground, Post, Regulation, Unit, User
from yuetan.rules import clock
from yuetan.rules.findings import Finding, found
from yuetan.vocabulary import HEAD_POSTS, CaseState, DocumentKind, FilePurpose, PostKind, Verb

REGISTER = "约谈"


@transaction.atomic
def draft(
    *,
    by: User,
    unit: Unit,
    matter: str,
    facts: str,
    grounds: Sequence[Ground],
    other_words: str,
    interviewees: Sequence[Post],
    interviewer: Post | None,
    evidence: Sequence[UploadedFile],
) -> Case:
    """Begin a case as a draft (拟稿); what no proposal may ever say is refused at once."""
    if not by.has_perm(permissions.name(Verb.DRAFT)):
        raise NotYours(Verb.DRAFT)
    today = clock.today()
    case = Case(
        regulation=Regulation.objects.in_force(today),
        register_year=today.year,
        unit=unit,
        matter=matter,
        facts=facts,
        other_words=other_words,
        drafter=by,
    )
    refuse(case, _never_lawful(case, grounds, interviewees, interviewer))
    taken = examined(case, evidence, "evidence")
    case.interviewer = interviewer or _only_choice(case, interviewees)
    case.register_serial = take_number(REGISTER, today.year)
    case.save()
    case.grounds.set(grounds)
    case.interviewees.set(interviewees)
    attach(case, taken, by=by, purpose=FilePurpose.EVIDENCE)
    write_event(case, Verb.DRAFT, by=by, before="")
    grants.follow_case(case)
    return case


def revise_draft(
    case: Case,
    *,
    by: User,
    unit: Unit,
    matter: str,
    facts: str,
    grounds: Sequence[Ground],
    other_words: str,
    interviewees: Sequence[Post],
    interviewer: Post | None,
    evidence: Sequence[UploadedFile],
) -> Case:
    """Change a draft: only in 拟稿, only by its drafter."""
    taken = examined(case, evidence, "evidence")
    with step(case, Verb.REVISE_DRAFT, by=by) as case:
        case.unit, case.matter, case.facts, case.other_words = unit, matter, facts, other_words
        refuse(case, _never_lawful(case, grounds, interviewees, interviewer))
        case.interviewer = interviewer or _only_choice(case, interviewees)
        case.grounds.set(grounds)
        case.interviewees.set(interviewees)
        attach(case, taken, by=by, purpose=FilePurpose.EVIDENCE)
    return case


def _never_lawful(
    case: Case, grounds: Sequence[Ground], interviewees: Sequence[Post], interviewer: Post | None
) -> Iterator[Finding]:
    if case.unit.retired_on:
        yield found("unit_retired", "unit", unit=case.unit.name)
    for ground in grounds:
        if not ground.fits(case.unit.kind):
            words = {"ground": ground.text.rstrip("；。"), "unit_kind": case.unit.get_kind_display()}
            yield found("ground_of_wrong_kind", "grounds", **words)
    not_heads = list(_not_heads(case, interviewees))
    yield from not_heads
    if interviewees and not not_heads:  # the rules tell an interviewer for heads alone
        yield from _interviewer_wrong(case, interviewees, interviewer)


def _not_heads(case: Case, interviewees: Sequence[Post]) -> Iterator[Finding]:
    for post in interviewees:
        if post.unit_id != case.unit_id or post.kind not in HEAD_POSTS or not post.is_current:
            words = {"name": post.holder.name, "unit": case.unit.name, "heads": case.unit.heads_name}
            yield found("interviewee_not_head", "interviewees", **words)


def _interviewer_wrong(case: Case, interviewees: Sequence[Post], interviewer: Post | None) -> Iterator[Finding]:
    wanted, *others = {_interviewer_post(case, post) for post in interviewees}
    if others:
        yield found("interviewees_need_different_interviewers", "interviewees")
        return
    if interviewer is not None and (interviewer.kind != wanted or not interviewer.is_current):
        yield found("wrong_interviewer", "interviewer", post=wanted.label, name=interviewer.holder.name)
    elif not Post.objects.current().filter(kind=wanted).exists():
        yield found("interviewer_post_vacant", "interviewer", post=wanted.label)


def _interviewer_post(case: Case, interviewee: Post) -> PostKind:
    rule = case.regulation.interviewer_post(unit_kind=case.unit.kind, rank=interviewee.rank)
    return PostKind(rule.interviewer)


def _only_choice(case: Case, interviewees: Sequence[Post]) -> Post | None:
    if not interviewees:
        return None
    holders = Post.objects.current().filter(kind=_interviewer_post(case, interviewees[0]))[:2]
    return holders[0] if len(holders) == 1 else None


def submit(case: Case, *, by: User) -> Case:
    """报核: hand the proposal to the office director; refused until it is whole."""
    with step(case, Verb.SUBMIT, by=by) as case:
        case.submit()
    return case


def return_for_changes(case: Case, *, by: User, reason: str) -> Case:
    """退回修改: tell the drafter exactly what to change."""
    with step(case, Verb.RETURN_FOR_CHANGES, by=by, opinion=reason) as case:
        if not reason.strip():
            refuse(case, [found("reason_missing", "reason", what="退回")])
        case.return_for_changes()
    return case


def endorse(case: Case, *, by: User, opinion: str) -> Case:
    """核稿同意，报审定: a second person puts the proposal before the leading group."""
    with step(case, Verb.ENDORSE, by=by, opinion=opinion) as case:
        if not opinion.strip():
            refuse(case, [found("opinion_missing", "opinion")])
        case.endorse(endorser=by)
    return case


def withdraw(case: Case, *, by: User, reason: str) -> Case:
    """撤回: a notified unit gets a written cancellation in the same step."""
    facts: dict[str, str] = {}
    with step(case, Verb.WITHDRAW, by=by, opinion=reason, facts=facts) as case:
        if not reason.strip():
            refuse(case, [found("reason_missing", "reason", what="撤回")])
        was_notified = case.state == CaseState.NOTIFIED
        notice = case.current_notice if was_notified else None
        case.withdraw()
        if notice is not None:
            cancellation = issue(DocumentKind.CANCELLATION, case, by=by, replaces=notice, reason=reason)
            facts["document"] = cancellation.number
    return case
