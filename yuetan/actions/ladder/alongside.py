"""One 通报 to several units: each unit named beside the first gets a measure of its own when the paper is issued."""

from __future__ import annotations

from yuetan.actions.step import step
from yuetan.models import AccountabilityMeasure, Unit, User
from yuetan.vocabulary import MeasureState, Verb

TEXT = ("accountability", "rung", "door", "door_words", "matter", "facts", "demands", "limit")
PEOPLE = ("drafter", "endorser", "decider", "registered_by", "confirmed_by")
DECISION = ("decided_at", "decided_sha256", "decision_item")


def serve_alongside(lead: AccountabilityMeasure, *, unit: Unit, by: User) -> AccountabilityMeasure:
    """列入同一份通报: the measure of a further unit, decided with the text that names it, and about to be served.

    Its grounds and circumstances are those that stand with the text. Raises NotYours for whom 回避 keeps from it.
    """
    same = {name: getattr(lead, name) for name in (*TEXT, *PEOPLE, *DECISION)}
    measure = AccountabilityMeasure(state=MeasureState.DECIDED, copy_of=lead, unit=unit, **same)
    with step(measure, Verb.SERVE_ALONGSIDE, by=by) as measure:
        pass  # it begins as it was decided
    return measure
