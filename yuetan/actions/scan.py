"""盖章扫描件: bound to its paper, examined as every file is, earlier ones kept."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from yuetan import permissions
from yuetan.actions.attachment import Taken, examined
from yuetan.actions.step import refuse, write_event
from yuetan.errors import NotYours
from yuetan.models import Case, Document, Letter, Scan, User
from yuetan.rules import clock
from yuetan.rules.file_kind import FileKind
from yuetan.rules.findings import found
from yuetan.rules.official_text import joined

TAKEN = (FileKind.PDF, FileKind.JPG, FileKind.PNG)


def keep_scan(document: Document, *, by: User, file: UploadedFile | None) -> Scan:
    """上传盖章扫描件: by a case officer who has nothing to do with the unit the paper went to."""
    subject = _subject(document)
    if not by.has_perm(permissions.name("keep_scan")) or any(p.unit_id == subject.unit_id for p in by.current_posts):
        raise NotYours("keep_scan")
    if file is None:
        refuse(subject, [found("scan_missing", "file")])
    assert file is not None
    (taken,) = examined(subject, [file], "file")
    if taken.kind not in TAKEN:
        refuse(subject, [found("scan_of_wrong_kind", "file", taken=joined(kind.label for kind in TAKEN))])
    return _kept(document, taken, by)


@transaction.atomic
def _kept(document: Document, taken: Taken, by: User) -> Scan:
    scan = Scan(document=document, uploaded_by=by, uploaded_by_title=by.title, uploaded_at=clock.now(), **taken.facts())
    taken.store(scan)
    subject = _subject(document)
    write_event(subject, "keep_scan", by=by, before=subject.state, facts={"document": document.number})
    return scan


def _subject(document: Document) -> Case | Letter:
    subject = document.case or document.letter
    assert subject is not None
    return subject
