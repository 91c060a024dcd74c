"""Taking in files: examined by structure, pictures drawn anew, scanned, counted, stored outside any public path.

`examine_files` comes before a step and holds no lock, for a scanner may take its time; `attach` stores in the step. A
form that is sent has its files examined before its case is held (actions/submit.py), and hands on what came of it.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, TypedDict, Unpack, cast

from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile

from yuetan.actions.files import virus_scanner
from yuetan.actions.files.examination import examine_apart
from yuetan.actions.files.virus_scanner import ScannerUnreachable
from yuetan.errors import Reason, Refused
from yuetan.models import (
    Attachment,
    CaseGround,
    Consequence,
    DelistingRequest,
    InspectionTeam,
    OfficeSetting,
    SiteCheck,
    Subject,
    Submission,
    TaskReport,
    TeamReport,
    User,
)
from yuetan.models.files.stored_file import StoredFile
from yuetan.models.flow.recording import entered_at
from yuetan.rules.dates import clock
from yuetan.rules.files import file_kind
from yuetan.rules.files.file_kind import FileKind, FileProblem
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.personal_data import personal_numbers
from yuetan.vocabulary import FileCheck, FilePurpose

MEGABYTE = 1024 * 1024
DIGESTED_AT_A_TIME = 1024 * 1024

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class ExaminedFile:
    """A file that was examined: the bytes that will be kept, and what is known of them."""

    name: str
    offered_name: str
    kind: FileKind
    content: BinaryIO
    sha256: str
    offered_sha256: str
    check_state: FileCheck
    checked_at: datetime | None
    dots: tuple[int, int] = (0, 0)  # width and height, of a picture or the first page of a PDF
    original: BinaryIO | None = None  # of a picture, which is drawn anew
    photo_time: str = ""
    photo_place: str = ""

    def facts(self) -> dict[str, str | int | datetime | None]:
        """The fields of the row that keeps it."""
        return {
            "name": self.name,
            "offered_name": self.offered_name,
            "kind": self.kind.value,
            "size": self.content.seek(0, 2),
            "sha256": self.sha256,
            "offered_sha256": self.offered_sha256,
            "check_state": self.check_state,
            "checked_at": self.checked_at,
        }

    def store(self, row: StoredFile, stored_files: list[StoredFile]) -> None:
        """Store the bytes under a random name, then the row; the step deletes the file if it fails."""
        for name, value in self.facts().items():
            setattr(row, name, value)
        self.content.seek(0)
        row.file.save(f"{row.pk}.{self.kind.value}", File(self.content), save=False)
        stored_files.append(row)
        if self.original is not None and isinstance(row, Attachment):
            self._store_original(row, self.original)
        row.save()

    def _store_original(self, row: Attachment, original: BinaryIO) -> None:
        """The picture as it was offered, for the inner side alone: evidence of when and where it was taken."""
        row.photo_time, row.photo_place = self.photo_time, self.photo_place
        original.seek(0)
        row.original.save(str(row.pk), File(original), save=False)


# What came of examining a file: it can be stored, or why not.
Examination = ExaminedFile | FileProblem
# What an action is given for each file: the upload itself, or what came of examining it before.
Offer = UploadedFile | Examination


class RowWithFiles(TypedDict):
    """A row of a form with what is offered in it."""

    files: Sequence[Offer]


class Belongs(TypedDict, total=False):
    """Under what of its case or letter a file stands."""

    case_ground: CaseGround
    submission: Submission
    report: TaskReport
    site_check: SiteCheck
    consequence: Consequence
    team: InspectionTeam
    team_report: TeamReport
    delisting: DelistingRequest
    part: str


def examine_each(files: Iterable[UploadedFile]) -> dict[UploadedFile, Examination]:
    """What comes of examining each file, before a step that would keep it."""
    limit = _limit()
    return {file: _examine_or_problem(file, limit) for file in files}


def examine_files(subject: Subject, files: Iterable[Offer], field: str) -> list[ExaminedFile]:
    """What each file is, before the step in which it is kept; raises Refused naming every one that is not accepted."""
    return _accepted(files, field, subject.reason)


def examine_loose(files: Iterable[Offer], field: str) -> list[ExaminedFile]:
    """What each file is that belongs to no case and no letter, before it is kept; raises Refused for the rest."""
    return _accepted(files, field, Finding.reason)


def _accepted(files: Iterable[Offer], field: str, reason: Callable[[Finding], Reason]) -> list[ExaminedFile]:
    limit = _limit()
    outcomes = [_examine_or_problem(file, limit) if isinstance(file, UploadedFile) else file for file in files]
    problems = [outcome for outcome in outcomes if isinstance(outcome, FileProblem)]
    if problems:
        raise Refused(*(reason(finding("file_refused", field, problem=str(each))) for each in problems))
    return [outcome for outcome in outcomes if isinstance(outcome, ExaminedFile)]


def examine_rows(subject: Subject, rows: Sequence[RowWithFiles], field: str) -> list[list[ExaminedFile]]:
    """Examine the `files` of every row together, so that one refusal names every problem.

    Raises Refused with each file that is not accepted.
    """
    examined_files = iter(examine_files(subject, [file for row in rows for file in row["files"]], field))
    return [[next(examined_files) for _ in row["files"]] for row in rows]


def attach(
    subject: Subject,
    examined_files: Sequence[ExaminedFile],
    *,
    by: User,
    purpose: FilePurpose,
    **belongs: Unpack[Belongs],
) -> list[Attachment]:
    """Store examined files with a case (or its `submission`, `report`) or a letter, inside a step on it."""
    about: dict[str, Subject] = {subject.ABOUT: subject}
    came = {"uploaded_by": by, "uploaded_at": entered_at()}
    attachments = [Attachment(purpose=purpose, **came, **about, **belongs) for _ in examined_files]
    for file, attachment in zip(examined_files, attachments, strict=True):
        file.store(attachment, subject.stored_files)
    return attachments


def limit_in_megabytes() -> int:
    """How large a single file may be."""
    return OfficeSetting.objects.number("file_limit_megabytes")


def _limit() -> int:
    return limit_in_megabytes() * MEGABYTE


def _examine_or_problem(file: UploadedFile, limit: int) -> ExaminedFile | FileProblem:
    try:
        return _examine(file, limit)
    except FileProblem as problem:
        return problem


def _examine(file: UploadedFile, limit: int) -> ExaminedFile:
    name, stream = file_kind.safe_name(file.name or ""), cast(BinaryIO, file)
    for what, shown in personal_numbers(name, clock.today().year):
        raise FileProblem(f"文件名中有{what}（{shown}），不得留存，请改名后再传")
    outcome = examine_apart(name, stream, file.size or 0, limit_bytes=limit)
    check_state, checked_at = _scanned(name, stream)
    kept, offered = file_kind.name_to_keep(name, outcome.kind), _digest(stream)
    drawn = outcome.content is not stream
    return ExaminedFile(
        name=kept,
        offered_name=name if kept != name else "",
        kind=outcome.kind,
        content=outcome.content,
        sha256=_digest(outcome.content) if drawn else offered,
        offered_sha256=offered,
        check_state=check_state,
        checked_at=checked_at,
        dots=outcome.dots,
        original=stream if drawn else None,
        photo_time=outcome.photo_time,
        photo_place=outcome.photo_place,
    )


def _scanned(name: str, stream: BinaryIO) -> tuple[FileCheck, datetime | None]:
    """What the scanner says of what was offered; without an answer the file waits, and nobody may fetch it."""
    if not virus_scanner.is_configured():
        return FileCheck.UNCHECKED, None
    try:
        verdict = virus_scanner.scan(stream)
    except ScannerUnreachable as problem:
        logger.error("an uploaded file waits to be scanned: %s", problem)
        return FileCheck.WAITING, None
    if verdict.threat:
        logger.warning("an uploaded file was refused: %s", verdict.threat)
        raise FileProblem(f"文件“{name}”经查毒发现病毒（{verdict.threat}），不能上传，请清除病毒或者换一份文件后再上传")
    return FileCheck.CLEAN, clock.now()


def _digest(stream: BinaryIO) -> str:
    stream.seek(0)
    digest = hashlib.sha256()
    while chunk := stream.read(DIGESTED_AT_A_TIME):
        digest.update(chunk)
    stream.seek(0)
    return digest.hexdigest()
