"""Unnumbered papers printed from a case or a measure as it stands: nothing is issued and nothing is kept."""

from __future__ import annotations

from collections.abc import Callable

from yuetan.documents.content import measure_form, office_forms
from yuetan.documents.content.facts import PaperFacts
from yuetan.documents.freezing import frozen
from yuetan.documents.pdf import render_pdf
from yuetan.documents.typesetting.printable import refuse_missing_glyphs
from yuetan.models import Subject
from yuetan.vocabulary import DocumentKind

_FORMS: dict[DocumentKind, Callable[..., PaperFacts]] = {
    DocumentKind.APPROVAL_FORM: office_forms.approval_form,
    DocumentKind.MEASURE_FORM: measure_form.measure_form,
    DocumentKind.TASK_LIST: office_forms.task_list,
    DocumentKind.SIGN_IN_SHEET: office_forms.sign_in_sheet,
}


def internal_content(kind: DocumentKind, subject: Subject) -> PaperFacts:
    """What an unnumbered paper says."""
    return _FORMS[kind](subject)


def render_internal(kind: DocumentKind, subject: Subject) -> bytes:
    """The PDF of an unnumbered paper; refused where a character cannot be drawn."""
    facts = internal_content(kind, subject)
    refuse_missing_glyphs(subject, facts)
    return render_pdf(frozen(kind, facts))
