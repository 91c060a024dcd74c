"""明察暗访 to a unit in which somebody of the office holds a post: until its day they find the round nowhere."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from tests import cast
from tests.exports import exported_rows
from tests.refusals import appoint
from tests.rounds import DAY, THERE, covert_round, found, informed_visit, visit, visit_of
from tests.web import Visitor, browser
from yuetan.actions.rounds.closing import drop_visit
from yuetan.ledgers.record.log import LogLedger
from yuetan.models import Document, RoundFinding, RoundVisit, SupervisionRound
from yuetan.vocabulary import PostKind

pytestmark = pytest.mark.usefixtures("office")
TITLE, WHO = "农贸市场明察暗访", "second_officer"
ADDRESSES = ("/rounds/", "/rounds/?kind=unannounced", "/", "/agenda/", "/search/?q=明察暗访", "/documents/", "/done/")


@pytest.fixture
def seconded(office):
    appoint(cast.person(WHO), cast.unit(cast.TOWN), PostKind.LIAISON, "联络员")


def round_of_two_days():
    """To the county today, to the town of the seconded officer in two days."""
    return covert_round(visits=[visit(day=DAY + timedelta(days=2)), visit(cast.COUNTY)])


def shown(username, of_round):
    """Where something of the round stands: its name, the key of a visit, or the number of a paper."""
    visits = RoundVisit.objects.filter(round=of_round)
    marks = [TITLE, *(str(one.pk) for one in visits), *(each.number for one in visits for each in one.documents.all())]
    pages = {address: browser(username).get(address).content.decode() for address in ADDRESSES}
    return {address for address, page in pages.items() if any(mark in page for mark in marks)}


@pytest.mark.usefixtures("seconded")
def test_on_lists_in_search_calendar_and_exports_and_on_no_page():
    of_round = round_of_two_days()
    with time_machine.travel(THERE, tick=False):
        informed_visit(cast.COUNTY, of_round=of_round)
        assert {"/rounds/", "/agenda/", "/search/?q=明察暗访", "/documents/", "/done/"} <= shown("officer", of_round)
        assert shown(WHO, of_round) == set()
        assert len(exported_rows(WHO, "rounds")) == 1
        assert not Document.objects.visible_to(cast.person(WHO)).filter(visit__isnull=False).exists()
        county = visit_of(of_round, cast.COUNTY)
        for name, key in (("supervision_round", of_round.pk), ("round_visit", county.pk)):
            assert browser(WHO).get(reverse(name, args=[key])).status_code == 404


@pytest.mark.usefixtures("seconded")
def test_what_waits_in_another_unit_of_the_round_is_not_on_their_home():
    of_round = round_of_two_days()
    with time_machine.travel(THERE, tick=False):
        assert TITLE in Visitor(cast.person("officer")).open("/")
        assert TITLE not in Visitor(cast.person(WHO)).open("/")
        found(visit_of(of_round, cast.COUNTY))
        assert not RoundFinding.objects.visible_to(cast.person(WHO)).exists()


def test_what_they_did_themselves_before_they_were_of_the_unit_is_out_of_sight():
    covert_round(by=WHO)
    assert TITLE in browser(WHO).get("/done/").content.decode()
    appoint(cast.person(WHO), cast.unit(cast.TOWN), PostKind.LIAISON, "联络员")
    assert TITLE not in browser(WHO).get("/done/").content.decode()


@pytest.mark.usefixtures("seconded")
def test_the_log_names_no_such_round_to_who_is_of_its_unit():
    def logged(username):
        lines = LogLedger().all_lines(cast.person(username), {})
        return [line["subject"] for line in lines if TITLE in line["subject"]]

    drop_visit(visit_of(covert_round()), by=cast.person("officer"), reason="已由上级督导。")
    assert len(logged("officer")) == 2
    assert logged(WHO) == []


@pytest.mark.usefixtures("seconded")
def test_from_the_day_after_that_of_their_unit_they_see_it():
    of_round = round_of_two_days()
    with time_machine.travel(THERE + timedelta(days=3), tick=False):
        person = cast.person(WHO)
        assert SupervisionRound.objects.visible_to(person).filter(pk=of_round.pk).exists()
        assert RoundVisit.objects.visible_to(person).filter(round=of_round).count() == 2
        assert TITLE in Visitor(person).open("/rounds/")


@pytest.mark.usefixtures("seconded")
def test_who_is_of_another_unit_still_sees_it():
    of_round = covert_round(visits=[visit(cast.COUNTY)])
    assert SupervisionRound.objects.visible_to(cast.person(WHO)).filter(pk=of_round.pk).exists()


def test_one_of_two_units_whose_day_has_come_is_seen_though_the_other_is_ahead(office):
    for code in (cast.TOWN, cast.COUNTY):
        appoint(cast.person(WHO), cast.unit(code), PostKind.LIAISON, "联络员")
    of_round = round_of_two_days()
    with time_machine.travel(THERE + timedelta(days=1), tick=False):
        seen = RoundVisit.objects.visible_to(cast.person(WHO)).filter(round=of_round)
        assert [one.unit.code for one in seen] == [cast.COUNTY]
        assert not SupervisionRound.objects.visible_to(cast.person(WHO)).exists()
