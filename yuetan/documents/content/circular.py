"""通报: the office makes known in writing what is wrong with a unit, and by when it is to be put right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from yuetan.documents.content.facts import PaperFacts
from yuetan.documents.content.paragraphs import lines, section, sentence
from yuetan.documents.content.phrases import based_on, body_name, by_day, contact, standard
from yuetan.models import AccountabilityMeasure, Door
from yuetan.rules.text.official_text import citations, heading, joined
from yuetan.vocabulary import DocumentKind, UnitKind


def circular(measure: AccountabilityMeasure, *, dated: date, reason: str, replaced_number: str) -> PaperFacts:
    """On which grounds and through which door, what is wrong, what is required, and by when."""
    office = body_name(UnitKind.OFFICE)
    words = _circular_variables(measure, office)
    opening, closing = (standard(DocumentKind.CIRCULAR, key, words) for key in ("opening", "closing"))
    return {
        "title": measure.title,
        "addressee": measure.unit.organs_addressed,
        "organ": office,
        "mark": f"{office}文件",
        "body": [
            opening,
            *section(1, "存在的问题", measure.facts),
            *section(2, "整改要求", _numbered(measure.demanded)),
            closing,
            *contact(measure),
        ],
    }


def _numbered(demanded: Sequence[str]) -> str:
    """（一）……: each is one thing to be done, and becomes a task; a single one bears no number."""
    if len(demanded) < 2:
        return "".join(demanded)
    return "\n".join(f"{heading(2, number)}{sentence(one)}" for number, one in enumerate(demanded, start=1))


def grounds_of(measure: AccountabilityMeasure) -> str:
    """《……》第二十六条第一项所列情形：……；…… in the words of the text."""
    grounds = [row.ground for row in measure.measure_grounds.select_related("ground__article")]
    places = citations([(ground.article.number, ground.number) for ground in grounds])
    texts = "；".join(ground.text.strip().rstrip("；。") for ground in grounds)
    return f"《{measure.regulation.title}》{places}所列情形：{texts}" if grounds else ""


def _circular_variables(measure: AccountabilityMeasure, office: str) -> dict[str, str]:
    numbers = dict.fromkeys((measure.rung.article.number, measure.door.article.number))
    return {
        "依据": based_on(measure.regulation, [(number, None) for number in numbers]),
        "办公室": office,
        "单位": measure.unit.full_name,
        "主送机关": measure.unit.organs_addressed,
        "你单位": measure.unit.addressed_as,
        "事由": measure.matter,
        "通报情形": grounds_of(measure),
        "通报条件": joined([measure.door.words, *lines(measure.door_words)]),
        "整改期限": by_day(measure.limit),
        "未按期后果": _what_follows(measure),
    }


def _what_follows(measure: AccountabilityMeasure) -> str:
    """Which rung the text has follow where the target of this one is not met in time, and by which article."""
    doors = Door.objects.filter(after=measure.rung).select_related("rung", "article")
    named = [
        f"依据《{measure.regulation.title}》{door.article.name}规定予以{door.rung.get_kind_display()}" for door in doors
    ]
    return f"逾期仍未完成整改目标的，将{joined(named)}。" if named else ""
