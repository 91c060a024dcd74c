"""盖章扫描件: bound to its paper, examined as every file is, earlier ones kept."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from yuetan import permissions
from yuetan.actions.files.attachment import ExaminedFile, examine_files
from yuetan.actions.step import refuse_if_any, write_event
from yuetan.errors import NotYours
from yuetan.models import Case, Document, Letter, Scan, User
from yuetan.rules.dates import clock
from yuetan.rules.files.file_kind import FileKind
from yuetan.rules.refusals import finding
from yuetan.rules.text.official_text import joined

ACCEPTED = (FileKind.PDF, FileKind.JPG, FileKind.PNG)


def upload_scan(document: Document, *, by: User, file: UploadedFile | None) -> Scan:
    """上传盖章扫描件: by a case officer who has nothing to do with the unit the paper went to."""
    subject = _subject(document)
    if not by.has_perm(permissions.name("upload_scan")) or any(p.unit_id == subject.unit_id for p in by.current_posts):
        raise NotYours("upload_scan")
    if file is None:
        refuse_if_any(subject, [finding("scan_missing", "file")])
    assert file is not None
    (examined_file,) = examine_files(subject, [file], "file")
    if examined_file.kind not in ACCEPTED:
        refuse_if_any(
            subject, [finding("scan_of_wrong_kind", "file", accepted=joined(kind.label for kind in ACCEPTED))]
        )
    return _store(document, examined_file, by)


@transaction.atomic
def _store(document: Document, examined_file: ExaminedFile, by: User) -> Scan:
    scan = Scan(
        document=document, uploaded_by=by, uploaded_by_title=by.title, uploaded_at=clock.now(), **examined_file.facts()
    )
    examined_file.store(scan)
    subject = _subject(document)
    write_event(subject, "upload_scan", by=by, before=subject.state, facts={"document": document.number})
    return scan


def _subject(document: Document) -> Case | Letter:
    subject = document.case or document.letter
    assert subject is not None
    return subject
