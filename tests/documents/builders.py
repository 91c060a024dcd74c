"""Papers of cases brought there by real actions, with a word of every kind that only the office may read."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape
from typing import Any

from tests.factories import case_in, letter_in
from tests.ladder import checked, listed_in, measure_in
from tests.pleas import answered
from tests.steps import proposal
from tests.vetoes import veto_in
from yuetan.documents.content.content import content
from yuetan.documents.freezing import frozen
from yuetan.models import Article, Case, Citation, Ground, Post, Referral, Regulation, Subject, Unit
from yuetan.models.ladder.consultation import Asking
from yuetan.rules.dates import clock
from yuetan.vocabulary import (
    KINDS_TO_OTHERS,
    UNNUMBERED_KINDS,
    Attendance,
    CaseState,
    DocumentKind,
    LetterState,
    MeasureState,
    PostKind,
    ReportRhythm,
    SupervisionGrade,
    Verb,
)

NUMBER, REPLACED = "江扫黑办〔2026〕3号", "江扫黑办〔2026〕1号"
REASON = "因市里召开紧急会议"
FOUR_HEADINGS = "被约谈方应根据约谈事由准备书面材料，主要包括基本情况、存在问题、原因分析以及采取的整改措施等。"
OF_NO_CASE = (
    *(DocumentKind.STATISTICS, DocumentKind.MEETING_NOTICE, DocumentKind.MEETING_MINUTES),
    *(DocumentKind.RESTRICTION_REPLY, DocumentKind.ASSESSMENT_CIRCULAR, DocumentKind.REPORT_ANALYSIS),
    *(DocumentKind.ROUND_NOTICE, DocumentKind.ROUND_OPINION),
)
NUMBERED = [kind for kind in DocumentKind if kind not in (*UNNUMBERED_KINDS, *OF_NO_CASE)]
OVERDUE = timedelta(days=20)  # after the assignment: the first of two tasks is then overdue by six
INNER = ("内部掌握的事实", "内部的其他情形", "核稿时的内部意见", "审定时的内部意见")
SHIFTED = {Verb.APPROVE: 6, Verb.SERVE_NOTICE: 7, Verb.HAND_IN_SUBMISSION: 8}


def notified_case(unit: Unit) -> Case:
    """A case of a town with both heads, two grounds and all six elements in one line or more."""
    changes = {
        "draft": _proposal(unit),
        "endorse": {"opinion": "核稿时的内部意见"},
        "approve": {"opinion": "审定时的内部意见"},
        "serve_notice": {
            "place": "市委大院1号楼302会议室",
            "attendees": [{"name": "赵四十", "title": "市扫黑办综合组组长"}],
            "companions": [{"name": "冯四十一", "title": "综治办主任"}],
        },
    }
    return case_in(CaseState.NOTIFIED, unit=unit, **changes)


def interviewed_case(unit: Unit, **changed: Any) -> Case:
    """A case with the mayor absent and two measures, not yet revised."""
    measure = {"responsible_person": "冯十", "due_on": date(2027, 1, 5), "proof_required": "摸排台账和影像资料"}
    measure |= {"acceptance_standard": "十二个村全部摸排，抽查无遗漏", "report_rhythm": ReportRhythm.MONTHLY}
    absent = {"attended_by": "", "attendance": Attendance.ABSENT, "absence_reason": "因病住院。", "arrived_at": None}
    present = {"attendance": Attendance.PRESENT, "absence_reason": "", "arrived_at": None}
    record = {
        "attendances": [
            {"post": post, "attended_by": post.holder.name, **(present if _is_secretary(post) else absent)}
            for post in unit.heads()
        ],
        "attendees": [],
        "observers": [{"name": "赵某", "title": "市公安局"}, {"name": "钱某", "title": "市司法局"}],
        "problems": "通报了三个问题。",
        "statement": "作了陈述。",
        "discussion": "讨论了原因。",
        "measures": [
            {**measure, "content": "逐村开展线索摸排回头看"},
            {**measure, "content": "建立举报线索台账。\n每周更新一次。"},
        ],
        **changed,
    }
    changes = {"serve_notice": {"place": "市委大院1号楼302会议室"}, "hold_interview": record}
    case = case_in(CaseState.INTERVIEWED, unit=unit, draft=_proposal(unit), **changes)
    case.minutes.copied_to = "省扫黑除恶专项斗争领导小组"
    return case


def _proposal(unit: Unit) -> dict[str, Any]:
    grounds = [ground for ground in Ground.objects.filter(number__in=(2, 3, 6)) if ground.fits(unit.kind)]
    changes = {"facts": "内部掌握的事实", "other_words": "内部的其他情形", "grounds": grounds}
    return proposal(unit, **changes, matter="线索摸排不深入问题", interviewees=list(unit.heads()))


def _is_secretary(post: Post) -> bool:
    return post.kind == PostKind.PARTY_SECRETARY


def subject_of(kind: DocumentKind, unit: Unit) -> Subject:
    """Something a paper of this kind may be about."""
    if kind == DocumentKind.REMINDER_LETTER:
        return letter_in(LetterState.DRAFTED, to=unit)
    if kind == DocumentKind.CIRCULAR:
        return measure_in(MeasureState.DRAFTED, on=unit)
    if kind in KINDS_TO_OTHERS:
        measure = veto_in(MeasureState.DRAFTED, on=unit)
        measure.handed_over = [Referral(organ="市纪委监委机关", reason="需要追究责任。")]
        measure.asking = Asking(["市委组织部", "市公安局"], date(2026, 11, 30))
        return measure
    if kind == DocumentKind.VETO_DECISION:
        return veto_in(MeasureState.DRAFTED, on=unit)
    if kind == DocumentKind.LISTED_SUPERVISION:
        return listed_in(MeasureState.DRAFTED, on=unit)
    if kind in (DocumentKind.DELISTING, DocumentKind.PLEA_ANSWER):
        served = listed_in(MeasureState.SERVED, on=unit)
        return checked(served) if kind == DocumentKind.DELISTING else answered(served)
    if kind == DocumentKind.SUPERVISION_LETTER:
        return case_in(CaseState.RECTIFYING, unit=unit, draft=_proposal(unit))
    return interviewed_case(unit) if kind == DocumentKind.MINUTES else notified_case(unit)


def facts_of(kind: DocumentKind, subject: Subject, *, reason: str = REASON) -> dict[str, Any]:
    """The facts of a paper dated today."""
    changes: dict[str, Any] = {} if kind == DocumentKind.MINUTES else {"reason": reason, "replaced_number": REPLACED}
    if kind == DocumentKind.SUPERVISION_LETTER:
        assert isinstance(subject, Case)
        changes |= {"grade": SupervisionGrade.YELLOW, "tasks": list(subject.tasks.all()[:1])}
        changes |= {"answer_until": date(2026, 12, 18)}
    dated = clock.today() + (OVERDUE if kind == DocumentKind.SUPERVISION_LETTER else timedelta())
    return content(kind, subject, number=NUMBER, dated=dated, **changes)


def paper(kind: DocumentKind, subject: Subject, *, reason: str = REASON) -> str:
    """The frozen HTML of that paper."""
    return frozen(kind, facts_of(kind, subject, reason=reason))


def plain(html: str) -> str:
    """What a frozen paper says, without the lines and letters it is set in."""
    _, _, sheet = html.partition("<body>")
    return unescape(re.sub(r"<br>|</?span[^>]*>", "", sheet))


def wording(facts: dict[str, Any]) -> list[str]:
    """The body, a paragraph an item."""
    return [str(paragraph) for paragraph in facts["body"]]


def renumbered_law() -> Regulation:
    """A later law with other article numbers."""
    law = Regulation.objects.create(
        key="renumbered",
        title="约谈暂行办法",
        short_title="暂行办法",
        version="试行",
        in_force_from=date(2020, 1, 1),
        digest="0" * 64,
    )
    for code, number in SHIFTED.items():
        text = FOUR_HEADINGS if code == Verb.HAND_IN_SUBMISSION else "……"
        article = Article.objects.create(regulation=law, number=number + 20, text=text)
        Citation.objects.create(regulation=law, article=article, kind=Citation.Kind.STEP, code=code)
    return law
