"""Unnumbered papers printed from a case as it stands: nothing is issued and nothing is kept."""

from __future__ import annotations

from collections.abc import Callable

from yuetan.documents.content import office_forms
from yuetan.documents.content.facts import PaperFacts
from yuetan.documents.freezing import frozen
from yuetan.documents.pdf import render_pdf
from yuetan.documents.typesetting.printable import refuse_missing_glyphs
from yuetan.models import Case
from yuetan.vocabulary import DocumentKind

_FORMS: dict[DocumentKind, Callable[[Case], PaperFacts]] = {
    DocumentKind.APPROVAL_FORM: office_forms.approval_form,
    DocumentKind.TASK_LIST: office_forms.task_list,
    DocumentKind.SIGN_IN_SHEET: office_forms.sign_in_sheet,
}


def internal_content(kind: DocumentKind, case: Case) -> PaperFacts:
    """What an unnumbered paper says."""
    return _FORMS[kind](case)


def render_internal(kind: DocumentKind, case: Case) -> bytes:
    """The PDF of an unnumbered paper; refused where a character cannot be drawn."""
    facts = internal_content(kind, case)
    refuse_missing_glyphs(case, facts)
    return render_pdf(frozen(kind, facts))
