"""What fails after a step is kept says nothing against the step: it is done, and what is missing comes by itself."""

import ast
import hashlib
import re
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.factories import case_in, later, letter_in, png, take
from tests.source_trees import modules
from tests.steps import stated
from tests.web import browser
from yuetan.actions.papers.printing import PaperPrinter
from yuetan.actions.step import delete_files
from yuetan.after_commit import after_commit
from yuetan.documents.pdf_store import pdf_bytes, store_pdf
from yuetan.errors import StoredPaperDamaged
from yuetan.models import Document, Ground, Letter
from yuetan.vocabulary import CaseState, LetterState, Verb


@pytest.fixture
def folder(settings) -> Path:
    """Where the PDFs of papers are stored."""
    return Path(settings.MEDIA_ROOT) / "documents"


@contextmanager
def nothing_can_be_stored(folder: Path) -> Iterator[None]:
    """A file stands where the folder would be made, which root cannot write past either."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_bytes(b"")
    yield
    folder.unlink()


@contextmanager
def full_disk(left: int = 4096) -> Iterator[None]:
    """The system writes so many bytes of a file and no more."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (left, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def stored_files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def issued(letter: Letter) -> Document:
    return Document.objects.get(letter=letter)


def test_a_step_prints_nothing_and_a_full_disk_keeps_no_paper_from_being_issued(
    office, folder, django_capture_on_commit_callbacks
) -> None:
    letter, leader = letter_in(LetterState.DRAFTED), browser("group_leader")
    page = reverse("approve_letter", args=[letter.pk])
    with nothing_can_be_stored(folder):
        with django_capture_on_commit_callbacks(execute=True):
            answer = leader.post(page, {"confirmed": "1", "seen": letter.digest}, follow=True)
        notices = re.findall(r'class="notice-banner notice-(\w+)">(.*?)<', answer.content.decode())
        assert notices == [("success", "提醒函已签发，文号为江扫黑函〔2026〕1号。")]
        assert (issued(letter).pdf.name, issued(letter).pdf_sha256) == ("", "")
        served = leader.get(reverse("document_pdf", args=[issued(letter).pk])).content
        assert served.startswith(b"%PDF-")
    call_command("worker", "--once")
    assert Path(issued(letter).pdf.path).read_bytes() == served
    assert issued(letter).pdf_sha256 == hashlib.sha256(served).hexdigest()


@pytest.fixture
def paper(office) -> Document:
    """One issued, of which no PDF has been stored yet."""
    return letter_in(LetterState.ISSUED).document


def test_a_disk_that_fills_up_leaves_no_part_of_a_file(paper, folder) -> None:
    with full_disk(), pytest.raises(OSError, match="File too large"):
        store_pdf(paper)
    assert stored_files(folder) == []
    store_pdf(paper)
    assert [path.read_bytes() for path in stored_files(folder)] == [pdf_bytes(paper)]


def test_what_is_served_while_the_disk_is_full_is_what_is_stored_later(paper, folder, client: Client, officer) -> None:
    client.force_login(officer)
    with full_disk():
        served = client.get(reverse("document_pdf", args=[paper.pk])).content
    paper.refresh_from_db()
    assert (paper.pdf.name, paper.pdf_sha256) == ("", hashlib.sha256(served).hexdigest())
    again = client.get(reverse("document_pdf", args=[paper.pk])).content
    assert [path.read_bytes() for path in stored_files(folder)] == [again] == [served]
    downloaded = client.post(reverse("download_document", args=[paper.pk, "download"]))
    assert b"".join(downloaded) == served


def test_other_bytes_than_those_handed_out_are_never_stored(paper, folder) -> None:
    Document.objects.filter(pk=paper.pk).update(pdf_sha256="0" * 64, page_count=1)
    paper.refresh_from_db()
    with pytest.raises(StoredPaperDamaged, match="现在印出的与已经交出的不一致"):
        pdf_bytes(paper)
    assert stored_files(folder) == []


def test_two_that_print_at_once_store_one_file(paper, folder) -> None:
    other = Document.objects.get(pk=paper.pk)
    store_pdf(paper)
    store_pdf(other)
    assert (paper.pdf.name, len(stored_files(folder))) == (other.pdf.name, 1)


def test_the_worker_prints_what_was_issued_at_its_next_look(paper) -> None:
    worker = PaperPrinter()
    assert [worker.print_next(), worker.print_next()] == [paper.number, None]


def test_a_paper_that_cannot_be_printed_keeps_no_other_waiting_and_is_tried_again(paper, folder, caplog) -> None:
    with later(minutes=1):
        notice = case_in(CaseState.NOTIFIED).documents.get()
    worker, blocked = PaperPrinter(), folder / str(paper.year) / f"{paper.pk}.pdf"
    (blocked / "not empty").mkdir(parents=True)
    with later(minutes=3):
        assert [worker.print_next(), worker.print_next()] == [notice.number, None]
    assert f"could not be printed: {paper.number}" in caplog.text
    (blocked / "not empty").rmdir()
    blocked.rmdir()
    with later(minutes=8):
        assert worker.print_next() is None
    with later(minutes=15):
        assert worker.print_next() == paper.number


def test_verifying_prints_and_stores_nothing_and_knows_what_was_printed_late(paper, folder, client: Client) -> None:
    def asked() -> dict[str, str]:
        return client.post("/verify/", {"code": paper.check_code}).context["answer"]["lines"]

    assert asked()["页数"] == "还没有印出"
    paper.refresh_from_db()
    assert (paper.pdf.name, paper.pdf_sha256, stored_files(folder)) == ("", "", [])
    with full_disk():
        handed_out = pdf_bytes(paper)
    assert asked()["页数"] == "1页（含未编页码的）"
    digest = hashlib.sha256(handed_out).hexdigest()
    assert list(Document.objects.for_verification().filter(pdf_sha256=digest)) == [paper]


def test_a_file_that_cannot_be_deleted_says_nothing_against_the_step(
    town, caplog, django_capture_on_commit_callbacks
) -> None:
    case = case_in(CaseState.DRAFTED, draft={"evidence": [png("走访.png")]})
    file = case.attachments.get()
    path = Path(file.file.path)
    path.unlink()
    (path / "not empty").mkdir(parents=True)
    ground = next(each for each in Ground.objects.filter(number=2) if each.fits(town.kind))
    with django_capture_on_commit_callbacks(execute=True):
        take(Verb.REVISE_DRAFT, case, grounds=[stated(ground, removed=[file])])
    assert list(case.attachments.all()) == []
    assert "could not be done after the commit" in caplog.text
    delete_files([file])
    assert f"could not be deleted: {file.file.name}" in caplog.text


def test_what_raises_after_the_commit_keeps_nothing_after_it_from_being_done(
    db, django_capture_on_commit_callbacks, caplog
) -> None:
    done: list[str] = []
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        after_commit(lambda: Path("/proc/none/at/all").write_bytes(b""))
        after_commit(lambda: done.append("second"))
    assert done == ["second"]
    assert "FileNotFoundError" in caplog.text


def test_nothing_else_waits_for_a_commit() -> None:
    callers = {
        name
        for name, tree in modules().items()
        for node in ast.walk(tree)
        if getattr(node, "attr", getattr(node, "id", "")) == "on_commit"
    }
    assert callers == {"yuetan/after_commit.py"}
