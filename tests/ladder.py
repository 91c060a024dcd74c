"""A measure of a 责任制 brought to a state by real actions of the right people, under 株洲's text."""

from typing import Any

from tests.cast import TOWN, unit
from tests.factories import set_setting
from tests.nothing_sent_twice import copied, run_or_copy
from yuetan.models import AccountabilityMeasure, OfficeSetting, Regulation, Unit
from yuetan.models.law.accountability import CARRIED_OUT
from yuetan.scenarios import measure_drivers
from yuetan.scenarios.measure_drivers import put_right, take
from yuetan.vocabulary import MeasureState, Verb

__all__ = ["carry_out", "checked", "listed_in", "listing_with_records", "measure_in", "put_right", "take"]

TO = {
    MeasureState.DRAFTED: (),
    MeasureState.IN_REVIEW: (Verb.SUBMIT_MEASURE,),
    MeasureState.PROPOSED: (Verb.SUBMIT_MEASURE, Verb.ENDORSE_MEASURE),
    MeasureState.DECIDED: (Verb.SUBMIT_MEASURE, Verb.DECIDE_MEASURE),
    MeasureState.SERVED: (Verb.SUBMIT_MEASURE, Verb.DECIDE_MEASURE, Verb.SERVE_MEASURE),
    MeasureState.ENDED: (
        *(Verb.SUBMIT_MEASURE, Verb.DECIDE_MEASURE, Verb.SERVE_MEASURE),
        *(Verb.ACKNOWLEDGE_MEASURE, Verb.CONCLUDE_MEASURE),
    ),
    MeasureState.DECLINED: (Verb.SUBMIT_MEASURE, Verb.DECLINE_MEASURE),
    MeasureState.WITHDRAWN: (Verb.WITHDRAW_MEASURE,),
}


def carry_out() -> None:
    """The office carries out 株洲's 责任制."""
    title = Regulation.objects.get(key="zhuzhou").title
    if OfficeSetting.objects.words(CARRIED_OUT) != title:
        set_setting(CARRIED_OUT, title)


def measure_in(state: str, *, on: Unit | None = None, **changed: Any) -> AccountabilityMeasure:
    """A 通报 in a state, every step taken now."""
    about = on or unit(TOWN)
    carry_out()
    return run_or_copy(lambda: _measure_in(state, about, changed), "measure", state, about, changed)


def listed_in(state: str, *, on: Unit | None = None, **changed: Any) -> AccountabilityMeasure:
    """A 挂牌督办 through gravity in a state, every step taken now."""
    return measure_in(state, on=on, text=measure_drivers.listed_supervision, **changed)


@copied
def listing_with_records() -> AccountabilityMeasure:
    """A 挂牌督办 with a work team that has reported, and a request for 摘牌 that was refused."""
    measure = listed_in(MeasureState.SERVED)
    for verb in (Verb.SET_WORK_TEAM, Verb.RECORD_TEAM_REPORT):
        measure = take(verb, measure)
    measure = take(Verb.ASK_DELISTING, put_right(take(Verb.ACKNOWLEDGE_MEASURE, measure)))
    return take(Verb.REFUSE_DELISTING, measure)


@copied
def checked(measure: AccountabilityMeasure) -> AccountabilityMeasure:
    """A measure signed for, with every task accepted and looked at on the spot by two, now."""
    return take(Verb.RECORD_SITE_CHECK, put_right(take(Verb.ACKNOWLEDGE_MEASURE, measure)))


def measure_anew(state: str, *, on: Unit | None = None, **changed: Any) -> AccountabilityMeasure:
    """The same, never a copy of one that was made while its rung closed nothing."""
    carry_out()
    return _measure_in(state, on or unit(TOWN), changed)


def _measure_in(state: str, about: Unit, changed: dict[str, Any]) -> AccountabilityMeasure:
    measure = measure_drivers.begin(about, **changed)
    for verb in TO[MeasureState(state)]:
        measure = take(verb, put_right(measure) if verb == Verb.CONCLUDE_MEASURE else measure)
    return measure
