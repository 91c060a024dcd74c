"""Unnumbered papers printed from a case or a measure as it stands: nothing is issued and nothing is kept."""

from __future__ import annotations

from collections.abc import Callable

from yuetan.documents.content import consultation_form, measure_form, office_forms, reply_form
from yuetan.documents.content.facts import PaperFacts
from yuetan.documents.exports.frozen_sheet import read_sheet
from yuetan.documents.freezing import frozen
from yuetan.documents.pdf import render_pdf
from yuetan.documents.typesetting.printable import refuse_missing_glyphs
from yuetan.models import Document, RestrictionInquiry, Subject
from yuetan.vocabulary import DocumentKind


def _reply_form(inquiry: RestrictionInquiry) -> PaperFacts:
    document = inquiry.document_or_none
    return reply_form.reply_form(inquiry, _lines_issued(document) if document else None)


def _lines_issued(document: Document) -> list[str]:
    """The line of each paper in the 复函 as it was frozen: behind its two sentences that open it, up to its closing."""
    texts = [part.text for part in read_sheet(document.html, document.facts).parts if part.name == "text"]
    return texts[2:-1]


_FORMS: dict[DocumentKind, Callable[..., PaperFacts]] = {
    DocumentKind.APPROVAL_FORM: office_forms.approval_form,
    DocumentKind.MEASURE_FORM: measure_form.measure_form,
    DocumentKind.CONSULTATION_FORM: consultation_form.consultation_form,
    DocumentKind.REPLY_FORM: _reply_form,
    DocumentKind.TASK_LIST: office_forms.task_list,
    DocumentKind.SIGN_IN_SHEET: office_forms.sign_in_sheet,
}


def internal_content(kind: DocumentKind, about: Subject | Document | RestrictionInquiry) -> PaperFacts:
    """What an unnumbered paper says: of a case or a measure, of a 商请函, of an asking of the register."""
    return _FORMS[kind](about)


def render_internal(kind: DocumentKind, about: Subject | Document | RestrictionInquiry) -> bytes:
    """The PDF of an unnumbered paper; refused where a character cannot be drawn."""
    facts = internal_content(kind, about)
    refuse_missing_glyphs(None if isinstance(about, Document | RestrictionInquiry) else about, facts)
    return render_pdf(frozen(kind, facts))
