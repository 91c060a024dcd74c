"""申述答复: drafted by the office, decided by who laid the measure, made known to the unit by a paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Unpack

from yuetan.actions.papers.end_restrictions import end_restrictions
from yuetan.actions.papers.revoke_tasks import revoke_tasks
from yuetan.actions.step import refuse_if_any, state_changed, step
from yuetan.alerts import send_alert
from yuetan.documents.issue import issue
from yuetan.models import AccountabilityMeasure, AgendaItem, Document, Meeting, Plea, User
from yuetan.models.meeting.plea_decisions import outcome_there, plea_not_decided_there
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import require_words
from yuetan.rules.text.handling import Handling, LetterHandlingInput
from yuetan.rules.text.personal_data import personal_data
from yuetan.vocabulary import DocumentKind, PleaOutcome, Verb
from yuetan.vocabulary.restriction import RestrictionEnd


def draft_plea_answer(
    measure: AccountabilityMeasure, *, by: User, outcome: str, grounds: str, item: AgendaItem | None = None
) -> AccountabilityMeasure:
    """拟写申述答复: upheld or revoked, with the reason that the unit will read; anew as often as it is not decided.

    Of what a meeting laid, `item` is the record of the meeting that decided on the plea. Raises Refused without one
    of these, and for an outcome that is not the one of the meeting.
    """
    facts = {"outcome": outcome}
    with step(measure, Verb.DRAFT_PLEA_ANSWER, by=by, opinion=grounds, facts=facts) as measure:
        refuse_if_any(measure, _draft_problems(outcome, grounds))
        refuse_if_any(measure, _item_problems(measure, item, PleaOutcome(outcome)))
        plea = _waiting(measure)
        plea.outcome, plea.grounds, plea.decision_item = PleaOutcome(outcome), grounds.strip(), item
        plea.drafted_by, plea.drafted_at = by, clock.now()
        plea.save()
    return measure


def return_plea_answer(measure: AccountabilityMeasure, *, by: User, reason: str) -> AccountabilityMeasure:
    """退回申述答复: who decides does not agree with the draft; the office drafts it anew.

    Raises StateChanged unless the measure is served and in force, NotYours for anybody but the director or a leader,
    Refused where no draft of an answer waits, without a reason, and for who did not decide on the measure.
    """
    with step(measure, Verb.RETURN_PLEA_ANSWER, by=by, opinion=reason) as measure:
        refuse_if_any(measure, require_words(reason, finding("reason_missing", "reason", what="退回")))
        plea = _waiting(measure)
        plea.drafted_by = plea.drafted_at = plea.decision_item = None
        plea.save()
    return measure


def uphold_measure(
    measure: AccountabilityMeasure,
    *,
    by: User,
    opinion: str,
    seen: str,
    compared: bool = False,
    **handling: Unpack[LetterHandlingInput],
) -> AccountabilityMeasure:
    """维持: the measure stands as it is. Effect: the 申述答复, which the unit signs for.

    `seen` is the digest of the answer that was shown; of what a meeting decided its record was `compared`. Raises
    Refused for who drafted the answer and for who did not decide the measure.
    """
    facts: dict[str, str] = {}
    with step(measure, Verb.UPHOLD_MEASURE, by=by, opinion=opinion, facts=facts) as measure:
        chosen = Handling(**handling)
        _refuse_unread(measure, by, opinion, seen, compared=compared, handling=chosen)
        facts |= _make_known(measure, by, chosen)
    return measure


def revoke_measure(
    measure: AccountabilityMeasure,
    *,
    by: User,
    opinion: str,
    seen: str,
    compared: bool = False,
    **handling: Unpack[LetterHandlingInput],
) -> AccountabilityMeasure:
    """撤销: the measure counts for nothing from now on. Raises Refused as `uphold_measure` does.

    Effects: the 申述答复, which the unit signs for; open tasks are revoked; what was closed is open again from today
    on, of which each leader concerned is alerted; its door to the next rung stands no more.
    """
    facts: dict[str, str] = {}
    with step(measure, Verb.REVOKE_MEASURE, by=by, opinion=opinion, facts=facts) as measure:
        chosen = Handling(**handling)
        _refuse_unread(measure, by, opinion, seen, compared=compared, handling=chosen)
        revoke_tasks(measure)
        measure.revoke_measure()
        facts |= _make_known(measure, by, chosen)
        _open_again(measure, _waiting_paper(measure), by)
    return measure


def _waiting(measure: AccountabilityMeasure) -> Plea:
    plea = measure.plea_waiting
    assert plea is not None
    return plea


def _waiting_paper(measure: AccountabilityMeasure) -> Document:
    plea = measure.plea_or_none
    assert plea is not None
    assert plea.document is not None
    return plea.document


def _draft_problems(outcome: str, grounds: str) -> Iterator[Finding]:
    if outcome not in PleaOutcome.values:
        yield finding("plea_outcome_missing", "outcome")
    yield from require_words(grounds, finding("plea_grounds_missing", "grounds"))
    yield from personal_data("grounds", "答复理由", grounds, clock.today().year)


def _item_problems(measure: AccountabilityMeasure, item: AgendaItem | None, outcome: PleaOutcome) -> Iterator[Finding]:
    """Of what a meeting laid, the record of the meeting that decided on the plea; of anything else none."""
    if measure.decision_item_id is None:
        yield from [finding("plea_item_needless", "item")] if item is not None else []
        return
    if item is None:
        yield finding("plea_item_missing", "item")
        return
    Meeting.objects.select_for_update(no_key=True).filter(pk=item.meeting_id).first()  # nothing changes of it now
    current = AgendaItem.objects.deciding(measure).filter(pk=item.pk, is_of_plea=True).first()
    if current is None:
        yield finding("plea_item_missing", "item")
        return
    current.measure_laid = measure
    yield from (replace(one, field="item") for one in plea_not_decided_there(current, current.decided_by))
    if outcome_there(current) != outcome:
        words = {"decision": current.decision_words, "outcome": outcome.label}
        yield finding("plea_item_other", "outcome", **words)


def _refuse_unread(
    measure: AccountabilityMeasure, by: User, opinion: str, seen: str, *, compared: bool, handling: Handling
) -> None:
    plea = _waiting(measure)
    refuse_if_any(measure, [*require_words(opinion, finding("opinion_missing", "opinion")), *handling.problems()])
    refuse_if_any(measure, [] if seen else [finding("plea_answer_not_as_shown")])
    if seen != plea.answer_digest:
        raise state_changed(measure, by)
    if plea.decision_item_id is not None and not compared:
        refuse_if_any(measure, [finding("proof_not_compared", "compared")])


def _make_known(measure: AccountabilityMeasure, by: User, handling: Handling) -> dict[str, str]:
    """The paper, and the plea decided; what the event keeps of it."""
    plea = _waiting(measure)
    paper = issue(DocumentKind.PLEA_ANSWER, measure, by=by, handling=handling)
    plea.decided_by, plea.decided_at, plea.document = by, clock.now(), paper
    plea.save()
    item = plea.decision_item
    meeting = {"meeting": item.meeting.title, "decision": item.decision_words} if item is not None else {}
    return {"document": paper.number, "outcome": plea.outcome} | meeting


def _open_again(measure: AccountabilityMeasure, paper: Document, by: User) -> None:
    """What the measure closed is open from today on, by this paper."""
    holding = measure.restrictions.filter(ended_on=None, until__gte=clock.today(), person__isnull=False)
    people = {one.person_id: one.person for one in holding.select_related("person")}
    reason = f"单位申述后，决定撤销{measure.rung.get_kind_display()}"
    end_restrictions(measure, kind=RestrictionEnd.REVOKED, reason=reason, paper=paper.number, by=by)
    reached = [one for one in people.values() if one is not None and one.is_active and one.username]
    words = f"对您的资格限制（{measure.issued_paper.number}）已提前解除，请在“资格限制”中查阅。"
    send_alert(reached, key=f"restrictions_revoked:{measure.pk}", words=words)
