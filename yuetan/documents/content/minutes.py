"""约谈纪要 (第九条): what was told, said, discussed and fixed, by whom, and what the unit objects to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from yuetan.documents.content.facts import PaperFacts
from yuetan.documents.content.paragraphs import Paragraph, lines, people, section, sentence, text_paragraphs
from yuetan.documents.content.phrases import (
    according_to,
    according_to_articles,
    acting,
    based_on,
    body_name,
    cited,
    comrades,
    each_named,
    leader,
    precedence,
    replacement,
    standard,
    task_list_title,
)
from yuetan.models import Case, Interview, IntervieweeAttendance, Measure, Minutes
from yuetan.models.office.read_once import once
from yuetan.models.people.held_posts import PersonInPosts
from yuetan.rules.text.official_text import chinese_date, heading, joined
from yuetan.vocabulary import Attendance, DocumentKind, MinutesAnswer, ParticipantKind, UnitKind, Verb

SIDE = ParticipantKind.INTERVIEWER_SIDE


def minutes(case: Case, *, dated: date, reason: str, replaced_number: str) -> PaperFacts:
    """The minutes in the order of the 办法; who came is told at the end."""
    office, group = body_name(UnitKind.OFFICE), body_name(UnitKind.LEADING_GROUP)
    return {
        "title": f"{case.title}纪要",
        "addressee": case.unit.organs_addressed,
        "organ": office,
        "mark": f"{group.removesuffix(UnitKind.LEADING_GROUP.label)}约谈纪要",
        "body": [*_correction(case, reason, replaced_number), *_body(case, case.interview)],
        "people": _attendance_lines(case, case.interview),
        "copied_to": "，".join(case.minutes.copied_units),
        **_annex(case),
    }


def _annex(case: Case) -> PaperFacts:
    """附件说明: the list of what was agreed; minutes of then have the annexes of their original."""
    return {} if case.earlier else {"annex": task_list_title(case)}


def _body(case: Case, interview: Interview) -> list[Paragraph]:
    problems, statement, discussion, measures = printed_sections(case.minutes, interview.measures.all())
    words = _minutes_variables(case, interview)
    return [
        standard(DocumentKind.MINUTES, "opening", words),
        *acting(case),
        *_confirmed_for(case),
        *problems,
        standard(DocumentKind.MINUTES, "purpose", words),
        *statement,
        standard(DocumentKind.MINUTES, _material_key(interview), words),
        *discussion,
        *measures,
        standard(DocumentKind.MINUTES, "requirement", words),
        *_objection(case, words),
    ]


def printed_sections(text: Minutes, measures: Iterable[Measure]) -> tuple[list[Paragraph], ...]:
    """The four parts that are printed from what was typed, each as one run of paragraphs."""
    agreed = [line for measure in measures for line in _measure(measure)]
    return (
        section(1, "约谈事由、目的与通报的问题", text.problems),
        section(2, "被约谈方陈述说明", text.statement),
        section(3, "讨论分析", text.discussion),
        section(4, "整改措施及时限", "", *agreed),
    )


def _correction(case: Case, reason: str, number: str) -> list[Paragraph]:
    """Corrected minutes name those they replace, and why."""
    if not number:
        return []
    old = next((paper.title for paper in case.documents.all() if paper.number == number), "")
    return [replacement(old, number, reason)]


def _confirmed_for(case: Case) -> list[Paragraph]:
    """Who confirmed the text in the interviewer's place, and why."""
    reason = case.minutes.confirmed_acting
    return [Paragraph(f"纪要确认说明：{reason}。")] if reason else []


def _minutes_variables(case: Case, interview: Interview) -> dict[str, str]:
    return {
        "依据": based_on(case.regulation, cited(case, Verb.ISSUE_MINUTES)),
        "领导小组": body_name(UnitKind.LEADING_GROUP),
        "办公室": body_name(UnitKind.OFFICE),
        "单位": case.proposed_unit.full_name_on(interview.held_on),
        "主送机关": case.unit.organs_addressed,
        "你单位": case.unit.addressed_as,
        "约谈人": f"{leader(interview.interviewer)}同志",
        "约谈对象": case.unit.heads_name,
        "被约谈人": _interviewed(case, interview),
        "事由": sentence(case.matter).removesuffix("。"),
        "日期": chinese_date(interview.held_on),
        "地点": interview.place,
        "报告依据": according_to(case, Verb.HAND_IN_REPORT),
        "逾期后果": _consequences(case),
    }


