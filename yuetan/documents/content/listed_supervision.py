"""挂牌督办通知书: why a unit is listed (黄牌警告), what that closes to it, and by when things are to be put right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from yuetan.documents.content.facts import PaperFacts
from yuetan.documents.content.paragraphs import Paragraph, section
from yuetan.documents.content.phrases import based_on, body_name, contact, standard
from yuetan.documents.content.rung_words import grounds_of, numbered, rung_variables
from yuetan.models import AccountabilityMeasure
from yuetan.models.ladder.laid_rungs import rung_before
from yuetan.vocabulary import DocumentKind, DoorKind, UnitKind

KIND = DocumentKind.LISTED_SUPERVISION
OF_WHOM = "该地区、单位"  # as the text names whoever it is laid on


def listed_supervision(measure: AccountabilityMeasure, *, dated: date, reason: str, replaced_number: str) -> PaperFacts:
    """Why, what is wrong, what is required and by when, what is closed meanwhile, and who comes to see to it."""
    office = body_name(UnitKind.OFFICE)
    words = _variables(measure, office)
    late = measure.door.kind == DoorKind.NOT_IN_TIME
    return {
        "title": measure.title,
        "addressee": measure.unit.organs_addressed,
        "organ": office,
        "mark": office,
        "body": [
            standard(KIND, "opening" if late else "opening_gravity", words),
            *section(1, "存在的问题", measure.facts),
            *section(2, "整改要求", numbered(measure.demanded)),
            *_further(measure, words),
            standard(KIND, "closing", words),
            *contact(measure),
        ],
    }


def _further(measure: AccountabilityMeasure, words: dict[str, str]) -> Iterator[Paragraph]:
    """What it closes, where the text closes anything by it."""
    if words["资格限制"]:
        yield from section(3, "资格限制", "", standard(KIND, "effect", words))


def _variables(measure: AccountabilityMeasure, office: str) -> dict[str, str]:
    before = rung_before(measure)
    effects = list(measure.rung.effects.select_related("article"))
    articles = dict.fromkeys(effect.article.number for effect in effects)
    closed = "和".join(dict.fromkeys(effect.words for effect in effects))
    return rung_variables(measure, office) | {
        "督办情形": grounds_of(measure),
        "督办条件": f"{measure.door.article.name}“{measure.door.words}”的规定",
        "前一档": before.kind.label if before else "",
        "前次文书": before.paper if before else "",
        "限制依据": based_on(measure.regulation, [(number, None) for number in articles]) if effects else "",
        "资格限制": closed.replace(OF_WHOM, measure.unit.addressed_as),
    }
