"""What an issued paper said, kept as plain data for the editable copy that may be asked for years later."""

from __future__ import annotations

from collections.abc import Sequence

from yuetan.documents.content.facts import PaperFacts, PlainFacts
from yuetan.documents.content.paragraphs import Paragraph

UNOFFICIAL = "非正式文本"
KEPT = (
    *("title", "grade_words", "addressee", "organ", "number", "dated_words", "copied_to"),
    *("copy_number", "secrecy", "urgency", "note", "annex"),
    *("interviewer_named", "interviewees_named"),  # not printed: a later paper quotes this one by them
)


def copy_facts(facts: PaperFacts) -> PlainFacts:
    """What a paper says as plain data, so that the copy made years later says the same."""
    kept_facts: PlainFacts = {name: str(text) for name, text in facts.items() if name in KEPT and text}
    kept_facts["body"] = _plain(facts.get("body", ()))
    kept_facts["people"] = _plain(facts.get("people", ()))
    return kept_facts


def _plain(paragraphs: Sequence[Paragraph]) -> list[dict[str, str]]:
    return [{"style": str(each.style), "lead": each.lead, "text": each.text} for each in paragraphs]
