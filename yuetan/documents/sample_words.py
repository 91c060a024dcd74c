"""What the usual samples say: the built-in standard paragraphs, filled with the facts of a made-up case."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache

from django.conf import settings

from yuetan.documents.content.notices import NAMES
from yuetan.documents.content.paragraphs import Paragraph, people, section
from yuetan.documents.content.short_names import shortened
from yuetan.documents.sample_facts import (
    ACCOUNTABILITY_LAW,
    BASES,
    CONTACT,
    DEPUTY,
    FACTS,
    GROUP,
    HEADS,
    LAW,
    MATTER,
    MEASURES,
    SHORT,
    TITLES,
    WORDS,
)
from yuetan.rules.text import variables
from yuetan.rules.text.official_text import citations
from yuetan.vocabulary import DocumentKind as Kind
from yuetan.vocabulary import NoticeElement, SupervisionGrade


def sample_body(kind: Kind, grade: SupervisionGrade = SupervisionGrade.YELLOW) -> list[Paragraph]:
    """The body of a paper of this kind, each organ in full once, as papers have it."""
    bodies = {
        Kind.INTERVIEW_NOTICE: _first_notice,
        Kind.RESCHEDULE_NOTICE: _new_notice,
        Kind.CANCELLATION: _cancellation,
        Kind.REMINDER_LETTER: _reminder,
        Kind.CIRCULAR: _circular,
        Kind.VETO_DECISION: _veto,
        Kind.LISTED_SUPERVISION: _listed_supervision,
        Kind.DELISTING: _delisting,
        Kind.VETO_PROPOSAL: _proposal_to_superior,
        Kind.REFERRAL_LETTER: _referral,
    }
    return shortened(bodies[kind]() if kind in bodies else _supervision(grade), SHORT)


def sample_laid() -> Iterable[tuple[str, SupervisionGrade, str, list[Paragraph]]]:
    """督办单 on tasks that a rung handed over: name, grade, title and body of each of its two openings."""
    by = f"《{TITLES[Kind.LISTED_SUPERVISION]}》（江扫黑挂〔2026〕1号）"
    given = {"依据": f"根据{ACCOUNTABILITY_LAW}{citations([(28, None)])}规定", "原纪要": by}
    for name, grade in (("laid", SupervisionGrade.YELLOW), ("laid-due", SupervisionGrade.BLUE)):
        title = f"关于落实{MATTER}挂牌督办（黄牌警告）整改任务的督办通知（{grade.colour}色）"
        yield name, grade, title, shortened(_supervision(grade, slots="_laid", given=given), SHORT)


def sample_minutes() -> tuple[list[Paragraph], list[Paragraph]]:
    """The body of minutes, and who was at the interview."""
    body, came = _minutes(), _people()
    short = shortened([*body, *came], SHORT)
    return short[: len(body)], short[len(body) :]


def _people() -> list[Paragraph]:
    return [
        *people("出席", f"{GROUP}副组长钱五、市扫黑办主任李二（约谈方）；{HEADS}（被约谈方）"),
        *people("列席", "新会区司前镇联络员吕十七、市市场监管局副局长何廿"),
        *people("记录", "市扫黑办记录人员"),
    ]


def _first_notice() -> list[Paragraph]:
    return [_standard(Kind.INTERVIEW_NOTICE, "opening"), *_elements(Kind.INTERVIEW_NOTICE, 1), CONTACT]


def _new_notice() -> list[Paragraph]:
    kind = Kind.RESCHEDULE_NOTICE
    reason = section(1, "改期原因", "原定时间与全市三防工作会议冲突。")
    return [_standard(kind, "opening"), *reason, *_elements(kind, 2), CONTACT]


def _cancellation() -> list[Paragraph]:
    opening, effect, closing = (_standard(Kind.CANCELLATION, key) for key in ("opening", "effect", "closing"))
    return [opening, Paragraph("经核实，所涉问题已由区委另案督办。"), effect, closing, CONTACT]


def _minutes() -> list[Paragraph]:
    agreed = [line for number, measure in enumerate(MEASURES, start=1) for line in _measure(number, *measure)]
    return [
        _standard(Kind.MINUTES, "opening"),
        *section(1, "约谈事由、目的与通报的问题", f"通报了{FACTS}"),
        _standard(Kind.MINUTES, "purpose"),
        *section(2, "被约谈方陈述说明", "对通报的问题没有异议，分析了重部署轻落实的原因，提出了整改打算。"),
        _standard(Kind.MINUTES, "material_given"),
        *section(3, "讨论分析", "双方认为，问题的根子在于责任没有落到人，监管部门没有形成合力。"),
        *section(4, "整改措施及时限", "", *agreed),
        _standard(Kind.MINUTES, "requirement"),
    ]


def _measure(number: int, content: str, person: str, until: str, proof: str, standard: str) -> list[Paragraph]:
    agreed = f"责任人：{person}；时限：{until}；佐证要求：{proof}；验收标准：{standard}。"
    return [Paragraph(f"{number}.{content}"), Paragraph(agreed)]


NOT_DONE = "确定的第二项整改措施已超过时限，至今未发布招标公告，也未书面报告原因。"


def _reminder() -> list[Paragraph]:
    return [
        _standard(Kind.REMINDER_LETTER, "opening"),
        *section(1, "存在的问题", f"{WORDS['原纪要']}{NOT_DONE}"),
        *section(2, "工作要求", "请立即启动招标，倒排工期，确保年内完成。"),
        _standard(Kind.REMINDER_LETTER, "closing"),
        CONTACT,
    ]


def _circular() -> list[Paragraph]:
    return [
        _standard(Kind.CIRCULAR, "opening", {"依据": f"根据{ACCOUNTABILITY_LAW}{citations([(28, None)])}规定"}),
        *section(1, "存在的问题", FACTS),
        *section(2, "整改要求", "（一）清退违规收取的费用，逐户登记签收。\n（二）重新公开招标确定农贸市场管理方。"),
        _standard(Kind.CIRCULAR, "closing"),
        CONTACT,
    ]


def _veto() -> list[Paragraph]:
    closed = "（一）自本文书印发之日起一年内，取消你镇综合性评选的资格。"
    leaders = "主要领导干部、主管领导干部、分管领导干部评先受奖、晋职晋级的资格"
    basis = f"根据{ACCOUNTABILITY_LAW}{citations([(30, None), (31, None)])}规定"
    return [
        _standard(Kind.VETO_DECISION, "opening", {"依据": basis}),
        *section(1, "存在的问题", FACTS),
        *section(2, "决定事项", f"{closed}\n（二）自本文书印发之日起一年内，取消你镇{leaders}。"),
        _standard(Kind.VETO_DECISION, "closing"),
        CONTACT,
    ]


def _listed_supervision() -> list[Paragraph]:
    kind = Kind.LISTED_SUPERVISION
    given = {
        "依据": f"根据{ACCOUNTABILITY_LAW}{citations([(28, None)])}规定",
        "未按期后果": f"逾期仍未完成整改目标的，将依据{ACCOUNTABILITY_LAW}{citations([(30, None)])}规定予以一票否决。",
    }
    return [
        _standard(kind, "opening", given),
        *section(1, "存在的问题", FACTS),
        *section(2, "整改要求", "（一）清退违规收取的费用，逐户登记签收。\n（二）重新公开招标确定农贸市场管理方。"),
        *section(3, "资格限制", "", _standard(kind, "effect")),
        *section(4, "工作组", "", _standard(kind, "team")),
        _standard(kind, "closing", given),
        CONTACT,
    ]


def _delisting() -> list[Paragraph]:
    kind = Kind.DELISTING
    given = {"原通知": f"《{TITLES[Kind.LISTED_SUPERVISION]}》（江扫黑挂〔2026〕1号）"}
    return [_standard(kind, "opening", given), _standard(kind, "effect"), _standard(kind, "closing"), CONTACT]


def _proposal_to_superior() -> list[Paragraph]:
    return _to_others(Kind.VETO_PROPOSAL, 32, "建议", "建议对该局实行一票否决权制，并责令限期整改。")


def _referral() -> list[Paragraph]:
    reason = "该镇主要领导长期不研究、不部署整治工作，建议追究责任。"
    return _to_others(Kind.REFERRAL_LETTER, 31, "移送事由", reason)


def _to_others(kind: Kind, article: int, asked: str, reason: str) -> list[Paragraph]:
    return [
        _standard(kind, "opening", {"依据": f"根据{ACCOUNTABILITY_LAW}{citations([(article, None)])}规定"}),
        *section(1, "存在的问题", FACTS),
        *section(2, asked, reason),
        _standard(kind, "closing"),
        CONTACT,
    ]


def _supervision(grade: SupervisionGrade, *, slots: str = "", given: dict[str, str] | None = None) -> list[Paragraph]:
    kind, is_due = Kind.SUPERVISION_LETTER, grade == SupervisionGrade.BLUE
    required = {SupervisionGrade.BLUE: "requirement_blue", SupervisionGrade.RED: "requirement_red"}
    late = "距时限还有2个工作日" if is_due else "已逾期1日"
    task = f"1.{MEASURES[1][0]}责任人：{MEASURES[1][1]}；时限：{MEASURES[1][2]}；{late}。"
    words = {"等级": f"{grade.colour}色", "日期": "2026年11月27日" if is_due else "2026年12月2日", **(given or {})}
    return [
        _standard(kind, f"{'opening_due' if is_due else 'opening'}{slots}", words),
        *section(1, "督办的整改任务", task),
        *section(2, "督办要求", "", _standard(kind, required.get(grade, "requirement"))),
        _standard(kind, "closing"),
        CONTACT,
    ]


def _elements(kind: Kind, first: int) -> list[Paragraph]:
    texts: dict[NoticeElement, str] = {
        NoticeElement.MATTER: f"{MATTER}。\n{FACTS}",
        NoticeElement.SCHEDULED_AT: "2026年11月3日（星期二）下午3:00。",
        NoticeElement.PLACE: "市扫黑办会议室。",
        NoticeElement.PROCEDURE: _default("interview_procedure"),
        NoticeElement.PARTICIPANTS: f"约谈方：{DEPUTY}、市扫黑办记录人员。\n被约谈方：{HEADS}。",
        NoticeElement.REQUIRED_MATERIALS: _default("required_materials"),
    }
    added = {
        NoticeElement.MATTER: "grounds",
        NoticeElement.PARTICIPANTS: "attendance",
        NoticeElement.REQUIRED_MATERIALS: "material",
    }
    return [
        paragraph
        for number, element in enumerate(NoticeElement, start=first)
        for paragraph in section(number, NAMES[element], texts[element], *_added(kind, added.get(element, "")))
    ]


def _added(kind: Kind, key: str) -> Iterable[Paragraph]:
    return [_standard(kind, key)] if key else []


def _standard(kind: Kind, key: str, words: dict[str, str] | None = None) -> Paragraph:
    basis = citations(BASES.get(kind, []))
    filled = WORDS | {"依据": f"根据{LAW}{basis}规定" if basis else ""} | (words or {})
    return Paragraph(variables.filled(built_in()[kind, key], filled), is_standard=True)


@cache
def built_in() -> dict[tuple[str, str], str]:
    """The built-in standard paragraphs, by the kind of paper and their key."""
    rows = json.loads((settings.FIXTURES / "wording.json").read_text())
    return {(row["kind"], row["key"]): row["text"] for row in rows}


@cache
def _default(key: str) -> str:
    rows = json.loads((settings.FIXTURES / "office_settings.json").read_text())
    return next(str(row["value"]) for row in rows if row["key"] == key)
