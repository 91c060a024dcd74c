"""Office files shown in a page: asked for by who may see the file, printed by the worker, kept or given up."""

from __future__ import annotations

import logging

from django.core.files.base import ContentFile
from django.db import transaction

from yuetan.actions.files.session_lock import session_lock
from yuetan.documents.exports.office_pdf import NotConvertible, office_pdf
from yuetan.models import Attachment, FilePreview, User
from yuetan.models.files.file_preview import SHOWN_BY_LIBREOFFICE
from yuetan.rules.dates import clock

MAX_ATTEMPTS = 3

logger = logging.getLogger(__name__)


@transaction.atomic
def request_preview(file: Attachment, *, by: User) -> FilePreview:
    """Have an Office file printed by the worker, once for all files of the same bytes; what was tried stays as it is.

    Raises ValueError for a file of another kind, and for one that nobody may open.
    """
    if file.kind not in SHOWN_BY_LIBREOFFICE or not file.is_open:
        raise ValueError(f"{file.kind} {file.check_now}")
    facts = {"kind": file.kind, "asked_by": by, "asked_at": clock.now()}
    preview, _ = FilePreview.objects.get_or_create(sha256=file.sha256, defaults=facts)
    return preview


def make_next_preview() -> FilePreview | None:
    """Print the file that has waited longest and that nobody is at; None if there is none.

    What cannot be printed is logged and given up, so that its page says so instead of waiting.
    """
    for key in list(FilePreview.objects.waiting().values_list("pk", flat=True)[:20]):
        with session_lock(key) as got_it:
            preview = FilePreview.objects.waiting().filter(pk=key).first() if got_it else None
            if preview is not None:
                _make(preview)
                return preview
    return None


def _make(preview: FilePreview) -> None:
    preview.attempts += 1
    preview.save(update_fields=["attempts"])
    file = next((each for each in Attachment.objects.filter(sha256=preview.sha256)[:20] if each.is_open), None)
    if file is None or preview.attempts > MAX_ATTEMPTS:
        _give_up(preview)
        return
    try:
        with file.file.open("rb") as content:
            printed = office_pdf(content, preview.kind)
    except (NotConvertible, OSError) as problem:
        logger.warning("no preview of %s: %s", preview, problem)
        _give_up(preview)
        return
    preview.file.save(f"{preview.pk}.pdf", ContentFile(printed), save=False)
    preview.made_at = clock.now()
    preview.save()


def _give_up(preview: FilePreview) -> None:
    preview.failed_at = clock.now()
    preview.save(update_fields=["failed_at"])


def delete_preview(sha256: str) -> None:
    """The preview goes with the last file of its bytes."""
    if Attachment.objects.filter(sha256=sha256).exists():
        return
    for preview in FilePreview.objects.filter(sha256=sha256):
        if preview.file:
            preview.file.delete(save=False)
        preview.delete()
