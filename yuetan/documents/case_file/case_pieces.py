"""The pieces of a closed case in the order in which they came about: 呈批表, papers with their annexes, materials."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from django.utils import timezone

from yuetan.documents.case_file.kept_files import KeptFiles
from yuetan.documents.case_file.matter import Matter, matter_of_case
from yuetan.documents.case_file.paper_pieces import ANNEX, paper_pieces, rest_pieces
from yuetan.documents.case_file.piece import (
    Part,
    Piece,
    of_office,
    of_unit,
    sheet_part,
    text_part,
)
from yuetan.documents.case_file.record_piece import record_piece
from yuetan.documents.case_file.rectification_pieces import rectification_pieces
from yuetan.documents.office_form_pdf import internal_content
from yuetan.models import Case, Document, Leave, MinutesCorrection, Submission, User
from yuetan.models.interview.measure_words import correction_rows
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import short_datetime
from yuetan.vocabulary import DocumentKind, DocumentStatus, FilePurpose, SubmissionPart

PROPOSAL_FILES = (FilePurpose.EVIDENCE, FilePurpose.FORMER_EVIDENCE, FilePurpose.APPROVAL, FilePurpose.EARLIER_PAPER)


def pieces_of(case: Case, reader: User) -> list[Piece]:
    """All pieces of a case, in the order in which they came about, the record of what was done at the end."""
    files, matter = KeptFiles(case, reader), matter_of_case(case)
    made = [
        _proposal_piece(case, files),
        *paper_pieces(matter, case.documents.all(), reader, files, partial(_annexes, case)),
        *_submissions(case, matter, files),
        *_leaves(case, matter, files),
        *_dropped_corrections(case, matter),
        *rectification_pieces(case, matter, files),
    ]
    made.sort(key=lambda piece: piece.at)
    return [*made, *rest_pieces(matter, files), record_piece(case)]


def _proposal_piece(case: Case, files: KeptFiles) -> Piece:
    """呈批表 with what the proposal rests on and the paper on which it was decided."""
    form = sheet_part(
        "正文", "约谈建议呈批表", DocumentKind.APPROVAL_FORM, internal_content(DocumentKind.APPROVAL_FORM, case)
    )
    annexes = [part for purpose in PROPOSAL_FILES for part in files.take_purpose(purpose)]
    dated = case.approved_on or timezone.localdate(case.created_at)
    at = min(case.created_at, clock.day_begins(dated))  # of a matter of before, the day on which it was decided
    return of_office(f"{case.title}建议呈批表", at, [form, *annexes], dated=dated, number=case.register_number)


def _annexes(case: Case, paper: Document) -> Iterator[Part]:
    """Behind the minutes in force, the list of tasks that they name and the sheet on which people signed in."""
    if paper.kind != DocumentKind.MINUTES or paper.status != DocumentStatus.VALID:
        return
    for kind in (DocumentKind.TASK_LIST, DocumentKind.SIGN_IN_SHEET):
        if kind == DocumentKind.TASK_LIST or case.scheduled_at is not None:
            yield sheet_part(ANNEX, str(kind.label), kind, internal_content(kind, case))


def _dropped_corrections(case: Case, matter: Matter) -> Iterator[Piece]:
    """What was drafted to correct the minutes and never issued."""
    for one in MinutesCorrection.objects.filter(case=case).select_related("proposed_by", "withdrawn_by"):
        if one.withdrawn_at is None or one.withdrawn_by is None:
            continue
        rows = [
            *correction_rows(one),
            ("拟定", f"{one.proposed_by.name}，{short_datetime(one.proposed_at)}"),
            ("放弃", f"{one.withdrawn_by.name}，{short_datetime(one.withdrawn_at)}：{one.withdrawal_reason}"),
        ]
        yield of_office("放弃的纪要更正稿", one.withdrawn_at, [text_part(matter, "放弃的纪要更正稿", rows)])


def _submissions(case: Case, matter: Matter, files: KeptFiles) -> Iterator[Piece]:
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
        parts = [text_part(matter, "书面材料", rows), *annexes, *files.take_scan_of(version)]
        yield of_unit(matter, title, version.handed_in_at, parts)


def _leaves(case: Case, matter: Matter, files: KeptFiles) -> Iterator[Piece]:
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
        parts = [text_part(matter, "请假及审批", rows), *files.take_scan_of(leave)]
        title = f"{leave.post.holder.name}请假及审批"
        yield of_unit(matter, title, leave.requested_at, parts)
