"""Preview of an issued paper with the current wording: to see what a changed wording would give."""

from __future__ import annotations

from django.utils import timezone

from yuetan.documents.content.content import content
from yuetan.documents.content.facts import SupervisionFacts
from yuetan.documents.freezing import frozen
from yuetan.models import Document
from yuetan.rules.text.handling import handling_of
from yuetan.vocabulary import DocumentKind

REASON = "（此处为当时写明的原因）"


def preview_again(document: Document) -> str:
    """The HTML of the paper; nothing is kept of it."""
    subject = document.subject
    kind, replaced = DocumentKind(document.kind), Document.objects.filter(replaced_by=document).first()
    dated = timezone.localdate(document.issued_at)
    return frozen(
        kind,
        content(
            kind,
            subject,
            number=document.number,
            dated=dated,
            reason=REASON,
            replaced_number=replaced.number if replaced else "",
            handling=handling_of(document.facts),
            **_supervision_facts(document),
        ),
    )


def _supervision_facts(document: Document) -> SupervisionFacts:
    if document.kind != DocumentKind.SUPERVISION_LETTER:
        return {}
    letter = document.supervision
    return {"grade": letter.grade, "tasks": list(letter.tasks.all()), "answer_until": letter.answer_until}
