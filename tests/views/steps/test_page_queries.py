"""How many queries the page of a case and the page of a step ask at most, whatever has happened in the case."""

import pytest

from tests.factories import case_in, take
from tests.steps import agreed
from tests.views.queries import queries_of
from tests.web import BACKEND
from yuetan.models import Event
from yuetan.scenarios.drivers import DRIVERS
from yuetan.views.case.page_context import NEWEST_EVENTS
from yuetan.vocabulary import CaseState, ReportRhythm, Verb

# Of an officer who looks at a case in this state; session, person, rights, posts, rules' version and unread are six,
# and one writes down that it was seen.
CASE_PAGE = {
    CaseState.DRAFTED: 14,
    CaseState.IN_REVIEW: 16,
    CaseState.PROPOSED: 17,
    CaseState.APPROVED: 15,
    CaseState.NOTIFIED: 20,
    CaseState.INTERVIEWED: 21,
    CaseState.MINUTED: 20,
    CaseState.RECTIFYING: 22,
    CaseState.INSPECTING: 24,
    CaseState.CLOSED: 27,
}
# Of whoever takes the step, in a state in which it is there to be taken.
STEP_PAGE = {
    (CaseState.IN_REVIEW, Verb.ENDORSE): 19,
    (CaseState.PROPOSED, Verb.APPROVE): 27,
    (CaseState.APPROVED, Verb.SERVE_NOTICE): 15,
    (CaseState.NOTIFIED, Verb.ACKNOWLEDGE_RECEIPT): 11,
    (CaseState.NOTIFIED, Verb.HOLD_INTERVIEW): 18,
    (CaseState.INTERVIEWED, Verb.ISSUE_MINUTES): 20,
    (CaseState.MINUTED, Verb.ASSIGN): 18,
    (CaseState.RECTIFYING, Verb.HAND_IN_REPORT): 14,
    (CaseState.RECTIFYING, Verb.CHASE): 13,
    (CaseState.INSPECTING, Verb.CONCLUDE_INSPECTION): 20,
    (CaseState.INSPECTING, Verb.CLOSE): 20,
    (CaseState.CLOSED, Verb.RECORD_REVISIT): 14,
}


def asked(client, who, address: str) -> int:
    """As a worker asks that has answered somebody before."""
    client.force_login(who, BACKEND)
    queries_of(client, address)
    return queries_of(client, address)


def test_no_page_of_a_case_asks_more_than_this(client, officer):
    counted = {state: asked(client, officer, f"/cases/{case_in(state).pk}/") for state in CASE_PAGE}
    assert {state: count for state, count in counted.items() if count > CASE_PAGE[state]} == {}


def test_no_page_of_a_step_asks_more_than_this(client, office):
    counted = {}
    for state, verb in STEP_PAGE:
        case = case_in(state)
        counted[state, verb] = asked(client, DRIVERS[verb].who(case), f"/cases/{case.pk}/steps/{verb}/")
    assert {one: count for one, count in counted.items() if count > STEP_PAGE[one]} == {}


@pytest.mark.parametrize("verb", ["", Verb.CHASE])
def test_thirty_tasks_and_their_reports_cost_what_one_costs(client, officer, verb):
    counts = []
    for number in (1, 30):
        case = case_in(CaseState.RECTIFYING, hold_interview=agreed(ReportRhythm.NONE, *[10] * number))
        counts.append(asked(client, officer, f"/cases/{case.pk}/" + (f"steps/{verb}/" if verb else "")))
    assert counts[0] == counts[1]


def test_the_newest_events_are_shown_and_the_older_ones_counted(client, officer):
    case = take(Verb.REVISE_DRAFT, case_in(CaseState.DRAFTED))
    address = f"/cases/{case.pk}/"
    few = asked(client, officer, address)
    event = case.events.newest_first()[0]
    facts = {"verb": event.verb, "actor": officer, "from_state": event.to_state, "to_state": event.to_state}
    facts |= {"created_at": event.created_at}
    Event.objects.bulk_create(
        Event(case=case, opinion=f"补充之{number}", **facts) for number in range(3 * NEWEST_EVENTS)
    )
    page = client.get(address).content.decode()
    older = case.events.count() - NEWEST_EVENTS
    assert f"更早的 {older} 条" in page
    assert page.count("补充之") == NEWEST_EVENTS
    whole = client.get(address, {"timeline": "all"}).content.decode()
    assert (whole.count("补充之"), "更早的" in whole) == (3 * NEWEST_EVENTS, False)
    assert asked(client, officer, address) == few + 4  # how many older ones, and each part asks for its own
