"""The cards of the case page: the inner side sees all of them, the interviewed side what is theirs."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto

from django.db.models import Q
from django.urls import reverse

from yuetan.models import Attachment, Case, CaseGround, Event, MinutesCorrection, User
from yuetan.models.interview.measure_words import correction_rows
from yuetan.templatetags.official import day, moment, moment_in_words
from yuetan.views.case import consequence_sections, earlier_panel, inspection_sections, notice_sections
from yuetan.views.case.case_files import visible_files
from yuetan.views.case.evidence_changed import evidence_changed
from yuetan.views.case.page_context import events_of
from yuetan.views.case.paper_filings import filings_of, scans_of
from yuetan.views.frame.section import Section, SummaryRow, file_links, row
from yuetan.vocabulary import CaseState, FilePurpose, MinutesAnswer, NoticeElement, ParticipantKind, Verb


class SectionKey(Enum):
    """Which card of a case: what pages pick it by, whatever stands on top of it."""

    PROPOSAL = auto()
    APPROVAL = auto()
    NOTICE = auto()
    RECEIPT = auto()
    LEAVES = auto()
    ABSENCES = auto()
    SUBMISSION = auto()
    INTERVIEW = auto()
    MINUTES = auto()
    CORRECTION = auto()
    DROPPED_CORRECTIONS = auto()
    INSPECTION = auto()
    REWORK = auto()
    CONSEQUENCES = auto()
    ORIGINALS = auto()


def sections_by_key(case: Case, user: User) -> dict[SectionKey, Section]:
    """The cards there are, in their order: proposal and approval for the inner side, then what both sides share."""
    inner = case.is_inner_to(user)
    files = visible_files(case, user)
    made = {
        SectionKey.PROPOSAL: _proposal(case, files) if inner else None,
        SectionKey.APPROVAL: _approval(case, files) if inner else None,
        SectionKey.NOTICE: _notice(case),
        SectionKey.RECEIPT: notice_sections.receipt(case, files, inner=inner),
        SectionKey.LEAVES: notice_sections.leaves(case, files, inner=inner),
        SectionKey.ABSENCES: notice_sections.absences(case, user),
        SectionKey.SUBMISSION: notice_sections.submission(case, files, inner=inner),
        SectionKey.INTERVIEW: _interview(case),
        SectionKey.MINUTES: _minutes(case, files, inner=inner),
        SectionKey.CORRECTION: _correction(case) if inner else None,
        SectionKey.DROPPED_CORRECTIONS: _dropped_corrections(case) if inner else None,
        SectionKey.INSPECTION: inspection_sections.inspection(case, files, inner=inner),
        SectionKey.REWORK: inspection_sections.rework(case) if inner else None,
        SectionKey.CONSEQUENCES: consequence_sections.consequences(case, files, inner=inner),
        SectionKey.ORIGINALS: earlier_panel.originals(case, files) if inner and case.earlier else None,
    }
    return {key: section for key, section in made.items() if section is not None}


def all_sections(case: Case, user: User) -> list[Section]:
    """Every card of the case that this person may see."""
    return list(sections_by_key(case, user).values())


def sections(*wanted: SectionKey) -> Callable[[Case, User], list[Section]]:
    """The part of a page that shows these cards, those of them that there are, in the order of the case page."""

    def part(case: Case, user: User) -> list[Section]:
        return [section for key, section in sections_by_key(case, user).items() if key in wanted]

    return part


def _proposal(case: Case, files: list[Attachment]) -> Section:
    rows = [row("约谈事由", case.matter)]
    for stated in case.case_grounds.all():
        of_ground = [file for file in files if file.case_ground_id == stated.pk]
        rows.append(row(stated.ground.citation, _ground_rows(case, stated), of_ground))
    door = case.gravity_door
    if door is not None:
        rows.append(row("经由", f"{door.quoted}\n{case.door_words}"))
    changed = [row("考核更正", words) for words in evidence_changed(files)]
    loose = [file for file in files if file.purpose == FilePurpose.EVIDENCE and file.case_ground_id is None]
    link = (
        {"url": reverse("proposal_versions", args=[case.pk]), "label": "各稿对比"} if case.has_changed_versions else {}
    )
    return Section("约谈建议", [*rows, *changed], file_links(loose), note="内部材料，被约谈方看不到。", link=link)


def _ground_rows(case: Case, stated: CaseGround) -> str:
    """The law, the facts under it, and what they are taken from."""
    other = case.other_words if stated.ground.is_other else ""
    reason_text = [stated.ground.text, other, f"事实：{stated.facts}" if stated.facts else ""]
    return "\n".join([*filter(None, reason_text), *([f"依据：{stated.reference}"] if stated.reference else [])])


def _approval(case: Case, files: list[Attachment]) -> Section | None:
    on_paper = (Verb.REGISTER_DECISION, Verb.CONFIRM_APPROVAL, Verb.CONFIRM_DECLINE, Verb.RETURN_REGISTRATION)
    verbs = (Verb.ENDORSE, Verb.APPROVE, Verb.DECLINE, Verb.RETURN_FOR_CHANGES, Verb.TAKE_BACK, *on_paper)
    opinions = events_of(case, Q(verb__in=verbs), lambda event: event.verb in verbs)
    rows = [
        row(
            event.label,
            "\n".join(
                [
                    f"{event.data.get('approver') or event.who(inner=True)}　{_when(event)}",
                    *_registered(event),
                    *event.decision_marks,
                    event.opinion,
                ]
            ),
        )
        for event in opinions
    ]
    if case.approval_method:
        rows.append(row("审定方式", case.approval_words))
    proofs = [file for file in files if file.purpose == FilePurpose.APPROVAL]
    note, links = "内部意见，被约谈方看不到。", _meetings_cited(case)
    return Section("审定", rows, file_links(proofs), note=note, other_links=links) if rows else None


def _meetings_cited(case: Case) -> list[dict[str, str]]:
    """The records of meetings that prove what was decided."""
    meetings = {one.item.meeting.pk: one.item.meeting for one in case.registrations.all() if one.item is not None}
    return [{"url": reverse("meeting", args=[key]), "label": f"会议记录：{each}"} for key, each in meetings.items()]


def _when(event: Event) -> str:
    """Of what was done on paper the day alone, for nobody knows the hour."""
    return day(event.created_at) if event.is_earlier else moment(event.created_at)


def _registered(event: Event) -> list[str]:
    """Who of the office registered what was decided on paper, and who checked it."""
    if event.verb == Verb.REGISTER_DECISION:
        return [f"{event.data['decision']}，由{event.who(inner=True)}登记"]
    if event.verb in (Verb.CONFIRM_APPROVAL, Verb.CONFIRM_DECLINE):
        return [f"{event.data['registered_by']}登记，{event.who(inner=True)}复核"]
    return []


def _notice(case: Case) -> Section | None:
    if not case.scheduled_at:
        return None
    values = {
        NoticeElement.MATTER: case.notice_matter,
        NoticeElement.SCHEDULED_AT: moment_in_words(case.scheduled_at),
        NoticeElement.PLACE: case.place,
        NoticeElement.PROCEDURE: case.procedure,
        NoticeElement.PARTICIPANTS: case.participants,
        NoticeElement.REQUIRED_MATERIALS: case.required_materials,
    }
    rows = [row(element.label, values[element]) for element in NoticeElement]
    return Section("约谈通知", rows, link=_pdf_of_notice(case))


def _pdf_of_notice(case: Case) -> dict[str, str]:
    """The paper itself, to be read before it is signed for; empty where none is in force."""
    notice = case.notice_in_force
    if notice is None:
        return {}
    url = reverse("document_pdf", args=[notice.pk])
    return {"url": url, "label": f"看{notice.get_kind_display()}（PDF）：{notice.number}"}


def _interview(case: Case) -> Section | None:
    if not hasattr(case, "interview"):
        return None
    interview = case.interview
    came = [one.words for one in interview.attendances.select_related("post__holder")]
    rows = [
        row("约谈日期", day(interview.held_on)),
        row("地点", interview.place),
        row("约谈对象到会情况", "\n".join(came)),
    ]
    others = list(interview.participants.all())
    for kind in ParticipantKind:
        named = "\n".join(str(one) for one in others if one.kind == kind)
        rows += [row(kind.label, named)] if named else []
    rows += [
        row(
            f"整改措施 {measure.number}",
            f"{measure.content}\n责任人：{measure.responsible_person}；时限：{day(measure.due_on)}；"
            f"佐证要求：{measure.proof_required}；验收标准：{measure.standard_words}"
            + (f"；{measure.rhythm_words}" if measure.rhythm_words else ""),
        )
        for measure in interview.measures.all()
    ]
    return Section("约谈", rows)


def _minutes(case: Case, files: list[Attachment], *, inner: bool) -> Section | None:
    if not hasattr(case, "minutes") or (not inner and case.minutes.sent_at is None):
        return None
    minutes = case.minutes
    rows = [
        row("通报的问题", minutes.problems),
        row("陈述说明", minutes.statement),
        row("讨论分析", minutes.discussion),
    ]
    versions = inner and case.minutes_versions.all()
    link = {"url": reverse("minutes_versions", args=[case.pk]), "label": "各稿对比"} if versions else {}
    sample = {"url": reverse("minutes_sample", args=[case.pk]), "label": "样稿：照印出来的样子看、下载"}
    others = [sample] if case.state == CaseState.INTERVIEWED else []
    scans = file_links(scans_of(case, minutes, files))
    return Section("约谈纪要", rows + _minutes_standing(case, inner=inner), scans, link=link, other_links=others)


def minutes_standing(case: Case, user: User) -> list[SummaryRow]:
    """Who has confirmed the text, to whom it was sent until when, what was answered, who gets a copy."""
    return _minutes_standing(case, inner=case.is_inner_to(user))


def _minutes_standing(case: Case, *, inner: bool) -> list[SummaryRow]:
    minutes = case.minutes
    rows = []
    if inner:
        by = minutes.confirmed_by
        rows.append(row("约谈人确认", f"{by.name}，{moment(minutes.confirmed_at)}" if by else "尚未确认"))
    if inner and minutes.returned_by:
        reason_text = f"{minutes.returned_by.name}，{moment(minutes.returned_at)}\n{minutes.return_reason}"
        rows.append(row("退回修改", reason_text))
    sent = f"{moment(minutes.sent_at)}，{day(minutes.answer_until)}前反馈" if minutes.sent_at else "尚未送出"
    rows.append(row("送被约谈方确认", sent))
    if minutes.answered_by:
        late = "（逾期反馈）" if minutes.is_answered_late else ""
        words = minutes.objection if minutes.answer == MinutesAnswer.OBJECTED else ""
        reason_text = f"{minutes.get_answer_display()}（{minutes.answered_by.name}）{late}\n{words}".strip()
        filed = [filing.words_for(inner=inner) for filing in filings_of(case, minutes)]
        rows.append(row("被约谈方意见", "\n".join([reason_text, *filed])))
        rows += [row("对异议的答复", minutes.objection_reply)] if minutes.objection_reply else []
    if inner:
        rows.append(row("抄送", "\n".join(minutes.copied_units) or "无"))
    return rows


def _correction(case: Case) -> Section | None:
    correction = case.open_correction
    if correction is None:
        return None
    proposed = f"{correction.proposed_by.name}于{moment(correction.proposed_at)}拟定"
    note = f"{proposed}，约谈人确认后印发；被约谈方现在看不到。"
    return Section("待确认的纪要更正", _drafted(correction), note=note)


def _drafted(correction: MinutesCorrection) -> list[SummaryRow]:
    return [row(name, words) for name, words in correction_rows(correction)]


def _dropped_corrections(case: Case) -> Section | None:
    """Every draft that was given up, as it stood then, and why."""
    rows: list[SummaryRow] = []
    for one in case.corrections.all():
        if one.withdrawn_by is not None:
            proposed = f"{one.proposed_by.name}于{moment(one.proposed_at)}拟定"
            dropped = f"{one.withdrawn_by.name}于{moment(one.withdrawn_at)}放弃：{one.withdrawal_reason}"
            rows += [row("拟定、放弃", f"{proposed}\n{dropped}"), *_drafted(one)]
    return Section("已放弃的纪要更正", rows, note="没有印发，被约谈方看不到。") if rows else None
