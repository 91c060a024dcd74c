"""申述答复: what the unit had to say against a measure, what was decided on it and why."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from yuetan.documents.content.facts import PaperFacts
from yuetan.documents.content.paragraphs import Paragraph, section
from yuetan.documents.content.phrases import body_name, closed_with, contact, paper_cited, standard
from yuetan.documents.content.rung_words import closed_by
from yuetan.models import AccountabilityMeasure, Plea
from yuetan.models.ladder.requirements import is_for_the_group
from yuetan.rules.text.official_text import chinese_date
from yuetan.vocabulary import DocumentKind, PleaOutcome, UnitKind

KIND = DocumentKind.PLEA_ANSWER
TITLE = "关于{matter}有关申述的答复"


def plea_answer(measure: AccountabilityMeasure, *, dated: date, reason: str, replaced_number: str) -> PaperFacts:
    """By whoever laid the measure, to the unit that stated its view against it."""
    plea = measure.plea_or_none
    assert plea is not None
    organ = body_name(UnitKind.LEADING_GROUP if is_for_the_group(measure) else UnitKind.OFFICE)
    words = _words_about(measure, plea)
    return {
        "title": TITLE.format(matter=measure.matter),
        "addressee": measure.unit.organs_addressed,
        "organ": organ,
        "mark": organ,
        "body": [
            standard(KIND, "opening", words),
            *section(1, "申述意见", plea.words),
            *section(2, "答复意见", plea.grounds),
            *_decision(plea, words),
            *closed_with(standard(KIND, "closing", words), contact(measure)),
        ],
    }


def _decision(plea: Plea, words: dict[str, str]) -> list[Paragraph]:
    if plea.outcome == PleaOutcome.UPHELD:
        return [standard(KIND, "upheld", words)]
    restored = [standard(KIND, "restored", words)] if words["限制依据"] else []
    return [standard(KIND, "revoked", words), *restored]


def _words_about(measure: AccountabilityMeasure, plea: Plea) -> dict[str, str]:
    paper, item = measure.issued_paper, plea.decision_item
    return {
        "领导小组": body_name(UnitKind.LEADING_GROUP),
        "办公室": body_name(UnitKind.OFFICE),
        "单位": measure.unit.full_name,
        "主送机关": measure.unit.organs_addressed,
        "你单位": measure.unit.addressed_as,
        "事由": measure.matter,
        "原文书": paper_cited(paper.title, paper.number),
        "申述日期": chinese_date(timezone.localdate(plea.stated_at)) if plea.stated_at else "",
        "会议": item.meeting.title if item else "",
        "限制依据": closed_by(measure)["限制依据"],
    }
