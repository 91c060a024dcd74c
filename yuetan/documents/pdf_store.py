"""The stored PDF of an issued paper: printed once, the same bytes for everybody, and made good where it is missing."""

from __future__ import annotations

import hashlib
import logging
from contextlib import suppress

from django.core.files.base import ContentFile
from django.db import transaction

from yuetan.documents.pdf import page_count, render_pdf
from yuetan.errors import StoredPaperDamaged
from yuetan.models import Document

logger = logging.getLogger(__name__)


def store_pdf(document: Document) -> None:
    """Print the frozen wording; its SHA-256 and its pages are kept first, and then the bytes.

    May be repeated, and done by several processes at once. Raises OSError if the bytes cannot be stored, which
    leaves nothing of them behind; StoredPaperDamaged if other bytes of the same paper were handed out before.
    """
    _keep(document, _printed(document))


def pdf_bytes(document: Document) -> bytes:
    """The stored bytes, if they are still those that were stored.

    Where none are, they are printed, and stored if that can be done now; what is handed out is in either case
    what will be stored, for its SHA-256 is kept. Raises StoredPaperDamaged if the file is gone or is no longer the
    one that was stored, and if what is printed now is not what was handed out before.
    """
    if not document.pdf:
        printed = _printed(document)
        try:
            _keep(document, printed)
        except OSError:
            logger.exception("a paper could not be stored and was handed out as printed: %s", document.number)
        return printed
    try:
        with document.pdf.open("rb") as kept:
            stored = bytes(kept.read())
    except FileNotFoundError as gone:
        raise StoredPaperDamaged(document.number, "文件不在原处") from gone
    if hashlib.sha256(stored).hexdigest() != document.pdf_sha256:
        raise StoredPaperDamaged(document.number, "文件内容与印发时不一致")
    return stored


def _printed(document: Document) -> bytes:
    """The bytes, and the digest by which they are verified kept before anybody gets them."""
    printed = render_pdf(document.html)
    digest = hashlib.sha256(printed).hexdigest()
    never_printed = Document.objects.filter(pk=document.pk, pdf_sha256="")
    never_printed.update(pdf_sha256=digest, page_count=page_count(printed))
    document.refresh_from_db(fields=["pdf_sha256", "page_count"])
    if document.pdf_sha256 != digest:
        raise StoredPaperDamaged(document.number, "现在印出的与已经交出的不一致")
    return printed


def _keep(document: Document, printed: bytes) -> None:
    """Under a name that is the same each time, so that nothing of an attempt that failed stays."""
    with transaction.atomic():
        stored = Document.objects.select_for_update().only("pdf").get(pk=document.pk)
        if not stored.pdf:
            storage, name = stored.pdf.storage, f"documents/{document.year}/{document.pk}.pdf"
            storage.delete(name)
            try:
                stored.pdf.name = storage.save(name, ContentFile(printed))
            except OSError:
                with suppress(OSError):
                    storage.delete(name)
                raise
            stored.save(update_fields=["pdf"])
    document.pdf = stored.pdf.name
