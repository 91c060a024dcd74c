"""Many papers as one file: chosen in the list, put together in the background, fetched by the one who chose."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from io import BytesIO
from tempfile import TemporaryFile
from typing import IO

from django.utils import timezone

from yuetan.actions.files.prepared_file import MadeFile, Progress, request_file
from yuetan.actions.papers.printing import record_printing
from yuetan.actions.step import refuse_uncited
from yuetan.documents.pdf_store import pdf_bytes
from yuetan.documents.typesetting.fonts import FontsMissingError
from yuetan.errors import NotYours, StoredPaperDamaged
from yuetan.models import Document, PreparedFile, Printing, User
from yuetan.models.subjects import WITH_TITLES
from yuetan.rules.dates import clock
from yuetan.rules.files import file_kind
from yuetan.rules.refusals import finding
from yuetan.vocabulary import PreparedKind, PrintMethod

MAX_DOCUMENTS = 300


def request_papers(*, by: User, documents: Sequence[Document], form: PreparedKind) -> PreparedFile:
    """Ask for a selection of papers as one PDF or one zip.

    Raises Refused for none or too many papers, NotYours if one of them is not visible to the person.
    """
    if not documents:
        refuse_uncited([finding("batch_empty", "documents")])
    if len(documents) > MAX_DOCUMENTS:
        refuse_uncited([finding("batch_too_large", "documents", most=MAX_DOCUMENTS)])
    keys = [each.pk for each in documents]
    if Document.objects.visible_to(by).filter(pk__in=keys).count() != len(keys):
        raise NotYours("request_papers")
    arguments = {"documents": [str(key) for key in keys]}
    return request_file(by=by, kind=form, title=f"文书 {len(keys)} 份", arguments=arguments)


def make_papers_file(prepared: PreparedFile, progress: Progress) -> MadeFile:
    """The selection as one file, in the order of the numbers; a paper that cannot be put in is said to be left out.

    Effects: papers never printed before are printed and kept.
    """
    selection = _Selection(prepared, progress)
    merged = prepared.kind == PreparedKind.MERGED
    content = _merged(selection.papers()) if merged else _archived(selection.papers())
    prepared.arguments["left_out"] = selection.left_out
    name = f"文书{timezone.localtime(prepared.asked_at):%Y%m%d-%H%M}.{'pdf' if merged else 'zip'}"
    return MadeFile(name, content, selection.problems)


def record_papers_printed(prepared: PreparedFile) -> list[Printing]:
    """Write each paper that is in the file into the print log; raises NotYours if one is no longer theirs to see."""
    included = set(prepared.arguments["documents"]) - set(prepared.arguments["left_out"])
    papers = Document.objects.filter(pk__in=included).select_related(*WITH_TITLES).defer("html", "facts")
    return record_printing(list(papers), by=prepared.asked_by, method=PrintMethod(prepared.kind))


class _Selection:
    """The papers of a selection that can be read, one at a time, and what is said about the others."""

    def __init__(self, prepared: PreparedFile, progress: Progress) -> None:
        self.chosen: list[str] = prepared.arguments["documents"]
        visible = Document.objects.visible_to(prepared.asked_by).filter(pk__in=self.chosen)
        self.documents = list(visible.defer("html", "facts").order_by("prefix", "year", "serial"))
        seen = {str(document.pk) for document in self.documents}
        self.left_out = [key for key in self.chosen if key not in seen]
        self.problems = [f"有 {len(self.left_out)} 份已不能查看，不在文件内。"] if self.left_out else []
        self.progress = progress
        progress.expect(len(self.documents))

    def papers(self) -> Iterator[tuple[Document, bytes]]:
        """Each paper with its PDF, printed now if it never was."""
        for done, document in enumerate(self.documents, start=1):
            try:
                yield document, pdf_bytes(document)
            except (FontsMissingError, StoredPaperDamaged) as problem:
                self.left_out.append(str(document.pk))
                self.problems.append(f"{document.number}不能取出：{problem}")
            self.progress.reach(done)


def _merged(papers: Iterator[tuple[Document, bytes]]) -> IO[bytes] | None:
    """One PDF, with an entry for each paper in its table of contents; none without any paper."""
    from pypdf import PdfWriter

    writer, whole, count = PdfWriter(), TemporaryFile(), 0  # noqa: SIM115 - it is handed out open
    for document, pdf in papers:
        writer.append(BytesIO(pdf), outline_item=str(document), import_outline=False)
        count += 1
    writer.add_metadata({"/Title": f"文书合并打印（{count} 份）"})
    writer.write(whole)
    return _from_beginning(whole, count)


def _archived(papers: Iterator[tuple[Document, bytes]]) -> IO[bytes] | None:
    """A zip in which each paper lies under its number and title; none without any paper."""
    whole, count, now = TemporaryFile(), 0, timezone.localtime(clock.now()).timetuple()[:6]  # noqa: SIM115
    with zipfile.ZipFile(whole, "w") as archive:
        for document, pdf in papers:
            archive.writestr(zipfile.ZipInfo(file_kind.safe_name(f"{document}.pdf"), now), pdf)
            count += 1
    return _from_beginning(whole, count)


def _from_beginning(whole: IO[bytes], count: int) -> IO[bytes] | None:
    if not count:
        whole.close()
        return None
    whole.seek(0)
    return whole
