"""明察暗访 before anybody came: its unit is answered as if there were none, on the day itself too; then it is there."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from tests import cast
from tests.exports import exported_rows
from tests.refusals import appoint
from tests.rounds import DAY, THERE, announced, covert_round, found, visit_of
from tests.test_access import EVERYBODY, OF_THIS_ANSWER, PLAIN
from tests.web import Visitor, browser
from yuetan.actions.messages.daily import daily
from yuetan.ledgers.agenda.agenda import agenda
from yuetan.ledgers.export import LEDGERS
from yuetan.models import Alert, Assignment, Delivery, Document, PendingStep, RoundFile, RoundVisit, Sight
from yuetan.rules.dates import clock
from yuetan.vocabulary import PostKind

pytestmark = pytest.mark.usefixtures("office")
HEAD, LIAISON = UNIT_SIDE = (f"head_{cast.TOWN}", f"liaison_{cast.TOWN}")
TITLE, EVE, MORNING = "农贸市场明察暗访", THERE - timedelta(days=1), THERE.replace(hour=9)
NOT_ASKED = {"statistics_sheet", "own_account"}  # or says when it was asked for
MADE_UP = "00000000-0000-0000-0000-000000000007"


def answers(username, urls):
    client, given = browser(username), {}
    for url in urls:
        response = client.get(url)
        body = b"".join(response) if response.streaming else response.content
        given[url] = (response.status_code, OF_THIS_ANSWER.sub(b"", body))
    return given


def as_if_there_were_none(username, urls):
    """Every answer on the day itself, as long as nobody has come, is the same before the round is planned and after."""
    urls = list(urls)
    with time_machine.travel(MORNING, tick=False):
        answers(username, urls)  # what is noted of a first visit is noted
        before = answers(username, urls)
        covert_round(begins_on=DAY)
        assert answers(username, urls) == before


@pytest.mark.parametrize("username", UNIT_SIDE)
def test_lists_with_their_counts(username):
    as_if_there_were_none(
        username, ["/rounds/", "/rounds/?kind=unannounced", "/rounds/?state=planned", "/assignments/"]
    )


@pytest.mark.parametrize("username", UNIT_SIDE)
def test_home_with_its_counts(username):
    as_if_there_were_none(username, ["/", "/alerts/", "/done/", "/followed/"])


@pytest.mark.parametrize("words", ["明察暗访", "农贸市场", "棠下镇", "督导"])
def test_search(words):
    as_if_there_were_none(HEAD, [f"/search/?q={words}"])


def test_every_page_that_is_about_nothing_in_particular():
    for_everybody = [name for name, who in PLAIN.items() if who == EVERYBODY and name not in NOT_ASKED]
    as_if_there_were_none(HEAD, map(reverse, for_everybody))


def test_calendar_and_its_file():
    as_if_there_were_none(HEAD, ["/agenda/", "/agenda/?month=2026-11", "/agenda/mine.ics"])
    with time_machine.travel(EVE, tick=False):
        entries = agenda(cast.head(cast.TOWN), clock.today(), clock.today() + timedelta(days=30)).entries
    assert TITLE not in str(entries)


@pytest.mark.parametrize("ledger", [key for key, each in LEDGERS.items() if not getattr(each, "permission", "")])
def test_exports(ledger):
    with time_machine.travel(EVE, tick=False):
        before = exported_rows(HEAD, ledger)
        covert_round()
        assert exported_rows(HEAD, ledger) == before


def test_alerts_and_messages_that_leave_the_house():
    with time_machine.travel(EVE, tick=False):
        covert_round()
        daily()
        people = [cast.person(name) for name in UNIT_SIDE]
        assert not Alert.objects.filter(recipient__in=people).exists()
        assert not Alert.objects.filter(text__contains=TITLE, recipient__in=people).exists()
        assert not Delivery.objects.filter(alert__recipient__in=people).exists()
        assert not Document.objects.visible_to(people[0]).exists()
        assert not Assignment.objects.visible_to(people[0]).exists()
        assert not PendingStep.objects.filter(case__unit__code=cast.TOWN).exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_words_of_errors(method):
    """Of what is there the unit reads the same as of what never was."""
    with time_machine.travel(EVE, tick=False):
        of_round = covert_round()
        of_visit, client = visit_of(of_round), browser(HEAD)
        names = ["round_visit", "record_round_finding", "conclude_visit", "issue_round_opinion", "receive_round_paper"]
        for name, key in [*((name, of_visit.pk) for name in names), ("supervision_round", of_round.pk)]:
            there, nowhere = (getattr(client, method)(reverse(name, args=[each])) for each in (key, MADE_UP))
            assert there.status_code == nowhere.status_code, name
            body = OF_THIS_ANSWER.sub(b"", there.content).replace(str(key).encode(), MADE_UP.encode())
            assert body == OF_THIS_ANSWER.sub(b"", nowhere.content), name


def test_an_own_round_beside_it_shows_no_second_place():
    with time_machine.travel(EVE, tick=False):
        announced()
        covert_round()
        shown = Visitor(cast.person(HEAD)).open("/rounds/")
        assert TITLE not in shown
        assert len(exported_rows(HEAD, "rounds")) == 2
        assert RoundVisit.objects.visible_to(cast.head(cast.TOWN)).count() == 1


def test_whoever_stands_in_for_the_unit_and_is_of_the_office_too_sees_no_more():
    with time_machine.travel(EVE, tick=False):
        of_visit = visit_of(covert_round())
        appoint(cast.person("second_officer"), cast.unit(cast.TOWN), PostKind.LIAISON, "联络员")
        second = browser("second_officer")
        assert second.get(reverse("round_visit", args=[of_visit.pk])).status_code == 404
        assert str(of_visit.pk) not in second.get("/rounds/").content.decode()
        assert len(exported_rows("second_officer", "rounds")) == 1  # the head alone
        assert not RoundFile.objects.visible_to(cast.person("second_officer")).exists()


def test_what_was_looked_at_is_not_for_the_unit_to_read():
    with time_machine.travel(EVE, tick=False):
        of_visit = visit_of(covert_round())
        browser("officer").get(reverse("round_visit", args=[of_visit.pk]))
        assert Sight.objects.exists()
        for url in ("/log/", "/log/sights/"):
            assert browser(HEAD).get(url).status_code in (403, 404)


def test_from_the_day_after_it_is_in_each_of_them():
    with time_machine.travel(THERE, tick=False):
        covert_round(begins_on=DAY)
    with time_machine.travel(THERE + timedelta(days=1), tick=False):
        assert TITLE in Visitor(cast.person(HEAD)).open("/rounds/")
        assert TITLE in Visitor(cast.person(HEAD)).open("/search/?q=明察暗访")
        assert any(TITLE in str(row) for row in exported_rows(HEAD, "rounds"))


def test_the_unit_finds_it_with_the_first_thing_that_is_written_down():
    of_visit = visit_of(covert_round())
    with time_machine.travel(THERE, tick=False):
        assert TITLE not in Visitor(cast.person(HEAD)).open("/rounds/")
        found(of_visit)
        assert TITLE in Visitor(cast.person(HEAD)).open("/rounds/")


def test_the_unit_finds_it_on_the_day_after_though_nothing_was_written_down():
    of_visit = visit_of(covert_round())
    with time_machine.travel(THERE, tick=False):
        assert browser(HEAD).get(reverse("round_visit", args=[of_visit.pk])).status_code == 404
    with time_machine.travel(THERE + timedelta(days=1), tick=False):
        assert browser(HEAD).get(reverse("round_visit", args=[of_visit.pk])).status_code == 200
