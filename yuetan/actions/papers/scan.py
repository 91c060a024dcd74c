"""盖章扫描件: bound to its paper, examined as every file is, earlier ones kept."""

from __future__ import annotations

from yuetan.actions.files.attachment import Offer, examine_files
from yuetan.actions.files.readable_scan import scan_problems
from yuetan.actions.step import refuse_if_any, required_step, step
from yuetan.models import Document, Scan, User
from yuetan.rules.dates import clock
from yuetan.rules.refusals import finding
from yuetan.vocabulary import Verb


def upload_scan(document: Document, *, by: User, file: Offer | None) -> Scan:
    """上传盖章扫描件: by a case officer who has nothing to do with the unit the paper went to.

    Raises StateChanged where what the paper is about has no such step now, NotYours for anybody else, Refused without
    a file, and for one that is not accepted or is no scan. Effects: one more scan of the paper, which then counts as
    stamped.
    """
    subject = document.subject
    required_step(subject, Verb.UPLOAD_SCAN, by)
    if file is None:
        refuse_if_any(subject, [finding("scan_missing", "file")])
    assert file is not None
    (examined_file,) = examine_files(subject, [file], "file")
    refuse_if_any(subject, scan_problems([examined_file], "file"))
    with step(subject, Verb.UPLOAD_SCAN, by=by, facts={"document": document.number}) as subject:
        scan = Scan(document=document, uploaded_by=by, uploaded_by_title=by.title, uploaded_at=clock.now())
        examined_file.store(scan, subject.stored_files)
        Document.objects.filter(pk=document.pk).update(is_scanned=True)
    return scan
