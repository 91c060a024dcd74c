"""整改台账: every task a person may see, what falls due first on top."""

from datetime import timedelta

import pytest

from tests import cast
from tests.factories import case_in, later, take
from tests.web import Visitor
from yuetan.rules import clock
from yuetan.vocabulary import CaseState, Verb

HEAD = f"head_{cast.TOWN}"


@pytest.fixture
def two_towns(office, division_town):
    """Tasks of two towns."""
    return case_in(CaseState.RECTIFYING), case_in(CaseState.RECTIFYING, unit=division_town)


def listed(username, query=""):
    """How many tasks of each town somebody reads of."""
    page = Visitor(cast.person(username)).open(f"/tasks/{query}")
    cells = page.response.content.decode()
    return {name: cells.count(f">{name}</td>") for name in ("蓬江区棠下镇", "开平市三埠街道")}


def test_each_side_reads_what_is_its_own(two_towns):
    assert listed("supervisor") == {"蓬江区棠下镇": 2, "开平市三埠街道": 2}
    assert listed(HEAD) == {"蓬江区棠下镇": 2, "开平市三埠街道": 0}
    assert listed("sysadmin") == listed("auditor") == {"蓬江区棠下镇": 0, "开平市三埠街道": 0}


@pytest.mark.parametrize(
    ("query", "towns", "streets"),
    [("?q=txz", 2, 0), ("?q=答复台账", 1, 1), ("?state=reported", 1, 0), ("?state=assigned&q=三埠", 0, 2)],
)
def test_what_is_looked_for(two_towns, query, towns, streets):
    take(Verb.PREPARE_REPORT, two_towns[0])
    take(Verb.HAND_IN_REPORT, two_towns[0])
    assert listed("officer", query) == {"蓬江区棠下镇": towns, "开平市三埠街道": streets}


def test_overdue_is_asked_and_said_in_words(two_towns):
    with later(days=15):
        page = Visitor(cast.person(HEAD)).open("/tasks/")
    assert "逾期" in page


def test_the_soonest_comes_first(two_towns):
    case = two_towns[0]
    first, second = case.tasks.order_by("number")
    take(Verb.ASK_EXTENSION, case, task=first, new_due_on=second.due_on + timedelta(days=1))
    take(Verb.DECIDE_EXTENSION, case, task=first)
    page = Visitor(cast.person(HEAD)).open("/tasks/")
    order = [words for words, url in page.links if url == f"/cases/{case.pk}/"]
    assert order == [second.content, first.content]
    assert first.due_on > clock.today()
