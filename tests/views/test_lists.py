"""A list of three costs the database what a list of one costs."""

import pytest
from django.test import Client

from tests import cast
from tests.factories import case_after, case_in, letter_in
from tests.views.queries import queries_of
from tests.web import BACKEND
from yuetan.actions.unit import add_unit
from yuetan.models import Unit
from yuetan.vocabulary import CaseState, LetterState, UnitKind, Verb

TOWN_HEAD = f"head_{cast.TOWN}"
READERS = ["officer", "director", "group_leader", "supervisor", TOWN_HEAD]


def _notified() -> object:
    return case_in(CaseState.NOTIFIED)


def _waiting_for_each() -> None:
    for verb in (Verb.SUBMIT, Verb.ENDORSE, Verb.APPROVE, Verb.SERVE_NOTICE, Verb.SEND_MINUTES, Verb.HAND_IN_REPORT):
        case_after(verb)
    letter_in(LetterState.DRAFTED)
    letter_in(LetterState.ISSUED, to=cast.unit(cast.TOWN))


def _letter() -> object:
    return letter_in(LetterState.ISSUED, to=cast.unit(cast.TOWN))


def _unit() -> object:
    code = f"4407039{Unit.objects.filter(code__startswith='4407039').count():02}"
    return add_unit(
        by=cast.person("sysadmin"), code=code, name=f"试验{code}镇", kind=UnitKind.TOWN, parent=cast.unit(cast.COUNTY)
    )


LISTS = [
    *(("/", _waiting_for_each, who) for who in READERS),
    *(("/cases/", _notified, who) for who in READERS),
    *(("/documents/", _notified, who) for who in READERS),
    *(("/tasks/", lambda: case_in(CaseState.RECTIFYING), who) for who in READERS),
    *(("/letters/", _letter, who) for who in READERS),
    ("/units/", _unit, "officer"),
    ("/units/?q=试验", _unit, "sysadmin"),
]


@pytest.mark.parametrize(("address", "one_more", "who"), LISTS)
def test_three_cost_what_one_costs(office, address, one_more, who):
    client = Client()
    client.force_login(cast.person(who), backend=BACKEND)
    one_more()
    client.get(address)
    one = queries_of(client, address)
    one_more()
    one_more()
    assert queries_of(client, address) == one
