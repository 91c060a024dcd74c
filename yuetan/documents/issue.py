"""Issuing a paper: take the number, freeze the wording, mark what it replaces, all in the step's transaction."""

from __future__ import annotations

import hashlib
from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.utils import timezone

from yuetan.documents.content import content
from yuetan.documents.freezing import frozen
from yuetan.documents.glyph_gate import refuse_boxes
from yuetan.documents.pdf import render_pdf
from yuetan.models import Case, Document, Letter, OfficeSetting, User
from yuetan.rules import clock
from yuetan.vocabulary import DocumentKind

_TAKE = """
    INSERT INTO yuetan_numbercounter (prefix, year, last) VALUES (%s, %s, 1)
    ON CONFLICT (prefix, year) DO UPDATE SET last = yuetan_numbercounter.last + 1 RETURNING last
"""


def take_number(prefix: str, year: int) -> int:
    """The next number of a 机关代字 in a year; the counter stays locked until the step commits, so there is no gap."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [prefix, year])
        row = cursor.fetchone()
    assert row is not None
    return int(row[0])


def issue(
    kind: DocumentKind, subject: Case | Letter, *, by: User, replaces: Document | None = None, reason: str = ""
) -> Document:
    """Issue one paper about a case or a letter; its wording never changes again."""
    now = clock.now()
    year = timezone.localdate(now).year
    prefix = OfficeSetting.objects.words(f"prefix_{kind.value}")
    document = Document(kind=kind, prefix=prefix, year=year, issued_by=by, issued_at=now)
    setattr(document, "case" if isinstance(subject, Case) else "letter", subject)
    document.serial = take_number(prefix, year)
    _freeze(document, subject, reason=reason, replaced_number=replaces.number if replaces else "")
    document.save()
    if replaces is not None:
        replaces.replaced_by = document
        replaces.save(update_fields=["replaced_by"])
    transaction.on_commit(partial(store_pdf, document), robust=True)
    return document


def _freeze(document: Document, subject: Case | Letter, **told: str) -> None:
    kind = DocumentKind(document.kind)
    dated = timezone.localdate(document.issued_at)
    facts = content(kind, subject, number=document.number, dated=dated, **told)
    document.title, document.addressee = facts["title"], facts["addressee"]
    document.html = frozen(kind, facts)
    document.sha256 = hashlib.sha256(document.html.encode()).hexdigest()


def store_pdf(document: Document) -> None:
    """Print the frozen wording once and keep the bytes."""
    document.pdf.save(f"{document.pk}.pdf", ContentFile(render_pdf(document.html)), save=False)
    document.save(update_fields=["pdf"])


def pdf_bytes(document: Document) -> bytes:
    """The kept bytes; printed from the frozen wording if the machine went down before they were kept."""
    if document.pdf:
        with document.pdf.open("rb") as kept:
            return bytes(kept.read())
    return render_pdf(document.html)
    refuse_boxes(subject, facts)
