"""What a browser or a proxy may keep: nothing but static files."""

import pytest
from django.test import Client

from tests import cast
from tests.factories import case_in, png
from tests.web import browser
from yuetan.vocabulary import CaseState


@pytest.mark.parametrize("url", ["/login/", "/verify/", "/", "/nothing-here/", "/cases/"])
def test_no_page_is_kept_whoever_asks(office, url):
    for client in (Client(), browser("officer"), browser(f"head_{cast.TOWN}")):
        assert client.get(url)["Cache-Control"] == "private, no-store"


def test_no_paper_and_no_file_is_kept(office):
    case = case_in(CaseState.NOTIFIED, draft={"evidence": [png()]})
    client = browser("officer")
    for url in (
        f"/documents/{case.documents.get().pk}.pdf",
        f"/files/{case.attachments.get().pk}/",
        "/agenda/mine.ics",
    ):
        answer = client.get(url)
        assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
        assert answer["X-Content-Type-Options"] == "nosniff"
