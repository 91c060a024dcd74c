"""会议审定 of a measure: the record of a meeting is cited by one person of the office; another compares it.

The comparison, and a return, are the same for a 签批件 (paper_decision.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from yuetan.actions.ladder.paper_decision import compared_paper, paper_facts
from yuetan.actions.proposal.registered_decision import review_registration
from yuetan.actions.step import refuse_if_any, step
from yuetan.models import AccountabilityMeasure, AgendaItem, Meeting, User
from yuetan.models.meeting.measure_decisions import measure_not_decided_there
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import require_words
from yuetan.vocabulary import ApprovalMethod, Verb


def register_measure_decision(
    measure: AccountabilityMeasure, *, by: User, item: AgendaItem | None
) -> AccountabilityMeasure:
    """登记会议审定: everything is read off the record of a meeting that was held; it counts once another compared it.

    Raises Refused for an item that decided nothing on this measure, before every department asked has answered, for a
    meeting that had another text before it, and for a leader who drafted, endorsed or was not there in person.
    """
    facts: dict[str, str] = {}
    with step(measure, Verb.REGISTER_MEASURE_DECISION, by=by, facts=facts) as measure:
        refuse_if_any(measure, _record_problems(measure, item))
        measure.decision_item, measure.registered_by = item, by
        facts |= _as_recorded(measure)
    return measure


def confirm_measure_decision(
    measure: AccountabilityMeasure, *, by: User, seen: str, compared: bool
) -> AccountabilityMeasure:
    """复核登记的审定: another person of the office compared it with record or scan; now it counts, for this text.

    `seen` names the item or the 签批件 that was shown. Raises Refused for one's own registration, and if a door has
    shut meanwhile.
    """
    facts: dict[str, object] = {}
    opinion = _words_registered(measure)
    with step(measure, Verb.CONFIRM_MEASURE_DECISION, by=by, opinion=opinion, facts=facts) as measure:
        decider, known = _compared(measure, by=by, seen=seen, compared=compared)
        facts |= {"sha256": measure.digest} | known  # of a 签批件 the text that was signed
        measure.confirm_measure_decision(decider=decider, confirmed_by=by, sha256=str(facts["sha256"]))
    return measure


def confirm_measure_declined(
    measure: AccountabilityMeasure, *, by: User, seen: str, compared: bool
) -> AccountabilityMeasure:
    """复核登记的不予实施: the same, and the measure ends. Raises Refused as the other does."""
    facts: dict[str, object] = {}
    opinion = _words_registered(measure)
    with step(measure, Verb.CONFIRM_MEASURE_DECLINED, by=by, opinion=opinion, facts=facts) as measure:
        _, known = _compared(measure, by=by, seen=seen, compared=compared)
        measure.confirm_measure_declined(confirmed_by=by)
        facts |= known
    return measure


def return_measure_registration(measure: AccountabilityMeasure, *, by: User, reason: str) -> AccountabilityMeasure:
    """退回审定登记: it does not count and may be registered anew; who registered it may take it back, too.

    Raises StateChanged unless it waits for a decision, NotYours for anybody but a case officer or the director,
    Refused where nothing is registered, and without a reason.
    """
    with step(measure, Verb.RETURN_MEASURE_REGISTRATION, by=by, opinion=reason) as measure:
        refuse_if_any(measure, require_words(reason, finding("reason_missing", "reason", what="退回")))
        if (registration := measure.paper_registration) is not None:
            review_registration(registration, by, accepted=False, reason=reason)
        measure.decision_item = measure.registered_by = None
    return measure


def _words_registered(measure: AccountabilityMeasure) -> str:
    """What a meeting concluded, or the leader wrote on the paper."""
    if measure.decision_item is not None:
        return measure.decision_item.conclusion
    registration = measure.paper_registration
    return registration.opinion if registration is not None else ""


def _compared(measure: AccountabilityMeasure, *, by: User, seen: str, compared: bool) -> tuple[User, dict[str, object]]:
    """Who decided, and what the event keeps of it; of a meeting or of a 签批件."""
    assert measure.registered_by is not None
    registered_by = {"registered_by": measure.registered_by.name}
    if measure.decision_item_id is None:
        registration = compared_paper(measure, by=by, seen=seen, compared=compared)
        return registration.approver, paper_facts(registration) | registered_by
    item = _compared_item(measure, seen, compared=compared)
    assert item.decided_by is not None
    return item.decided_by, dict(_as_recorded(measure))


def _record_problems(measure: AccountabilityMeasure, item: AgendaItem | None) -> Iterator[Finding]:
    """Why what is recorded of a meeting does not prove a decision on this measure."""
    if item is None:
        yield finding("measure_item_missing", "item")
        return
    Meeting.objects.select_for_update(no_key=True).filter(pk=item.meeting_id).first()  # nothing changes of it now
    current = AgendaItem.objects.deciding(measure).filter(pk=item.pk, concluded_at=item.concluded_at).first()
    if current is None:
        yield finding("measure_item_missing", "item")
        return
    current.measure_laid = measure
    yield from (replace(one, field="item") for one in measure_not_decided_there(current, current.decided_by))


def _compared_item(measure: AccountabilityMeasure, seen: str, *, compared: bool) -> AgendaItem:
    item = measure.decision_item
    assert item is not None
    refuse_if_any(measure, [] if seen == str(item.pk) else [finding("measure_not_as_shown")])
    refuse_if_any(measure, [] if compared else [finding("proof_not_compared", "compared")])
    refuse_if_any(measure, measure_not_decided_there(item, item.decided_by))
    return item


def _as_recorded(measure: AccountabilityMeasure) -> dict[str, str]:
    item = measure.decision_item
    assert item is not None
    decided_by = item.decided_by
    assert decided_by is not None
    return {
        "method": str(ApprovalMethod.MEETING),
        "meeting": item.meeting.title,
        "decision": item.decision_words,
        "approver": f"{decided_by.name}（{decided_by.title}）",
        "given_on": item.meeting.local_begin.date().isoformat(),
    }
