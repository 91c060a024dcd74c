"""The leading group decides in person: 审定同意 or 不予约谈."""

from __future__ import annotations

from datetime import date
from typing import Any

from yuetan.actions.proposal.proposal_rules import not_as_shown
from yuetan.actions.step import refuse_if_any, step
from yuetan.models import Case, User
from yuetan.models.case.decision_authority import Authority, authorities, reasons_against_all
from yuetan.rules.dates import clock
from yuetan.rules.refusals import finding
from yuetan.rules.text.empty_words import require_words
from yuetan.vocabulary import ApprovalMethod, Verb


def approve(case: Case, *, by: User, opinion: str, seen: str, delegator: User | None = None) -> Case:
    """审定同意: three persons, recusal, an opinion; what was decided on paper is registered (registration.py).

    `seen` is the digest of the proposal that was shown to who decides: the decision is bound to that text (Art. 6).
    Raises StateChanged unless it waits for a decision, NotYours for anybody but a leader, Refused for another text,
    without an opinion, for a post to which the office has not given approval, for who drafted or endorsed it or
    belongs to the unit (回避), and while a decision on it is registered. Effects: the case may be notified; the office
    is alerted.
    """
    return _decide(case, Verb.APPROVE, by, opinion, seen, delegator)


def decline(case: Case, *, by: User, opinion: str, seen: str, delegator: User | None = None) -> Case:
    """不予约谈: the same persons, and the reason.

    Raises what approving raises. Effects: the case has ended; its drafter is alerted, and the unit never hears of it.
    """
    return _decide(case, Verb.DECLINE, by, opinion, seen, delegator)


def _decide(case: Case, verb: Verb, by: User, opinion: str, seen: str, delegator: User | None) -> Case:
    facts: dict[str, Any] = {"method": str(ApprovalMethod.ONLINE)}
    with step(case, verb, by=by, opinion=opinion, facts=facts) as case:
        sha256, today = case.proposal_sha256, clock.today()
        refuse_if_any(case, not_as_shown(case, seen, action="审定"))
        refuse_if_any(case, require_words(opinion, finding("opinion_missing", "opinion")))
        authority = authority_of(case, by, today, delegator)
        facts.update(authority_facts(authority), sha256=sha256)
        take = case.approve if verb == Verb.APPROVE else case.decline
        take(
            approver=authority.leader,
            approved_for=authority.delegator,
            approval_method=ApprovalMethod.ONLINE,
            meeting="",
            given_on=today,
            sha256=sha256,
        )
    return case


def authority_of(case: Case, leader: User, day: date, delegator: User | None) -> Authority:
    """The authority under which a leader decides on a day; raises Refused if there was none on that day."""
    authorities_held = authorities(case, leader, day)
    if delegator is not None:
        words = {"name": delegator.name, "delegate": leader.name}
        authorities_held = [authority for authority in authorities_held if authority.delegator == delegator]
        refuse_if_any(case, [] if authorities_held else [finding("delegation_not_in_force", "delegator", **words)])
    refuse_if_any(case, reasons_against_all(case, authorities_held))
    return next(authority for authority in authorities_held if authority.is_open(case))


def authority_facts(authority: Authority) -> dict[str, str]:
    """What the event of a decision keeps of who decided, and in whose stead."""
    facts = {"approver": f"{authority.leader.name}（{authority.leader.title}）"}
    return facts | ({"delegated": authority.words} if authority.words else {})
