"""What each step from the tasks to the end leaves behind in a seeded case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from yuetan.actions import seed_words as words
from yuetan.actions.seed_people import Actor
from yuetan.actions.seed_rows import Rows
from yuetan.actions.seed_steps import day_in, director
from yuetan.models import Extension, Inspection, Revisit, Task, TaskFinding, TaskReport
from yuetan.rules.dates.progress import next_due_after
from yuetan.vocabulary import (
    UNREPORTED_TASK_STATES,
    FindingOutcome,
    InspectionConclusion,
    PostKind,
    ReportRhythm,
    TaskState,
    Verb,
)

REVISITED_AFTER = timedelta(days=90)


def _supervisor(told: Rows) -> Actor:
    return told.footing.office.everyone(PostKind.SUPERVISOR)[0]


def _assign(told: Rows, number: int) -> None:
    for measure in told.measures:
        task = Task(case=told.case, measure=measure, assigned_on=told.today, **measure.agreed)
        task.first_due_on = task.due_on = task.effective_due_on = measure.due_on
        task.agreed_on = measure.interview.held_on
        told.tasks[measure.number] = told.add(task)
        _expect_progress(told, task)
    told.event(Verb.ASSIGN, told.officer)


def _agree_on(told: Rows, number: int, due_on: date) -> None:
    task = told.tasks[number]
    task.due_on = task.effective_due_on = due_on
    task.agreed_on = told.today
    if task.progress_due_on is None:
        _expect_progress(told, task)


def _expect_progress(told: Rows, task: Task) -> None:
    """As `task_account.expect_progress` says of written rows; nobody in a seeded case reports on the way."""
    rhythm, until = ReportRhythm(task.report_rhythm), task.effective_due_on
    assert until is not None
    calendar = told.footing.days.calendar
    owed = task.state in UNREPORTED_TASK_STATES
    task.progress_due_on = next_due_after(rhythm, task.assigned_on, told.today, until, calendar) if owed else None


def _prepare_report(told: Rows, number: int) -> None:
    version = told.made.get(f"version {number}", 0) + 1
    text, by = told.lots.choice(words.REPORTS), told.side.liaison
    report = TaskReport(task=told.tasks[number], version=version, text=text, prepared_by=by.user)
    told.made[f"version {number}"], told.made[f"report {number}"] = version, told.add(report)


def _hand_in_report(told: Rows, number: int) -> None:
    report = told.made[f"report {number}"]
    report.handed_in_by, report.handed_in_at = told.side.head.user, told.at
    report.due_on = told.tasks[number].effective_due_on
    told.tasks[number].report()
    told.tasks[number].progress_due_on = None
    late = [number] if report.is_late else []
    told.event(Verb.HAND_IN_REPORT, told.side.head, tasks=[number], versions=[report.version], late=late)


def _review(told: Rows, number: int, outcome: str, note: str) -> None:
    report = told.made[f"report {number}"]
    report.outcome, report.outcome_note = outcome, note
    report.decided_by, report.decided_at = _supervisor(told).user, told.at


def _accept_task(told: Rows, number: int) -> None:
    note = "经核查，已落实，予以销号。"
    _review(told, number, TaskReport.Outcome.ACCEPTED, note)
    told.tasks[number].accept()
    told.event(Verb.ACCEPT_TASK, _supervisor(told), note, task=number)


def _return_task(told: Rows, number: int) -> None:
    note = told.lots.choice(words.REASONS)
    _review(told, number, TaskReport.Outcome.RETURNED, note)
    told.tasks[number].return_report()
    _expect_progress(told, told.tasks[number])
    told.event(Verb.RETURN_TASK, _supervisor(told), note, task=number)


def _ask_extension(told: Rows, number: int) -> None:
    task, reason = told.tasks[number], "涉及多个部门，需延长核查时间。"
    new_due_on = day_in(told, told.due_days + 10)
    extension = Extension(task=task, reason=reason, old_due_on=task.due_on, new_due_on=new_due_on)
    extension.requested_by, extension.requested_at = told.side.head.user, told.at
    told.made["extension"] = told.add(extension)
    told.event(Verb.ASK_EXTENSION, told.side.head, reason, task=number, new_due_on=new_due_on.isoformat())


def _decide_extension(told: Rows, number: int) -> None:
    extension, by = told.made["extension"], director(told)
    extension.granted, extension.opinion = True, "同意延期。"
    extension.decided_by, extension.decided_at = by.user, told.at
    _agree_on(told, number, extension.new_due_on)
    data = {"task": number, "granted": True, "new_due_on": extension.new_due_on.isoformat()}
    told.event(Verb.DECIDE_EXTENSION, by, extension.opinion, **data)


def _inspectors(told: Rows) -> str:
    return f"{_supervisor(told).user.name}、{told.officer.user.name}"


def _begin_inspection(told: Rows, number: int) -> None:
    order = told.made.get("inspections", 0) + 1
    by = _supervisor(told).user
    round_ = Inspection(case=told.case, number=order, begun_by=by, begun_at=told.at, planned_on=told.today)
    round_.inspectors, round_.plan = _inspectors(told), words.PLAN
    told.made["inspections"], told.made["inspection"] = order, told.add(round_)
    told.event(Verb.BEGIN_INSPECTION, _supervisor(told))


def _conclude_inspection(told: Rows, number: int) -> None:
    done = all(task.state == TaskState.ACCEPTED for task in told.tasks.values())
    conclusion = InspectionConclusion.RECTIFIED if done else InspectionConclusion.NOT_RECTIFIED
    round_, by = told.made["inspection"], _supervisor(told)
    round_.findings = "各项措施均已落实。" if done else "部分措施未落实。"
    round_.basis, round_.conclusion = "查阅台账，现场核查。", conclusion
    for task in told.tasks.values():
        accepted = task.state == TaskState.ACCEPTED
        outcome = FindingOutcome.BORNE_OUT if accepted else FindingOutcome.NOT_BORNE_OUT
        told.add(TaskFinding(inspection=round_, task=task, outcome=outcome, words=words.FINDING))
    round_.concluded_by, round_.concluded_at = by.user, told.at
    told.event(Verb.CONCLUDE_INSPECTION, by, round_.findings, conclusion=conclusion.value)


def _send_back(told: Rows, number: int) -> None:
    reason, due_on = told.lots.choice(words.REASONS), day_in(told, 15)
    _review(told, number, TaskReport.Outcome.RETURNED, reason)
    told.tasks[number].return_report()
    _agree_on(told, number, due_on)
    told.event(Verb.SEND_BACK, _supervisor(told), reason, tasks=[number], new_due_on=due_on.isoformat())


def _close(told: Rows, number: int) -> None:
    told.case.closed_on = told.today
    told.made["revisit"] = told.add(Revisit(case=told.case, planned_on=told.today + REVISITED_AFTER))
    told.event(Verb.CLOSE, director(told), "同意办结销号。")


AFTER_MINUTES: dict[Verb, Callable[[Rows, int], None]] = {
    Verb.ASSIGN: _assign,
    Verb.PREPARE_REPORT: _prepare_report,
    Verb.HAND_IN_REPORT: _hand_in_report,
    Verb.ACCEPT_TASK: _accept_task,
    Verb.RETURN_TASK: _return_task,
    Verb.ASK_EXTENSION: _ask_extension,
    Verb.DECIDE_EXTENSION: _decide_extension,
    Verb.BEGIN_INSPECTION: _begin_inspection,
    Verb.CONCLUDE_INSPECTION: _conclude_inspection,
    Verb.SEND_BACK: _send_back,
    Verb.CLOSE: _close,
}
