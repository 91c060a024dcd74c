"""审定 on paper: a meeting or a signed paper is registered by one person of the office and checked by another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from yuetan.actions.files.attachment import Offer, attach, examine_files
from yuetan.actions.proposal.decision import authority_facts, authority_of
from yuetan.actions.proposal.proposal_rules import not_as_shown
from yuetan.actions.proposal.registered_decision import (
    Registered,
    decision_day_problems,
    label_of_method,
    proof_problems,
    put_forward_on,
    registered_problems,
    registration_facts,
    review_registration,
    shown_registration,
    write_registration,
)
from yuetan.actions.step import refuse_if_any, step
from yuetan.models import AgendaItem, Case, Meeting, User
from yuetan.models.case.decision_authority import Authority
from yuetan.models.meeting.presence_rules import not_decided_there
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import require_words
from yuetan.vocabulary import ApprovalMethod, FilePurpose, Verb


def register_decision(
    case: Case,
    *,
    by: User,
    decision: str,
    method: str,
    approver: User | None,
    given_on: date | None,
    meeting: str,
    opinion: str,
    seen: str,
    proof: Offer | None,
    item: AgendaItem | None,
) -> Case:
    """登记审定: what a meeting or a signed paper decided, with its scan; the case waits until another has checked it.

    `seen` is the digest of the proposal that was decided on. `item` cites what the record holds of a meeting that was
    held: everything is read off it, and it stands in the place of a scan. Raises Refused for what is missing, for a
    day before the proposal was handed in, for a leader who held no approving post on that day or did not attend the
    meeting in person, for anything stated beside a record, and for a scan that cannot be read.
    """
    registered = Registered(decision, method, approver, given_on, meeting.strip(), opinion)
    stated = [decision, method, approver, given_on, meeting.strip(), opinion.strip(), proof]
    if item is not None:
        registered = _as_recorded(item)
    examined_files = examine_files(case, [proof] if proof else [], "proof")
    facts: dict[str, Any] = {}
    with step(case, Verb.REGISTER_DECISION, by=by, opinion=registered.opinion, facts=facts) as case:
        refuse_if_any(case, not_as_shown(case, seen, action="登记"))
        if registered.item is None:
            against = [*registered_problems(registered, endorsed_on(case)), *proof_problems(method, examined_files)]
        else:
            against = [*_record_problems(case, registered, registered.item, stated)]
        refuse_if_any(case, against)
        authority = _registered_authority(case, registered)
        kept = next(iter(attach(case, examined_files, by=by, purpose=FilePurpose.APPROVAL)), None)
        registration = write_registration(case, registered, authority.delegator, by=by, seen=seen, proof=kept)
        facts |= registration_facts(registration, authority_facts(authority))
    return case


def _registered_authority(case: Case, registered: Registered) -> Authority:
    assert registered.approver is not None
    assert registered.given_on is not None
    return authority_of(case, registered.approver, registered.given_on, None)


def _as_recorded(item: AgendaItem) -> Registered:
    """What the record of a meeting says that was decided."""
    held_on, words = item.meeting.local_begin.date(), item.conclusion
    return Registered(item.decision, ApprovalMethod.MEETING, item.decided_by, held_on, item.meeting.title, words, item)


def _record_problems(
    case: Case, registered: Registered, item: AgendaItem, stated: Sequence[object]
) -> Iterator[Finding]:
    """Why what is recorded of a meeting does not prove the decision."""
    if any(stated):
        yield finding("registration_beside_record", "item", meeting=registered.meeting)
    held = (
        Meeting.objects.select_for_update(no_key=True).filter(pk=item.meeting_id).first()
    )  # nothing changes of it now
    current = AgendaItem.objects.deciding(case).filter(pk=item.pk, concluded_at=item.concluded_at)
    if held is None or not current.exists():
        yield finding("approval_proof_missing", "item", method=label_of_method(registered.method))
        return
    yield from (replace(one, field="item") for one in not_decided_there(item, item.decided_by))
    yield from (replace(one, field="item") for one in decision_day_problems(registered, endorsed_on(case)))


def confirm_approval(case: Case, *, by: User, seen: str, compared: bool) -> Case:
    """复核登记的审定同意: another person of the office has compared the registration with its scan; it counts now.

    `seen` names the registration that was shown. Raises Refused for one's own registration.
    """
    return _confirm(case, Verb.CONFIRM_APPROVAL, by, seen, compared=compared)


def confirm_decline(case: Case, *, by: User, seen: str, compared: bool) -> Case:
    """复核登记的不予约谈: the same comparison with the original, and the case ends.

    Raises what confirm_approval raises.
    """
    return _confirm(case, Verb.CONFIRM_DECLINE, by, seen, compared=compared)


def return_registration(case: Case, *, by: User, reason: str, seen: str) -> Case:
    """退回审定登记: it does not count, and may be registered anew; who registered it may take it back, too.

    Raises StateChanged unless it waits for a decision, NotYours for anybody but a case officer or the director,
    Refused where nothing or another registration than was shown (`seen`) waits, and without a reason.
    """
    with step(case, Verb.RETURN_REGISTRATION, by=by, opinion=reason) as case:
        registration = shown_registration(case, case.open_registration, seen)
        refuse_if_any(case, require_words(reason, finding("reason_missing", "reason", what="退回")))
        review_registration(registration, by, accepted=False, reason=reason)
    return case


def _confirm(case: Case, verb: Verb, by: User, seen: str, *, compared: bool) -> Case:
    registration = case.open_registration
    facts: dict[str, Any] = {}
    opinion = registration.opinion if registration else ""
    with step(case, verb, by=by, opinion=opinion, facts=facts) as case:
        registration = shown_registration(case, case.open_registration, seen)
        refuse_if_any(case, [] if compared else [finding("proof_not_compared", "compared")])
        refuse_if_any(case, not_as_shown(case, registration.sha256, action="复核"))
        authority = authority_of(case, registration.approver, registration.given_on, registration.delegator)
        facts |= registration_facts(registration, authority_facts(authority))
        facts["registered_by"] = registration.registered_by.name
        take = case.confirm_approval if verb == Verb.CONFIRM_APPROVAL else case.confirm_decline
        take(
            approver=authority.leader,
            approved_for=authority.delegator,
            approval_method=registration.method,
            meeting=registration.meeting,
            given_on=registration.given_on,
            sha256=registration.sha256,
        )
        review_registration(registration, by, accepted=True)
    return case


def endorsed_on(case: Case) -> date:
    """The day on which the proposal as it stands was put before the leading group."""
    return put_forward_on(case, Verb.ENDORSE)
