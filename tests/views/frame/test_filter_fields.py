"""The filter of a ledger: few fields stand open, the others behind 更多条件; what is in use is seen."""

import re

import pytest

from tests.web import browser


def html(url, username="officer"):
    return browser(username).get(url).content.decode()


@pytest.mark.parametrize("url", ["/cases/", "/tasks/", "/documents/", "/letters/"])
def test_every_field_is_there_and_few_stand_open(office, url):
    page = html(url)
    form = page.split('<form class="card filters"')[1].split("</form>")[0]
    first, more = form.split("<details")
    assert 1 < len(re.findall("<label", first)) <= 5
    assert len(re.findall("<label", more)) > 1
    assert 'name="q"' in first
    assert "<details open" not in form
    assert not re.search(r"^[^>]* open", more)


@pytest.mark.parametrize("url", ["/cases/?begin=2026-01-01", "/cases/?person=冯十", "/cases/?begin=昨天"])
def test_what_is_in_use_is_seen(office, url):
    more = html(url).split('class="more-filters"')[1]
    assert more.startswith(" open>")


def test_a_short_filter_stands_open(office):
    assert "more-filters" not in html("/alerts/")
    assert "more-filters" not in html("/log/", "auditor")
