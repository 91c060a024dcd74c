"""The leading group decides: 审定同意 or 不予约谈, by a leader online or registered by the office."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.core.files.uploadedfile import UploadedFile

from yuetan.actions.attachment import attach
from yuetan.actions.step import refuse, step
from yuetan.errors import Refused
from yuetan.models import Case, User
from yuetan.models.case_requirements import may_approve_this
from yuetan.rules import clock
from yuetan.rules.findings import Finding, found
from yuetan.vocabulary import ApprovalMethod, FilePurpose, PostKind, Verb


def approve(
    case: Case,
    *,
    by: User,
    opinion: str,
    method: str = ApprovalMethod.ONLINE,
    approver: User | None = None,
    given_on: date | None = None,
    proof: UploadedFile | None = None,
) -> Case:
    """审定同意: three persons, recusal, an opinion; meetings and signed papers with their proof."""
    return _decided(case, Verb.APPROVE, by, opinion, method, approver, given_on, proof)


def decline(
    case: Case,
    *,
    by: User,
    opinion: str,
    method: str = ApprovalMethod.ONLINE,
    approver: User | None = None,
    given_on: date | None = None,
    proof: UploadedFile | None = None,
) -> Case:
    """不予约谈: the same persons and proofs, and the reason."""
    return _decided(case, Verb.DECLINE, by, opinion, method, approver, given_on, proof)


def _decided(
    case: Case,
    verb: Verb,
    by: User,
    opinion: str,
    method: str,
    approver: User | None,
    given_on: date | None,
    proof: UploadedFile | None,
) -> Case:
    facts = {"method": str(method)}
    with step(case, verb, by=by, opinion=opinion, facts=facts) as case:
        leader, day = _decide(case, by, opinion, method, approver, given_on, proof)
        facts["approver"] = f"{leader.name}（{leader.title}）"
        take = case.approve if verb == Verb.APPROVE else case.decline
        take(approver=leader, approval_method=method, given_on=day)
    return case


def _decide(
    case: Case,
    by: User,
    opinion: str,
    method: str,
    approver: User | None,
    given_on: date | None,
    proof: UploadedFile | None,
) -> tuple[User, date]:
    today = clock.today()
    online = method == ApprovalMethod.ONLINE
    leader = by if online else approver
    refuse(case, _wrong(by, opinion, method, leader, given_on, proof))
    assert leader is not None
    reasons = may_approve_this.reasons(case, leader)
    if reasons:
        raise Refused(*reasons)
    if proof is not None:
        attach(case, [proof], by=by, purpose=FilePurpose.APPROVAL, field="proof")
    return leader, today if online or given_on is None else given_on


def _wrong(
    by: User, opinion: str, method: str, leader: User | None, given_on: date | None, proof: UploadedFile | None
) -> Iterator[Finding]:
    if not opinion.strip():
        yield found("opinion_missing", "opinion")
    registers = by.holds(PostKind.OFFICE_DIRECTOR)
    if method == ApprovalMethod.ONLINE:
        if registers:
            yield found("not_your_approval", "method")
        return
    if not registers:
        yield found("leader_registers", "method")
    yield from _registration_wrong(method, leader, given_on, proof)


def _registration_wrong(
    method: str, leader: User | None, given_on: date | None, proof: UploadedFile | None
) -> Iterator[Finding]:
    if leader is None:
        yield found("approver_missing", "approver")
    label = ApprovalMethod(method).label
    if given_on is None:
        yield found("approval_date_missing", "given_on", method=label)
    elif given_on > clock.today():
        yield found("approval_date_ahead", "given_on")
    if proof is None:
        yield found("approval_proof_missing", "proof", method=label)
