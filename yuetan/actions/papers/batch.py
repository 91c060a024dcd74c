"""Many papers as one file: chosen, made ready some at a time, put together, fetched by the one who chose."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from yuetan.documents.issue import pdf_bytes, store_pdf
from yuetan.documents.typesetting.fonts import FontsMissingError
from yuetan.errors import NotYours, Refused, StoredPaperDamaged
from yuetan.models import Batch, BatchItem, Document, Regulation, User
from yuetan.rules.dates import clock
from yuetan.rules.files import file_kind
from yuetan.rules.refusals import Finding, finding
from yuetan.vocabulary import PrintMethod

AT_A_TIME = 5  # a paper printed for the first time takes half a second
MAX_DOCUMENTS = 300


@transaction.atomic
def start_batch(*, by: User, documents: Sequence[Document], form: PrintMethod) -> Batch:
    """Begin a selection of papers that the person may see; the file of an earlier one is dropped.

    Raises Refused for none or too many papers, NotYours if one of them is not visible to the person.
    """
    if not documents:
        _refuse(finding("batch_empty", "documents"))
    if len(documents) > MAX_DOCUMENTS:
        _refuse(finding("batch_too_large", "documents", most=MAX_DOCUMENTS))
    if Document.objects.visible_to(by).filter(pk__in=[each.pk for each in documents]).count() != len(documents):
        raise NotYours("start_batch")
    for earlier in Batch.objects.filter(made_by=by).exclude(file=""):
        earlier.file.delete(save=True)
    batch = Batch.objects.create(form=form, made_by=by, made_at=clock.now())
    BatchItem.objects.bulk_create(BatchItem(batch=batch, document=document) for document in documents)
    return batch


@transaction.atomic
def prepare_batch(batch: Batch, *, by: User) -> Batch:
    """Make some more papers ready; when the last one is, put them together. Once ready it stays as it is.

    Raises NotYours if the selection is somebody else's.
    """
    locked = Batch.objects.select_for_update().get(pk=batch.pk)
    if locked.made_by_id != by.pk:
        raise NotYours("prepare_batch")
    if locked.ready_at is not None:
        return locked
    waiting = list(locked.items.filter(prepared_at=None).select_related("document")[:AT_A_TIME])
    for item in waiting:
        _prepare(item)
    if not waiting:
        _put_together(locked)
    return locked


def _prepare(item: BatchItem) -> None:
    try:
        if not item.document.pdf:
            store_pdf(item.document)
        pdf_bytes(item.document)
    except (FontsMissingError, StoredPaperDamaged) as problem:
        item.problem = _why_unreadable(problem)
    item.prepared_at = clock.now()
    item.save(update_fields=["prepared_at", "problem"])


def _put_together(batch: Batch) -> None:
    papers = [paper for item in batch.items.filter(problem="").select_related("document") for paper in _readable(item)]
    batch.ready_at = clock.now()
    if papers:
        whole = _merged(papers) if batch.form == PrintMethod.MERGED else _archived(papers)
        ending = "pdf" if batch.form == PrintMethod.MERGED else "zip"
        batch.file.save(f"{batch.pk}.{ending}", ContentFile(whole), save=False)
    batch.save(update_fields=["file", "ready_at"])


def _readable(item: BatchItem) -> list[tuple[Document, bytes]]:
    """One paper with its PDF; none, and the problem noted, if it was damaged after it was made ready."""
    try:
        return [(item.document, pdf_bytes(item.document))]
    except StoredPaperDamaged as problem:
        item.problem = _why_unreadable(problem)
        item.save(update_fields=["problem"])
        return []


def _why_unreadable(problem: Exception) -> str:
    return f"不能取出：{problem}"[:300]


def _merged(papers: Sequence[tuple[Document, bytes]]) -> bytes:
    """One PDF, with an entry for each paper in its table of contents."""
    from pypdf import PdfWriter

    writer, whole = PdfWriter(), io.BytesIO()
    for document, pdf in papers:
        writer.append(io.BytesIO(pdf), outline_item=str(document), import_outline=False)
    writer.add_metadata({"/Title": f"文书合并打印（{len(papers)} 份）"})
    writer.write(whole)
    return whole.getvalue()


def _archived(papers: Sequence[tuple[Document, bytes]]) -> bytes:
    """A zip in which each paper lies under its number and title."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for document, pdf in papers:
            entry = zipfile.ZipInfo(
                file_kind.safe_name(f"{document}.pdf"), timezone.localtime(clock.now()).timetuple()[:6]
            )
            archive.writestr(entry, pdf)
    return whole.getvalue()


def _refuse(finding: Finding) -> None:
    raise Refused(Regulation.objects.in_force(clock.today()).reason(finding))
