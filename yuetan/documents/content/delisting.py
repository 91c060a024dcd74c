"""摘牌通知书: what was demanded is done and was looked at on the spot; the unit is listed no more."""

from __future__ import annotations

from datetime import date

from yuetan.documents.content.facts import PaperFacts
from yuetan.documents.content.paragraphs import Paragraph
from yuetan.documents.content.phrases import body_name, closed_with, contact, paper_cited, standard
from yuetan.documents.content.rung_words import closed_by, rung_variables
from yuetan.models import AccountabilityMeasure
from yuetan.rules.text.official_text import chinese_date
from yuetan.vocabulary import DocumentKind, UnitKind

KIND = DocumentKind.DELISTING
TITLE = "关于{matter}的摘牌通知书"


def delisting(measure: AccountabilityMeasure, *, dated: date, reason: str, replaced_number: str) -> PaperFacts:
    """By which paper it was listed, that it is done, and that what was closed by it runs on."""
    office = body_name(UnitKind.OFFICE)
    words = rung_variables(measure, office) | _delisting_variables(measure)
    return {
        "title": TITLE.format(matter=measure.matter),
        "addressee": measure.unit.organs_addressed,
        "organ": office,
        "mark": office,
        "body": [
            standard(KIND, "opening", words),
            *_effect(words),
            *closed_with(standard(KIND, "closing", words), contact(measure)),
        ],
    }


def _effect(words: dict[str, str]) -> list[Paragraph]:
    return [standard(KIND, "effect", words)] if words["资格限制"] else []


def _delisting_variables(measure: AccountabilityMeasure) -> dict[str, str]:
    paper = measure.issued_paper
    days = [team.inspected_on for team in measure.inspection_teams.all() if team.inspected_on]
    return closed_by(measure) | {
        "原通知": paper_cited(paper.title, paper.number),
        "核查日期": chinese_date(max(days)) if days else "",
    }
