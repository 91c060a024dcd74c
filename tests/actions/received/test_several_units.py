"""One paper of 三书一函 that several units got: of each a letter of its own, all registered or none."""

from datetime import date
from pathlib import Path

import pytest

from tests import cast
from tests.exports import exported_rows
from tests.factories import pdf
from tests.received import LETTER, closed, received, replied
from tests.refusals import not_theirs, refused, refused_among
from tests.views.queries import queries_of
from tests.web import Visitor, browser
from yuetan.actions.received.letter import register_received_letters, withdraw_received_letter
from yuetan.models import Alert, Event, ReceivedLetter, ReceivedPaper

pytestmark = pytest.mark.usefixtures("office")
HEAD = f"head_{cast.TOWN}"
CODES = (cast.TOWN, cast.DIVISION_TOWN, cast.COUNTY)


def registered(*codes, by="officer", **changed):
    """The usual letter, to these units."""
    first, *also = (cast.unit(code) for code in codes or CODES)
    keywords = {**LETTER, "unit": first, "also": also, "scan": [pdf("检察建议书.pdf")]}
    return register_received_letters(by=cast.person(by), **keywords | changed)


def test_each_unit_has_a_letter_of_its_own_with_its_own_scan():
    letters = registered()
    assert [letter.unit.code for letter in letters] == list(CODES)
    assert {letter.due_on for letter in letters} == {date(2026, 12, 4)}
    papers = list(ReceivedPaper.objects.filter(letter__in=letters))
    assert len(papers) == len({paper.file.name for paper in papers}) == 3
    assert len({paper.sha256 for paper in papers}) == 1
    assert all(Path(paper.file.path).read_bytes().startswith(b"%PDF") for paper in papers)
    logged = Event.objects.filter(verb="register_received_letter").order_by("pk")
    assert {event.room_uuid for event in logged} == {letter.pk for letter in letters}
    for code in (cast.TOWN, cast.DIVISION_TOWN):
        assert Alert.objects.filter(recipient=cast.head(code), text__contains="江检建〔2026〕3号").count() == 1
    closed(replied(letters[0]))
    assert ReceivedLetter.objects.unreplied().count() == 2


def test_a_unit_that_is_named_twice_got_it_once():
    assert len(registered(cast.TOWN, cast.COUNTY, cast.TOWN, cast.COUNTY)) == 2


def test_one_that_is_registered_already_stops_all_and_is_named():
    received(cast.COUNTY)
    with refused_among("新会区"):
        registered()


def test_the_rest_is_judged_as_of_one():
    with refused("来函登记还缺：来函扫描件。", field="scan"):
        registered(scan=[])
    with refused("来函登记还缺：收到的单位。", field="unit"):
        registered(unit=None)


def test_nobody_registers_for_a_unit_that_is_not_theirs_to_register_for():
    with not_theirs():
        registered(by=HEAD)
    with not_theirs():
        registered(by="auditor")
    assert len(registered(cast.TOWN, by=HEAD)) == 1


def test_the_office_reads_on_each_to_whom_else_it_went_and_no_unit_does():
    town, street, county = registered()
    words = Visitor(cast.person("officer")).open(f"/received/letters/{town.pk}/")
    assert "同一文书" in words
    assert "开平市三埠街道" in words
    assert "新会区" in words
    for username in (HEAD, f"liaison_{cast.TOWN}"):
        seen = Visitor(cast.person(username))
        for address in (f"/received/letters/{town.pk}/", "/", "/agenda/?view=list&day=2026-11-20"):
            page = seen.open(address)
            assert "同一文书" not in page
            assert "三埠街道" not in page
        assert str(street.pk) not in str(seen.open("/received/").links)
        assert len(exported_rows(username, "received")) == 2
        assert browser(username).get(f"/received/letters/{street.pk}/").status_code == 404
    withdraw_received_letter(street, by=cast.person("officer"), reason="误登。")
    assert "三埠街道" not in Visitor(cast.person("officer")).open(f"/received/letters/{county.pk}/")


def test_what_was_registered_one_by_one_is_the_same_paper_too():
    town = received()
    received(cast.COUNTY, received_on=date(2026, 11, 5))
    received(cast.DIVISION_TOWN, number="江检建〔2026〕4号")
    assert [one.unit.code for one in ReceivedLetter.objects.of_same_paper(town)] == [cast.COUNTY]


def test_more_units_cost_the_queries_of_one():
    town = registered(cast.TOWN, cast.COUNTY)[0]
    client = browser("officer")
    client.get(f"/received/letters/{town.pk}/")
    one = queries_of(client, f"/received/letters/{town.pk}/")
    received(cast.DIVISION_TOWN)
    assert queries_of(client, f"/received/letters/{town.pk}/") == one


def test_the_form_takes_several_units_of_the_office_and_one_of_a_unit():
    officer = Visitor(cast.person("officer"))
    officer.open("/received/new/")
    facts = {
        **LETTER,
        "unit": str(cast.unit(cast.TOWN).pk),
        "also": "开平市三埠街道\n新会区",
        "scan": [pdf("来函.pdf")],
    }
    typed = {name: str(value) if isinstance(value, date) else value for name, value in facts.items()}
    page = officer.press("登记", **typed)
    assert "收到的单位 3 个" in page
    assert ReceivedLetter.objects.count() == 3
    assert "同时收到的其他单位" not in Visitor(cast.person(HEAD)).open("/received/new/")
    posted = browser(HEAD).post("/received/new/", {"also": "新会区", "unit": cast.TOWN})
    assert posted.status_code == 422
    assert ReceivedLetter.objects.count() == 3
