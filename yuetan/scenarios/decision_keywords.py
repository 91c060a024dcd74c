"""The lawful keywords of a decision on a proposal: a leader's own, or registered from paper and compared."""

from __future__ import annotations

from yuetan.models import Case
from yuetan.rules.dates import clock
from yuetan.scenarios.actors import in_office
from yuetan.scenarios.files import blank_scan
from yuetan.scenarios.keywords import Keywords, KeywordsOf
from yuetan.vocabulary import ApprovalMethod, DecisionKind
from yuetan.vocabulary.naming import in_names


def decision(opinion: str) -> KeywordsOf:
    """Keywords to decide on the proposal as it stands now, with an opinion."""
    return lambda case: {"opinion": opinion, "seen": case.proposal_sha256}


def registration(case: Case) -> Keywords:
    """What the office registers of a meeting that approved today."""
    return {
        "decision": DecisionKind.APPROVED,
        "method": ApprovalMethod.MEETING,
        "approver": in_office("group_leader"),
        "given_on": clock.today(),
        "meeting": in_names("{the_group}2026年第3次会议"),
        "opinion": "会议同意。",
        "seen": case.proposal_sha256,
        "proof": blank_scan("会议记录"),
        "item": None,
    }


def registration_seen(case: Case) -> str:
    """Which registration was shown; empty while none waits."""
    return str(case.open_registration.pk) if case.open_registration else ""


def compared_registration(case: Case) -> Keywords:
    """That the registration was compared with its scan."""
    return {"compared": True, "seen": registration_seen(case)}


def readers(case: Case) -> Keywords:
    """One of each post without which no case goes on."""
    return {"people": [in_office("officer"), in_office("supervisor")], "reason": "涉及正在核查的线索。"}
