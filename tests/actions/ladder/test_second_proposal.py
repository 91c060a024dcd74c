"""第三十二条: while a 书面建议 for a matter stands, no second one is made, and no 一票否决 laid here in its stead."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from tests import cast
from tests.actions.ladder.test_doors_refused import OTHER_MATTER
from tests.refusals import refused
from tests.vetoes import AFTER, decide, has_superior, stationed, take, veto_in
from yuetan.models import AccountabilityMeasure
from yuetan.scenarios.measure_drivers import begin, veto
from yuetan.vocabulary import MeasureState, ReferralOutcome, Verb

pytestmark = pytest.mark.usefixtures("office")
SENTENCE = (
    "依据第三十二条，该事项已经向上级主管单位提出一票否决的书面建议，尚未登记办理结果，或者已获采纳、期限未满，"
    "不能就同一事项再次提出或者在本地实施；请在原建议上登记办理结果，本责任措施不再办理的，请撤回、退回或者不予实施。"
)


def proposed() -> AccountabilityMeasure:
    """A 书面建议 that lies with the superior of the unit."""
    decided = stationed()
    with time_machine.travel(AFTER, tick=False):
        return take(Verb.PROPOSE_VETO, decided)


def settled(measure: AccountabilityMeasure, outcome: ReferralOutcome) -> None:
    """The superior took it and has answered, both on the day it went out."""
    with time_machine.travel(AFTER, tick=False):
        received = take(Verb.RECORD_REFERRAL_RECEIPT, measure)
        take(Verb.RECORD_REFERRAL_OUTCOME, received, outcome=outcome)


def drafted(**changed: Any) -> AccountabilityMeasure:
    """Another 一票否决 by gravity on the same unit, for the same matter if no other is named."""
    return begin(cast.unit(cast.TOWN), text=veto, **changed)


def test_article_32_no_second_proposal_for_one_matter_is_handed_in() -> None:
    proposed()
    with time_machine.travel(AFTER, tick=False):
        again = drafted()
        with refused(SENTENCE, field="door"):
            take(Verb.SUBMIT_MEASURE, again)
        assert take(Verb.SUBMIT_MEASURE, drafted(matter=OTHER_MATTER)).state == MeasureState.IN_REVIEW


@pytest.mark.parametrize(
    ("state", "verb"),
    [
        (MeasureState.IN_REVIEW, Verb.ENDORSE_MEASURE),
        (MeasureState.DECIDED, Verb.PROPOSE_VETO),
    ],
)
def test_article_32_of_two_side_by_side_one_alone_goes_to_the_superior(state, verb) -> None:
    second = veto_in(state)
    proposed()
    with time_machine.travel(AFTER, tick=False), refused(SENTENCE):
        take(verb, second)


def test_article_32_what_a_meeting_decided_is_not_confirmed_beside_it() -> None:
    second = veto_in(MeasureState.PROPOSED)
    decide(second)
    with time_machine.travel(AFTER, tick=False):
        registered = take(Verb.REGISTER_MEASURE_DECISION, second)
    proposed()
    with time_machine.travel(AFTER, tick=False), refused(SENTENCE, field="door"):
        take(Verb.CONFIRM_MEASURE_DECISION, registered)


def test_article_32_nor_is_it_laid_here_once_the_unit_has_no_superior_elsewhere_any_more() -> None:
    second = veto_in(MeasureState.DECIDED)
    proposed()
    has_superior(second.unit, "")
    with time_machine.travel(AFTER, tick=False), refused(SENTENCE):
        take(Verb.SERVE_MEASURE, second)


def test_article_32_what_was_laid_here_is_not_put_to_a_superior_found_later() -> None:
    second = veto_in(MeasureState.DECIDED)
    laid = veto_in(MeasureState.SERVED)
    has_superior(laid.unit)
    sentence = "该事项已经另行实施一票否决，同一档次不能再印发送达或者提出书面建议；请由市扫黑办主任撤回。"
    with time_machine.travel(AFTER, tick=False), refused(f"办公室设定：审定以后，{sentence}"):
        take(Verb.PROPOSE_VETO, second)


@pytest.mark.parametrize(
    ("outcome", "days", "stands"),
    [
        (ReferralOutcome.NOT_PURSUED, 1, False),
        (ReferralOutcome.ADOPTED, 1, True),
        (ReferralOutcome.ADOPTED, 365, True),
        (ReferralOutcome.ADOPTED, 366, False),
    ],
)
def test_article_32_a_proposal_stands_until_it_is_not_taken_up_or_for_the_year_that_it_brings(
    outcome, days, stands
) -> None:
    settled(proposed(), outcome)
    with time_machine.travel(AFTER + timedelta(days=days), tick=False):
        again = drafted()
        if stands:
            with refused(SENTENCE, field="door"):
                take(Verb.SUBMIT_MEASURE, again)
        else:
            assert take(Verb.SUBMIT_MEASURE, again).state == MeasureState.IN_REVIEW
