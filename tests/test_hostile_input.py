"""What no honest browser sends: days and numbers beyond all bounds, nested data, queries without end.

`test_naughty_strings.py` types words into every form; here stands what is no word.
"""

from __future__ import annotations

import json
import re

import pytest
from django import forms
from django.urls import NoReverseMatch, reverse

from tests import cast
from tests.factories import case_in
from tests.naughty import fields_of, form_classes, is_sentence
from tests.web import Visitor
from yuetan.urls import urlpatterns
from yuetan.vocabulary import CaseState

DAYS = ("0001-01-01", "0001-01-01T00:00", "9999-12-31", "9999-12-31T23:59", "1582-10-10")
NUMBERS = ("9" * 25, "-9223372036854775809", "2147483648", "1e400", "NaN", "-Infinity")
ASKED = (*DAYS[:1], *DAYS[3:4], *NUMBERS[:2], *NUMBERS[3:5], "a\0b", "٣", "[[[", "x" * 3000)
ASKED_BY_HAND = ("page", "after", "row", "from", "to", "day", "view", "year", "q", "kind", "stamp", "task", "case")
DEEP = ("[" * 50_000 + "]" * 50_000, '{"a":' * 20_000 + "1" + "}" * 20_000)
OTHER_JSON = ("null", "[]", "9" * 5000, "NaN", '{"matter":null}', '{"matter":{"value":[1e999],"shown":1}}')
# Of each kind of field whatever it cleans to fits the columns of the database.
BOUNDED = (forms.DateField, forms.DateTimeField, forms.IntegerField, forms.DecimalField, forms.FloatField)


def bounded_fields() -> list[tuple[str, forms.Field]]:
    return [
        (f"{form.__name__}.{name}", field)
        for form in form_classes()
        for name, field in fields_of(form).items()
        if isinstance(field, BOUNDED)
    ]


def test_no_field_of_any_form_takes_a_day_or_a_number_that_cannot_be_meant(office):
    fields = bounded_fields()
    assert len(fields) > 20
    for name, field in fields:
        for value in (*DAYS, *NUMBERS):
            with pytest.raises(forms.ValidationError) as refused:
                field.clean(value)
            assert all(is_sentence(words) for words in refused.value.messages), (name, value, refused.value.messages)


def lists() -> list[str]:
    """Every address that is about nothing in particular."""
    urls = []
    for pattern in urlpatterns:
        try:
            urls.append(reverse(pattern.name))
        except NoReverseMatch:
            continue
    return [url for url in urls if url not in ("/logout/", "/session/")]


def test_no_address_stumbles_over_what_it_is_asked(office):
    """Each address by the first of these three to whom it is open."""
    visitors = [Visitor(cast.person(username)) for username in ("director", "sysadmin", "auditor")]
    asked, wrong = 0, []
    for url in lists():
        pages = ((visitor.client, visitor.client.get(url)) for visitor in visitors)
        client, page = next(((client, page) for client, page in pages if page.status_code == 200), (None, None))
        if client is None:
            continue
        asked, client.raise_request_exception = asked + 1, False
        is_page = page.get("Content-Type", "").startswith("text/html")
        named = re.findall(r'name="([a-z_]+)"', page.content.decode()) if is_page else []
        for value in ASKED:
            answer = client.get(url, dict.fromkeys({*named, *ASKED_BY_HAND}, value))
            if answer.status_code >= 500:
                wrong.append((url, value[:30], answer.status_code))
    assert wrong == []
    assert asked > 40


def test_a_query_without_end_is_refused_in_words(officer):
    visitor = Visitor(officer)
    visitor.client.raise_request_exception = False
    for url in ("/", "/cases/", "/search/", "/login/", "/verify/"):
        answer = visitor.client.get(url, {f"a{number}": "1" for number in range(1100)})
        assert answer.status_code < 500, url
        assert re.search("[一-鿿]{8}", answer.content.decode()), url


@pytest.mark.parametrize("cells", [*DEEP, *OTHER_JSON], ids=lambda cells: cells[:12])
def test_drafts_take_no_data_that_no_script_sends(cells, officer):
    case = case_in(CaseState.DRAFTED)
    visitor = Visitor(officer)
    visitor.client.raise_request_exception = False
    page = visitor.open(f"/cases/{case.pk}/edit/")
    text = page.response.content.decode()
    url, owner, token = (
        re.search(pattern, text)[1]
        for pattern in (r'draft-url="([^"]+)"', r'data-owner="([^"]+)"', r'name="csrfmiddlewaretoken" value="([^"]+)"')
    )
    answer = visitor.client.post(url, {"owner": owner, "cells": cells, "csrfmiddlewaretoken": token})
    assert answer.status_code == 400
    form = next(form for form in page.forms if "draft_seen" in form.values)
    sent = {name: values for name, values in form.values.items() if values}
    answer = visitor.client.post(url.removesuffix("autosave/"), sent | {"draft_seen": cells})
    assert answer.status_code < 500


def test_a_time_that_cannot_be_meant_comes_back_as_typed(officer):
    case = case_in(CaseState.APPROVED)
    visitor = Visitor(officer)
    visitor.open(f"/cases/{case.pk}/steps/serve_notice/")
    for moment in ("0001-01-01T00:00", "9999-12-31T23:59"):
        page = visitor.press("下一步：核对", expect=422, scheduled_at=moment, place="三楼会议室")
        assert "日期不在 1949 年至 2100 年之间，请核对年份。" in page
        assert moment in json.dumps([form.values for form in page.forms])
