"""Many papers as one file: complete, in the order of their numbers, made ready some at a time."""

import io
import zipfile

import pytest
from pypdf import PdfReader, PdfWriter

from tests.factories import case_in, letter_in, take
from yuetan.actions.papers import batch as actions
from yuetan.actions.papers.batch import prepare_batch, start_batch
from yuetan.documents.issue import pdf_bytes, store_pdf
from yuetan.errors import NotYours, Refused
from yuetan.models import Batch, BatchItem, Document
from yuetan.vocabulary import CaseState, LetterState, PrintMethod, Verb


@pytest.fixture
def papers(office):
    case = case_in(CaseState.NOTIFIED)
    take(Verb.RESCHEDULE, case)
    letter_in(LetterState.ISSUED)
    return list(Document.objects.order_by("issued_at"))


def ready(batch, by):
    for _ in range(20):
        batch = prepare_batch(batch, by=by)
        if batch.ready_at:
            return batch
    raise AssertionError("never ready")


def content(batch):
    with batch.file.open("rb") as kept:
        return kept.read()


def test_one_pdf_holds_every_page_in_the_order_of_the_numbers(officer, papers):
    batch = ready(start_batch(by=officer, documents=papers, form=PrintMethod.MERGED), officer)
    whole = PdfReader(io.BytesIO(content(batch)))
    ordered = sorted(papers, key=lambda paper: (paper.prefix, paper.year, paper.serial))
    assert [item.title for item in whole.outline] == [str(paper) for paper in ordered]
    pages = [len(PdfReader(io.BytesIO(pdf_bytes(paper))).pages) for paper in ordered]
    assert len(whole.pages) == sum(pages)
    assert ordered[0].number in whole.pages[0].extract_text()


def test_a_zip_holds_the_very_bytes_under_chinese_names(officer, papers):
    batch = ready(start_batch(by=officer, documents=papers, form=PrintMethod.ARCHIVE), officer)
    with zipfile.ZipFile(io.BytesIO(content(batch))) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == {
            f"{paper}.pdf": pdf_bytes(Document.objects.get(pk=paper.pk)) for paper in papers
        }
        assert all(entry.flag_bits & 0x800 for entry in archive.infolist())  # names are UTF-8 and say so


def test_some_at_a_time(officer, papers, monkeypatch):
    monkeypatch.setattr(actions, "AT_A_TIME", 2)
    batch = start_batch(by=officer, documents=papers, form=PrintMethod.ARCHIVE)
    prepared = []
    while not batch.ready_at:
        batch = prepare_batch(batch, by=officer)
        prepared.append(batch.items.exclude(prepared_at=None).count())
    assert prepared == [2, 3, 3]
    assert bool(batch.file)


def test_what_is_ready_stays_as_it_is(officer, papers):
    batch = ready(start_batch(by=officer, documents=papers, form=PrintMethod.MERGED), officer)
    again = prepare_batch(batch, by=officer)
    assert (again.file.name, again.ready_at) == (batch.file.name, batch.ready_at)


def test_preparing_keeps_the_pdf_of_a_paper_that_had_none(officer, papers):
    assert not any(paper.pdf for paper in papers)
    ready(start_batch(by=officer, documents=papers, form=PrintMethod.MERGED), officer)
    assert all(paper.pdf for paper in Document.objects.all())


def test_a_damaged_paper_is_named_and_the_others_come(officer, papers):
    damaged = papers[0]
    store_pdf(damaged)
    with damaged.pdf.storage.open(damaged.pdf.name, "wb") as file:
        PdfWriter().write(file)
    batch = ready(start_batch(by=officer, documents=papers, form=PrintMethod.ARCHIVE), officer)
    assert "不一致" in BatchItem.objects.get(document=damaged).problem
    with zipfile.ZipFile(io.BytesIO(content(batch))) as archive:
        assert sorted(archive.namelist()) == sorted(f"{paper}.pdf" for paper in papers[1:])


def test_a_paper_damaged_after_it_was_made_ready_is_named_and_the_others_come(officer, papers):
    damaged = papers[0]
    batch = prepare_batch(start_batch(by=officer, documents=papers, form=PrintMethod.MERGED), by=officer)
    assert not batch.items.filter(prepared_at=None).exists()
    damaged.refresh_from_db()
    with damaged.pdf.storage.open(damaged.pdf.name, "wb") as file:
        PdfWriter().write(file)
    batch = ready(batch, officer)
    assert "不一致" in BatchItem.objects.get(document=damaged).problem
    assert len(PdfReader(io.BytesIO(content(batch))).outline) == len(papers) - 1


def test_nothing_chosen_and_too_much_chosen_are_refused(officer, papers, monkeypatch):
    with pytest.raises(Refused, match="尚未选择文书。"):
        start_batch(by=officer, documents=[], form=PrintMethod.MERGED)
    monkeypatch.setattr(actions, "MAX_DOCUMENTS", 2)
    with pytest.raises(Refused, match="一次最多选择 2 份文书，请分次办理。"):
        start_batch(by=officer, documents=papers, form=PrintMethod.MERGED)
    assert not Batch.objects.exists()


def test_only_papers_one_may_see_and_only_by_the_maker(officer, head, papers):
    with pytest.raises(NotYours):
        start_batch(by=head, documents=papers, form=PrintMethod.MERGED)
    batch = start_batch(by=officer, documents=papers, form=PrintMethod.MERGED)
    with pytest.raises(NotYours):
        prepare_batch(batch, by=head)


def test_a_new_selection_drops_the_file_of_the_earlier_one(officer, second_officer, papers):
    earlier = ready(start_batch(by=officer, documents=papers[:1], form=PrintMethod.MERGED), officer)
    others = ready(start_batch(by=second_officer, documents=papers[:1], form=PrintMethod.MERGED), second_officer)
    name, storage = earlier.file.name, earlier.file.storage
    start_batch(by=officer, documents=papers, form=PrintMethod.MERGED)
    earlier.refresh_from_db()
    others.refresh_from_db()
    assert not earlier.file
    assert not storage.exists(name)
    assert others.file
