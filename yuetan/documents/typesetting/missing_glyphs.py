"""No boxes: a paper with a character that none of the listed fonts draws is refused before anything is kept."""

from __future__ import annotations

from yuetan.documents.content.facts import PaperFacts
from yuetan.documents.typesetting.typesetting import missing_characters, some_of, texts_of
from yuetan.errors import Reason, Refused
from yuetan.models import Case, Letter
from yuetan.rules.refusals import finding


def refuse_missing_glyphs(subject: Case | Letter | None, facts: PaperFacts) -> None:
    """Raise Refused with the characters named; nothing happens if all of them can be drawn.

    A paper of the office's own has no subject.
    """
    missing = missing_characters(*texts_of(facts))
    if missing:
        lacking = finding("character_without_glyph", characters=some_of(missing))
        raise Refused(subject.reason(lacking) if subject else Reason(lacking.sentence_with_article(), lacking.field))
