"""通报: the office makes known in writing what is wrong with a unit, and by when it is to be put right."""

from __future__ import annotations

from datetime import date

from yuetan.documents.content.facts import PaperFacts
from yuetan.documents.content.paragraphs import section
from yuetan.documents.content.phrases import body_name, contact, standard
from yuetan.documents.content.rung_words import grounds_of, numbered, organs_of, rung_variables
from yuetan.models import AccountabilityMeasure
from yuetan.vocabulary import DocumentKind, UnitKind


def circular(measure: AccountabilityMeasure, *, dated: date, reason: str, replaced_number: str) -> PaperFacts:
    """On which grounds and through which door, what is wrong, what is required, and by when."""
    office = body_name(UnitKind.OFFICE)
    words = rung_variables(measure, office) | {
        "通报情形": grounds_of(measure),
        "通报条件": measure.door.words,
    }
    opening, closing = (standard(DocumentKind.CIRCULAR, key, words) for key in ("opening", "closing"))
    return {
        "title": measure.title,
        "addressee": organs_of(measure),
        "organ": office,
        "mark": f"{office}文件",
        "body": [
            opening,
            *section(1, "存在的问题", measure.facts),
            *section(2, "整改要求", numbered(measure.demanded)),
            closing,
            *contact(measure),
        ],
    }
