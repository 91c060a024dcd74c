"""签批件 of a measure: what a leader decided on paper is registered with its scan; another person compares it."""

from __future__ import annotations

from datetime import date

from yuetan.actions.files.attachment import Offer, attach, examine_files
from yuetan.actions.ladder.measure import require_as_shown
from yuetan.actions.proposal.registered_decision import (
    OF_MEASURES,
    Registered,
    proof_problems,
    put_forward_on,
    registered_problems,
    registration_facts,
    review_registration,
    shown_registration,
    write_registration,
)
from yuetan.actions.step import refuse_if_any, step
from yuetan.models import AccountabilityMeasure, DecisionRegistration, User
from yuetan.models.ladder.paper_decider import not_decided_by
from yuetan.rules.refusals import finding
from yuetan.vocabulary import ApprovalMethod, FilePurpose, Verb


def register_measure_paper(
    measure: AccountabilityMeasure,
    *,
    by: User,
    decision: str,
    approver: User | None,
    given_on: date | None,
    opinion: str,
    seen: str,
    proof: Offer | None,
) -> AccountabilityMeasure:
    """登记签批件: what a leader decided on paper, with its scan; the measure waits until another has compared it.

    `seen` is the digest of the text that was decided on. Raises Refused for what a meeting alone decides, for what is
    missing, for a day before the text was endorsed, for a leader who drafted or endorsed it, is of the unit or led
    nothing that day, and for a scan that cannot be read.
    """
    registered = Registered(decision, ApprovalMethod.SIGNED_PAPER, approver, given_on, "", opinion, words=OF_MEASURES)
    examined_files = examine_files(measure, [proof] if proof else [], "proof")
    facts: dict[str, object] = {}
    with step(measure, Verb.REGISTER_MEASURE_PAPER, by=by, opinion=opinion, facts=facts) as measure:
        require_as_shown(measure, seen, by)
        since = put_forward_on(measure, Verb.ENDORSE_MEASURE)
        against = [*registered_problems(registered, since), *proof_problems(registered.method, examined_files)]
        refuse_if_any(measure, against)
        assert approver is not None
        assert given_on is not None
        refuse_if_any(measure, not_decided_by(measure, approver, given_on))
        (kept,) = attach(measure, examined_files, by=by, purpose=FilePurpose.APPROVAL)
        registration = write_registration(measure, registered, None, by=by, seen=seen, proof=kept)
        measure.registered_by = by
        facts |= paper_facts(registration)
    return measure


def compared_paper(measure: AccountabilityMeasure, *, by: User, seen: str, compared: bool) -> DecisionRegistration:
    """The 签批件 that another person has compared with its scan, which counts from now on.

    Raises Refused where it is not the one that was shown or nobody compared it, and if who signed it may not have.
    """
    registration = shown_registration(measure, measure.paper_registration, seen)
    refuse_if_any(measure, [] if compared else [finding("proof_not_compared", "compared")])
    refuse_if_any(measure, not_decided_by(measure, registration.approver, registration.given_on))
    review_registration(registration, by, accepted=True)
    return registration


def paper_facts(registration: DecisionRegistration) -> dict[str, object]:
    """What the event of a 签批件 keeps."""
    leader = registration.approver
    return registration_facts(registration, {"approver": f"{leader.name}（{leader.title}）"})
