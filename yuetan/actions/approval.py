"""The leading group decides: 审定同意 or 不予约谈, by a leader online or registered by the office."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from yuetan.actions.attachment import attach, examined
from yuetan.actions.step import refuse, step
from yuetan.models import Case, User
from yuetan.models.mandate import Mandate, against_all, mandates
from yuetan.rules import clock
from yuetan.rules.findings import Finding, found
from yuetan.vocabulary import ApprovalMethod, FilePurpose, PostKind, Verb


@dataclass(frozen=True)
class _Decision:
    """What was asked for: by whom, with which words, and how it was given."""

    by: User
    opinion: str
    seen: str
    method: str
    approver: User | None
    delegator: User | None
    given_on: date | None
    meeting: str
    proof: UploadedFile | None

    @property
    def online(self) -> bool:
        """Whether the leader does it in person."""
        return self.method == ApprovalMethod.ONLINE

    @property
    def leader(self) -> User | None:
        """Who decides."""
        return self.by if self.online else self.approver

    @property
    def day(self) -> date:
        """When it was decided."""
        return clock.today() if self.online or self.given_on is None else self.given_on


def approve(
    case: Case,
    *,
    by: User,
    opinion: str,
    seen: str,
    method: str = ApprovalMethod.ONLINE,
    approver: User | None = None,
    delegator: User | None = None,
    given_on: date | None = None,
    meeting: str = "",
    proof: UploadedFile | None = None,
) -> Case:
    """审定同意: three persons, recusal, an opinion; meetings and signed papers with their proof.

    `seen` is the digest of the proposal that was shown to who decides: the decision is bound to that text.
    """
    return _decided(
        case, Verb.APPROVE, _Decision(by, opinion, seen, method, approver, delegator, given_on, meeting.strip(), proof)
    )


def decline(
    case: Case,
    *,
    by: User,
    opinion: str,
    seen: str,
    method: str = ApprovalMethod.ONLINE,
    approver: User | None = None,
    delegator: User | None = None,
    given_on: date | None = None,
    meeting: str = "",
    proof: UploadedFile | None = None,
) -> Case:
    """不予约谈: the same persons and proofs, and the reason."""
    return _decided(
        case, Verb.DECLINE, _Decision(by, opinion, seen, method, approver, delegator, given_on, meeting.strip(), proof)
    )


def _decided(case: Case, verb: Verb, asked: _Decision) -> Case:
    facts: dict[str, Any] = {"method": str(asked.method)}
    proof = examined(case, [asked.proof] if asked.proof else [], "proof")
    with step(case, verb, by=asked.by, opinion=asked.opinion, facts=facts) as case:
        sha256 = case.proposal_sha256
        refuse(case, [] if asked.seen == sha256 else [found("text_not_as_shown")])
        refuse(case, _wrong(asked))
        mandate = _mandate(case, asked)
        attach(case, proof, by=asked.by, purpose=FilePurpose.APPROVAL)
        facts.update(_told(asked, mandate), sha256=sha256)
        take = case.approve if verb == Verb.APPROVE else case.decline
        take(
            approver=mandate.leader,
            approved_for=mandate.delegator,
            approval_method=asked.method,
            meeting=asked.meeting,
            given_on=asked.day,
            sha256=sha256,
        )
    return case


def _mandate(case: Case, asked: _Decision) -> Mandate:
    """In whose right the leader decides, as things stand on the day of the decision; refused if in nobody's."""
    assert asked.leader is not None
    ways = mandates(asked.leader, asked.day)
    if asked.delegator is not None:
        words = {"name": asked.delegator.name, "delegate": asked.leader.name}
        ways = [way for way in ways if way.delegator == asked.delegator]
        refuse(case, [] if ways else [found("delegation_not_in_force", "delegator", **words)])
    refuse(case, against_all(case, ways))
    return next(way for way in ways if way.is_open(case))


def _told(asked: _Decision, mandate: Mandate) -> Iterator[tuple[str, Any]]:
    yield "approver", f"{mandate.leader.name}（{mandate.leader.title}）"
    if mandate.words:
        yield "delegated", mandate.words
    if not asked.online:
        yield "given_on", asked.day
    if asked.meeting:
        yield "meeting", asked.meeting


def _wrong(asked: _Decision) -> Iterator[Finding]:
    if not asked.opinion.strip():
        yield found("opinion_missing", "opinion")
    registers = asked.by.holds(PostKind.OFFICE_DIRECTOR)
    if asked.online:
        if registers:
            yield found("not_your_approval", "method")
        return
    if not registers:
        yield found("leader_registers", "method")
    yield from _registration_wrong(asked)


def _registration_wrong(asked: _Decision) -> Iterator[Finding]:
    label = ApprovalMethod(asked.method).label
    if asked.approver is None:
        yield found("approver_missing", "approver")
    if asked.given_on is None:
        yield found("approval_date_missing", "given_on", method=label)
    elif asked.given_on > clock.today():
        yield found("approval_date_ahead", "given_on")
    if asked.method == ApprovalMethod.MEETING and not asked.meeting:
        yield found("approval_meeting_missing", "meeting")
    if asked.proof is None:
        yield found("approval_proof_missing", "proof", method=label)
