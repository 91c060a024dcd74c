"""约谈通知书 (第七条), the notice of a new time, and the letter that calls an interview off."""

from __future__ import annotations

from datetime import date

from yuetan.documents.content.facts import PaperFacts
from yuetan.documents.content.paragraphs import Paragraph, section, sentence, text_paragraphs
from yuetan.documents.content.phrases import (
    acting,
    based_on,
    body_name,
    cited,
    comrades,
    grounds_cited,
    interviewer,
    leader,
    quoted,
)
from yuetan.models import Case
from yuetan.models.papers.wording import standard_paragraph
from yuetan.rules.text.official_text import chinese_datetime
from yuetan.vocabulary import DocumentKind as Kind
from yuetan.vocabulary import NoticeElement, UnitKind, Verb

NAMES = {
    NoticeElement.MATTER: "约谈事由",
    NoticeElement.SCHEDULED_AT: "约谈时间",
    NoticeElement.PLACE: "约谈地点",
    NoticeElement.PROCEDURE: "约谈程序",
    NoticeElement.PARTICIPANTS: "参加人员",
    NoticeElement.REQUIRED_MATERIALS: "需提交的材料",
}


def interview_notice(case: Case, *, dated: date, reason: str, replaced_number: str) -> PaperFacts:
    """Who interviews whom, on what basis, and the six elements."""
    basis = based_on(case.regulation, [*grounds_cited(case), *cited(case, Verb.APPROVE, Verb.SERVE_NOTICE)])
    words = _announced(case, basis)
    opening = standard_paragraph(Kind.INTERVIEW_NOTICE, "opening", **words)
    elements = _elements(Kind.INTERVIEW_NOTICE, case, words, first=1)
    return _facts(case, f"{case.title}通知书", [Paragraph(opening), *acting(case), *elements]) | _named(words)


def reschedule_notice(case: Case, *, dated: date, reason: str, replaced_number: str) -> PaperFacts:
    """Why the time changes, and the six elements anew."""
    basis = based_on(case.regulation, cited(case, Verb.SERVE_NOTICE))
    words = _announced(case, basis)
    quoted_words = _quoted_notice(case, replaced_number)
    opening = standard_paragraph(Kind.RESCHEDULE_NOTICE, "opening", **words | quoted_words)
    elements = _elements(Kind.RESCHEDULE_NOTICE, case, words | {"原文号": replaced_number}, first=2)
    body = [
        Paragraph(opening),
        *acting(case),
        *_others_now(words, quoted_words),
        *section(1, "改期原因", reason),
        *elements,
    ]
    return _facts(case, f"{case.title}改期通知", body) | _named(words)


def cancellation(case: Case, *, dated: date, reason: str, replaced_number: str) -> PaperFacts:
    """That the announced interview will not take place, and why."""
    articles = list(cited(case, Verb.WITHDRAW))
    basis = based_on(case.regulation, articles) if articles else ""
    words = _notice_variables(case, basis) | _quoted_notice(case, replaced_number)
    opening, effect, closing = (
        Paragraph(standard_paragraph(Kind.CANCELLATION, key, **words)) for key in ("opening", "effect", "closing")
    )
    body = [opening, *text_paragraphs(sentence(reason)), effect, closing]
    return _facts(case, f"关于撤销{case.matter}约谈的函", body)


def _facts(case: Case, title: str, body: list[Paragraph]) -> PaperFacts:
    office = body_name(UnitKind.OFFICE)
    return {"title": title, "addressee": case.unit.full_name, "organ": office, "mark": office, "body": body}


def _named(words: dict[str, str]) -> PaperFacts:
    return {"interviewer_named": words["约谈人"], "interviewees_named": words["约谈对象"]}


def _others_now(words: dict[str, str], quoted_words: dict[str, str]) -> list[Paragraph]:
    """Who interviews whom from now on, where that is not what the earlier notice said."""
    if all(words[name] == quoted_words[name] for name in ("约谈人", "约谈对象")):
        return []
    return [Paragraph(f"改期后的约谈，由{words['约谈人']}对{words['约谈对象']}进行。")]


def _quoted_notice(case: Case, number: str) -> dict[str, str]:
    """An earlier notice by its number and by whom it named, however they are called or whoever holds their posts now.

    A notice from before this was kept is quoted by the body and the posts, which is true of every notice.
    """
    kept: dict[str, str] = next((paper.facts for paper in case.documents.all() if paper.number == number), {})
    leader_words = kept.get("interviewer_named") or body_name(UnitKind.LEADING_GROUP)
    heads_words = kept.get("interviewees_named") or f"你单位{case.unit.heads_name}"
    return {"原文号": number, "约谈人": leader_words, "约谈对象": heads_words}


def _notice_variables(case: Case, basis: str) -> dict[str, str]:
    return {
        "依据": basis,
        "领导小组": body_name(UnitKind.LEADING_GROUP),
        "办公室": body_name(UnitKind.OFFICE),
        "单位": case.unit.full_name,
        "约谈人": f"{leader(interviewer(case))}同志",
        "约谈对象": _interviewees(case),
        "事由": case.matter,
    }


def _announced(case: Case, basis: str) -> dict[str, str]:
    assert case.scheduled_at is not None
    rule = quoted(case.regulation, Verb.HAND_IN_SUBMISSION)
    held = {"时间": chinese_datetime(case.scheduled_at), "地点": case.place, "书面材料规定": rule}
    return _notice_variables(case, basis) | held


def _interviewees(case: Case) -> str:
    gone = case.departed_people
    return comrades(person for person in case.people_named if person not in gone)


def _elements(kind: Kind, case: Case, words: dict[str, str], *, first: int) -> list[Paragraph]:
    texts = {
        NoticeElement.MATTER: case.notice_matter,
        NoticeElement.SCHEDULED_AT: f"{words['时间']}。",
        NoticeElement.PLACE: sentence(case.place),
        NoticeElement.PROCEDURE: case.procedure,
        NoticeElement.PARTICIPANTS: case.participants,
        NoticeElement.REQUIRED_MATERIALS: case.required_materials,
    }
    added = {
        NoticeElement.PARTICIPANTS: [Paragraph(standard_paragraph(kind, "attendance", **words))],
        NoticeElement.REQUIRED_MATERIALS: _written_material(kind, words),
    }
    return [
        paragraph
        for number, element in enumerate(NoticeElement, start=first)
        for paragraph in section(number, NAMES[element], texts[element], *added.get(element, []))
    ]


def _written_material(kind: Kind, words: dict[str, str]) -> list[Paragraph]:
    return [Paragraph(standard_paragraph(kind, "material", **words))] if words["书面材料规定"] else []
