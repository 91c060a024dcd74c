"""商请函: departments are asked, before a meeting decides, what they say to a measure."""

from __future__ import annotations

from datetime import date

from yuetan.documents.content.circular import grounds_of
from yuetan.documents.content.facts import PaperFacts
from yuetan.documents.content.paragraphs import section
from yuetan.documents.content.phrases import based_on, body_name, contact, existing_problem, standard
from yuetan.models import AccountabilityMeasure
from yuetan.rules.text.official_text import chinese_date, joined
from yuetan.vocabulary import DocumentKind, UnitKind

KIND = DocumentKind.CONSULTATION_LETTER


def consultation_letter(
    measure: AccountabilityMeasure, *, dated: date, reason: str, replaced_number: str
) -> PaperFacts:
    """What is wrong with a unit, what is to be laid on it, and by when the departments are asked to answer.

    Raises ValueError outside of the step that asks them.
    """
    asked = measure.asking
    if asked is None:
        raise ValueError("no department is being asked")
    office, organs = body_name(UnitKind.OFFICE), joined(asked.departments)
    words = _words_asked(measure, office, organs, asked.due_on)
    return {
        "title": f"关于商请对{measure.unit.full_name}实行一票否决权制提出意见的函",
        "addressee": organs,
        "organ": office,
        "mark": office,
        "body": [
            standard(KIND, "opening", words),
            *section(1, "存在的问题", measure.facts),
            *(section(2, "危害和影响", measure.door_words) if measure.door_words.strip() else []),
            standard(KIND, "closing", words),
            *contact(measure),
        ],
    }


def _words_asked(measure: AccountabilityMeasure, office: str, organs: str, due_on: date) -> dict[str, str]:
    return {
        "依据": based_on(measure.regulation, [(measure.rung.article.number, None)]),
        "领导小组": body_name(UnitKind.LEADING_GROUP),
        "办公室": office,
        "单位": measure.unit.full_name,
        "受理机关": organs,
        "事由": measure.matter,
        "存在问题": existing_problem(measure.matter),
        "所列情形": grounds_of(measure),
        "责任措施": str(measure.rung.get_kind_display()),
        "适用条件": measure.door.words,
        "答复期限": chinese_date(due_on),
    }
