"""一票否决决定书: the leading group closes to a unit and its leaders what its text says, for as long as it says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from yuetan.documents.content.circular import grounds_of
from yuetan.documents.content.facts import PaperFacts
from yuetan.documents.content.paragraphs import section, sentence
from yuetan.documents.content.phrases import based_on, body_name, contact, existing_problem, standard
from yuetan.models import AccountabilityMeasure, Effect, Rung
from yuetan.rules.text.official_text import heading, joined
from yuetan.vocabulary import ClosedTo, DocumentKind, RestrictedSubject, UnitKind

KIND = DocumentKind.VETO_DECISION


def veto_decision(measure: AccountabilityMeasure, *, dated: date, reason: str, replaced_number: str) -> PaperFacts:
    """On which grounds and through which door, what is wrong, and what is closed to whom for how long."""
    group = body_name(UnitKind.LEADING_GROUP)
    words = _variables(measure, group)
    closed = [f"{heading(2, place)}{sentence(one)}" for place, one in enumerate(closed_by(measure), start=1)]
    sections = [section(1, "存在的问题", measure.facts), section(2, "决定事项", "\n".join(closed))]
    if measure.demands.strip():
        sections.append(section(3, "有关要求", measure.demands))
    return {
        "title": measure.title,
        "addressee": measure.unit.organs_addressed,
        "organ": group,
        "mark": f"{group}文件",
        "body": [
            standard(KIND, "opening", words),
            *(paragraph for one in sections for paragraph in one),
            standard(KIND, "closing", words),
            *contact(measure),
        ],
    }


def closed_by(measure: AccountabilityMeasure) -> list[str]:
    """自本文书印发之日起一年内，取消你镇综合性评选的资格; one for the unit and one for its leaders, by the rows."""
    effects = list(measure.rung.effects.all())
    of_unit = [one for one in effects if one.subject == RestrictedSubject.UNIT]
    of_people = [one for one in effects if one.subject != RestrictedSubject.UNIT]
    named = measure.unit.addressed_as
    return [*_closed(of_unit, named), *_closed(of_people, named, with_posts=True)]


def _closed(effects: list[Effect], unit: str, *, with_posts: bool = False) -> Iterator[str]:
    for period in dict.fromkeys(one.period for one in effects):
        rows = [one for one in effects if one.period == period]
        posts = joined(RestrictedSubject(one).label for one in dict.fromkeys(row.subject for row in rows))
        closed = joined(ClosedTo(one).label for one in dict.fromkeys(row.closed for row in rows))
        yield f"自本文书印发之日起{period}内，取消{unit}{posts if with_posts else ''}{closed}的资格"


def _variables(measure: AccountabilityMeasure, group: str) -> dict[str, str]:
    numbers = dict.fromkeys((measure.rung.article.number, *_articles_of_effects(measure.rung)))
    item = measure.decision_item
    return {
        "依据": based_on(measure.regulation, [(number, None) for number in numbers]),
        "领导小组": group,
        "办公室": body_name(UnitKind.OFFICE),
        "单位": measure.unit.full_name,
        "主送机关": measure.unit.organs_addressed,
        "你单位": measure.unit.addressed_as,
        "事由": measure.matter,
        "存在问题": existing_problem(measure.matter),
        "否决情形": grounds_of(measure),
        "否决条件": measure.door.words,
        "会议": item.meeting.title if item else "",
    }


def _articles_of_effects(rung: Rung) -> list[int]:
    return [effect.article.number for effect in rung.effects.select_related("article")]
