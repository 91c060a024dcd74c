"""Issuing a paper: take the number, freeze the wording, mark what it replaces, all in the step's transaction."""

from __future__ import annotations

import hashlib
from functools import partial
from typing import Unpack

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from yuetan.documents.content.check_mark import check_mark
from yuetan.documents.content.content import content
from yuetan.documents.content.facts import SupervisionFacts
from yuetan.documents.exports.copy_facts import copy_facts
from yuetan.documents.freezing import frozen
from yuetan.documents.number_series import enter_number, reserved_number
from yuetan.documents.pdf import render_pdf
from yuetan.documents.typesetting.missing_glyphs import refuse_missing_glyphs
from yuetan.errors import StoredPaperDamaged
from yuetan.models import Case, Document, Letter, User
from yuetan.rules import check_code
from yuetan.rules.dates import clock
from yuetan.vocabulary import DocumentKind


def issue(
    kind: DocumentKind,
    subject: Case | Letter,
    *,
    by: User,
    replaces: Document | None = None,
    reason: str = "",
    extra: SupervisionFacts | None = None,
) -> Document:
    """Issue one paper about a case or a letter; its wording never changes again.

    `extra` holds the further keywords of a 督办单.
    """
    entry = reserved_number(kind, subject) or enter_number(kind, by=by)
    document = Document(
        kind=kind,
        unit=subject.unit,
        entry=entry,
        prefix=entry.prefix,
        year=entry.year,
        serial=entry.serial,
        is_earlier=entry.is_earlier,
        issued_by=by,
        issued_at=clock.now(),
        check_code=check_code.new(),
    )
    setattr(document, "case" if isinstance(subject, Case) else "letter", subject)
    freeze(document, subject, reason=reason, replaced_number=replaces.number if replaces else "", **(extra or {}))
    document.save()
    if replaces is not None:
        replaces.replaced_by = document
        replaces.save(update_fields=["replaced_by"])
    transaction.on_commit(partial(store_pdf, document), robust=True)
    return document


def freeze(
    document: Document,
    subject: Case | Letter,
    *,
    reason: str,
    replaced_number: str,
    **extra: Unpack[SupervisionFacts],
) -> None:
    """Give a numbered paper its title, addressee and wording."""
    kind = DocumentKind(document.kind)
    dated = timezone.localdate(document.issued_at)
    words = {"number": document.number, "reason": reason, "replaced_number": replaced_number}
    facts = content(kind, subject, dated=dated, **words, **extra)
    refuse_missing_glyphs(subject, facts)
    document.title, document.addressee = facts["title"], facts["addressee"]
    document.facts = copy_facts(facts)
    assert document.check_code is not None
    document.html = frozen(kind, facts | check_mark(document.check_code, is_earlier=document.is_earlier))
    document.sha256 = hashlib.sha256(document.html.encode()).hexdigest()


def store_pdf(document: Document) -> None:
    """Print the frozen wording once; store the bytes and their SHA-256."""
    printed = render_pdf(document.html)
    document.pdf_sha256 = hashlib.sha256(printed).hexdigest()
    document.pdf.save(f"{document.pk}.pdf", ContentFile(printed), save=False)
    document.save(update_fields=["pdf", "pdf_sha256"])


def pdf_bytes(document: Document) -> bytes:
    """The kept bytes, if they are still those that were kept.

    Printed from the frozen wording if the machine went down before any were kept. Raises
    StoredPaperDamaged if the file is gone or is no longer the one that was stored.
    """
    if not document.pdf:
        return render_pdf(document.html)
    try:
        with document.pdf.open("rb") as kept:
            stored = bytes(kept.read())
    except FileNotFoundError as gone:
        raise StoredPaperDamaged(document.number, "文件不在原处") from gone
    if hashlib.sha256(stored).hexdigest() != document.pdf_sha256:
        raise StoredPaperDamaged(document.number, "文件内容与印发时不一致")
    return stored
