"""A paper as it would be printed now: without a number, because none is taken before it is issued."""

from __future__ import annotations

from yuetan.documents.content.content import content
from yuetan.documents.freezing import frozen
from yuetan.models import Case
from yuetan.rules.dates import clock
from yuetan.vocabulary import DocumentKind


def preview(kind: DocumentKind, case: Case) -> str:
    """The wording of a paper about a case as it stands, dated today; nothing is issued, nothing kept."""
    return frozen(kind, content(kind, case, number="", dated=clock.today()))
