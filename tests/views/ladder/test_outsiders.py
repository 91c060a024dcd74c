"""What the unit, the recused and the three administrators come to of a measure, along links and by guessing."""

import re
from itertools import product

import pytest
import time_machine
from django.test import Client

from tests import cast
from tests.ladder import checked, listed_in, measure_in, put_right, take
from tests.refusals import appoint, everything
from tests.vetoes import AFTER, veto_in
from tests.views.test_secrecy import text_of
from tests.web import BACKEND, Visitor
from yuetan.models.ladder.steps import MEASURE_STEPS
from yuetan.vocabulary import MeasureState, PostKind, Verb

SECRET = "尚未送达的责任措施"
UNSERVED = (MeasureState.PROPOSED, MeasureState.DECIDED, MeasureState.DECLINED)
HEAD, LIAISON, RECUSED = f"head_{cast.TOWN}", f"liaison_{cast.TOWN}", ("second_officer", "deputy")
STEPS = tuple(step.verb for step in MEASURE_STEPS)
LISTS = (
    *("/", "/measures/", "/search/?q={0}", "/measures/?q={0}", "/todos/", "/alerts/", "/agenda/?view=list", "/done/"),
    *("/dossiers/units/{1}/", "/dossiers/people/{2}/", "/units/{1}/", "/people/{2}/", "/cases/", "/documents/"),
)
READ_BY_UNITS = tuple(each for each in LISTS if not each.startswith(("/units/", "/people/")))
LEDGERS = ("measures", "documents", "done", "dossiers")


@pytest.fixture
def unserved(office, town):
    """What says of measures of which the unit is not to know: their keys, numbers and words."""
    measures = [measure_in(state, on=town, matter=f"{SECRET}{number}") for number, state in enumerate(UNSERVED)]
    numbers = {measure.paper.number for measure in measures if measure.paper}
    return {measure.pk for measure in measures}, {measure.matter for measure in measures} | numbers


def addresses(key):
    """Every address of a measure."""
    yield from (f"/measures/{key}/{part}" for part in ("", "form/", "revise/", "follow/"))
    yield from (f"/measures/{key}/steps/{verb}/" for verb in STEPS)


def read(visitor, town):
    """All lists and exported ledgers, as text."""
    places = (cast.TOWN, town.pk, cast.head(cast.TOWN).pk)
    for each in LISTS:
        yield text_of(b"".join(visitor.client.get(each.format(SECRET, *places[1:]), follow=True)))
    for key in LEDGERS:
        answer = visitor.client.post(f"/ledgers/{key}/export/")
        yield text_of(b"".join(answer)) if answer.status_code == 200 else ""


@pytest.mark.parametrize("username", [HEAD, LIAISON, f"head_{cast.MEMBER_UNIT}", *RECUSED, "sysadmin", "auditor"])
def test_who_is_not_to_know_comes_to_no_measure_before_it_is_served(unserved, town, username):
    """Of the office, whoever is of the unit as well (回避)."""
    person = cast.person(username)
    if username in RECUSED:
        appoint(person, town, PostKind.LIAISON, "联系人")
    keys, words = unserved
    visitor, client = Visitor(person), Client()
    client.force_login(person, backend=BACKEND)
    kept = everything()
    for text in read(visitor, town):
        assert [word for word in (*words, *map(str, keys)) if word in text] == []
    for key, method in product(keys, ("get", "post")):
        answers = {each: getattr(client, method)(each).status_code for each in addresses(key)}
        assert {each: status for each, status in answers.items() if status not in (403, 404, 405)} == {}
        assert answers[f"/measures/{key}/"] in (404, 405) or username in ("sysadmin", "auditor")
    assert everything() == kept


def test_the_unit_reads_of_a_served_one_neither_opinions_nor_who_prepared_it(office, town):
    served = measure_in(MeasureState.SERVED, on=town)
    visitor = Visitor(cast.person(HEAD))
    answers = {each: visitor.client.get(each, follow=True) for each in addresses(served.pk)}
    text = "".join(text_of(b"".join(answer)) for answer in answers.values()) + "".join(read(visitor, town))
    assert [words for words in ("同意，报审定", "经核查，没有这一情节", "张一", "李二") if words in text] == []
    opened = {each for each, answer in answers.items() if answer.status_code == 200 and "/steps/" in each}
    assert {re.search("steps/(.*)/", each)[1] for each in opened} <= {
        *(Verb.ACKNOWLEDGE_MEASURE, Verb.PREPARE_PLEA, Verb.STATE_PLEA, Verb.WITHDRAW_PLEA)
    }


PRINTED_AT = re.compile(r"内容截至\S+ \d\d:\d\d")  # the clock goes on while pages are read
REFERRED = (Verb.REFER_MEASURE, Verb.RECORD_REFERRAL_RECEIPT, Verb.RECORD_REFERRAL_OUTCOME)


def seen_by_unit(measure, town):
    """What its head and its liaison read of it, on its page and in every list."""
    places = (cast.TOWN, town.pk, cast.head(cast.TOWN).pk)
    pages = (f"/measures/{measure.pk}/", *(each.format(measure.matter, *places[1:]) for each in READ_BY_UNITS))
    read_by = {name: Visitor(cast.person(name)) for name in (HEAD, LIAISON)}
    return {(name, page): PRINTED_AT.sub("", one.open(page).words) for name, one in read_by.items() for page in pages}


@pytest.mark.parametrize("state", ["circular", "veto"])
def test_article_33_nothing_that_the_unit_reads_changes_by_a_referral(office, town, state):
    """Not while it is awaited who took it, nor while the outcome is: each time the unit reads what it read before."""
    measure = measure_in(MeasureState.SERVED) if state == "circular" else veto_in(MeasureState.SERVED)
    with time_machine.travel(AFTER, tick=False):
        before = seen_by_unit(measure, town)
        for verb in REFERRED:
            measure = take(verb, measure)
            assert seen_by_unit(measure, town) == before, verb


def test_the_unit_reads_nothing_of_what_the_office_proposes_among_itself(office, town):
    measure = checked(take(Verb.SET_WORK_TEAM, listed_in(MeasureState.SERVED)))
    before = seen_by_unit(measure, town)
    for verb in (Verb.RECORD_TEAM_REPORT, Verb.PROPOSE_DELISTING, Verb.REFUSE_DELISTING):
        measure = take(verb, measure)
        assert seen_by_unit(measure, town) == before, verb


def test_the_unit_reads_of_its_own_next_step(office, town):
    measure = measure_in(MeasureState.SERVED, on=town)
    page = Visitor(cast.person(HEAD)).open(f"/measures/{measure.pk}/").words
    assert "签收责任措施" in page
    done = put_right(take(Verb.ACKNOWLEDGE_MEASURE, measure))
    assert "现由" not in Visitor(cast.person(HEAD)).open(f"/measures/{done.pk}/").words
    assert (
        "现由办公室主任办理：认定整改完成。" in Visitor(cast.person("supervisor")).open(f"/measures/{done.pk}/").words
    )
