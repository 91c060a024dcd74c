"""The lawful keywords each step can be called with, for any case: a scenario changes the ones it tells itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from yuetan.actions.proposal.grounds import TEXTS
from yuetan.models import Case, Chase, Ground, SupervisionLetter, Task, TaskReport, Unit
from yuetan.models.case.requirements.supervision import WITH_SUPERVISION, grades
from yuetan.models.rectification.task import drafts_digest
from yuetan.models.rectification.task_origin import HandsOutTasks
from yuetan.rules.dates import clock
from yuetan.scenarios.actors import head, liaison
from yuetan.vocabulary import (
    Attendance,
    MinutesAnswer,
    ParticipantKind,
    PauseAsker,
    PostKind,
    ReportKind,
    SupervisionGrade,
    TaskState,
)

Keywords = dict[str, object]  # what an action is called with, beside its subject
KeywordsOf = Callable[[Case], Keywords]


def proposal(unit: Unit, /, **changed: object) -> Keywords:
    """What `draft` is called with for a unit.

    `grounds` may be rows or grounds; `facts`, `reference_number`, `reference_summary` go to each of these, and
    `evidence` to the first. What it is too much like is told apart from it.
    """
    asked: dict[str, Any] = changed
    texts = {name: asked.pop(name) for name in TEXTS if name in asked}
    second = next(ground for ground in Ground.objects.filter(number=2) if ground.fits(unit.kind))
    grounds, files = asked.pop("grounds", [second]), asked.pop("evidence", [])
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
        **asked,
    }


def stated(ground: Ground, **changed: object) -> Keywords:
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


def revised_proposal(case: Case) -> Keywords:
    """What revises a proposal into itself, set apart from the open cases that are too much like it."""
    apart = Case.objects.open().filter(unit=case.unit).exclude(pk=case.pk)
    return proposal(case.unit, distinct_from=list(apart))


def interview_record(case: Case) -> Keywords:
    """What is written down at the table: everybody came, two measures were fixed."""
    present = {"attendance": Attendance.PRESENT, "absence_reason": "", "arrived_at": None}
    by = head(case.unit).name
    return {
        "interviewer_present": True,
        "attendances": [{"post": p.first, "attended_by": p.name, **present} for p in case.people_named],
        "attendees": [{"name": "尤二十", "title": "市司法局副局长"}],
        "observers": [{"name": liaison(case.unit).name, "title": f"{case.unit.name}联络员"}],
        "submission_missing": not case.submissions.handed_in().exists(),
        "problems": "通报了线索摸排不深入的问题。",
        "statement": "认领问题，提出两项整改措施。",
        "discussion": "认为措施可行，确定了时限。",
        "measures": [measure("开展一轮线索集中摸排", 14, by), measure("建立举报线索答复台账", 30, by)],
    }


def measure(content: str, days: int, by: str) -> Keywords:
    """One measure that somebody is to carry out in so many days."""
    due_on = clock.today() + timedelta(days=days)
    shown_by = {"proof_required": "工作报告及台账", "acceptance_standard": "抽查十条线索，均已办结"}
    return {"content": content, "responsible_person": by, "due_on": due_on, "report_rhythm": "", **shown_by}


def submission(case: Case) -> Keywords:
    """Written material in its four parts."""
    parts = {"situation": "基本情况如下。", "problems": "摸排不细。", "causes": "责任不实。", "measures": "立即整改。"}
    return {**parts, "files": []}


def minutes_seen(case: Case) -> Keywords:
    """That the minutes were read as they stand now."""
    return {"seen": case.minutes.digest}


def issued_minutes(case: Case) -> Keywords:
    """What issues the minutes as they stand now, with an answer to an objection where there is one."""
    reply = "已核对原始记录，文字属实，不作修改。" if case.minutes.answer == MinutesAnswer.OBJECTED else ""
    return {"objection_reply": reply, **minutes_seen(case)}


def minutes_texts(case: Case) -> Keywords:
    """The minutes as they stand now, with their measures."""
    texts: Keywords = {name: getattr(case.minutes, name) for name in case.minutes.TEXTS}
    fields = ("content", "responsible_person", "due_on", "proof_required", "acceptance_standard", "report_rhythm")
    measures = case.interview.measures.order_by("number").values(*fields)
    return texts | {"measures": [dict(row) for row in measures]}


def who_was_there(case: Case) -> Keywords:
    """Who was at the table, as it is recorded now."""
    interview = case.interview
    others = {kind: list(interview.participants.filter(kind=kind).values("name", "title")) for kind in ParticipantKind}
    return {
        "attendances": [
            {
                "post": one.post,
                "attended_by": one.post.holder.name if one.attendance == Attendance.PRESENT else "",
                "attendance": Attendance(one.attendance),
                "absence_reason": one.absence_reason,
                "arrived_at": one.arrived_at,
            }
            for one in interview.attendances.select_related("post__holder")
        ],
        "attendees": others[ParticipantKind.INTERVIEWER_SIDE],
        "observers": others[ParticipantKind.OBSERVER],
        "submission_missing": interview.submission_missing,
    }


def revised_minutes(case: Case) -> Keywords:
    """The minutes and who was there, as they stand now."""
    return minutes_texts(case) | who_was_there(case) | minutes_seen(case)


def submission_seen(case: Case) -> Keywords:
    """The digest of the written material as it is prepared now; of nothing where none is."""
    draft = case.submissions.drafts().first()
    return {"seen": draft.digest if draft else ""}


def corrected_minutes(case: Case) -> Keywords:
    """The minutes with one part corrected, and why."""
    corrected = {"problems": "通报了线索摸排不深入、答复不及时的问题。", "reason": "漏列一项问题"}
    seen = {"seen": (case.open_correction or case.minutes).digest}
    return {**minutes_texts(case), **who_was_there(case), **corrected, **seen}


def correction_seen(case: Case) -> Keywords:
    """The digest of the correction that waits; of nothing where none does."""
    return {"seen": case.open_correction.digest if case.open_correction else ""}


def correction_given_up(case: Case) -> Keywords:
    """Why a correction that waits is given up."""
    return {"reason": "经核对，原文无误。", **correction_seen(case)}


def task_report(case: HandsOutTasks, task: Task | None = None, **changed: object) -> Keywords:
    """A report on one task, the first that waits for one; `text`, `files`, `removed` may be changed."""
    about = task or first_unreported_task(case)
    version = about.reports.count() + 1
    row = {"task": about, "text": f"已完成摸排，台账附后（{version}）。", "files": [], "removed": []}
    return {"reports": [row | changed]}


def handing_in(kind: ReportKind) -> KeywordsOf:
    """Keywords to hand in the report of one kind on the first task that waits."""
    return lambda case: {"tasks": [first_unreported_task(case)], "seen": drafts_digest(case.tasks.all(), kind)}


def chase_reply(case: Case) -> Keywords:
    """The last 催办 answered."""
    last = Chase.objects.filter(**{f"task__{case.ABOUT}": case}).last()
    return {"chase": last, "reply": "已完成大半，月底前报告。"}


def first_unread_report(case: Case) -> TaskReport | None:
    """The oldest progress report nobody has noted; None if there is none."""
    reports = TaskReport.objects.filter(**{f"task__{case.ABOUT}": case}, kind=ReportKind.PROGRESS, decided_at=None)
    return reports.exclude(handed_in_at=None).order_by("handed_in_at", "pk").first()


def first_unreported_task(case: HandsOutTasks) -> Task:
    """The first task that waits for a report; raises StopIteration if there is none."""
    return next(task for task in case.tasks.order_by("number") if task.is_unreported)


def first_reported_task(case: Case) -> Task | None:
    """The first task whose report waits to be checked; None if there is none."""
    return case.tasks.filter(state=TaskState.REPORTED).order_by("number").first()


def extension(case: Case) -> Keywords:
    """Ten days more for the first task that waits."""
    task = first_unreported_task(case)
    return {"task": task, "new_due_on": task.agreed_due_on + timedelta(days=10), "reason": "需会同有关单位核查。"}


def sending_back(case: Case) -> Keywords:
    """Every task that is not accepted, to be done again ten days after the limits that run."""
    tasks = list(case.tasks.exclude(state=TaskState.ACCEPTED))
    return {"tasks": tasks, "reason": "台账不全。", "new_due_on": _later_limit(tasks, days=10)}


def _later_limit(tasks: list[Task], *, days: int) -> date:
    running = [task.effective_due_on or task.agreed_due_on for task in tasks]
    return max([*running, clock.today()]) + timedelta(days=days)


def pause(case: Case) -> Keywords:
    """Two weeks for the first task that waits, asked for by the unit."""
    plan = {"asked_by": PauseAsker.UNIT, "planned_end_on": clock.today() + timedelta(days=14)}
    return {"task": first_unreported_task(case), **plan, "reason": "等待有关部门核查结果。"}


def reopening(case: Case) -> Keywords:
    """The first task once more."""
    tasks = list(case.tasks.filter(number=1))
    return {"tasks": tasks, "reason": "摸排又停了。", "new_due_on": _later_limit(tasks, days=20)}


def supervision_letter(case: Case) -> Keywords:
    """The tasks of the heaviest grade that the accounts give, in that grade."""
    given = grades(case.tasks.prefetch_related(*WITH_SUPERVISION))
    heaviest = max(given.values(), key=lambda grade: grade.weight, default=SupervisionGrade.YELLOW)
    tasks = [task for task in case.tasks.all() if given.get(task.pk) == heaviest] or list(case.tasks.all()[:1])
    return {"tasks": tasks, "grade": heaviest, "reason": "请于一周内补报。"}


def open_supervision(case: Case, *, signed: bool) -> SupervisionLetter | None:
    """A supervision letter in force, signed for or not yet; None if there is none."""
    papers = SupervisionLetter.objects.filter(
        **{f"document__{case.ABOUT}": case}, document__entry__voided_at=None, answered_at=None
    )
    return papers.filter(document__receipt__isnull=not signed).first()
