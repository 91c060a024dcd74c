"""What the case page shows: the inner side all of it, the interviewed side what is theirs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from yuetan.documents.content import body_of
from yuetan.forms.fields import RowsField
from yuetan.models import Attachment, Case, Task, User
from yuetan.rules import official_text
from yuetan.templatetags.official import day, file_size, moment, moment_in_words
from yuetan.views.lights import Lights
from yuetan.vocabulary import (
    STAGE_OF_STATE,
    Attendance,
    CaseState,
    FilePurpose,
    MinutesAnswer,
    NoticeElement,
    Party,
    Stage,
    SubmissionPart,
    TaskState,
    Verb,
)

TASK_LIGHTS = {
    TaskState.ASSIGNED: "blue",
    TaskState.REPORTED: "yellow",
    TaskState.RETURNED: "red",
    TaskState.ACCEPTED: "green",
}


@dataclass
class Section:
    """One card of the case page."""

    title: str
    rows: list[dict[str, Any]] = field(default_factory=list)
    files: list[dict[str, str]] = field(default_factory=list)
    parts: list[dict[str, str]] = field(default_factory=list)
    note: str = ""


def row(label: str, value: Any) -> dict[str, Any]:
    """One line of a summary list."""
    return {"label": label, "value": value}


def stages(case: Case, *, inner: bool) -> list[dict[str, Any]]:
    """The seven steps with the date under each finished one."""
    all_stages = list(Stage)
    finished = _finished(case)
    current = all_stages.index(case.stage) if case.stage else None
    shown = []
    for index, stage in enumerate(all_stages):
        is_done = index < current if current is not None else stage in finished
        when = finished.get(stage)
        hidden = not inner and stage in (Stage.PROPOSE, Stage.APPROVE)
        shown.append(
            {
                "number": index + 1,
                "label": stage.label,
                "state": "done" if is_done else "current" if index == current else "ahead",
                "date_text": f"{when.month}月{when.day}日" if when and is_done and not hidden else "",
            }
        )
    return shown


def _finished(case: Case) -> dict[Stage, Any]:
    order = list(Stage)
    finished: dict[Stage, Any] = {}
    for event in case.events.order_by("created_at", "id").only("from_state", "to_state", "created_at"):
        left = STAGE_OF_STATE.get(CaseState(event.from_state)) if event.from_state else None
        if left is None or event.to_state in (CaseState.WITHDRAWN, CaseState.DECLINED):
            continue
        entered = STAGE_OF_STATE.get(CaseState(event.to_state))
        until = order.index(entered) if entered else len(order)
        for stage in order[order.index(left) : until]:
            finished[stage] = timezone.localtime(event.created_at)
    return finished


def summary(case: Case, *, inner: bool) -> list[dict[str, Any]]:
    """基本情况."""
    heads = "\n".join(f"{post.holder.name}（{post.title}）" for post in case.interviewees.all())
    rows = [row("被约谈单位", case.unit.full_name), row("约谈对象", heads)]
    if case.interviewer:
        rows.append(row("约谈人", f"{case.interviewer.holder.name}（{case.interviewer.title}）"))
    if case.scheduled_at:
        rows += [row("约谈时间", moment_in_words(case.scheduled_at)), row("约谈地点", case.place)]
    if inner:
        rows = [row("编号", case.register_number), *rows, row("拟稿人", case.drafter.name)]
        rows.append(row("依据", f"{case.regulation.title}（{case.regulation.version}）"))
    return rows


def sections(case: Case, user: User, *, inner: bool) -> list[Section]:
    """The cards below: proposal and approval for the inner side, then what both sides share."""
    files = list(Attachment.objects.visible_to(user).filter(case=case))
    found = [_proposal(case, files), _approval(case, files)] if inner else []
    found += [_notice(case), _submission(case, user, files, inner=inner), _interview(case), _minutes(case, inner=inner)]
    found += [_inspection(case, inner=inner), _consequences(case)]
    return [section for section in found if section is not None]


def shown_with(case: Case, verb: str, user: User, *, inner: bool) -> list[Section]:
    """The cards a person has to read before taking a step."""
    wanted = {
        Verb.SUBMIT: ("约谈建议",),
        Verb.ENDORSE: ("约谈建议",),
        Verb.RETURN_FOR_CHANGES: ("约谈建议", "审定"),
        Verb.APPROVE: ("约谈建议", "审定"),
        Verb.DECLINE: ("约谈建议", "审定"),
        Verb.ACKNOWLEDGE_RECEIPT: ("约谈通知",),
        Verb.HAND_IN_SUBMISSION: ("书面材料",),
        Verb.CONFIRM_MINUTES: ("约谈纪要",),
        Verb.SEND_MINUTES: ("约谈纪要",),
        Verb.ANSWER_MINUTES: ("约谈纪要",),
        Verb.CLOSE: ("督查", "问责处理"),
    }.get(Verb(verb), ())
    return [section for section in sections(case, user, inner=inner) if section.title in wanted]


def _proposal(case: Case, files: list[Attachment]) -> Section:
    grounds = "\n".join(f"{ground.citation}：{ground.text}" for ground in case.grounds.select_related("article"))
    rows = [row("约谈事由", case.matter), row("约谈情形", grounds), row("存在问题的事实", case.facts)]
    if case.other_words:
        rows.append(row("其他情形的具体内容", case.other_words))
    evidence = [file for file in files if file.purpose == FilePurpose.EVIDENCE]
    return Section("约谈建议", rows, links(evidence), note="内部材料，被约谈方看不到。")


def _approval(case: Case, files: list[Attachment]) -> Section | None:
    verbs = (Verb.ENDORSE, Verb.APPROVE, Verb.DECLINE, Verb.RETURN_FOR_CHANGES)
    opinions = case.events.filter(verb__in=verbs).select_related("actor").order_by("created_at", "id")
    rows = [
        row(event.label, f"{event.data.get('approver') or event.who(inner=True)}　{moment(event.created_at)}\n{event.opinion}")
        for event in opinions
    ]
    if case.approval_method:
        rows.append(row("审定方式", f"{case.get_approval_method_display()}，{day(case.approved_on)}"))
    proofs = [file for file in files if file.purpose == FilePurpose.APPROVAL]
    return Section("审定", rows, links(proofs), note="内部意见，被约谈方看不到。") if rows else None


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
    return Section("约谈通知", [row(element.label, values[element]) for element in NoticeElement])


def _submission(case: Case, user: User, files: list[Attachment], *, inner: bool) -> Section | None:
    draft = None if inner else case.submission_draft
    version = draft or case.submission_handed_in
    if case.state == CaseState.NOTIFIED and version is None:
        missing = [{"label": part.label, "url": "", "light": "grey", "words": "未填写"} for part in SubmissionPart]
        return Section("书面材料", parts=missing, note="尚未提交。")
    if version is None:
        return None
    parts = [
        {
            "label": part.label,
            "url": "",
            "light": "green" if version.part(part) else "red",
            "words": "已填写" if version.part(part) else "未填写",
        }
        for part in SubmissionPart
    ]
    rows = [row(part.label, version.part(part)) for part in SubmissionPart if version.part(part)]
    mine = [file for file in files if file.submission_id == version.pk]
    if version.handed_in_at is None:
        note = f"第 {version.version} 稿，草稿，尚未提交；约谈方看不到。"
    else:
        note = f"第 {version.version} 稿，{version.handed_in_by.name}于{moment(version.handed_in_at)}提交。"
    return Section("书面材料", rows, links(mine), [] if version.handed_in_at else parts, note)


def _interview(case: Case) -> Section | None:
    if not hasattr(case, "interview"):
        return None
    interview = case.interview
    came = "\n".join(
        f"{one.post.holder.name}：{one.get_attendance_display()}"
        + (f"（{one.absence_reason}）" if one.attendance == Attendance.ABSENT else "")
        for one in interview.attendances.select_related("post__holder")
    )
    rows = [row("约谈日期", day(interview.held_on)), row("地点", interview.place), row("约谈对象到会情况", came)]
    if interview.observers:
        rows.append(row("列席", interview.observers))
    rows += [
        row(
            f"整改措施 {measure.number}",
            f"{measure.content}\n责任人：{measure.responsible_person}；时限：{day(measure.due_on)}；佐证：{measure.proof_required}",
        )
        for measure in interview.measures.all()
    ]
    return Section("约谈", rows)


def _minutes(case: Case, *, inner: bool) -> Section | None:
    if not hasattr(case, "minutes") or (not inner and case.minutes.sent_at is None):
        return None
    minutes = case.minutes
    rows = [
        row("通报的问题", minutes.problems),
        row("陈述说明", minutes.statement),
        row("讨论分析", minutes.discussion),
    ]
    if inner:
        confirmed = f"{minutes.confirmed_by.name}，{moment(minutes.confirmed_at)}" if minutes.confirmed_at else "尚未确认"
        rows += [row("抄送", minutes.copied_to), row("约谈人确认", confirmed)]
    sent = f"{moment(minutes.sent_at)}，{day(minutes.answer_until)}前反馈" if minutes.sent_at else "尚未送出"
    rows.append(row("送被约谈方确认", sent))
    if minutes.answer:
        words = minutes.objection if minutes.answer == MinutesAnswer.OBJECTED else ""
        rows.append(row("被约谈方意见", f"{minutes.get_answer_display()}（{minutes.answered_by.name}）\n{words}".strip()))
    return Section("约谈纪要", rows)


def _inspection(case: Case, *, inner: bool) -> Section | None:
    rounds = sorted(case.inspections.all(), key=lambda inspection: inspection.number)
    shown = rounds if inner else [one for one in rounds if one.conclusion]
    rows = []
    for one in shown:
        words = f"{one.get_conclusion_display()}\n{one.basis}" if one.conclusion else "进行中"
        rows.append(row(f"第 {one.number} 次督查", words))
        if inner and one.findings:
            rows.append(row("督查情况", f"{one.findings}\n督查人员：{one.inspectors}"))
    return Section("督查", rows) if rows else None


def _consequences(case: Case) -> Section | None:
    rows = [row(one.get_kind_display(), one.basis) for one in case.consequences.all()]
    return Section("问责处理", rows) if rows else None


def tasks(case: Case, user: User, lights: Lights) -> list[dict[str, Any]]:
    """Each task as an account: what, who, until when, where it stands, what was reported."""
    files = Attachment.objects.visible_to(user).filter(case=case, purpose=FilePurpose.REPORT)
    by_report: dict[int, list[Attachment]] = {}
    for file in files:
        by_report.setdefault(file.report_id, []).append(file)
    found = []
    for task in case.tasks.prefetch_related("reports__handed_in_by", "reports__prepared_by", "extensions"):
        reports = [report for report in task.reports.all() if report.handed_in_at or user.posts_in(case.unit_id)]
        found.append(
            {
                "task": task,
                "light": TASK_LIGHTS[TaskState(task.state)],
                "deadline": None if task.state == TaskState.ACCEPTED else lights.of(task.due_on),
                "reports": [{"report": report, "files": links(by_report.get(report.pk, []))} for report in reports],
                "extensions": list(task.extensions.all()),
            }
        )
    return found


def timeline(case: Case, *, inner: bool) -> list[dict[str, str]]:
    """Who did what when and with which opinion, newest first."""
    events = case.events.select_related("actor").newest_first()
    shown = events if inner else events.shown_outside()
    return [
        {
            "title": event.label,
            "who": event.who(inner=inner),
            "when": moment(event.created_at),
            "opinion": event.opinion if inner or event.tells_the_unit else "",
            "details": _details(event.data),
        }
        for event in shown
    ]


DETAIL_WORDS = {"document": "文号：{}", "approver": "审定领导：{}", "task": "第 {} 项整改任务", "version": "第 {} 稿"}


def _details(data: dict[str, Any]) -> str:
    return "\n".join(words.format(data[key]) for key, words in DETAIL_WORDS.items() if data.get(key))


def links(files: list[Attachment]) -> list[dict[str, str]]:
    """For file_list.html."""
    return [
        {
            "name": file.name,
            "url": reverse("attachment", args=[file.pk]),
            "size_text": file_size(file.size),
            "uploaded_text": moment(file.uploaded_at),
        }
        for file in files
    ]


def answers(form: Any) -> list[dict[str, Any]]:
    """What was typed, for the check-answers page."""
    return [row(form.fields[name].label, _words(form.fields[name], value)) for name, value in form.cleaned_data.items()]


def _words(field: Any, value: Any) -> str:
    if isinstance(field, RowsField):
        labels = {name: one.label for name, one in field.widget.row_form.base_fields.items() if one.label}
        rows = [[f"{labels[key]}：{_plain(cell)}" for key, cell in line.items() if key in labels and cell] for line in value]
        return "\n".join(f"{number}．{'；'.join(cells)}" for number, cells in enumerate(rows, start=1))
    if hasattr(field, "choices") and not hasattr(field, "queryset"):
        value = next((label for key, label in field.choices if field.clean(key) == value), value)
    return _plain(value)


def _plain(value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if hasattr(value, "hour"):
        return moment_in_words(value)
    if hasattr(value, "year"):
        return official_text.chinese_date(value)
    if hasattr(value, "__iter__") and not isinstance(value, str):
        return "\n".join(str(one) for one in value)
    return dict(Attendance.choices).get(value, str(value))


def newest_paper(case: Case) -> SafeString | str:
    """The paper just rehearsed, as the fragment that is shown; our own templates escaped what people typed."""
    paper = case.documents.order_by("-issued_at").first()
    return mark_safe(body_of(paper.html)) if paper else ""  # noqa: S308  # nosec B308 B703
