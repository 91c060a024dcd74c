"""审定 on paper: a meeting or a signed paper is registered by one person of the office and checked by another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils import timezone

from yuetan.actions.files.attachment import ExaminedFile, Offer, attach, examine_files
from yuetan.actions.files.readable_scan import PAPER_KINDS, scan_problems
from yuetan.actions.proposal.decision import authority_facts, authority_of
from yuetan.actions.proposal.proposal_rules import not_as_shown
from yuetan.actions.step import refuse_if_any, step
from yuetan.models import AgendaItem, Attachment, Case, DecisionRegistration, Meeting, User
from yuetan.models.case.decision_authority import Authority
from yuetan.models.meeting.presence_rules import not_decided_there
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import require_words
from yuetan.rules.text.official_text import chinese_date
from yuetan.vocabulary import ApprovalMethod, DecisionKind, FilePurpose, Verb


@dataclass(frozen=True)
class _Registered:
    """What is written down of a decision: which, how, by whom, when, in which words."""

    decision: str
    method: str
    approver: User | None
    given_on: date | None
    meeting: str
    opinion: str
    item: AgendaItem | None = None  # of the meeting whose record is the proof


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
    registered = _Registered(decision, method, approver, given_on, meeting.strip(), opinion)
    stated = [decision, method, approver, given_on, meeting.strip(), opinion.strip(), proof]
    if item is not None:
        registered = _as_recorded(item)
    examined_files = examine_files(case, [proof] if proof else [], "proof")
    facts: dict[str, Any] = {}
    with step(case, Verb.REGISTER_DECISION, by=by, opinion=registered.opinion, facts=facts) as case:
        refuse_if_any(case, not_as_shown(case, seen, action="登记"))
        if registered.item is None:
            against = [*_problems(case, registered), *_proof_problems(method, examined_files)]
        else:
            against = [*_record_problems(case, registered, registered.item, stated)]
        refuse_if_any(case, against)
        authority = _registered_authority(case, registered)
        kept = next(iter(attach(case, examined_files, by=by, purpose=FilePurpose.APPROVAL)), None)
        registration = _write_registration(case, registered, authority, by=by, seen=seen, proof=kept)
        facts |= _registration_facts(registration, authority)
    return case


def _registered_authority(case: Case, registered: _Registered) -> Authority:
    assert registered.approver is not None
    assert registered.given_on is not None
    return authority_of(case, registered.approver, registered.given_on, None)


def _as_recorded(item: AgendaItem) -> _Registered:
    """What the record of a meeting says that was decided."""
    held_on, words = item.meeting.local_begin.date(), item.conclusion
    return _Registered(item.decision, ApprovalMethod.MEETING, item.decided_by, held_on, item.meeting.title, words, item)


def _record_problems(
    case: Case, registered: _Registered, item: AgendaItem, stated: Sequence[object]
) -> Iterator[Finding]:
    """Why what is recorded of a meeting does not prove the decision."""
    if any(stated):
        yield finding("registration_beside_record", "item", meeting=registered.meeting)
    held = (
        Meeting.objects.select_for_update(no_key=True).filter(pk=item.meeting_id).first()
    )  # nothing changes of it now
    current = AgendaItem.objects.deciding(case).filter(pk=item.pk, concluded_at=item.concluded_at)
    if held is None or not current.exists():
        yield finding("approval_proof_missing", "item", method=_label(registered.method))
        return
    yield from (replace(one, field="item") for one in not_decided_there(item, item.decided_by))
    yield from (replace(one, field="item") for one in _decision_day_problems(case, registered))


def _write_registration(
    case: Case, registered: _Registered, authority: Authority, *, by: User, seen: str, proof: Attachment | None
) -> DecisionRegistration:
    assert registered.given_on is not None
    return DecisionRegistration.objects.create(
        case=case,
        decision=registered.decision,
        method=registered.method,
        meeting=registered.meeting,
        approver=authority.leader,
        delegator=authority.delegator,
        given_on=registered.given_on,
        opinion=registered.opinion,
        sha256=seen,
        proof=proof,
        item=registered.item,
        registered_by=by,
    )


def confirm_approval(case: Case, *, by: User, seen: str, compared: bool) -> Case:
    """复核登记的审定同意: another person of the office has compared the registration with its scan; it counts now.

    `seen` names the registration that was shown. Raises Refused for one's own registration.
    """
    return _confirm(case, Verb.CONFIRM_APPROVAL, by, seen, compared=compared)


def confirm_decline(case: Case, *, by: User, seen: str, compared: bool) -> Case:
    """复核登记的不予约谈: the same, and the case ends."""
    return _confirm(case, Verb.CONFIRM_DECLINE, by, seen, compared=compared)


def return_registration(case: Case, *, by: User, reason: str, seen: str) -> Case:
    """退回审定登记: it does not count, and may be registered anew; who registered it may take it back, too."""
    with step(case, Verb.RETURN_REGISTRATION, by=by, opinion=reason) as case:
        registration = _shown_registration(case, seen)
        refuse_if_any(case, require_words(reason, finding("reason_missing", "reason", what="退回")))
        _review(registration, by, accepted=False, reason=reason)
    return case


def _confirm(case: Case, verb: Verb, by: User, seen: str, *, compared: bool) -> Case:
    registration = case.open_registration
    facts: dict[str, Any] = {}
    opinion = registration.opinion if registration else ""
    with step(case, verb, by=by, opinion=opinion, facts=facts) as case:
        registration = _shown_registration(case, seen)
        refuse_if_any(case, [] if compared else [finding("proof_not_compared", "compared")])
        refuse_if_any(case, not_as_shown(case, registration.sha256, action="复核"))
        authority = authority_of(case, registration.approver, registration.given_on, registration.delegator)
        facts |= _registration_facts(registration, authority) | {"registered_by": registration.registered_by.name}
        take = case.confirm_approval if verb == Verb.CONFIRM_APPROVAL else case.confirm_decline
        take(
            approver=authority.leader,
            approved_for=authority.delegator,
            approval_method=registration.method,
            meeting=registration.meeting,
            given_on=registration.given_on,
            sha256=registration.sha256,
        )
        _review(registration, by, accepted=True)
    return case


def _shown_registration(case: Case, seen: str) -> DecisionRegistration:
    registration = case.open_registration
    assert registration is not None
    refuse_if_any(case, [] if seen == str(registration.pk) else [finding("registration_not_as_shown")])
    return registration


def _review(registration: DecisionRegistration, by: User, *, accepted: bool, reason: str = "") -> None:
    registration.reviewed_by, registration.reviewed_at = by, clock.now()
    registration.accepted, registration.return_reason = accepted, reason
    registration.save()


def _registration_facts(registration: DecisionRegistration, authority: Authority) -> dict[str, object]:
    return {
        "decision": str(DecisionKind(registration.decision).label),
        "method": registration.method,
        **authority_facts(authority),
        "given_on": registration.given_on,
        **({"meeting": registration.meeting} if registration.meeting else {}),
        "sha256": registration.sha256,
    }


def _problems(case: Case, registered: _Registered) -> Iterator[Finding]:
    if registered.decision not in DecisionKind.values:
        yield finding("decision_missing", "decision")
    if registered.method not in ApprovalMethod.values or registered.method == ApprovalMethod.ONLINE:
        yield finding("approval_method_missing", "method")
    if registered.approver is None:
        yield finding("approver_missing", "approver")
    if registered.method == ApprovalMethod.MEETING and not registered.meeting:
        yield finding("approval_meeting_missing", "meeting")
    yield from require_words(registered.opinion, finding("opinion_missing", "opinion"))
    yield from _decision_day_problems(case, registered)


def _decision_day_problems(case: Case, registered: _Registered) -> Iterator[Finding]:
    """The day lies between 报审定 and today: before it there was nothing to decide on."""
    if registered.given_on is None:
        yield finding("approval_date_missing", "given_on", method=_label(registered.method))
    elif registered.given_on > clock.today():
        yield finding("approval_date_ahead", "given_on")
    elif registered.given_on < endorsed_on(case):
        yield finding("approval_date_before_proposal", "given_on", endorsed=chinese_date(endorsed_on(case)))


def endorsed_on(case: Case) -> date:
    """The day on which the proposal as it stands was put before the leading group."""
    events = case.events.filter(verb=Verb.ENDORSE).newest_first()
    return timezone.localdate(events[0].created_at)


def _proof_problems(method: str, examined_files: list[ExaminedFile]) -> Iterator[Finding]:
    if not examined_files:
        yield finding("approval_proof_missing", "proof", method=_label(method))
    yield from scan_problems(examined_files, "proof", kinds=PAPER_KINDS)


def _label(method: str) -> str:
    return ApprovalMethod(method).label if method in ApprovalMethod.values else "会议或者签批件"
