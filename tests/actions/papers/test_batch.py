"""Many papers as one file: complete, in the order of their numbers, made ready some at a time."""

import io
import zipfile

import pytest
from pypdf import PdfReader, PdfWriter

from tests.factories import case_in, letter_in, take
from yuetan.actions.files.prepared_file import prepare_next
from yuetan.actions.papers import batch as actions
from yuetan.actions.papers.batch import request_papers
from yuetan.documents.pdf_store import pdf_bytes, store_pdf
from yuetan.errors import NotYours, Refused
from yuetan.ledgers.export import BUILDERS
from yuetan.models import Document, PreparedFile
from yuetan.vocabulary import CaseState, LetterState, PreparedKind, Verb


@pytest.fixture
def papers(office):
    case = case_in(CaseState.NOTIFIED)
    take(Verb.RESCHEDULE, case)
    letter_in(LetterState.ISSUED)
    return list(Document.objects.order_by("issued_at"))


def ready(by, documents, form):
    request_papers(by=by, documents=documents, form=form)
    prepared = prepare_next(BUILDERS)
    assert prepared.ready_at
    return prepared


def content(prepared):
    with prepared.file.open("rb") as kept:
        return kept.read()


def test_one_pdf_holds_every_page_in_the_order_of_the_numbers(officer, papers):
    batch = ready(officer, papers, PreparedKind.MERGED)
    whole = PdfReader(io.BytesIO(content(batch)))
    ordered = sorted(papers, key=lambda paper: (paper.prefix, paper.year, paper.serial))
    assert [item.title for item in whole.outline] == [str(paper) for paper in ordered]
    pages = [len(PdfReader(io.BytesIO(pdf_bytes(paper))).pages) for paper in ordered]
    assert len(whole.pages) == sum(pages)
    assert ordered[0].number in whole.pages[0].extract_text()


def test_a_zip_holds_the_very_bytes_under_chinese_names(officer, papers):
    batch = ready(officer, papers, PreparedKind.ARCHIVE)
    with zipfile.ZipFile(io.BytesIO(content(batch))) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == {
            f"{paper}.pdf": pdf_bytes(Document.objects.get(pk=paper.pk)) for paper in papers
        }
        assert all(entry.flag_bits & 0x800 for entry in archive.infolist())  # names are UTF-8 and say so


def test_preparing_keeps_the_pdf_of_a_paper_that_had_none(officer, papers):
    assert not any(paper.pdf for paper in papers)
    ready(officer, papers, PreparedKind.MERGED)
    assert all(paper.pdf for paper in Document.objects.all())


def test_a_damaged_paper_is_named_and_the_others_come(officer, papers):
    damaged = papers[0]
    store_pdf(damaged)
    with damaged.pdf.storage.open(damaged.pdf.name, "wb") as file:
        PdfWriter().write(file)
    batch = ready(officer, papers, PreparedKind.ARCHIVE)
    assert [problem.partition("不能取出")[0] for problem in batch.problems] == [damaged.number]
    assert "不一致" in batch.problems[0]
    with zipfile.ZipFile(io.BytesIO(content(batch))) as archive:
        assert sorted(archive.namelist()) == sorted(f"{paper}.pdf" for paper in papers[1:])


def test_a_selection_of_nothing_but_damaged_papers_makes_no_file(officer, papers):
    store_pdf(papers[0])
    with papers[0].pdf.storage.open(papers[0].pdf.name, "wb") as file:
        PdfWriter().write(file)
    request_papers(by=officer, documents=papers[:1], form=PreparedKind.MERGED)
    prepared = prepare_next(BUILDERS)
    assert (prepared.ready_at, bool(prepared.file), len(prepared.problems)) == (None, False, 1)
    assert prepare_next(BUILDERS) is None


def test_a_paper_that_went_out_of_sight_meanwhile_is_left_out_without_its_number(head, papers):
    own = list(Document.objects.visible_to(head))
    request_papers(by=head, documents=own, form=PreparedKind.ARCHIVE)
    Document.objects.filter(pk=own[0].pk).update(open_to=None)
    prepared = prepare_next(BUILDERS)
    assert prepared.problems == ["有 1 份已不能查看，不在文件内。"]
    with zipfile.ZipFile(io.BytesIO(content(prepared))) as archive:
        assert archive.namelist() == [f"{paper}.pdf" for paper in own[1:]]


def test_nothing_chosen_and_too_much_chosen_are_refused(officer, papers, monkeypatch):
    with pytest.raises(Refused, match="尚未选择文书。"):
        request_papers(by=officer, documents=[], form=PreparedKind.MERGED)
    monkeypatch.setattr(actions, "MAX_DOCUMENTS", 2)
    with pytest.raises(Refused, match="一次最多选择 2 份文书，请分次办理。"):
        request_papers(by=officer, documents=papers, form=PreparedKind.MERGED)
    assert not PreparedFile.objects.exists()


def test_only_papers_one_may_see(head, papers):
    with pytest.raises(NotYours):
        request_papers(by=head, documents=papers, form=PreparedKind.MERGED)
