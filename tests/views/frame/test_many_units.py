"""Where there are more units than a list can hold: no page grows with them, and none of them is out of reach."""

import re

import pytest

from tests import cast
from tests.ladder import measure_in
from tests.web import browser
from yuetan.forms.frame import subject_filters
from yuetan.models import Unit
from yuetan.vocabulary import MeasureState, UnitKind

MORE = "其余单位请按名称、代码或拼音搜索"


@pytest.fixture
def few(office, monkeypatch):
    """As if no list could hold more than five."""
    monkeypatch.setattr(subject_filters, "MOST_OFFERED", 5)


def _offered(address):
    page = browser("officer").get(address).content.decode()
    select = re.search(r'<select name="area".*?</select>', page, re.DOTALL)[0]
    return page, re.findall(r'<option value="([^"]*)"([^>]*)>\s*([^<]*)', select)


def test_a_list_offers_no_more_units_than_it_can_hold_and_says_so(few):
    _, options = _offered("/cases/")
    assert len(options) == 1 + 5 + 1
    value, marks, words = options[-1]
    assert (value, words.strip()) == ("…", MORE)
    assert "disabled" in marks
    assert not Unit.objects.filter(code__in=[value for value, *_ in options], kind=UnitKind.TOWN).exists()


def test_every_unit_is_offered_where_the_list_can_hold_them(office):
    _, options = _offered("/cases/")
    assert len(options) == 1 + Unit.objects.interviewed().count()
    assert MORE not in [words.strip() for *_, words in options]


def test_a_unit_that_is_not_offered_can_be_asked_for_and_stays_chosen(few):
    measure = measure_in(MeasureState.SERVED)
    page, options = _offered(f"/measures/?area={cast.TOWN}")
    assert measure.matter in page
    chosen = [value for value, marks, _ in options if "selected" in marks]
    assert chosen == [cast.TOWN]


def test_what_stands_for_the_others_cannot_be_asked_for(few):
    answer = browser("officer").get("/measures/?area=…")
    assert answer.status_code == 200
    assert "error" in answer.content.decode()
