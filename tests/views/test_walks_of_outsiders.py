"""What the recused, and the interviewed side, do not come to along any link."""

from __future__ import annotations

import re

import pytest
from django.db import connection

from tests import cast
from tests.factories import case_after, case_in, letter_in, png, take
from tests.refusals import appoint
from tests.views.test_secrecy import reached, text_of
from tests.web import Visitor
from yuetan.models import Document
from yuetan.vocabulary import CaseState, LetterState, PostKind, Verb

MANY = 76_543_210  # as if so many rows had gone before
OPINION = "经核只供内部参阅"


def pages_of(username):
    """Every page to which links lead this person from home, with what it says."""
    pages = reached(Visitor(cast.person(username)), "/")
    return {url: text_of(page) for url, page in pages if not url.startswith(("/files/", "/help/", "/calendar/"))}


@pytest.fixture
def inner_words(office, town):
    """What only the office may read: of matters that are not open all, of one that is the opinions and the evidence."""
    unopened = [case_in(state, draft={"evidence": [png()]}) for state in (CaseState.IN_REVIEW, CaseState.APPROVED)]
    words = {str(letter_in(LetterState.DRAFTED, to=town).pk), OPINION}
    for case in unopened:
        words |= {str(case.pk), case.matter, *filter(None, [case.register_number])}
        words |= {str(attachment.pk) for attachment in case.attachments.all()}
    words |= {document.number for document in Document.objects.all() if document.number}
    proposal = {"evidence": [png()], "matter": "已经通知的另一事项"}
    opened = case_in(CaseState.NOTIFIED, draft=proposal, endorse={"opinion": OPINION})
    return words | {str(attachment.pk) for attachment in opened.attachments.all()}


@pytest.mark.parametrize("username", ["second_officer", "director", "group_leader"])
def test_who_is_recused_comes_to_nothing_that_the_unit_does_not(inner_words, town, username):
    appoint(cast.person(username), town, PostKind.LIAISON, "联系人")
    pages = pages_of(username)
    assert [(url, word) for url, text in pages.items() for word in inner_words if word in text] == []


def test_who_is_not_recused_comes_to_all_of_it(inner_words):
    texts = pages_of("director").values()
    assert {word for word in inner_words if not any(word in text for text in texts)} == set()


@pytest.fixture
def many_rows_before(office):
    """Every numbered key goes on from the same high number."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval(oid, %s) FROM pg_class WHERE relkind = 'S'", [MANY])
    return re.compile(rf"{str(MANY)[:-3]}\d\d\d")


def test_no_number_shows_a_unit_how_much_the_office_does(many_rows_before, town):
    case_in(CaseState.NOTIFIED)
    case_after(Verb.SEND_MINUTES)
    case_after(Verb.HAND_IN_REPORT)
    case = case_after(Verb.ASSIGN)
    for verb in (Verb.CHASE, Verb.ASK_EXTENSION, Verb.PREPARE_PROGRESS):
        take(verb, case)
    letter_in(LetterState.ISSUED, to=town)
    pages = pages_of(f"head_{cast.TOWN}")
    assert any(f"/cases/{case.pk}/steps/" in url for url in pages)
    assert [(url, text) for url, text in pages.items() if many_rows_before.search(url + text)] == []
