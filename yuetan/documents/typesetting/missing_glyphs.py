"""No boxes: a paper with a character that none of the listed fonts draws is refused before anything is kept."""

from __future__ import annotations

from yuetan.documents.content.facts import PaperFacts
from yuetan.documents.typesetting.typesetting import missing_characters, some_of, texts_of
from yuetan.errors import Refused
from yuetan.models import Case, Letter
from yuetan.rules.refusals import finding


def refuse_missing_glyphs(subject: Case | Letter, facts: PaperFacts) -> None:
    """Raise Refused with the characters named; nothing happens if all of them can be drawn."""
    missing = missing_characters(*texts_of(facts))
    if missing:
        raise Refused(subject.reason(finding("character_without_glyph", characters=some_of(missing))))
