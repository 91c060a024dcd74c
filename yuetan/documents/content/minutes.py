"""约谈纪要 (第九条): what was told, said, discussed and fixed, by whom, and what the unit objects to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from yuetan.documents.content.facts import PaperFacts
from yuetan.documents.content.paragraphs import Paragraph, lines, people, section, sentence, text_paragraphs
from yuetan.documents.content.phrases import acting, based_on, body_name, cited, leader, precedence
from yuetan.models import Case, Interview, IntervieweeAttendance, Measure, Minutes
from yuetan.models.papers.wording import standard_paragraph
from yuetan.rules.text.official_text import chinese_date, heading, joined
from yuetan.vocabulary import Attendance, DocumentKind, MinutesAnswer, ParticipantKind, UnitKind, Verb


def minutes(case: Case, *, dated: date, reason: str, replaced_number: str) -> PaperFacts:
    """The minutes in the order of the 办法; who came is told at the end."""
    office, group = body_name(UnitKind.OFFICE), body_name(UnitKind.LEADING_GROUP)
    interview = case.interview
    problems, statement, discussion, measures = printed_sections(case.minutes, interview.measures.all())
    return {
        "title": f"{case.title}纪要",
        "addressee": case.unit.full_name,
        "organ": office,
        "mark": f"{group.removesuffix('领导小组')}约谈纪要",
        "body": [
            *_correction(reason, replaced_number),
            _opening(case, interview),
            *acting(case),
            *_confirmed_for(case),
            *problems,
            *statement,
            _written_material(case, interview),
            *discussion,
            *measures,
            *_objection(case, interview),
        ],
        "people": _attendance_lines(case, interview),
        "copied_to": "，".join(case.minutes.copied_units),
    }


def printed_sections(text: Minutes, measures: Iterable[Measure]) -> tuple[list[Paragraph], ...]:
    """The four parts that are printed from what was typed, each as one run of paragraphs."""
    agreed = [line for measure in measures for line in _measure(measure)]
    return (
        section(1, "约谈事由、目的与通报的问题", text.problems),
        section(2, "被约谈方陈述说明", text.statement),
        section(3, "讨论分析", text.discussion),
        section(4, "整改措施及时限", "", *agreed),
    )


def _correction(reason: str, replaced_number: str) -> list[Paragraph]:
    """Corrected minutes name those they replace, and why."""
    if not replaced_number:
        return []
    return [Paragraph(f"{replaced_number}纪要因{sentence(reason).removesuffix('。')}，现予更正重印，由本纪要替代。")]


def _confirmed_for(case: Case) -> list[Paragraph]:
    """Who confirmed the text in the interviewer's place, and why."""
    reason = case.minutes.confirmed_acting
    return [Paragraph(f"纪要确认说明：{reason}。")] if reason else []


def _opening(case: Case, interview: Interview) -> Paragraph:
    return _standard("opening", _minutes_variables(case, interview))


def _standard(key: str, words: dict[str, str]) -> Paragraph:
    return Paragraph(standard_paragraph(DocumentKind.MINUTES, key, **words))


def _minutes_variables(case: Case, interview: Interview) -> dict[str, str]:
    return {
        "依据": based_on(case.regulation, cited(case, Verb.ISSUE_MINUTES)),
        "领导小组": body_name(UnitKind.LEADING_GROUP),
        "办公室": body_name(UnitKind.OFFICE),
        "单位": case.proposed_unit.full_name_on(interview.held_on),
        "约谈人": f"{leader(interview.interviewer)}同志",
        "约谈对象": case.unit.heads_name,
        "事由": sentence(case.matter).removesuffix("。"),
        "日期": chinese_date(interview.held_on),
        "地点": interview.place,
    }


def _written_material(case: Case, interview: Interview) -> Paragraph:
    return _standard(
        "material_missing" if interview.submission_missing else "material_given", _minutes_variables(case, interview)
    )


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


def _objection(case: Case, interview: Interview) -> list[Paragraph]:
    if case.minutes.answer != MinutesAnswer.OBJECTED:
        return []
    heard = _standard("objection", _minutes_variables(case, interview))
    name, *rest = section(5, "被约谈方对纪要的异议", case.minutes.objection)
    return [name, heard, *rest]


def _attendance_lines(case: Case, interview: Interview) -> list[Paragraph]:
    attendances = interview.attendances.select_related("post__holder", "post__unit__parent")
    came = sorted(attendances, key=lambda row: precedence(row.post))
    titles = {person.holder.pk: str(person) for person in case.people_named}
    names = {row.pk: titles.get(row.post.holder_id) or str(row.post) for row in came}
    present = [names[row.pk] for row in came if row.attendance == Attendance.PRESENT]
    on_leave = [names[row.pk] for row in came if row.attendance == Attendance.ON_LEAVE]
    absent = [_with_reason(names[row.pk], row) for row in came if row.attendance == Attendance.ABSENT]
    left = [_with_reason(names[row.pk], row) for row in came if row.attendance == Attendance.LEFT_OFFICE]
    with_them = {
        kind: [str(one) for one in interview.participants.all() if one.kind == kind] for kind in ParticipantKind
    }
    return [
        *people(
            "出席", joined([leader(interview.interviewer), *with_them[ParticipantKind.INTERVIEWER_SIDE], *present])
        ),
        *people("请假", joined(on_leave)),
        *people("缺席", joined(absent)),
        *people("离任", joined(left)),
        *people("列席", "，".join(with_them[ParticipantKind.OBSERVER])),
        *people("记录", _recorder(case, interview)),
    ]


def _with_reason(name: str, row: IntervieweeAttendance) -> str:
    return f"{name}（{row.absence_reason.rstrip('。')}）"


def _recorder(case: Case, interview: Interview) -> str:
    # Who drafted the proposal is never told to the interviewed side: then the office stands for the person.
    if interview.recorder_id in case.drafter_keys:
        return body_name(UnitKind.OFFICE)
    return str(interview.recorder.name)
