"""Before anything is issued: 样稿 on the screen and as a PDF, and nothing comes of asking for it."""

import io

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from tests.factories import case_in, keywords, letter_in
from yuetan.models import Document, Event, NumberEntry, User
from yuetan.vocabulary import CaseState, LetterState, Verb


def text(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).replace("\u3000", "")


@pytest.fixture
def asked(office: object) -> tuple[str, dict[str, object]]:
    case = case_in(CaseState.APPROVED)
    sent = keywords(Verb.SERVE_NOTICE, case)
    sent["scheduled_at"] = sent["scheduled_at"].strftime("%Y-%m-%dT%H:%M")
    return reverse("take_step", args=[case.pk, Verb.SERVE_NOTICE]), sent


def test_the_check_page_shows_and_offers_the_sample(
    client: Client, officer: User, asked: tuple[str, dict[str, object]]
) -> None:
    client.force_login(officer)
    words = client.post(*asked).content.decode()
    assert "paper-sample" in words
    assert "预览 PDF（样稿）" in words


def test_the_sample_is_marked_and_issues_nothing(
    client: Client, officer: User, asked: tuple[str, dict[str, object]]
) -> None:
    address, sent = asked
    client.force_login(officer)
    events = Event.objects.count()
    answer = client.post(address, {**sent, "sample": "1"})
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("inline")
    assert "样稿" in text(answer.content)
    assert "约谈通知书" in text(answer.content)
    assert not Document.objects.exists()
    assert not NumberEntry.objects.exists()
    assert Event.objects.count() == events


def test_a_sample_of_what_is_refused_says_why(
    client: Client, officer: User, asked: tuple[str, dict[str, object]]
) -> None:
    address, sent = asked
    client.force_login(officer)
    answer = client.post(address, {**sent, "place": "", "sample": "1"})
    assert answer.status_code == 422
    assert "约谈通知还缺" in answer.content.decode()


def test_a_letter_has_its_sample_too(client: Client, group_leader: User) -> None:
    letter = letter_in(LetterState.DRAFTED)
    client.force_login(group_leader)
    address = reverse("approve_letter", args=[letter.pk])
    assert "预览 PDF（样稿）" in client.get(address).content.decode()
    answer = client.post(address, {"sample": "1"})
    assert "样稿" in text(answer.content)
    letter.refresh_from_db()
    assert letter.state == LetterState.DRAFTED
    assert not Document.objects.exists()
