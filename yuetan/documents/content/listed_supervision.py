"""挂牌督办通知书: why a unit is listed (黄牌警告), what that closes to it, and by when things are to be put right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from yuetan.documents.content.facts import PaperFacts
from yuetan.documents.content.paragraphs import Paragraph, section
from yuetan.documents.content.phrases import body_name, contact, standard
from yuetan.documents.content.rung_words import closed_by, grounds_of, numbered, rung_variables
from yuetan.models import AccountabilityMeasure
from yuetan.models.ladder.laid_rungs import rung_before
from yuetan.models.ladder.listing import team_on
from yuetan.rules.text.official_text import joined
from yuetan.vocabulary import DocumentKind, DoorKind, UnitKind

KIND = DocumentKind.LISTED_SUPERVISION


def listed_supervision(measure: AccountabilityMeasure, *, dated: date, reason: str, replaced_number: str) -> PaperFacts:
    """Why, what is wrong, what is required and by when, what is closed meanwhile, and who comes to see to it."""
    office = body_name(UnitKind.OFFICE)
    words = _listing_variables(measure, office, dated)
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
            *_further(words),
            standard(KIND, "closing", words),
            *contact(measure),
        ],
    }


def _further(words: dict[str, str]) -> Iterator[Paragraph]:
    """What it closes, where the text closes anything by it, and who is sent."""
    number = 3
    if words["资格限制"]:
        yield from section(number, "资格限制", "", standard(KIND, "effect", words))
        number += 1
    if words["工作组"]:
        yield from section(number, "工作组", "", standard(KIND, "team", words))


def _team(measure: AccountabilityMeasure, day: date) -> str:
    """组长：市公安局副局长赵某；成员：市司法局科长钱某; empty where none is sent."""
    team = team_on(list(measure.team_members.all()), day)
    if not team:
        return ""
    members = f"；成员：{joined(map(str, team[1:]))}" if team[1:] else ""
    return f"组长：{team[0]}{members}"


def _listing_variables(measure: AccountabilityMeasure, office: str, dated: date) -> dict[str, str]:
    before = rung_before(measure)
    return (
        rung_variables(measure, office)
        | closed_by(measure)
        | {
            "督办情形": grounds_of(measure),
            "责任制": f"《{measure.regulation.title}》",
            "督办条件": f"{measure.door.article.name}“{measure.door.words}”的规定",
            "前一档": before.kind.label if before else "",
            "前次文书": before.paper if before else "",
            "工作组": _team(measure, dated),
        }
    )
