"""Rectification: 交办, 报告, 销号, 退回."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from yuetan.actions.attachment import attach, examined
from yuetan.actions.step import refuse, step
from yuetan.actions.task_account import end_pause, locked_task, not_reportable
from yuetan.models import Case, Task, TaskReport, User
from yuetan.rules import clock
from yuetan.rules.findings import Finding, found
from yuetan.vocabulary import FilePurpose, TaskState, Verb

PAUSE_ENDED_BY_REPORT = "已报送整改报告。"


def assign(case: Case, *, by: User) -> Case:
    """交办整改: each measure of the minutes becomes a task, nothing retyped."""
    with step(case, Verb.ASSIGN, by=by) as case:
        for measure in case.interview.measures.all():
            Task.objects.create(
                case=case,
                measure=measure,
                number=measure.number,
                content=measure.content,
                responsible_person=measure.responsible_person,
                proof_required=measure.proof_required,
                first_due_on=measure.due_on,
                due_on=measure.due_on,
                agreed_on=case.interview.held_on,
                runs_until=measure.due_on,
            )
        case.assign()
    return case


def prepare_report(case: Case, *, by: User, task: Task, text: str, files: Sequence[UploadedFile]) -> Case:
    """填写整改报告: the unit's own draft until it is handed in."""
    taken = examined(case, files, "files")
    with step(case, Verb.PREPARE_REPORT, by=by, told=False) as case:
        task = locked_task(case, task)
        refuse(case, not_reportable(task))
        report = task.report_draft or TaskReport(task=task, version=task.reports.count() + 1, prepared_by=by)
        report.text, report.prepared_by = text, by
        report.save()
        attach(case, taken, by=by, purpose=FilePurpose.REPORT, report=report)
    return case


def hand_in_report(case: Case, *, by: User, task: Task) -> Case:
    """报送整改报告: the head reports in writing what was done."""
    facts: dict[str, Any] = {}
    with step(case, Verb.HAND_IN_REPORT, by=by, facts=facts) as case:
        task = locked_task(case, task)
        report = task.report_draft
        empty = report is None or not report.text.strip()
        missing = [found("report_empty", "task", number=task.number)] if empty else []
        refuse(case, [*not_reportable(task), *missing])
        assert report is not None
        report.handed_in_by, report.handed_in_at, report.due_on = by, clock.now(), task.runs_until
        report.save()
        task.report()
        task.save()
        end_pause(task, by=by, reason=PAUSE_ENDED_BY_REPORT)
        facts.update(task=task.number, version=report.version)
    return case


def accept_task(case: Case, *, by: User, task: Task, note: str) -> Case:
    """销号: the supervisor has checked the report against what was required."""
    with step(case, Verb.ACCEPT_TASK, by=by, opinion=note, facts={"task": task.number}) as case:
        task = locked_task(case, task)
        refuse(case, _not_reviewable(task))
        _decide(task, TaskReport.Outcome.ACCEPTED, note, by)
        task.accept()
        task.save()
    return case


def return_task(case: Case, *, by: User, task: Task, note: str) -> Case:
    """退回整改报告: saying exactly what is lacking."""
    with step(case, Verb.RETURN_TASK, by=by, opinion=note, facts={"task": task.number}) as case:
        task = locked_task(case, task)
        unexplained = [] if note.strip() else [found("reason_missing", "note", what="退回")]
        refuse(case, [*_not_reviewable(task), *unexplained])
        _decide(task, TaskReport.Outcome.RETURNED, note, by)
        task.return_report()
        task.save()
    return case


def _not_reviewable(task: Task) -> list[Finding]:
    if task.state == TaskState.REPORTED:
        return []
    return [found("task_not_reviewable", "task", number=task.number, state=task.get_state_display())]


def _decide(task: Task, outcome: str, note: str, by: User) -> None:
    report = task.handed_in_reports.first()
    assert report is not None
    report.outcome, report.outcome_note = outcome, note
    report.decided_by, report.decided_at = by, clock.now()
    report.save()
