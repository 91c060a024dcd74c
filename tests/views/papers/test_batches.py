"""Choosing papers in the list, watching the progress without scripts, fetching the file."""

import io
import zipfile

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from tests.factories import case_in, letter_in
from tests.nothing_sent_twice import run_or_copy
from yuetan.actions.papers import batch as actions
from yuetan.models import Batch, Document, Printing, User
from yuetan.vocabulary import CaseState, LetterState


@pytest.fixture
def papers(office: object) -> list[Document]:
    def run_history() -> list[Document]:
        case_in(CaseState.NOTIFIED)
        letter_in(LetterState.ISSUED)
        letter_in(LetterState.ISSUED)
        return list(Document.objects.order_by("issued_at"))

    return run_or_copy(run_history, __name__)


def start(client: Client, papers: list[Document], query: str = "", **more: str) -> str:
    answer = client.post(
        f"{reverse('start_batch')}?{query}", {"documents": [p.pk for p in papers], "form": "archive", **more}
    )
    assert answer.status_code == 302
    return answer.url


def finish(client: Client, address: str) -> list[str]:
    """Press 继续准备 until there is nothing to press; what the page said each time."""
    words_of_lines = []
    for _ in range(20):
        words = client.get(address).content.decode()
        words_of_lines.append(words[words.index("已准备") :].split("<")[0])
        if "继续准备" not in words:
            return words_of_lines
        assert client.post(address).status_code == 302
    raise AssertionError(words_of_lines)


def names(client: Client, address: str) -> list[str]:
    served = client.post(f"{address}file/")
    assert served["Content-Type"] == "application/zip"
    return zipfile.ZipFile(io.BytesIO(b"".join(served.streaming_content))).namelist()


def test_from_the_list_to_the_file(
    client: Client, officer: User, papers: list[Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "AT_A_TIME", 1)
    client.force_login(officer)
    assert client.get(reverse("document_list")).content.decode().count('name="documents"') == 3
    address = start(client, papers[:2])
    assert finish(client, address) == ["已准备 0/2", "已准备 1/2", "已准备 2/2", "已准备 2/2"]
    assert not Printing.objects.exists()
    assert sorted(names(client, address)) == sorted(f"{paper}.pdf" for paper in papers[:2])
    assert sorted((p.document_id, p.method, p.by_id) for p in Printing.objects.all()) == sorted(
        (paper.pk, "archive", officer.pk) for paper in papers[:2]
    )


def test_one_pdf(client: Client, officer: User, papers: list[Document]) -> None:
    client.force_login(officer)
    address = start(client, papers, form="merged")
    finish(client, address)
    served = client.post(f"{address}file/")
    assert served["Content-Type"] == "application/pdf"
    assert len(PdfReader(io.BytesIO(b"".join(served.streaming_content))).pages) >= 3
    assert set(Printing.objects.values_list("method", flat=True)) == {"merged"}


def test_all_that_the_filter_finds(client: Client, officer: User, papers: list[Document]) -> None:
    client.force_login(officer)
    address = start(client, [], "kind=reminder_letter", everything="1")
    finish(client, address)
    assert len(names(client, address)) == 2


def test_looking_at_the_progress_changes_nothing(client: Client, officer: User, papers: list[Document]) -> None:
    client.force_login(officer)
    address = start(client, papers)
    for _ in range(3):
        assert "已准备 0/3" in client.get(address).content.decode()
    assert client.get(f"{address}file/").status_code == 405
    assert client.post(f"{address}file/").status_code == 404


def test_nothing_chosen_is_shown_in_the_list(client: Client, officer: User, papers: list[Document]) -> None:
    client.force_login(officer)
    words = client.get(start(client, [], "kind=minutes")).content.decode()
    assert "尚未选择文书" in words
    assert not Batch.objects.exists()


def test_papers_out_of_sight_cannot_be_chosen(client: Client, head: User, papers: list[Document]) -> None:
    client.force_login(head)
    answer = client.post(reverse("start_batch"), {"documents": [p.pk for p in papers], "form": "archive"})
    assert answer.status_code == 404
    assert client.post(reverse("start_batch"), {"documents": [], "form": "fax"}).status_code == 404
    address = start(client, [], everything="1")
    finish(client, address)
    assert len(names(client, address)) == 1


def test_nobody_else_sees_the_selection(client: Client, officer: User, director: User, papers: list[Document]) -> None:
    client.force_login(officer)
    address = start(client, papers)
    finish(client, address)
    client.force_login(director)
    assert client.get(address).status_code == client.post(address).status_code == 404
    assert client.post(f"{address}file/").status_code == 404
