"""The frozen paper: its wording, typeset, as one HTML document that needs nothing else."""

from __future__ import annotations

from collections.abc import Callable

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from yuetan.documents.content.check_mark import check_mark
from yuetan.documents.content.facts import PaperFacts
from yuetan.documents.typesetting import letterhead
from yuetan.documents.typesetting.office_forms import form_typeset
from yuetan.documents.typesetting.typesetting import facts_typeset, stylesheet
from yuetan.rules.text.canonical_wording import wording_sha256
from yuetan.vocabulary import CaseFileSheet, DocumentKind

HEADS: dict[DocumentKind | CaseFileSheet, Callable[[PaperFacts], str]] = {
    DocumentKind.MINUTES: letterhead.minutes_rules,
    DocumentKind.MEETING_MINUTES: letterhead.minutes_rules,
    DocumentKind.CIRCULAR: letterhead.document_rules,
    DocumentKind.VETO_DECISION: letterhead.document_rules,
    DocumentKind.ASSESSMENT_CIRCULAR: letterhead.document_rules,
    DocumentKind.REPORT_ANALYSIS: letterhead.upward_rules,
}  # every other paper with a red head is a letter


def frozen(kind: DocumentKind | CaseFileSheet, facts: PaperFacts) -> str:
    """The wording of a paper as the HTML that is kept."""
    return _whole(kind, facts, _sheet(kind, facts_typeset(facts) | form_typeset(kind, facts)))


def frozen_with_mark(kind: DocumentKind, facts: PaperFacts, code: str, *, is_earlier: bool = False) -> tuple[str, str]:
    """The HTML that is kept, with the mark by which it is verified, and the SHA-256 of its wording.

    The mark bears the head of that SHA-256.

    The lines are made once: the mark stands in the foot margin and moves none.
    """
    context = facts_typeset(facts) | form_typeset(kind, facts)
    digest = wording_sha256(_sheet(kind, context))
    return _whole(kind, facts, _sheet(kind, context | check_mark(code, digest, is_earlier=is_earlier))), digest


def _sheet(kind: DocumentKind | CaseFileSheet, context: dict[str, object]) -> str:
    return render_to_string(f"documents/{kind.value}.html", context)


def _whole(kind: DocumentKind | CaseFileSheet, facts: PaperFacts, sheet: str) -> str:
    style = stylesheet(sheet) + "\n" + _head_rules(kind, facts)
    return render_to_string("documents/whole.html", {"title": facts["title"], "sheet": sheet, "style": _safe(style)})


def _head_rules(kind: DocumentKind | CaseFileSheet, facts: PaperFacts) -> str:
    if "mark" not in facts:
        return ""
    return HEADS.get(kind, letterhead.letter_rules)(facts)


def _safe(style: str) -> SafeString:
    return mark_safe(style)  # nosec B308 B703 - our own rules with numbers in them, nothing that was typed
