"""The pieces that every subject has: its papers with scans, receipts and answers, and what no other piece took."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from django.db.models import QuerySet

from yuetan.documents.case_file.kept_files import KeptFiles
from yuetan.documents.case_file.matter import Matter
from yuetan.documents.case_file.piece import Part, Piece, file_parts, of_office, of_paper, paper_part, text_part
from yuetan.models import Document, Scan, User
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import short_datetime

ANNEX = "附件"
APPENDED = "盖章扫描件"


def paper_pieces(
    matter: Matter,
    papers: QuerySet[Document],
    reader: User,
    files: KeptFiles,
    annexes: Callable[[Document], Iterable[Part]] = lambda _: (),
) -> Iterator[Piece]:
    """A piece for each paper: what it says, its annexes, stamped scans, receipt, and what was answered to it."""
    papers = papers.select_related("entry", "receipt__signed_by", "supervision").order_by("issued_at", "pk")
    scans = list(
        Scan.objects.visible_to(reader).filter(document__in=papers.order_by().values("pk")).order_by("uploaded_at")
    )
    for paper in papers:
        own = [scan for scan in scans if scan.document_id == paper.pk]
        parts = [
            paper_part(paper),
            *annexes(paper),
            *file_parts(own, APPENDED),
            *_receipt_parts(matter, paper, files),
            *_answer_parts(matter, paper, files),
        ]
        yield of_paper(paper, parts, responsible=str(paper.facts.get("organ") or ""))


def _receipt_parts(matter: Matter, paper: Document, files: KeptFiles) -> list[Part]:
    receipt = paper.receipt_or_none
    if receipt is None:
        return []
    how = "纸质回执" if receipt.is_of_paper else "在系统内签收"
    rows = [
        ("文书", f"{paper.number}\n{paper.title}"),
        ("签收人", f"{receipt.signer}（{receipt.signed_title}）"),
        ("签收时间", receipt.signed_at_words),
        ("签收方式", how),
    ]
    return [
        text_part(matter, "签收回执", rows, role="回执"),
        *files.take("回执扫描件", lambda file: file.pk == receipt.scan_id),
    ]


def _answer_parts(matter: Matter, paper: Document, files: KeptFiles) -> list[Part]:
    """What a unit answered to a 督办单: paper and answer are one piece."""
    letter = getattr(paper, "supervision", None)
    if letter is None or letter.answered_at is None:
        return []
    rows = [
        ("督办单", paper.number),
        ("回复", letter.answer),
        ("回复人", f"{letter.answered_by.name}，{short_datetime(letter.answered_at)}"),
        ("纸质代录", files.words_of(letter)),
    ]
    return [text_part(matter, "督办单回复", rows, role="复文"), *files.take_scan_of(letter)]


def rest_pieces(matter: Matter, files: KeptFiles) -> list[Piece]:
    """Files that belong to no piece before, such as the receipts of paper that were corrected later."""
    parts = files.take_rest()
    if not parts:
        return []
    dated = clock.day_begins(matter.ended_on or clock.today())
    names = [("说明", "下列文件不属于前列各件，一并归档。"), ("文件", "\n".join(part.name for part in parts))]
    sheet = text_part(matter, "其他材料清单", names)
    return [of_office(f"{matter.title}其他材料", dated, [sheet, *parts])]
