"""提醒函: the leading group reminds a unit that works without force (第十条)."""

from __future__ import annotations

from typing import Any

from yuetan.documents.paragraphs import Paragraph, section
from yuetan.documents.wording import based_on, body_name
from yuetan.models import Letter
from yuetan.vocabulary import LetterCapacity, UnitKind, Verb


def reminder_letter(letter: Letter, *, reason: str, replaced_number: str) -> dict[str, Any]:
    """In which capacity the unit is reminded, of what, and what is required of it."""
    group = body_name(UnitKind.LEADING_GROUP)
    kind = letter.unit.kind
    articles = letter.regulation.cited_by(Verb.APPROVE_LETTER, kind) or letter.regulation.cited_by(
        Verb.DRAFT_LETTER, kind
    )
    opening = (
        f"你单位作为{_capacity(letter, group)}，推动扫黑除恶专项斗争工作不力。"
        f"{based_on(letter.regulation, articles.split('、'))}，现将有关事项提醒如下："
    )
    return {
        "title": letter.title,
        "addressee": letter.unit.full_name,
        "organ": group,
        "mark": group,
        "body": [
            Paragraph(opening),
            *section(1, "存在的问题", letter.problems),
            *section(2, "工作要求", letter.requirements),
            Paragraph("特此函告。"),
        ],
    }


def _capacity(letter: Letter, group: str) -> str:
    if letter.capacity == LetterCapacity.LEAD_UNIT:
        return f"{letter.lead_matter}重点打击问题牵头单位"
    return f"{group}成员单位"
