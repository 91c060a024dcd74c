"""What the usual samples say: the built-in standard paragraphs, filled with the facts of a made-up case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from yuetan.documents.content.notices import NAMES
from yuetan.documents.content.paragraphs import Paragraph, people, section
from yuetan.documents.content.phrases import closed_with
from yuetan.documents.content.short_names import shortened
from yuetan.documents.samples.facts import (
    ACCOUNTABILITY_LAW,
    CONTACT,
    DEPUTY,
    FACTS,
    GROUP,
    HEADS,
    MATTER,
    MEASURES,
    SHORT,
    TITLES,
    WORDS,
    built_in_setting,
    sample_standard,
)
from yuetan.documents.samples.ladder import (
    circular_body,
    consultation_body,
    delisting_body,
    listing_body,
    plea_answer_body,
    proposal_body,
    referral_body,
    veto_body,
)
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
        Kind.CIRCULAR: circular_body,
        Kind.VETO_DECISION: veto_body,
        Kind.LISTED_SUPERVISION: listing_body,
        Kind.DELISTING: delisting_body,
        Kind.PLEA_ANSWER: plea_answer_body,
        Kind.VETO_PROPOSAL: proposal_body,
        Kind.REFERRAL_LETTER: referral_body,
        Kind.CONSULTATION_LETTER: consultation_body,
    }
    return shortened(bodies[kind]() if kind in bodies else _supervision(grade), SHORT)


def sample_gravity() -> list[Paragraph]:
    """约谈通知书 of an interview that came by gravity."""
    return shortened(_first_notice(("grounds", "door")), SHORT)


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


def _first_notice(about_matter: Sequence[str] = ("grounds",)) -> list[Paragraph]:
    kind = Kind.INTERVIEW_NOTICE
    return [sample_standard(kind, "opening"), *_elements(kind, 1, about_matter), CONTACT]


def _new_notice() -> list[Paragraph]:
    kind = Kind.RESCHEDULE_NOTICE
    reason = section(1, "改期原因", "原定时间与全市三防工作会议冲突。")
    return [sample_standard(kind, "opening"), *reason, *_elements(kind, 2), CONTACT]


def _cancellation() -> list[Paragraph]:
    opening, effect, closing = (sample_standard(Kind.CANCELLATION, key) for key in ("opening", "effect", "closing"))
    return [opening, Paragraph("经核实，所涉问题已由区委另案督办。"), effect, *closed_with(closing, [CONTACT])]


def _minutes() -> list[Paragraph]:
    agreed = [line for number, measure in enumerate(MEASURES, start=1) for line in _measure(number, *measure)]
    return [
        sample_standard(Kind.MINUTES, "opening"),
        *section(1, "约谈事由、目的与通报的问题", f"通报了{FACTS}"),
        sample_standard(Kind.MINUTES, "purpose"),
        *section(2, "被约谈方陈述说明", "对通报的问题没有异议，分析了重部署轻落实的原因，提出了整改打算。"),
        sample_standard(Kind.MINUTES, "material_given"),
        *section(3, "讨论分析", "双方认为，问题的根子在于责任没有落到人，监管部门没有形成合力。"),
        *section(4, "整改措施及时限", "", *agreed),
        sample_standard(Kind.MINUTES, "requirement"),
    ]


def _measure(number: int, content: str, person: str, until: str, proof: str, standard: str) -> list[Paragraph]:
    agreed = f"责任人：{person}；时限：{until}；佐证要求：{proof}；验收标准：{standard}。"
    return [Paragraph(f"{number}.{content}"), Paragraph(agreed)]


NOT_DONE = "确定的第二项整改措施已超过时限，至今未发布招标公告，也未书面报告原因。"


def _reminder() -> list[Paragraph]:
    return [
        sample_standard(Kind.REMINDER_LETTER, "opening"),
        *section(1, "存在的问题", f"{WORDS['原纪要']}{NOT_DONE}"),
        *section(2, "工作要求", "请立即启动招标，倒排工期，确保年内完成。"),
        *closed_with(sample_standard(Kind.REMINDER_LETTER, "closing"), [CONTACT]),
    ]


def _supervision(grade: SupervisionGrade, *, slots: str = "", given: dict[str, str] | None = None) -> list[Paragraph]:
    kind, is_due = Kind.SUPERVISION_LETTER, grade == SupervisionGrade.BLUE
    required = {SupervisionGrade.BLUE: "requirement_blue", SupervisionGrade.RED: "requirement_red"}
    late = "距时限还有2个工作日" if is_due else "已逾期1日"
    task = f"1.{MEASURES[1][0]}责任人：{MEASURES[1][1]}；时限：{MEASURES[1][2]}；{late}。"
    words = {"等级": f"{grade.colour}色", "日期": "2026年11月27日" if is_due else "2026年12月2日", **(given or {})}
    return [
        sample_standard(kind, f"{'opening_due' if is_due else 'opening'}{slots}", words),
        *section(1, "督办的整改任务", task),
        *section(2, "督办要求", "", sample_standard(kind, required.get(grade, "requirement"))),
        sample_standard(kind, "closing"),
        CONTACT,
    ]


def _elements(kind: Kind, first: int, about_matter: Sequence[str] = ("grounds",)) -> list[Paragraph]:
    texts: dict[NoticeElement, str] = {
        NoticeElement.MATTER: f"{MATTER}。\n{FACTS}",
        NoticeElement.SCHEDULED_AT: "2026年11月3日（星期二）下午3:00。",
        NoticeElement.PLACE: "市扫黑办会议室。",
        NoticeElement.PROCEDURE: built_in_setting("interview_procedure"),
        NoticeElement.PARTICIPANTS: f"约谈方：{DEPUTY}、市扫黑办记录人员。\n被约谈方：{HEADS}。",
        NoticeElement.REQUIRED_MATERIALS: built_in_setting("required_materials"),
    }
    added: dict[NoticeElement, Sequence[str]] = {
        NoticeElement.MATTER: about_matter,
        NoticeElement.PARTICIPANTS: ("attendance",),
        NoticeElement.REQUIRED_MATERIALS: ("material",),
    }
    return [
        paragraph
        for number, element in enumerate(NoticeElement, start=first)
        for paragraph in section(number, NAMES[element], texts[element], *_added(kind, added.get(element, ())))
    ]


def _added(kind: Kind, keys: Iterable[str]) -> list[Paragraph]:
    return [sample_standard(kind, key) for key in keys]
