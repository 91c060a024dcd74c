"""The leading group decides: 审定同意 or 不予约谈, by a leader online or registered by the office."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from yuetan.actions.files.attachment import Offer, attach, examine_files
from yuetan.actions.proposal.proposal_rules import not_as_shown
from yuetan.actions.step import refuse_if_any, step
from yuetan.models import Case, User
from yuetan.models.case.decision_authority import Authority, authorities, reasons_against_all
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.vocabulary import ApprovalMethod, FilePurpose, PostKind, Verb


@dataclass(frozen=True)
class Decision:
    """What was asked for: by whom, with which words, and how it was given."""

    by: User
    opinion: str
    seen: str
    method: str
    approver: User | None
    delegator: User | None
    given_on: date | None
    meeting: str
    proof: Offer | None

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
    proof: Offer | None = None,
) -> Case:
    """审定同意: three persons, recusal, an opinion; meetings and signed papers with their proof.

    `seen` is the digest of the proposal that was shown to who decides: the decision is bound to that text.
    """
    return _decide(
        case, Verb.APPROVE, Decision(by, opinion, seen, method, approver, delegator, given_on, meeting.strip(), proof)
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
    proof: Offer | None = None,
) -> Case:
    """不予约谈: the same persons and proofs, and the reason."""
    return _decide(
        case, Verb.DECLINE, Decision(by, opinion, seen, method, approver, delegator, given_on, meeting.strip(), proof)
    )


def _decide(case: Case, verb: Verb, decision: Decision) -> Case:
    facts: dict[str, Any] = {"method": str(decision.method)}
    proof = examine_files(case, [decision.proof] if decision.proof else [], "proof")
    with step(case, verb, by=decision.by, opinion=decision.opinion, facts=facts) as case:
        sha256 = case.proposal_sha256
        refuse_if_any(case, not_as_shown(case, decision.seen, action="审定"))
        refuse_if_any(case, _decision_problems(decision))
        authority = _authority(case, decision)
        attach(case, proof, by=decision.by, purpose=FilePurpose.APPROVAL)
        facts.update(_event_data(decision, authority), sha256=sha256)
        take = case.approve if verb == Verb.APPROVE else case.decline
        take(
            approver=authority.leader,
            approved_for=authority.delegator,
            approval_method=decision.method,
            meeting=decision.meeting,
            given_on=decision.day,
            sha256=sha256,
        )
    return case


def _authority(case: Case, decision: Decision) -> Authority:
    """The authority under which the leader decides on the day of the decision; raises Refused if there is none."""
    assert decision.leader is not None
    authorities_held = authorities(decision.leader, decision.day)
    if decision.delegator is not None:
        words = {"name": decision.delegator.name, "delegate": decision.leader.name}
        authorities_held = [authority for authority in authorities_held if authority.delegator == decision.delegator]
        refuse_if_any(case, [] if authorities_held else [finding("delegation_not_in_force", "delegator", **words)])
    refuse_if_any(case, reasons_against_all(case, authorities_held))
    return next(authority for authority in authorities_held if authority.is_open(case))


def _event_data(decision: Decision, authority: Authority) -> Iterator[tuple[str, Any]]:
    yield "approver", f"{authority.leader.name}（{authority.leader.title}）"
    if authority.words:
        yield "delegated", authority.words
    if not decision.online:
        yield "given_on", decision.day
    if decision.meeting:
        yield "meeting", decision.meeting


def _decision_problems(decision: Decision) -> Iterator[Finding]:
    if not decision.opinion.strip():
        yield finding("opinion_missing", "opinion")
    registers = decision.by.holds(PostKind.OFFICE_DIRECTOR)
    if decision.online:
        if registers:
            yield finding("not_your_approval", "method")
        return
    if not registers:
        yield finding("leader_registers", "method")
    yield from _registration_problems(decision)


def _registration_problems(decision: Decision) -> Iterator[Finding]:
    label = ApprovalMethod(decision.method).label
    if decision.approver is None:
        yield finding("approver_missing", "approver")
    if decision.given_on is None:
        yield finding("approval_date_missing", "given_on", method=label)
    elif decision.given_on > clock.today():
        yield finding("approval_date_ahead", "given_on")
    if decision.method == ApprovalMethod.MEETING and not decision.meeting:
        yield finding("approval_meeting_missing", "meeting")
    if decision.proof is None:
        yield finding("approval_proof_missing", "proof", method=label)
