"""Issuing a paper: take the number, freeze the wording, mark what it replaces, all in the step's transaction."""

from __future__ import annotations

import hashlib
from functools import partial
from typing import Unpack

from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.utils import timezone

from yuetan.documents.content.check_mark import check_mark
from yuetan.documents.content.content import content
from yuetan.documents.content.facts import SupervisionFacts
from yuetan.documents.exports.docx_copy import copy_facts
from yuetan.documents.freezing import frozen
from yuetan.documents.pdf import render_pdf
from yuetan.documents.typesetting.missing_glyphs import refuse_missing_glyphs
from yuetan.errors import StoredPaperDamaged
from yuetan.models import Case, Document, Letter, NumberEntry, OfficeSetting, User
from yuetan.rules import check_code
from yuetan.rules.dates import clock
from yuetan.vocabulary import DocumentKind, NumberState

_TAKE = """
    INSERT INTO yuetan_numbercounter (prefix, year, last) VALUES (%s, %s, %s)
    ON CONFLICT (prefix, year) DO UPDATE SET last = yuetan_numbercounter.last + EXCLUDED.last RETURNING last
"""


def take_number(prefix: str, year: int, count: int = 1) -> int:
    """The next number of a 机关代字 in a year; the counter stays locked until the step commits, so there is no gap.

    Of several reserved in one call it is the last.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [prefix, year, count])
        row = cursor.fetchone()
    assert row is not None
    return int(row[0])


def enter_number(kind: DocumentKind, *, by: User, purpose: str = "", case: Case | None = None) -> NumberEntry:
    """Take the next number for a kind of paper and write it into the book."""
    prefix, year = OfficeSetting.objects.words(f"prefix_{kind.value}"), clock.today().year
    return NumberEntry.objects.create(
        prefix=prefix,
        year=year,
        serial=take_number(prefix, year),
        kind=kind,
        given_by=by,
        purpose=purpose,
        case=case,
    )


def _reserved_number(kind: DocumentKind, subject: Case | Letter) -> NumberEntry | None:
    """The number reserved this year for this kind of paper in this case."""
    if not isinstance(subject, Case):
        return None
    reserved = NumberEntry.objects.in_state(NumberState.RESERVED).filter(case=subject, kind=kind)
    this_year = reserved.filter(year=clock.today().year).order_by("serial")
    return this_year.select_for_update(of=("self",)).first()


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
    entry = _reserved_number(kind, subject) or enter_number(kind, by=by)
    document = Document(
        kind=kind,
        entry=entry,
        prefix=entry.prefix,
        year=entry.year,
        serial=entry.serial,
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
    document.html = frozen(kind, facts | check_mark(document.check_code))
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
