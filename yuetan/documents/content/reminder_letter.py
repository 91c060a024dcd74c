"""提醒函: the leading group reminds a unit that works without force (第十条)."""

from __future__ import annotations

from datetime import date

from yuetan.documents.content.facts import PaperFacts
from yuetan.documents.content.paragraphs import section
from yuetan.documents.content.phrases import (
    based_on,
    body_name,
    by_day,
    closed_with,
    contact,
    existing_problem,
    standard,
)
from yuetan.models import Letter
from yuetan.vocabulary import DocumentKind, LetterCapacity, UnitKind, Verb


def reminder_letter(letter: Letter, *, dated: date, reason: str, replaced_number: str) -> PaperFacts:
    """In which capacity the unit is reminded, of what, and what is required of it."""
    group = body_name(UnitKind.LEADING_GROUP)
    words = _letter_variables(letter, group)
    opening, closing = (standard(DocumentKind.REMINDER_LETTER, key, words) for key in ("opening", "closing"))
    return {
        "title": letter.title,
        "addressee": letter.unit.organs_addressed,
        "organ": group,
        "mark": group,
        "body": [
            opening,
            *section(1, "存在的问题", letter.problems),
            *section(2, "工作要求", letter.requirements),
            *closed_with(closing, contact(letter)),
        ],
    }


def _letter_variables(letter: Letter, group: str) -> dict[str, str]:
    law, kind = letter.regulation, letter.unit.kind
    places = law.places_cited_by(Verb.APPROVE_LETTER, kind) or law.places_cited_by(Verb.DRAFT_LETTER, kind)
    return {
        "依据": based_on(law, places),
        "领导小组": group,
        "办公室": body_name(UnitKind.OFFICE),
        "单位": letter.unit.full_name,
        "主送机关": letter.unit.organs_addressed,
        "你单位": letter.unit.addressed_as,
        "发函对象": _capacity(letter, group),
        "事由": letter.matter,
        "提醒问题": existing_problem(letter.matter),
        "答复期限": by_day(letter.answer_until),
    }


def _capacity(letter: Letter, group: str) -> str:
    if letter.capacity == LetterCapacity.LEAD_UNIT:
        return f"{letter.lead_matter}{LetterCapacity.LEAD_UNIT.label}"
    return f"{group}{LetterCapacity.MEMBER_UNIT.label}"
