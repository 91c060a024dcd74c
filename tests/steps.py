"""Every step a case can take: the action, who takes it, and lawful keywords to call it with."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.cast import head, liaison, person
from yuetan.actions.interview import interview, leave, minutes, minutes_correction, notice, submission
from yuetan.actions.proposal import decision
from yuetan.actions.proposal import proposal as proposing
from yuetan.actions.proposal.grounds import TEXTS
from yuetan.actions.rectification import (
    chase,
    inspection,
    report,
    revisit,
    site_check,
    supervision_letter,
    task,
    task_deadlines,
)
from yuetan.models import Case, Chase, Ground, SupervisionLetter, Task, TaskReport, Unit, User
from yuetan.models.case.requirements.supervision import WITH_SUPERVISION, grades
from yuetan.models.rectification.task import drafts_digest
from yuetan.rules.dates import clock
from yuetan.vocabulary import (
    Attendance,
    CaseState,
    ConsequenceKind,
    FindingOutcome,
    InspectionConclusion,
    MinutesAnswer,
    PostKind,
    ReportKind,
    RevisitOutcome,
    SupervisionGrade,
    TaskState,
    Verb,
)


def proposal(unit: Unit, /, **changed: Any) -> dict[str, Any]:
    """What `actions.case.draft` is called with for a unit of the cast.

    `grounds` may be rows or grounds; `facts`, `reference_number`, `reference_summary` go to each of these, and
    `evidence` to the first. What it is too much like is told apart from it.
    """
    texts = {name: changed.pop(name) for name in TEXTS if name in changed}
    second = next(ground for ground in Ground.objects.filter(number=2) if ground.fits(unit.kind))
    grounds, files = changed.pop("grounds", [second]), changed.pop("evidence", [])
    rows = [stated(one, **texts) if isinstance(one, Ground) else one for one in grounds]
    if files:
        rows[0]["files"] = files
    return {
        "unit": unit,
        "interviewees": list(unit.heads().filter(kind__in=(PostKind.PARTY_SECRETARY, PostKind.UNIT_HEAD))),
        "matter": "涉黑涉恶线索摸排不深入",
        "distinct_from": list(Case.objects.open().filter(unit=unit)),
        "grounds": rows,
        "other_words": "",
        "interviewer": None,
        **changed,
    }


def stated(ground: Ground, **changed: Any) -> dict[str, Any]:
    """One ground as a proposal states it, resting on a paper of another office."""
    return {
        "ground": ground,
        "facts": "今年以来上报有效线索仅2条，3条群众举报线索逾期未答复。",
        "reference_number": "线索编号XS-2026-018",
        "reference_summary": "转办的举报线索逾期未答复。",
        "files": [],
        "removed": [],
        **changed,
    }


def _revised(case: Case) -> dict[str, Any]:
    apart = Case.objects.open().filter(unit=case.unit).exclude(pk=case.pk)
    return proposal(case.unit, distinct_from=list(apart))


def _notice(case: Case) -> dict[str, Any]:
    return {
        "matter": f"{case.matter}。",
        "scheduled_at": clock.now() + timedelta(days=7, hours=-1),
        "place": "市扫黑办会议室",
        "procedure": "说明事由、陈述说明、讨论分析、形成纪要。",
        "participants": "约谈方、被约谈方及市扫黑办有关人员。",
        "required_materials": "就约谈事由准备的书面材料。",
        "clash_accepted": True,  # most tests bring several cases to the same hour
    }


def _rescheduled(case: Case) -> dict[str, Any]:
    kinds = [post.kind for post in case.interviewees.all()]
    return {**_notice(case), "reason": "会议冲突。", "interviewees": list(case.unit.heads().filter(kind__in=kinds))}


def _paper_receipt(case: Case) -> dict[str, Any]:
    signer = {"signer_name": "褚十二", "signer_title": "棠下镇联络员"}
    content = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(content, "PNG")
    scan = SimpleUploadedFile("回执.png", content.getvalue(), "image/png")
    return {**signer, "signed_on": clock.today(), "scan": scan}


def _record(case: Case) -> dict[str, Any]:
    present = {"attendance": Attendance.PRESENT, "absence_reason": "", "arrived_at": None}
    return {
        "interviewer_present": True,
        "attendances": [{"post": p, "attended_by": p.holder.name, **present} for p in case.interviewees.all()],
        "attendees": [{"name": "尤二十", "title": "市司法局副局长"}],
        "observers": [{"name": "褚十二", "title": "棠下镇联络员"}],
        "submission_missing": not case.submissions.handed_in().exists(),
        "problems": "通报了线索摸排不深入的问题。",
        "statement": "认领问题，提出两项整改措施。",
        "discussion": "认为措施可行，确定了时限。",
        "measures": [_measure("开展一轮线索集中摸排", 14), _measure("建立举报线索答复台账", 30)],
    }


def _measure(content: str, days: int) -> dict[str, Any]:
    due_on = clock.today() + timedelta(days=days)
    shown_by = {"proof_required": "工作报告及台账", "acceptance_standard": "抽查十条线索，均已办结"}
    return {"content": content, "responsible_person": "冯十", "due_on": due_on, "report_rhythm": "", **shown_by}


def agreed(rhythm: str, *days: int) -> dict[str, Any]:
    """What `hold_interview` is changed by so that there is a measure for each number of days, with this rhythm."""
    return {"measures": [{**_measure(f"措施{each}", each), "report_rhythm": rhythm} for each in days]}


def _submission(case: Case) -> dict[str, Any]:
    parts = {"situation": "基本情况如下。", "problems": "摸排不细。", "causes": "责任不实。", "measures": "立即整改。"}
    return {**parts, "files": []}


def _seen(case: Case) -> dict[str, Any]:
    return {"seen": case.minutes.digest}


def _texts(case: Case) -> dict[str, Any]:
    return {name: getattr(case.minutes, name) for name in case.minutes.TEXTS}


def _corrected(case: Case) -> dict[str, Any]:
    return {**_texts(case), "problems": "通报了线索摸排不深入、答复不及时的问题。", "reason": "漏列一项问题"}


def said(case: Case, task: Task | None = None, **changed: Any) -> dict[str, Any]:
    """What is said of one task, the first that waits; `text`, `files`, `removed` may be changed."""
    about = task or _first_unreported(case)
    version = about.reports.count() + 1
    row = {"task": about, "text": f"已完成摸排，台账附后（{version}）。", "files": [], "removed": []}
    return {"reports": [row | changed]}


def _handing_in(kind: ReportKind) -> Callable[[Case], dict[str, Any]]:
    return lambda case: {"tasks": [_first_unreported(case)], "seen": drafts_digest(case.tasks.all(), kind)}


def _first_unread(case: Case) -> TaskReport | None:
    reports = TaskReport.objects.filter(task__case=case, kind=ReportKind.PROGRESS, decided_at=None)
    return reports.exclude(handed_in_at=None).order_by("handed_in_at", "pk").first()


def _first_unreported(case: Case) -> Task:
    return next(task for task in case.tasks.order_by("number") if task.is_unreported)


def _first_reported(case: Case) -> Task:
    return case.tasks.filter(state=TaskState.REPORTED).order_by("number").first()


def _extension(case: Case) -> dict[str, Any]:
    task = _first_unreported(case)
    return {"task": task, "new_due_on": task.due_on + timedelta(days=10), "reason": "需会同有关单位核查。"}


def _sending_back(case: Case) -> dict[str, Any]:
    tasks = list(case.tasks.exclude(state=TaskState.ACCEPTED))
    return {"tasks": tasks, "reason": "台账不全。", "new_due_on": clock.today() + timedelta(days=10)}


def _conclusion(case: Case) -> dict[str, Any]:
    conclusion = {"conclusion": InspectionConclusion.RECTIFIED, "basis": "查阅台账、实地核查。"}
    found = [{"task": t, "outcome": FindingOutcome.BORNE_OUT, "words": "台账齐全。"} for t in case.tasks.all()]
    return {"inspectors": "孙六、周七", "findings": "两项措施均已落实。", "task_findings": found, **conclusion}


def _closing(case: Case) -> dict[str, Any]:
    return {"opinion": "同意办结销号。", "revisit_on": clock.today() + timedelta(days=90)}


def _inspection_plan(case: Case) -> dict[str, Any]:
    return {"planned_on": clock.today(), "inspectors": "孙六、周七", "plan": "查阅台账、实地核查。"}


def _site_check(case: Case) -> dict[str, Any]:
    facts = {"visited_on": clock.today(), "place": "镇综治中心", "inspectors": "孙六、周七"}
    return {"task": case.tasks.first(), **facts, "findings": "台账与现场一致。", "photos": []}


def _revisit(case: Case) -> dict[str, Any]:
    facts = {"visited_on": clock.today(), "inspectors": "孙六、周七", "findings": "台账停了更新。"}
    return {**facts, "outcome": RevisitOutcome.RELAPSED}


def _reopening(case: Case) -> dict[str, Any]:
    tasks = list(case.tasks.filter(number=1))
    return {"tasks": tasks, "reason": "摸排又停了。", "new_due_on": clock.today() + timedelta(days=20)}


def _decided(opinion: str) -> Callable[[Case], dict[str, Any]]:
    return lambda case: {"opinion": opinion, "seen": case.proposal_sha256}


Keywords = Callable[[Case], dict[str, Any]]


def _pressing(case: Case) -> dict[str, Any]:
    """The tasks of the heaviest grade that the accounts give, in that grade."""
    given = grades(case.tasks.prefetch_related(*WITH_SUPERVISION))
    heaviest = max(given.values(), key=lambda grade: grade.weight, default=SupervisionGrade.YELLOW)
    tasks = [task for task in case.tasks.all() if given.get(task.pk) == heaviest] or list(case.tasks.all()[:1])
    return {"tasks": tasks, "grade": heaviest, "reason": "请于一周内补报。"}


def _supervision(case: Case, *, signed: bool) -> SupervisionLetter | None:
    papers = SupervisionLetter.objects.filter(document__case=case, document__entry__voided_at=None, answered_at=None)
    return papers.filter(document__receipt__isnull=not signed).first()


# By verb: the action, who takes it, and the keywords it is called with.
STEPS: dict[Verb, tuple[Callable[..., Case], Callable[[Case], User], Keywords]] = {
    Verb.REVISE_DRAFT: (proposing.revise_draft, lambda case: case.drafter, _revised),
    Verb.SUBMIT: (proposing.submit, lambda case: case.drafter, lambda case: {}),
    Verb.RETURN_FOR_CHANGES: (
        proposing.return_for_changes,
        lambda case: person("director" if case.state == CaseState.IN_REVIEW else "group_leader"),
        lambda case: {"reason": "事实部分请补充数据。"},
    ),
    Verb.ENDORSE: (proposing.endorse, lambda case: person("director"), lambda case: {"opinion": "同意，报审定。"}),
    Verb.APPROVE: (decision.approve, lambda case: person("group_leader"), _decided("同意。")),
    Verb.DECLINE: (decision.decline, lambda case: person("group_leader"), _decided("已另行部署。")),
    Verb.WITHDRAW: (
        proposing.withdraw,
        lambda case: case.approver or case.drafter,
        lambda case: {"reason": "情况已有变化。"},
    ),
    Verb.SERVE_NOTICE: (notice.serve_notice, lambda case: person("officer"), _notice),
    Verb.RESCHEDULE: (
        notice.reschedule,
        lambda case: person("officer"),
        _rescheduled,
    ),
    Verb.ACKNOWLEDGE_RECEIPT: (notice.acknowledge_receipt, lambda case: liaison(case.unit.code), lambda case: {}),
    Verb.REGISTER_RECEIPT: (notice.register_receipt, lambda case: person("officer"), _paper_receipt),
    Verb.PREPARE_SUBMISSION: (submission.prepare_submission, lambda case: liaison(case.unit.code), _submission),
    Verb.HAND_IN_SUBMISSION: (submission.hand_in_submission, lambda case: head(case.unit.code), lambda case: {}),
    Verb.ASK_LEAVE: (
        leave.ask_leave,
        lambda case: head(case.unit.code),
        lambda case: {"post": case.interviewees.first(), "reason": "参加省里的会议。"},
    ),
    Verb.DECIDE_LEAVE: (
        leave.decide_leave,
        lambda case: case.interviewer.holder,
        lambda case: {
            "leave": case.leaves.filter(granted=None).first(),
            "granted": True,
            "opinion": "同意，另定时间。",
        },
    ),
    Verb.HOLD_INTERVIEW: (interview.hold_interview, lambda case: person("officer"), _record),
    Verb.REVISE_MINUTES: (
        minutes.revise_minutes,
        lambda case: person("officer"),
        lambda case: _texts(case) | _seen(case),
    ),
    Verb.CONFIRM_MINUTES: (minutes.confirm_minutes, lambda case: case.interviewer.holder, _seen),
    Verb.RETURN_MINUTES: (
        minutes.return_minutes,
        lambda case: case.interviewer.holder,
        lambda case: {"reason": "第三部分写得太简单，请补充。", **_seen(case)},
    ),
    Verb.SEND_MINUTES: (minutes.send_minutes, lambda case: person("officer"), _seen),
    Verb.ANSWER_MINUTES: (
        minutes.answer_minutes,
        lambda case: head(case.unit.code),
        lambda case: {"answer": MinutesAnswer.AGREED_FIELDS, "objection": "", **_seen(case)},
    ),
    Verb.ISSUE_MINUTES: (minutes.issue_minutes, lambda case: person("director"), _seen),
    Verb.CORRECT_MINUTES: (minutes_correction.correct_minutes, lambda case: person("director"), _corrected),
    Verb.CONFIRM_CORRECTION: (
        minutes_correction.confirm_correction,
        lambda case: case.interviewer.holder,
        lambda case: {"seen": case.open_correction.digest if case.open_correction else ""},
    ),
    Verb.ASSIGN: (task.assign, lambda case: person("officer"), lambda case: {}),
    Verb.PREPARE_REPORT: (report.prepare_report, lambda case: liaison(case.unit.code), said),
    Verb.HAND_IN_REPORT: (
        report.hand_in_report,
        lambda case: head(case.unit.code),
        _handing_in(ReportKind.COMPLETION),
    ),
    Verb.PREPARE_PROGRESS: (report.prepare_progress, lambda case: liaison(case.unit.code), said),
    Verb.HAND_IN_PROGRESS: (
        report.hand_in_progress,
        lambda case: head(case.unit.code),
        _handing_in(ReportKind.PROGRESS),
    ),
    Verb.NOTE_PROGRESS: (
        report.note_progress,
        lambda case: person("supervisor"),
        lambda case: {"report": _first_unread(case), "note": "请抓紧第二步。"},
    ),
    Verb.ACCEPT_TASK: (
        task.accept_task,
        lambda case: person("supervisor"),
        lambda case: {"task": _first_reported(case), "note": "经核查，已落实，予以销号。"},
    ),
    Verb.RETURN_TASK: (
        task.return_task,
        lambda case: person("supervisor"),
        lambda case: {"task": _first_reported(case), "note": "台账缺少办理结果。"},
    ),
    Verb.ASK_EXTENSION: (task_deadlines.ask_extension, lambda case: head(case.unit.code), _extension),
    Verb.DECIDE_EXTENSION: (
        task_deadlines.decide_extension,
        lambda case: person("director"),
        lambda case: {"task": _first_unreported(case), "granted": True, "opinion": "同意延期。"},
    ),
    Verb.CHASE: (
        chase.chase,
        lambda case: person("supervisor"),
        lambda case: {"tasks": [_first_unreported(case)], "words": "请尽快报告落实情况。"},
    ),
    Verb.ANSWER_CHASE: (
        chase.answer_chase,
        lambda case: liaison(case.unit.code),
        lambda case: {"chase": Chase.objects.filter(task__case=case).last(), "reply": "已完成大半，月底前报告。"},
    ),
    Verb.RECORD_SITE_CHECK: (site_check.record_site_check, lambda case: person("supervisor"), _site_check),
    Verb.PAUSE_TASK: (
        task_deadlines.pause_task,
        lambda case: person("director"),
        lambda case: {"task": _first_unreported(case), "reason": "等待有关部门核查结果。"},
    ),
    Verb.RESUME_TASK: (
        task_deadlines.resume_task,
        lambda case: person("director"),
        lambda case: {"task": _first_unreported(case), "reason": "核查结果已出。"},
    ),
    Verb.ISSUE_SUPERVISION_LETTER: (
        supervision_letter.issue_supervision_letter,
        lambda case: person("director"),
        _pressing,
    ),
    Verb.ACKNOWLEDGE_SUPERVISION: (
        supervision_letter.acknowledge_supervision,
        lambda case: liaison(case.unit.code),
        lambda case: {"supervision": _supervision(case, signed=False)},
    ),
    Verb.ANSWER_SUPERVISION: (
        supervision_letter.answer_supervision,
        lambda case: head(case.unit.code),
        lambda case: {"supervision": _supervision(case, signed=True), "answer": "已责成专人办理，月底前完成。"},
    ),
    Verb.BEGIN_INSPECTION: (inspection.begin_inspection, lambda case: person("supervisor"), _inspection_plan),
    Verb.CONCLUDE_INSPECTION: (inspection.conclude_inspection, lambda case: person("supervisor"), _conclusion),
    Verb.SEND_BACK: (inspection.send_back, lambda case: person("supervisor"), _sending_back),
    Verb.RECORD_CONSEQUENCE: (
        inspection.record_consequence,
        lambda case: person("director"),
        lambda case: {"kind": ConsequenceKind.VETO, "basis": "市有关会议决定（江扫黑会〔2026〕3号）。"},
    ),
    Verb.RECORD_REVISIT: (revisit.record_revisit, lambda case: person("supervisor"), _revisit),
    Verb.REOPEN: (revisit.reopen, lambda case: person("supervisor"), _reopening),
    Verb.CLOSE: (inspection.close, lambda case: person("director"), _closing),
}
