"""约谈通知书 (第七条), the notice of a new time, and the notice that calls an interview off."""

from __future__ import annotations

from datetime import date

from yuetan.documents.content.facts import PaperFacts
from yuetan.documents.content.paragraphs import Paragraph, section, sentence, text_paragraphs
from yuetan.documents.content.phrases import (
    according_to,
    acting,
    based_on,
    body_name,
    cited,
    closed_with,
    comrades,
    contact,
    grounds_cited,
    grounds_quoted,
    interviewer,
    leader,
    paper_cited,
    quoted,
    standard,
)
from yuetan.models import Case, Document
from yuetan.models.ladder.interview_door import door_cited
from yuetan.rules.text.official_text import chinese_date, chinese_datetime
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
    opening = standard(Kind.INTERVIEW_NOTICE, "opening", words)
    elements = _elements(Kind.INTERVIEW_NOTICE, case, words, first=1)
    body = [opening, *acting(case), *elements, *contact(case)]
    return _facts(case, f"{case.title}通知书", body) | _named(words)


def reschedule_notice(case: Case, *, dated: date, reason: str, replaced_number: str) -> PaperFacts:
    """Why the time changes, and the six elements anew."""
    words = _announced(case, based_on(case.regulation, cited(case, Verb.SERVE_NOTICE)))
    old = _quoted_notice(case, replaced_number)
    elements = _elements(Kind.RESCHEDULE_NOTICE, case, words | _cited_notice(old), first=2)
    body = [
        standard(Kind.RESCHEDULE_NOTICE, "opening", words | old),
        *acting(case),
        *_others_now(case, words, old),
        *section(1, "改期原因", sentence(reason)),
        *elements,
        *contact(case),
    ]
    return _facts(case, f"{case.title}改期通知", body) | _named(words)


def cancellation(case: Case, *, dated: date, reason: str, replaced_number: str) -> PaperFacts:
    """That the announced interview will not take place, and why."""
    basis = based_on(case.regulation, cited(case, Verb.WITHDRAW))
    words = _notice_variables(case, basis) | _quoted_notice(case, replaced_number)
    opening, effect, closing = (standard(Kind.CANCELLATION, key, words) for key in ("opening", "effect", "closing"))
    body = [opening, *text_paragraphs(sentence(reason)), effect, *closed_with(closing, contact(case))]
    return _facts(case, f"关于取消{case.matter}约谈的通知", body)


def _facts(case: Case, title: str, body: list[Paragraph]) -> PaperFacts:
    office = body_name(UnitKind.OFFICE)
    return {"title": title, "addressee": case.unit.organs_addressed, "organ": office, "mark": office, "body": body}


def _named(words: dict[str, str]) -> PaperFacts:
    return {"interviewer_named": words["约谈人"], "interviewees_named": words["约谈对象"]}


def _others_now(case: Case, words: dict[str, str], old: dict[str, str]) -> list[Paragraph]:
    """Who interviews whom from now on, where that is not what the earlier notice said."""
    if all(_plain_names(case, words[name]) == _plain_names(case, old[name]) for name in ("约谈人", "约谈对象")):
        return []
    return [Paragraph(f"改期后的约谈，由{words['约谈人']}约谈{words['约谈对象']}。", is_standard=True)]


def _plain_names(case: Case, words: str) -> str:
    """Titles and names alone: earlier notices repeat the unit and 同志 for each person."""
    return words.replace("同志", "").replace(case.unit.full_name, "")


def _quoted_notice(case: Case, number: str) -> dict[str, str]:
    """An earlier notice by title and number, and whom it named, however they are called or whoever holds their posts.

    A notice from before this was kept is quoted by the body and the posts, which is true of every notice.
    """
    old: Document | None = next((paper for paper in case.documents.all() if paper.number == number), None)
    kept: dict[str, str] = old.facts if old else {}
    leader_words = kept.get("interviewer_named") or body_name(UnitKind.LEADING_GROUP)
    heads_words = kept.get("interviewees_named") or f"{case.unit.addressed_as}{case.unit.heads_name}"
    return {
        "原通知": paper_cited(old.title if old else "", number),
        "原文号": number,
        "约谈人": leader_words,
        "约谈对象": heads_words,
    }


def _cited_notice(old: dict[str, str]) -> dict[str, str]:
    return {name: old[name] for name in ("原通知", "原文号")}


def _notice_variables(case: Case, basis: str) -> dict[str, str]:
    return {
        "依据": basis,
        "领导小组": body_name(UnitKind.LEADING_GROUP),
        "办公室": body_name(UnitKind.OFFICE),
        "单位": case.unit.full_name,
        "主送机关": case.unit.organs_addressed,
        "你单位": case.unit.addressed_as,
        "约谈人": f"{leader(interviewer(case))}同志",
        "约谈对象": _interviewees(case),
        "事由": case.matter,
    }


def _announced(case: Case, basis: str) -> dict[str, str]:
    assert case.scheduled_at is not None
    day = case.submission_due_on
    return _notice_variables(case, basis) | {
        "时间": chinese_datetime(case.scheduled_at),
        "地点": case.place,
        "情形": grounds_quoted(case),
        "约谈条件": door_cited(case),
        "书面材料依据": according_to(case, Verb.HAND_IN_SUBMISSION),
        "书面材料规定": quoted(case.regulation, Verb.HAND_IN_SUBMISSION),
        "提交期限": chinese_date(day) if day else "约谈",
    }


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
        NoticeElement.MATTER: [
            standard(kind, key, words) for key, needed in (("grounds", "情形"), ("door", "约谈条件")) if words[needed]
        ],
        NoticeElement.PARTICIPANTS: [standard(kind, "attendance", words)],
        NoticeElement.REQUIRED_MATERIALS: [standard(kind, "material", words)],
    }
    return [
        paragraph
        for number, element in enumerate(NoticeElement, start=first)
        for paragraph in section(number, NAMES[element], texts[element], *added.get(element, []))
    ]
