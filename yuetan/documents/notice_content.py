"""约谈通知书 (第七条), the notice of a new time, and the letter that calls an interview off."""

from __future__ import annotations

from typing import Any

from yuetan.documents.paragraphs import Paragraph, section, sentence, typed
from yuetan.documents.wording import (
    based_on,
    body_name,
    cited,
    comrade,
    grounds_cited,
    interviewer,
    leader,
    precedence,
    quoted,
)
from yuetan.models import Case
from yuetan.rules.official_text import chinese_datetime, joined
from yuetan.vocabulary import NoticeElement, UnitKind, Verb

NAMES = {
    NoticeElement.MATTER: "约谈事由",
    NoticeElement.SCHEDULED_AT: "约谈时间",
    NoticeElement.PLACE: "约谈地点",
    NoticeElement.PROCEDURE: "约谈程序",
    NoticeElement.PARTICIPANTS: "参加人员",
    NoticeElement.REQUIRED_MATERIALS: "需提交的材料",
}


def interview_notice(case: Case, *, reason: str, replaced_number: str) -> dict[str, Any]:
    """Who interviews whom, on what basis, and the six elements."""
    group = body_name(UnitKind.LEADING_GROUP)
    basis = based_on(case.regulation, [*grounds_cited(case), *cited(case, Verb.APPROVE, Verb.SERVE_NOTICE)])
    opening = (
        f"{basis}，经{group}审定同意，决定由{leader(interviewer(case))}同志"
        f"对{_interviewees(case)}进行约谈。现将有关事项通知如下："
    )
    return _facts(case, f"{case.title}通知书", [Paragraph(opening), *_elements(case, first=1)])


def reschedule_notice(case: Case, *, reason: str, replaced_number: str) -> dict[str, Any]:
    """Why the time changes, and the six elements anew."""
    opening = (
        f"我办以{replaced_number}通知的{leader(interviewer(case))}同志对{_interviewees(case)}的约谈，现予改期。"
        f"{based_on(case.regulation, cited(case, Verb.SERVE_NOTICE))}，"
        f"现将改期后的有关事项通知如下，{replaced_number}通知由本通知替代："
    )
    body = [Paragraph(opening), *section(1, "改期原因", reason), *_elements(case, first=2)]
    return _facts(case, f"{case.title}改期通知", body)


def cancellation(case: Case, *, reason: str, replaced_number: str) -> dict[str, Any]:
    """That the announced interview will not take place, and why."""
    group = body_name(UnitKind.LEADING_GROUP)
    articles = list(cited(case, Verb.WITHDRAW))
    basis = f"{based_on(case.regulation, articles)}，" if articles else ""
    opening = (
        f"{basis}经{group}同意，我办以{replaced_number}通知的"
        f"{leader(interviewer(case))}同志对{_interviewees(case)}的约谈，现予撤销。撤销原因如下："
    )
    closing = f"自本函印发之日起，{replaced_number}通知不再执行。"
    body = [Paragraph(opening), *typed(sentence(reason)), Paragraph(closing), Paragraph("特此函告。")]
    return _facts(case, f"关于撤销{case.matter}约谈的函", body)


def _facts(case: Case, title: str, body: list[Paragraph]) -> dict[str, Any]:
    office = body_name(UnitKind.OFFICE)
    return {"title": title, "addressee": case.unit.full_name, "organ": office, "mark": office, "body": body}


def _interviewees(case: Case) -> str:
    posts = case.interviewees.select_related("holder", "unit__parent")
    return joined([comrade(post) for post in sorted(posts, key=precedence)])


def _elements(case: Case, *, first: int) -> list[Paragraph]:
    assert case.scheduled_at is not None
    texts = {
        NoticeElement.MATTER: case.notice_matter,
        NoticeElement.SCHEDULED_AT: f"{chinese_datetime(case.scheduled_at)}。",
        NoticeElement.PLACE: sentence(case.place),
        NoticeElement.PROCEDURE: case.procedure,
        NoticeElement.PARTICIPANTS: case.participants,
        NoticeElement.REQUIRED_MATERIALS: case.required_materials,
    }
    added = {
        NoticeElement.PARTICIPANTS: [Paragraph("请被约谈人本人按时参加约谈。")],
        NoticeElement.REQUIRED_MATERIALS: _written_material(case),
    }
    return [
        paragraph
        for number, element in enumerate(NoticeElement, start=first)
        for paragraph in section(number, NAMES[element], texts[element], *added.get(element, []))
    ]


def _written_material(case: Case) -> list[Paragraph]:
    wording = quoted(case.regulation, Verb.HAND_IN_SUBMISSION)
    return [Paragraph(f"{wording}请按此准备并提交书面材料。")] if wording else []
