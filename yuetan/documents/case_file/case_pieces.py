"""The pieces of a closed case in the order in which they came about: 呈批表, papers with their annexes, materials."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from yuetan.documents.case_file.kept_files import FilesOfCase
from yuetan.documents.case_file.piece import (
    Part,
    Piece,
    file_parts,
    midnight,
    of_office,
    of_unit,
    paper_part,
    sheet_part,
    text_part,
)
from yuetan.documents.case_file.record_piece import record_piece
from yuetan.documents.case_file.rectification_pieces import rectification_pieces
from yuetan.documents.content.phrases import body_name
from yuetan.documents.office_form_pdf import internal_content
from yuetan.models import Case, Document, Leave, Scan, Submission, User
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import short_datetime
from yuetan.vocabulary import DocumentKind, DocumentStatus, FilePurpose, SubmissionPart, UnitKind

ANNEX = "附件"
APPENDED = "盖章扫描件"
PROPOSAL_FILES = (FilePurpose.EVIDENCE, FilePurpose.FORMER_EVIDENCE, FilePurpose.APPROVAL, FilePurpose.EARLIER_PAPER)


def pieces_of(case: Case, reader: User) -> list[Piece]:
    """All pieces, the one that came about first at the head, the record of what was done at the end."""
    files = FilesOfCase(case, reader)
    made = [
        _proposal_piece(case, files),
        *_paper_pieces(case, reader, files),
        *_submissions(case, files),
        *_leaves(case, files),
        *rectification_pieces(case, files),
    ]
    made.sort(key=lambda piece: piece.at)
    return [*made, *_rest(case, files), record_piece(case)]


def _proposal_piece(case: Case, files: FilesOfCase) -> Piece:
    """呈批表 with what the proposal rests on and the paper on which it was decided."""
    form = sheet_part(
        "正文", "约谈建议呈批表", DocumentKind.APPROVAL_FORM, internal_content(DocumentKind.APPROVAL_FORM, case)
    )
    annexes = [part for purpose in PROPOSAL_FILES for part in files.take_purpose(purpose)]
    dated = case.approved_on or timezone.localdate(case.created_at)
    at = min(case.created_at, midnight(dated))  # of a matter of before, the day on which it was decided
    return of_office(f"{case.title}建议呈批表", at, [form, *annexes], dated=dated, number=case.register_number)


def _paper_pieces(case: Case, reader: User, files: FilesOfCase) -> Iterator[Piece]:
    papers = case.documents.select_related("entry", "receipt__signed_by", "supervision").order_by("issued_at", "pk")
    scans = list(Scan.objects.visible_to(reader).filter(document__case=case).order_by("uploaded_at"))
    for paper in papers:
        own = [scan for scan in scans if scan.document_id == paper.pk]
        parts = [
            paper_part(paper),
            *_annexes(case, paper),
            *file_parts(own, APPENDED),
            *_receipt_parts(case, paper, files),
        ]
        yield Piece(
            str(paper.facts.get("organ") or body_name(UnitKind.OFFICE)),
            paper.title,
            paper.issued_at,
            timezone.localdate(paper.issued_at),
            [*parts, *_answer_parts(case, paper, files)],
            paper.number,
            "" if paper.status == DocumentStatus.VALID else paper.status.label,
        )


def _annexes(case: Case, paper: Document) -> Iterator[Part]:
    """Behind the minutes in force, the list of tasks that they name and the sheet on which people signed in."""
    if paper.kind != DocumentKind.MINUTES or paper.status != DocumentStatus.VALID:
        return
    for kind in (DocumentKind.TASK_LIST, DocumentKind.SIGN_IN_SHEET):
        if kind == DocumentKind.TASK_LIST or case.scheduled_at is not None:
            yield sheet_part(ANNEX, str(kind.label), kind, internal_content(kind, case))


def _receipt_parts(case: Case, paper: Document, files: FilesOfCase) -> list[Part]:
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
        text_part(case, "签收回执", rows, role="回执"),
        *files.take("回执扫描件", lambda file: file.pk == receipt.scan_id),
    ]


def _answer_parts(case: Case, paper: Document, files: FilesOfCase) -> list[Part]:
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
    return [text_part(case, "督办单回复", rows, role="复文"), *files.take_scan_of(letter)]


def _submissions(case: Case, files: FilesOfCase) -> Iterator[Piece]:
    for version in Submission.objects.filter(case=case).handed_in().select_related("handed_in_by"):
        assert version.handed_in_at is not None
        assert version.handed_in_by is not None
        title = f"{case.title}书面材料（第{version.version}稿）"
        handed_in = f"{version.handed_in_by.name}，{short_datetime(version.handed_in_at)}"
        rows = [
            *((part.label, version.part(part)) for part in SubmissionPart),
            ("提交", "　".join(filter(None, [handed_in, version.lateness]))),
            ("纸质代录", files.words_of(version)),
        ]
        annexes = files.take_of(ANNEX, "submission_id", version)
        parts = [text_part(case, "书面材料", rows), *annexes, *files.take_scan_of(version)]
        yield of_unit(case, title, version.handed_in_at, parts)


def _leaves(case: Case, files: FilesOfCase) -> Iterator[Piece]:
    for leave in Leave.objects.filter(case=case).select_related("post__holder", "requested_by", "decided_by"):
        decided = (
            f"{leave.outcome}　{leave.opinion}\n{leave.decided_by.name}，{short_datetime(leave.decided_at)}"
            if leave.decided_by and leave.decided_at
            else leave.outcome
        )
        rows = [
            ("请假人", leave.post.holder.name),
            ("请假原因", leave.reason),
            ("提出", f"{leave.requested_by.name}，{short_datetime(leave.requested_at)}"),
            ("审批", decided),
            ("纸质代录", files.words_of(leave)),
        ]
        parts = [text_part(case, "请假及审批", rows), *files.take_scan_of(leave)]
        title = f"{leave.post.holder.name}请假及审批"
        yield of_unit(case, title, leave.requested_at, parts)


def _rest(case: Case, files: FilesOfCase) -> list[Piece]:
    """Files that belong to none of these, such as the receipts of paper that were corrected later."""
    parts = files.take_rest()
    if not parts:
        return []
    dated = midnight(case.closed_on or clock.today())
    names = [("说明", "下列文件不属于前列各件，一并归档。"), ("文件", "\n".join(part.name for part in parts))]
    sheet = text_part(case, "其他材料清单", names)
    return [of_office(f"{case.title}其他材料", dated, [sheet, *parts])]
