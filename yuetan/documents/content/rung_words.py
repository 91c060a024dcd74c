"""What the papers of the rungs of a 责任制 have in common, each word of it read off the text that is carried out."""

from __future__ import annotations

from collections.abc import Sequence

from yuetan.documents.content.paragraphs import sentence
from yuetan.documents.content.phrases import based_on, body_name, by_day, existing_problem
from yuetan.models import AccountabilityMeasure, Door, Rung
from yuetan.rules.text.official_text import citations, heading, joined
from yuetan.vocabulary import UnitKind

OF_WHOM = "该地区、单位"  # as the text names whoever it is laid on


def numbered(demanded: Sequence[str]) -> str:
    """（一）……: each is one thing to be done, and becomes a task; a single one bears no number."""
    if len(demanded) < 2:
        return "".join(map(sentence, demanded))
    return "\n".join(f"{heading(2, number)}{sentence(one)}" for number, one in enumerate(demanded, start=1))


def grounds_of(measure: AccountabilityMeasure) -> str:
    """《……》第二十六条第一项所列情形：……；…… in the words of the text."""
    grounds = measure.grounds
    places = citations([(ground.article.number, ground.number) for ground in grounds])
    texts = "；".join(ground.text.strip().rstrip("；。") for ground in grounds)
    return f"《{measure.regulation.title}》{places}所列情形：{texts}" if grounds else ""


def rung_variables(measure: AccountabilityMeasure, office: str) -> dict[str, str]:
    """The variables that the paper of every rung knows."""
    numbers = dict.fromkeys((measure.rung.article.number, measure.door.article.number))
    return {
        "依据": based_on(measure.regulation, [(number, None) for number in numbers]),
        "办公室": office,
        **_whom(measure),
        "事由": measure.matter,
        "存在问题": existing_problem(measure.matter),
        "整改期限": by_day(measure.limit),
        "未按期后果": what_follows(measure),
    }


def _whom(measure: AccountabilityMeasure) -> dict[str, str]:
    """Whom it is laid on: one unit as it is addressed, several each by its full name."""
    several = measure.units_named if measure.further_units else []
    names = joined(unit.full_name for unit in several)
    return {
        "单位": names or measure.unit.full_name,
        "主送机关": organs_of(measure),
        "你单位": names or measure.unit.addressed_as,
    }


def organs_of(measure: AccountabilityMeasure) -> str:
    """主送: the organs of every unit that it is laid on."""
    return "，".join(unit.organs_addressed for unit in measure.units_named)


def closed_by(measure: AccountabilityMeasure) -> dict[str, str]:
    """What its rung closes, in the words of the text as they are said to the unit, and by which article; or nothing."""
    effects = list(measure.rung.effects.select_related("article"))
    articles = dict.fromkeys(effect.article.number for effect in effects)
    words = "和".join(dict.fromkeys(effect.words for effect in effects))
    return {
        "限制依据": based_on(measure.regulation, [(number, None) for number in articles]) if effects else "",
        "资格限制": words.replace(OF_WHOM, measure.unit.addressed_as),
    }


def what_follows(measure: AccountabilityMeasure) -> str:
    """Which rung the text has follow where the target of this one is not met in time, and by which article."""
    doors = Door.objects.filter(after=measure.rung).select_related("rung", "article")
    named = [f"依据《{measure.regulation.title}》{door.article.name}规定{_laid_in_words(door.rung)}" for door in doors]
    return f"逾期仍未完成整改目标的，将{'；'.join(named)}。" if named else ""


def _laid_in_words(rung: Rung) -> str:
    """What the office does for it: it lays a rung itself, and puts a joint one before those who decide."""
    if rung.is_joint:
        return f"，提请{body_name(UnitKind.LEADING_GROUP)}商有关部门共同研究实行{rung.get_kind_display()}权制"
    return f"予以{rung.get_kind_display()}"
