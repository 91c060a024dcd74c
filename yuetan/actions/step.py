"""The one way a step is taken: lock, may I, do, save, event, grants, commit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from yuetan import alerts, grants
from yuetan.errors import NotYours, Reason, Refused, StateChanged
from yuetan.models import Case, Event, Letter, User
from yuetan.models.case.flow import machine
from yuetan.models.case.requirements.requirement import PersonalRequirement
from yuetan.models.case.side_steps import SIDE_STEPS, SideStep
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding
from yuetan.vocabulary import OUTER_STATE_NAMES, Verb

# What the interviewed side reads in the timeline of its case.
VERBS_SEEN_BY_UNIT = frozenset(
    {
        Verb.SERVE_NOTICE,
        Verb.RESCHEDULE,
        Verb.ACKNOWLEDGE_RECEIPT,
        Verb.REGISTER_RECEIPT,
        Verb.HAND_IN_SUBMISSION,
        Verb.ASK_LEAVE,
        Verb.DECIDE_LEAVE,
        Verb.HOLD_INTERVIEW,
        Verb.SEND_MINUTES,
        Verb.ANSWER_MINUTES,
        Verb.ISSUE_MINUTES,
        Verb.ASSIGN,
        Verb.HAND_IN_REPORT,
        Verb.HAND_IN_PROGRESS,
        Verb.NOTE_PROGRESS,
        Verb.ACCEPT_TASK,
        Verb.RETURN_TASK,
        Verb.ASK_EXTENSION,
        Verb.CHASE,
        Verb.ANSWER_CHASE,
        Verb.DECIDE_EXTENSION,
        Verb.PAUSE_TASK,
        Verb.RESUME_TASK,
        Verb.ISSUE_SUPERVISION_LETTER,
        Verb.ACKNOWLEDGE_SUPERVISION,
        Verb.ANSWER_SUPERVISION,
        Verb.BEGIN_INSPECTION,
        Verb.SEND_BACK,
        Verb.REOPEN,
        Verb.CLOSE,
        Verb.APPROVE_LETTER,
        Verb.ACKNOWLEDGE_LETTER,
        Verb.ANSWER_LETTER,
        Verb.CONFIRM_CORRECTION,
        "void_document",
    }
)


def refuse_if_any(subject: Case | Letter, findings: Iterable[Finding]) -> None:
    """Raise Refused with a sentence for each finding; nothing happens if there is none."""
    reasons = [subject.reason(finding) for finding in findings]
    if reasons:
        raise Refused(*reasons)


def find_step(case: Case, verb: str) -> Any | None:
    """The transition or the act that this verb is in the present state of the case; None if there is none."""
    side_step = SIDE_STEPS.get(verb)
    if side_step is not None:
        return side_step if case.state in side_step.states else None
    return next((t for t in transitions_from(case) if t.name == verb), None)


def transitions_from(case: Case) -> list[Any]:
    """Every transition out of the present state, met or not, in the order of the machine."""
    return [transition for transition in machine(Case) if transition.source == case.state]


def side_steps_in(case: Case) -> list[SideStep]:
    """Every act that the present state of the case allows beside the main line."""
    return [side_step for side_step in SIDE_STEPS.values() if case.state in side_step.states]


def blocking_reasons(case: Case, taken_step: Any, by: User) -> list[Reason]:
    """Why this person cannot take this step now; empty when nothing stands against it."""
    reasons = [reason for condition in taken_step.conditions for reason in condition.reasons(case)]
    return reasons + [reason for personal in _personal(taken_step) for reason in personal.reasons(case, by)]


def is_allowed(case: Case, taken_step: Any, by: User) -> bool:
    """Whether nothing stands against the step: as reasons_against, without making the sentences."""
    met = all(condition(case) for condition in taken_step.conditions)
    return met and all(personal.allows(case, by) for personal in _personal(taken_step))


def _personal(taken_step: Any) -> list[PersonalRequirement]:
    decides = taken_step.custom.get("decides")
    return [*taken_step.custom.get("personal", ()), *([decides] if decides else [])]


@contextmanager
def step(
    case: Case,
    verb: str,
    *,
    by: User,
    opinion: str = "",
    facts: dict[str, Any] | None = None,
    record_event: bool = True,
) -> Iterator[Case]:
    """Take one step on a locked case: all of it happens, or nothing.

    `facts` go into the event and may be filled while the step is taken; what a side prepares for
    itself is not `told`, it has no event. Raises StateChanged if the case has moved on, NotYours if
    the step is somebody else's, Refused with every reason if the rules do not allow it.
    """
    with transaction.atomic():
        locked = Case.objects.select_for_update(of=("self",)).select_related("unit", "regulation").get(pk=case.pk)
        _check(locked, verb, by)
        before = locked.state
        yield locked
        locked.due_on = locked.next_due_on()
        locked.save()
        if record_event:
            write_event(locked, verb, by=by, before=before, opinion=opinion, facts=facts)
        grants.follow_case(locked)


def _check(case: Case, verb: str, by: User) -> None:
    taken_step = find_step(case, verb)
    if taken_step is None:
        raise state_changed(case, by)
    if not may_take(case, taken_step, by):
        raise NotYours(taken_step.name)
    reasons = blocking_reasons(case, taken_step, by)
    if reasons:
        raise Refused(*reasons)


def may_take(case: Case, taken_step: Any, by: User) -> bool:
    """Whether this step is this person's at all: by role or as a party.

    A role counts for nothing in a case of one's own unit, save where a sentence must tell of 回避.
    """
    if by.has_perm(taken_step.permission):
        own = any(post.unit_id == case.unit_id for post in by.current_posts)
        if not own or taken_step.custom.get("decides"):
            return True
    return case.is_granted(taken_step.permission, by)


def write_event(
    subject: Case | Letter,
    verb: str,
    *,
    by: User,
    before: str,
    opinion: str = "",
    facts: Mapping[str, Any] | None = None,
) -> Event:
    """One row of the append-only record, with the post held at that time."""
    event = Event.objects.create(
        **{"case" if isinstance(subject, Case) else "letter": subject},
        verb=verb,
        actor=by,
        actor_title=by.title,
        from_state=before,
        to_state=subject.state,
        opinion=opinion,
        data=_plain(facts or {}),
        is_outer=verb in VERBS_SEEN_BY_UNIT or (verb == Verb.WITHDRAW and before in OUTER_STATE_NAMES),
        created_at=clock.now(),
    )
    alerts.alert_about(event)
    return event


def _plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value.isoformat() if isinstance(value, date | datetime) else value for key, value in facts.items()}


def state_changed(case: Case, by: User) -> StateChanged:
    """Who moved the case, when and how, in what this person may know."""
    inner = case.is_inner_to(by)
    events = case.events.select_related("actor").newest_first().exclude(from_state=F("to_state"))
    last = (events if inner else events.shown_outside()).first()
    state = case.get_state_display() if inner else case.outer_state
    if last is None:
        return StateChanged(who="", when=None, what=f"（现为“{state}”）")
    return StateChanged(who=last.who(inner=inner), when=last.created_at, what=f"{last.label}（现为“{state}”）")


@contextmanager
def dry_run() -> Iterator[None]:
    """Let actions run to see what would come of them, and undo everything; files must not be among it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
