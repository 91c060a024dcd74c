"""Choosing papers in the list, watching the progress without scripts, fetching the file."""

import io
import zipfile

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from tests.factories import case_in, letter_in
from tests.nothing_sent_twice import run_or_copy
from tests.refusals import nothing_stored
from yuetan.actions.files.prepared_file import prepare_next
from yuetan.ledgers.export import BUILDERS
from yuetan.models import Document, PreparedFile, Printing, User
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


def names(client: Client, address: str) -> list[str]:
    prepare_next(BUILDERS)
    served = client.post(f"{address}fetch/")
    assert served["Content-Type"] == "application/zip"
    return zipfile.ZipFile(io.BytesIO(b"".join(served.streaming_content))).namelist()


def test_from_the_list_to_the_file(client: Client, officer: User, papers: list[Document]) -> None:
    client.force_login(officer)
    assert client.get(reverse("document_list")).content.decode().count('name="documents"') == 3
    address = start(client, papers[:2])
    assert "已列入后台，等待生成" in client.get(address).content.decode()
    assert sorted(names(client, address)) == sorted(f"{paper}.pdf" for paper in papers[:2])
    assert "已生成，共 2 份" in client.get(address).content.decode()
    assert sorted((p.document_id, p.method, p.by_id) for p in Printing.objects.all()) == sorted(
        (paper.pk, "archive", officer.pk) for paper in papers[:2]
    )


def test_one_pdf(client: Client, officer: User, papers: list[Document]) -> None:
    client.force_login(officer)
    address = start(client, papers, form="merged")
    prepare_next(BUILDERS)
    served = client.post(f"{address}fetch/")
    assert served["Content-Type"] == "application/pdf"
    assert len(PdfReader(io.BytesIO(b"".join(served.streaming_content))).pages) >= 3
    assert set(Printing.objects.values_list("method", flat=True)) == {"merged"}


def test_all_that_the_filter_finds(client: Client, officer: User, papers: list[Document]) -> None:
    client.force_login(officer)
    address = start(client, [], "kind=reminder_letter", everything="1")
    assert len(names(client, address)) == 2


def test_looking_at_the_progress_changes_nothing(client: Client, officer: User, papers: list[Document]) -> None:
    client.force_login(officer)
    address = start(client, papers)
    with nothing_stored():
        assert "已列入后台" in client.get(address).content.decode()
        assert client.get(f"{address}fetch/").status_code == 405
        assert client.post(f"{address}fetch/").status_code == 404


def test_nothing_chosen_is_shown_in_the_list(client: Client, officer: User, papers: list[Document]) -> None:
    client.force_login(officer)
    words = client.get(start(client, [], "kind=minutes")).content.decode()
    assert "尚未选择文书" in words
    assert not PreparedFile.objects.exists()


def test_papers_out_of_sight_cannot_be_chosen(client: Client, head: User, papers: list[Document]) -> None:
    client.force_login(head)
    answer = client.post(reverse("start_batch"), {"documents": [p.pk for p in papers], "form": "archive"})
    assert answer.status_code == 404
    assert client.post(reverse("start_batch"), {"documents": [], "form": "fax"}).status_code == 404
    address = start(client, [], everything="1")
    assert len(names(client, address)) == 1


def test_nobody_else_sees_the_selection(client: Client, officer: User, director: User, papers: list[Document]) -> None:
    client.force_login(officer)
    address = start(client, papers)
    prepare_next(BUILDERS)
    client.force_login(director)
    assert client.get(address).status_code == client.post(f"{address}fetch/").status_code == 404
    assert "文书 3 份" not in client.get(reverse("prepared_file_list")).content.decode()
