"""A plea (申述) brought to where a test begins, by real actions of the right people."""

from datetime import timedelta
from typing import Any

import time_machine

from tests import cast
from tests.ladder import listed_in, take
from tests.meetings import AFTER
from tests.vetoes import conclude, held_on, veto_in
from yuetan.models import AccountabilityMeasure, AgendaItem, Plea
from yuetan.scenarios.plea_drivers import PLEA
from yuetan.vocabulary import DecisionKind, MeasureState, PleaOutcome, Verb

WEEK_LATER = AFTER + timedelta(days=7)
ANSWER = {"outcome": PleaOutcome.REVOKED, "grounds": "经核对会议记录，三个重点村的整治已经启动。"}


def pleaded(measure: AccountabilityMeasure | None = None) -> AccountabilityMeasure:
    """A measure, a 挂牌督办 unless another is given, against which its unit has stated a plea."""
    return take(Verb.STATE_PLEA, measure or listed_in(MeasureState.SERVED))


def answered(measure: AccountabilityMeasure | None = None, **changed: Any) -> AccountabilityMeasure:
    """The same with an answer drafted: to uphold it, or as changed."""
    return take(Verb.DRAFT_PLEA_ANSWER, pleaded(measure), **changed)


def revoked(measure: AccountabilityMeasure | None = None) -> AccountabilityMeasure:
    """The same, revoked."""
    return take(Verb.REVOKE_MEASURE, answered(measure, **ANSWER))


def plea_of(measure: AccountabilityMeasure) -> Plea:
    """Its plea, read anew."""
    return Plea.objects.get(measure_laid=measure)


def pleaded_veto() -> AccountabilityMeasure:
    """A 一票否决 served after a meeting, and pleaded against that afternoon; the clock is the caller's."""
    measure = veto_in(MeasureState.SERVED)
    with time_machine.travel(AFTER, tick=False):
        return take(Verb.STATE_PLEA, measure)


def before_a_meeting(measure: AccountabilityMeasure, **changed: Any) -> AgendaItem:
    """The plea on the agenda of a meeting a week later, which decides on it: to uphold the measure unless changed."""
    with time_machine.travel(AFTER + timedelta(hours=1), tick=False):
        item = held_on(measure, begins_at=WEEK_LATER)
    words = {"conclusion": "会议研究认为申述理由不成立，维持原决定。", "decision": DecisionKind.APPROVED}
    return conclude(item, **words | changed)


__all__ = ["ANSWER", "PLEA", "WEEK_LATER", "answered", "before_a_meeting", "cast", "plea_of", "pleaded", "revoked"]
