"""The stored PDF: served byte for byte, and only as long as it is the one that was stored."""

import hashlib
import logging
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import letter_in
from yuetan.documents.pdf_store import pdf_bytes, store_pdf
from yuetan.errors import StoredPaperDamaged
from yuetan.models import Document
from yuetan.vocabulary import LetterState


@pytest.fixture
def document(office):
    issued = letter_in(LetterState.ISSUED).document
    store_pdf(issued)
    return Document.objects.get(pk=issued.pk)


def test_the_digest_is_of_the_stored_bytes_and_they_are_served(document, client: Client, officer):
    stored = Path(document.pdf.path).read_bytes()
    assert document.pdf_sha256 == hashlib.sha256(stored).hexdigest()
    client.force_login(officer)
    first, again = (client.get(reverse("document_pdf", args=[document.pk])).content for _ in range(2))
    assert first == again == stored


def test_a_changed_file_is_refused_logged_and_never_served(document, client: Client, officer, caplog):
    path = Path(document.pdf.path)
    path.write_bytes(path.read_bytes().replace(b"/Title", b"/Titel", 1) + b"\n")
    with pytest.raises(StoredPaperDamaged, match="与印发时不一致"):
        pdf_bytes(document)
    client.force_login(officer)
    with caplog.at_level(logging.ERROR, logger="yuetan.views.frame.errors"):
        answer = client.get(reverse("document_pdf", args=[document.pk]))
    assert answer.status_code == 500
    assert answer["Content-Type"].startswith("text/html")
    assert "江扫黑函〔2026〕1号" in answer.content.decode()
    assert b"%PDF" not in answer.content
    assert "江扫黑函〔2026〕1号：文件内容与印发时不一致" in caplog.text


def test_a_file_that_is_gone_is_reported_alike(document, client: Client, officer):
    Path(document.pdf.path).unlink()
    with pytest.raises(StoredPaperDamaged, match="不在原处"):
        pdf_bytes(document)
    client.force_login(officer)
    assert client.get(reverse("document_pdf", args=[document.pk])).status_code == 500


def test_a_paper_whose_file_was_never_stored_is_printed_from_its_frozen_wording(office):
    document = letter_in(LetterState.ISSUED).document
    assert (document.pdf.name, document.pdf_sha256) == ("", "")
    assert pdf_bytes(document) == pdf_bytes(document)
    assert pdf_bytes(document).startswith(b"%PDF-")