def _interviewed(case: Case, interview: Interview) -> str:
    """Who came to be interviewed, by name; who did not is named with the reason at the end."""
    came = {row.post.holder_id for row in _attendances(interview) if row.attendance == Attendance.PRESENT}
    return comrades(person for person in case.people_named if person.holder.pk in came)


def _consequences(case: Case) -> str:
    """What the law has follow where measures are not carried out; empty where it is silent.

    Its article as a whole: an item of it is for some units or some outcomes only.
    """
    rule = according_to_articles(case, Verb.CHASE, Verb.DRAFT_LETTER, Verb.RECORD_CONSEQUENCE)
    return f"；逾期未报或者整改不力的，{rule}处理" if rule else ""


def _material_key(interview: Interview) -> str:
    return "material_missing" if interview.submission_missing else "material_given"


def _measure(measure: Measure) -> Iterable[Paragraph]:
    ordinal, (first, *others) = heading(3, measure.number), lines(measure.content)
    yield from text_paragraphs("\n".join([f"{ordinal}{sentence(first)}", *others]))
    agreed = [
        f"责任人：{measure.responsible_person}",
        f"时限：{chinese_date(measure.due_on)}",
        f"佐证要求：{measure.proof_required.rstrip('。')}",
        *([f"验收标准：{measure.acceptance_standard.rstrip('。')}"] if measure.acceptance_standard else []),
        *([measure.rhythm_words] if measure.rhythm_words else []),
    ]
    yield Paragraph(sentence("；".join(agreed)))


def _objection(case: Case, words: dict[str, str]) -> list[Paragraph]:
    if case.minutes.answer != MinutesAnswer.OBJECTED:
        return []
    name, *rest = section(5, "被约谈方对纪要的异议", case.minutes.objection)
    heard = [name, standard(DocumentKind.MINUTES, "objection", words), *rest]
    reply = text_paragraphs(case.minutes.objection_reply)
    return [*heard, *([standard(DocumentKind.MINUTES, "objection_reply", words), *reply] if reply else [])]


def _attendance_lines(case: Case, interview: Interview) -> list[Paragraph]:
    came = _attendances(interview)
    with_them = {
        kind: [str(one) for one in interview.participants.all() if one.kind == kind] for kind in ParticipantKind
    }
    interviewing = [leader(interview.interviewer), *with_them[SIDE]]
    return [
        *people("出席", _both_sides(interviewing, _named_as(case, came, Attendance.PRESENT))),
        *people("请假", joined(_named_as(case, came, Attendance.ON_LEAVE))),
        *people("缺席", joined(_with_reasons(case, came, Attendance.ABSENT))),
        *people("离任", joined(_with_reasons(case, came, Attendance.LEFT_OFFICE))),
        *people("列席", joined(with_them[ParticipantKind.OBSERVER])),
        *people("记录", _recorder(case, interview)),
    ]


def _named_as(case: Case, rows: Iterable[IntervieweeAttendance], how: Attendance) -> list[str]:
    """The interviewees of whom this is recorded, by post and name, their unit once."""
    known = {person.holder.pk: person for person in case.people_named}
    posts = [row.post for row in rows if row.attendance == how]
    return each_named(known.get(post.holder_id) or PersonInPosts((post,)) for post in posts)


def _with_reasons(case: Case, rows: Sequence[IntervieweeAttendance], how: Attendance) -> list[str]:
    reasons = [row.absence_reason.rstrip("。") for row in rows if row.attendance == how]
    return [f"{name}（{reason}）" for name, reason in zip(_named_as(case, rows, how), reasons, strict=True)]


def _attendances(interview: Interview) -> list[IntervieweeAttendance]:
    rows = once(
        ("attendances", interview.pk),
        (IntervieweeAttendance,),
        lambda: list(interview.attendances.select_related("post__holder", "post__unit__parent")),
    )
    return sorted(rows, key=lambda row: precedence(row.post))


def _both_sides(interviewing: Sequence[str], interviewed: Sequence[str]) -> str:
    return f"{joined(interviewing)}（约谈方）；{joined(interviewed)}（被约谈方）"


def _recorder(case: Case, interview: Interview) -> str:
    # Who drafted the proposal is never told to the interviewed side: then the office stands for the person.
    if interview.recorder_id in case.drafter_keys:
        return f"{body_name(UnitKind.OFFICE)}记录人员"
    return str(interview.recorder.name)
