"""A list filtered by state shows what its pages call so: the condition in the database and the property agree."""

import pytest
import time_machine

from tests import cast, rounds
from tests.meetings import called, convened, held, minuted
from tests.reporting import analysed, at, endorsed, issued, scheme_of
from yuetan.actions.meeting.meetings import cancel_meeting
from yuetan.actions.reporting.analyses import withdraw_analysis
from yuetan.actions.rounds.closing import cancel_round, drop_visit
from yuetan.models import Meeting, ReportAnalysis, RoundVisit
from yuetan.vocabulary import AnalysisState, MeetingState, VisitState


def some_meetings():
    called(), convened(), held(), minuted()
    for each in (called(), convened()):
        cancel_meeting(each, by=cast.person("officer"), reason="领导另有安排。")


def some_visits():
    officer, town = cast.person("officer"), rounds.visit_of
    rounds.planned_round()
    cancel_round(rounds.announced(title="取消的督导"), by=officer, reason="改为联合督查。")
    of_round = rounds.announced(title="到过一个单位的督导")
    drop_visit(town(of_round, cast.COUNTY), by=officer, reason="已由上级督导。")
    concluded, informed = rounds.covert_round(), rounds.covert_round(title="另一次明察暗访")
    with time_machine.travel(rounds.THERE, tick=False):
        rounds.found(town(of_round))
        rounds.found(town(concluded))
        rounds.concluded(town(concluded))
        rounds.found(town(concluded, cast.COUNTY))
        rounds.informed_visit(of_round=informed)


def some_analyses():
    first, second, third = (scheme_of(title).periods.get() for title in ("甲表", "乙表", "丙表"))
    with time_machine.travel(at(27, 9), tick=False):
        issued(analysed(first))
        analysed(first, reason="漏计一镇。")
        endorsed(analysed(second))
        withdraw_analysis(analysed(third), by=cast.person("officer"), reason="不再写。")


STATES = [
    (some_meetings, Meeting, MeetingState),
    (some_visits, RoundVisit, VisitState),
    (some_analyses, ReportAnalysis, AnalysisState),
]


@pytest.mark.parametrize(("make", "model", "states"), STATES)
def test_a_state_asked_for_is_the_state_shown(office, make, model, states):
    make()
    things = list(model.objects.all())
    assert {thing.state for thing in things} == set(states)
    for state in states:
        assert set(model.objects.in_state(state)) == {thing for thing in things if thing.state == state}, state
    assert not model.objects.in_state("别的").exists()
