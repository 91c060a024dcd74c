"""How many queries the page of a measure asks at most, whatever has happened to it."""

import pytest
import time_machine

from tests.cast import TOWN, head, person
from tests.ladder import listed_in, measure_in
from tests.vetoes import AFTER, stationed, take, veto_in
from tests.views.steps.test_page_queries import asked
from yuetan.vocabulary import MeasureState, Verb

pytestmark = pytest.mark.usefixtures("office")
# Of an officer: session, person, rights, posts, the text carried out and unread are six; one writes that it was seen.
VETO_PAGE = {
    MeasureState.DRAFTED: 20,
    MeasureState.PROPOSED: 22,
    MeasureState.DECIDED: 25,
    MeasureState.SERVED: 25,
}
# One reads by a few columns what the unit has had, so that the others read of one matter alone.
REFERRED, OF_THE_UNIT, SUGGESTED = 28, 21, 24
CIRCULAR, LISTED = 26, 30  # with a task, and whom to call of the unit


def asked_after(client, who, measure) -> int:
    """Of a measure that a meeting decided on."""
    with time_machine.travel(AFTER, tick=False):
        return asked(client, who, f"/measures/{measure.pk}/")


@pytest.mark.parametrize("state", VETO_PAGE)
def test_no_page_of_a_veto_asks_more_than_this(client, state) -> None:
    assert asked_after(client, person("officer"), veto_in(state)) <= VETO_PAGE[state]


def test_nor_does_one_that_went_to_other_bodies(client) -> None:
    served = veto_in(MeasureState.SERVED)
    assert asked_after(client, head(TOWN), served) <= OF_THE_UNIT
    with time_machine.travel(AFTER, tick=False):
        for verb in (Verb.REFER_MEASURE, Verb.RECORD_REFERRAL_RECEIPT, Verb.RECORD_REFERRAL_OUTCOME):
            served = take(verb, served)
    assert asked_after(client, person("officer"), served) <= REFERRED


def test_nor_one_that_went_to_a_superior(client) -> None:
    decided = stationed()
    with time_machine.travel(AFTER, tick=False):
        suggested = take(Verb.PROPOSE_VETO, decided)
    assert asked_after(client, person("officer"), suggested) <= SUGGESTED


@pytest.mark.parametrize(("brought_to", "most"), [(measure_in, CIRCULAR), (listed_in, LISTED)])
def test_nor_any_other_measure(client, brought_to, most) -> None:
    assert asked(client, person("officer"), f"/measures/{brought_to(MeasureState.SERVED).pk}/") <= most
