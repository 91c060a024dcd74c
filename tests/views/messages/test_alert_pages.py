"""A message of the rooms leads to what it is about, and a reader who may not see that to a list of theirs."""

import pytest

from tests import cast
from tests import stories_of_rooms as stories
from tests.reporting import report_of, scheme_of
from tests.web import browser
from yuetan.actions.reporting.release import end_scheme
from yuetan.models import Alert
from yuetan.views.messages.alert_pages import LISTS, ROWS

STORIES = (
    *(stories.an_assessment, stories.a_scheme_with_its_reports, stories.reports_that_are_settled),
    *(stories.an_analysis, stories.meetings, stories.minutes_and_their_correction, stories.rounds),
    *(stories.letters, stories.dossiers),
)


def opened(alert):
    return browser(alert.recipient.username).post(f"/alerts/{alert.pk}/open/").url


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_every_message_of_a_room_leads_to_a_page_of_that_room(office, story):
    story()
    alerts = list(Alert.objects.filter(case=None, letter=None, measure_laid=None, assignment=None))
    assert alerts
    for alert in {(one.key, one.text): one for one in alerts}.values():
        url = opened(alert)
        assert url not in ("/tasks/", "/alerts/"), alert.key
        assert browser(alert.recipient.username).get(url).status_code == 200, (alert.key, url)


def test_a_unit_that_does_not_see_what_was_ended_comes_to_its_own_list(office):
    scheme = report_of(scheme_of()).period.scheme
    end_scheme(scheme, by=cast.person("director"), at_once=True, from_day=None, reason="不再需要。")
    alert = Alert.objects.filter(recipient=cast.head(cast.TOWN)).first()
    assert opened(alert) == "/reporting/"


def test_a_key_of_no_row_leads_to_the_list_of_its_room_or_of_messages(office):
    lists = {"report:0": "/reporting/", "report:x": "/reporting/", "sweep:1": "/alerts/", "summary": "/tasks/"}
    lists |= {"destruction:1:done": "/archive/destructions/", "statistics:1": "/documents/"}
    for key, url in lists.items():
        alert = Alert.objects.create(recipient=cast.person("supervisor"), key=key, text="一句话。")
        assert opened(alert) == url, key


def test_each_kind_of_row_has_a_list_behind_it():
    assert ROWS.keys() <= LISTS.keys()
