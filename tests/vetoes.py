"""A 一票否决 brought to a state: departments asked and answered, a meeting held, its decision cited and compared."""

from datetime import timedelta
from typing import Any

import time_machine

from tests import cast
from tests.factories import pdf
from tests.ladder import carry_out
from tests.meetings import AFTER, BEGINS, DISCUSSION, SHEET, attended, called, fresh, post_of
from tests.nothing_sent_twice import run_or_copy
from yuetan.actions.meeting.agenda import add_agenda_item
from yuetan.actions.meeting.conclusions import conclude_agenda_item, conclusion_shown
from yuetan.actions.meeting.convening import convene_meeting
from yuetan.actions.people.unit import change_unit
from yuetan.models import AccountabilityMeasure, AgendaItem, Invitation, Meeting, Unit
from yuetan.scenarios import measure_drivers
from yuetan.scenarios.measure_drivers import draft, take, veto
from yuetan.vocabulary import DecisionKind, MeasureState, Verb

WORDS = "会议同意对棠下镇实行一票否决权制。"
SUPERIOR = "省某某局"
ANSWERS = (Verb.ASK_CONSULTATION, Verb.RECORD_CONSULTATION, Verb.EXCUSE_CONSULTATION)
AT_THE_TABLE = ("director", "deputy")


def veto_in(state: str, *, on: Unit | None = None, **changed: Any) -> AccountabilityMeasure:
    """A 一票否决 in a state; from the decision on the meeting was held on Wednesday, and this is after it."""
    about = on or cast.unit(cast.TOWN)
    carry_out()
    return run_or_copy(lambda: _veto_in(state, about, changed), "veto", state, about, changed)


def _veto_in(state: str, about: Unit, changed: dict[str, Any]) -> AccountabilityMeasure:
    measure = draft.draft_measure(by=cast.person("officer"), **veto(about, **changed))
    if state == MeasureState.DRAFTED:
        return measure
    for verb in (Verb.SUBMIT_MEASURE, *((Verb.ENDORSE_MEASURE, *ANSWERS) if state != MeasureState.IN_REVIEW else ())):
        measure = take(verb, measure)
    if state in (MeasureState.IN_REVIEW, MeasureState.PROPOSED):
        return measure
    decide(measure)
    with time_machine.travel(AFTER, tick=False):
        for verb in TO[MeasureState(state)]:
            measure = take(verb, measure)
    return measure


TO = {
    MeasureState.DECIDED: (Verb.REGISTER_MEASURE_DECISION, Verb.CONFIRM_MEASURE_DECISION),
    MeasureState.SERVED: (
        *(Verb.REGISTER_MEASURE_DECISION, Verb.CONFIRM_MEASURE_DECISION),
        *(Verb.SERVE_MEASURE, Verb.ACKNOWLEDGE_MEASURE),
    ),
}


def stationed(state: str = MeasureState.DECIDED) -> AccountabilityMeasure:
    """A 一票否决 on a unit whose superior sits elsewhere, as it turns out in this state."""
    measure = veto_in(state)
    has_superior(measure.unit)
    return AccountabilityMeasure.objects.get(pk=measure.pk)


def has_superior(unit: Unit, superior: str = SUPERIOR) -> None:
    """A unit turns out to be one of the state, the province or the city."""
    names = {"code": unit.code, "name": unit.name, "parent": unit.parent, "addressee": unit.addressee}
    change_unit(unit, by=cast.person("sysadmin"), superior=superior, **names)


def held_on(measure: AccountabilityMeasure, **changed: Any) -> AgendaItem:
    """An item about it on the agenda of a meeting that was held."""
    meeting = called(**changed)
    officer = cast.person("officer")
    item = add_agenda_item(meeting, by=officer, title="", case=None, measure=measure, presenter="市扫黑办")
    convene_meeting(meeting, by=officer, units=[], posts=[post_of(name) for name in AT_THE_TABLE])
    with time_machine.travel(meeting.begins_at + timedelta(hours=1), tick=False):
        attended(fresh(meeting))
    return item


def conclude(item: AgendaItem, **changed: Any) -> AgendaItem:
    """The leader who was there decides it; all at the table stand for it, and sign where it is one together."""
    together = item.must_be_collective or changed.get("is_collective", False)
    usual: dict[str, Any] = {
        "conclusion": WORDS,
        "decision": DecisionKind.APPROVED,
        "decided_by": cast.person("group_leader"),
        "is_collective": False,
        "people": people_of(item.meeting),
        "discussion": DISCUSSION,
        "scan": [pdf(SHEET)] if together else [],
        "seen": conclusion_shown(AgendaItem.objects.get(pk=item.pk)),
    }
    with time_machine.travel(item.meeting.begins_at + timedelta(hours=2), tick=False):
        return conclude_agenda_item(AgendaItem.objects.get(pk=item.pk), by=cast.person("officer"), **usual | changed)


def decide(measure: AccountabilityMeasure, **changed: Any) -> AgendaItem:
    """A meeting of the leading group that decided on it on Wednesday."""
    return conclude(held_on(measure), **changed)


def people_of(meeting: Meeting) -> list[Invitation]:
    """Who was at the table."""
    return list(Invitation.objects.of_meeting(meeting))


__all__ = [
    "AFTER",
    "BEGINS",
    "SUPERIOR",
    "conclude",
    "decide",
    "has_superior",
    "held_on",
    "measure_drivers",
    "people_of",
    "stationed",
    "take",
    "veto_in",
]
