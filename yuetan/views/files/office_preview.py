"""What the page of an Office file says: its pages, that they are being made, that there are none, or why not."""

from __future__ import annotations

from datetime import timedelta

from django.db.models.fields.files import FieldFile

from yuetan.documents.exports.office_pdf import is_available
from yuetan.models import FilePreview
from yuetan.models.files.file_preview import SHOWN_BY_LIBREOFFICE
from yuetan.models.files.stored_file import StoredFile
from yuetan.rules.dates import clock
from yuetan.rules.files.file_kind import FileKind

LONG = timedelta(minutes=1)


def printed_pdf(file: StoredFile) -> FieldFile | None:
    """The PDF whose pages show a file: itself, or what was printed of it; None where there is none."""
    if file.kind == FileKind.PDF:
        return file.file
    preview = _preview_of(file)
    return preview.file if preview is not None and preview.made_at else None


def office_standing(file: StoredFile) -> dict[str, object]:
    """For the page of an Office file without pages: may_ask, is_waiting, nobody_at_work, has_failed, is_unavailable."""
    if file.kind not in SHOWN_BY_LIBREOFFICE or not file.is_open:
        return {}
    preview = _preview_of(file)
    if preview is None:
        return {"may_ask": is_available(), "is_unavailable": not is_available()}
    waits_long = preview.is_waiting and not preview.attempts and preview.asked_at < clock.now() - LONG
    is_failed = preview.failed_at is not None
    return {"is_waiting": preview.is_waiting, "nobody_at_work": waits_long, "has_failed": is_failed}


def _preview_of(file: StoredFile) -> FilePreview | None:
    if file.kind not in SHOWN_BY_LIBREOFFICE:
        return None
    return FilePreview.objects.filter(sha256=file.sha256).first()
