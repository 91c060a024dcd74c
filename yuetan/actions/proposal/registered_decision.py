"""What the office registers of a decision on paper: what it must hold, its row, and the second person who looks at it.

The same for a proposal and for a measure of a 责任制.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from yuetan.actions.files.attachment import ExaminedFile
from yuetan.actions.files.readable_scan import PAPER_KINDS, scan_problems
from yuetan.actions.step import refuse_if_any
from yuetan.models import AccountabilityMeasure, AgendaItem, Attachment, Case, DecisionRegistration, User
from yuetan.models.case.registration import NOT_LAID
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import require_words
from yuetan.rules.text.official_text import chinese_date
from yuetan.vocabulary import ApprovalMethod, DecisionKind, Verb

# What the sentences about them call a text, and the decision against it.
OF_PROPOSALS = {"text": "建议", "declined": DecisionKind.DECLINED.label}
OF_MEASURES = {"text": "文本", "declined": NOT_LAID}


@dataclass(frozen=True)
class Registered:
    """What is written down of a decision: which, how, by whom, when, in which words."""

    decision: str
    method: str
    approver: User | None
    given_on: date | None
    meeting: str
    opinion: str
    item: AgendaItem | None = None  # of the meeting whose record is the proof
    words: Mapping[str, str] = field(default_factory=OF_PROPOSALS.copy)


def registered_problems(registered: Registered, since: date) -> Iterator[Finding]:
    """What is missing of it; a day that lies not between 报审定, which is `since`, and today."""
    if registered.decision not in DecisionKind.values:
        yield finding("decision_missing", "decision", declined=registered.words["declined"])
    if registered.method not in ApprovalMethod.values or registered.method == ApprovalMethod.ONLINE:
        yield finding("approval_method_missing", "method")
    if registered.approver is None:
        yield finding("approver_missing", "approver")
    if registered.method == ApprovalMethod.MEETING and not registered.meeting:
        yield finding("approval_meeting_missing", "meeting")
    yield from require_words(registered.opinion, finding("opinion_missing", "opinion"))
    yield from decision_day_problems(registered, since)


def decision_day_problems(registered: Registered, since: date) -> Iterator[Finding]:
    """The day lies between 报审定 and today: before it there was nothing to decide on."""
    if registered.given_on is None:
        yield finding("approval_date_missing", "given_on", method=label_of_method(registered.method))
    elif registered.given_on > clock.today():
        yield finding("approval_date_ahead", "given_on")
    elif registered.given_on < since:
        words = {"endorsed": chinese_date(since), "text": registered.words["text"]}
        yield finding("approval_date_before_proposal", "given_on", **words)


def proof_problems(method: str, examined_files: Sequence[ExaminedFile]) -> Iterator[Finding]:
    """Why the scan proves nothing: there is none, or it cannot be read."""
    if not examined_files:
        yield finding("approval_proof_missing", "proof", method=label_of_method(method))
    yield from scan_problems(examined_files, "proof", kinds=PAPER_KINDS)


def label_of_method(method: str) -> str:
    """会议审定, 签批件; both where none was chosen."""
    return ApprovalMethod(method).label if method in ApprovalMethod.values else "会议或者签批件"


def put_forward_on(subject: Case | AccountabilityMeasure, verb: Verb) -> date:
    """The day on which its text as it stands was put before who decides, by the step of that name."""
    events = subject.events.filter(verb=verb).newest_first()
    return timezone.localdate(events[0].created_at)


def write_registration(
    subject: Case | AccountabilityMeasure,
    registered: Registered,
    delegator: User | None,
    *,
    by: User,
    seen: str,
    proof: Attachment | None,
) -> DecisionRegistration:
    """Its row, which waits for a second person; `seen` is the digest of the text that was decided on."""
    assert registered.approver is not None
    assert registered.given_on is not None
    return DecisionRegistration.objects.create(
        decision=registered.decision,
        method=registered.method,
        meeting=registered.meeting,
        approver=registered.approver,
        delegator=delegator,
        given_on=registered.given_on,
        opinion=registered.opinion,
        sha256=seen,
        proof=proof,
        item=registered.item,
        registered_by=by,
        **{subject.ABOUT: subject},
    )


def shown_registration(
    subject: Case | AccountabilityMeasure, registration: DecisionRegistration | None, seen: str
) -> DecisionRegistration:
    """The registration that waits, which is the one that was shown; raises Refused if it is another by now."""
    assert registration is not None
    refuse_if_any(subject, [] if seen == registration.shown_as else [finding("registration_not_as_shown")])
    return registration


def review_registration(registration: DecisionRegistration, by: User, *, accepted: bool, reason: str = "") -> None:
    """Somebody has looked at it: it counts, or it is returned with a reason."""
    registration.reviewed_by, registration.reviewed_at = by, clock.now()
    registration.accepted, registration.return_reason = accepted, reason
    registration.save()


def registration_facts(registration: DecisionRegistration, decided_by: dict[str, str]) -> dict[str, object]:
    """What an event keeps of it; `decided_by` says who decided, and in whose stead."""
    return {
        "decision": registration.decision_words,
        "method": registration.method,
        **decided_by,
        "given_on": registration.given_on,
        **({"meeting": registration.meeting} if registration.meeting else {}),
        "sha256": registration.sha256,
    }
