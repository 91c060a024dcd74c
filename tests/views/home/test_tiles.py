"""The numbers of the home lead to what they count."""

import pytest

from tests import cast
from tests.factories import case_in
from tests.web import Visitor, browser
from yuetan.vocabulary import CaseState


def tiles(username):
    return {label: (number, url) for label, number, url in browser(username).get("/").context["tiles"]}


@pytest.mark.parametrize("username", ["officer", f"head_{cast.TOWN}"])
def test_each_leads_to_what_it_counts(office, username):
    case_in(CaseState.NOTIFIED)
    page = Visitor(cast.person(username)).open("/").response.content.decode()
    number, url = tiles(username)["本年约谈事项"]
    assert len(browser(username).get(url).context["rows"]) == int(number) == 1
    for _, anchor in (url for label, url in tiles(username).items() if label != "本年约谈事项"):
        assert f'id="{anchor.removeprefix("#")}"' in page


def test_a_year_without_a_case_leads_to_the_whole_list(office):
    number, url = tiles("officer")["本年约谈事项"]
    assert (number, url) == ("0", "/cases/")
    assert not browser("officer").get(url).context["filter"].form.errors
