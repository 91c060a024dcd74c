"""Inspection (督查) and the end of a case: 启动督查, 记录督查, 退回整改, 问责, 办结."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from yuetan.actions.step import refuse, step
from yuetan.actions.task_account import agree_on, end_pause
from yuetan.models import Case, Consequence, Inspection, Task, TaskReport, User
from yuetan.rules import clock
from yuetan.rules.findings import Finding, found
from yuetan.vocabulary import InspectionConclusion, TaskState, Verb


def begin_inspection(case: Case, *, by: User) -> Case:
    """启动督查: once every task is reported or past its date."""
    with step(case, Verb.BEGIN_INSPECTION, by=by) as case:
        Inspection.objects.create(case=case, number=case.inspections.count() + 1, begun_by=by)
        case.begin_inspection()
    return case


def conclude_inspection(case: Case, *, by: User, inspectors: str, findings: str, conclusion: str, basis: str) -> Case:
    """记录督查情况: what was found, and a conclusion with its basis."""
    facts = {"conclusion": conclusion}
    with step(case, Verb.CONCLUDE_INSPECTION, by=by, opinion=findings, facts=facts) as case:
        refuse(case, _conclusion_wrong(case, findings, conclusion, basis))
        inspection = case.current_inspection
        assert inspection is not None
        inspection.inspectors, inspection.findings = inspectors, findings
        inspection.conclusion, inspection.basis = conclusion, basis
        inspection.concluded_by, inspection.concluded_at = by, clock.now()
        inspection.save()
    return case


def _conclusion_wrong(case: Case, findings: str, conclusion: str, basis: str) -> Iterator[Finding]:
    if not findings.strip():
        yield found("inspection_findings_missing", "findings")
    if not basis.strip():
        yield found("conclusion_without_basis", "basis")
    if conclusion == InspectionConclusion.RECTIFIED:
        for task in case.tasks.exclude(state=TaskState.ACCEPTED):
            yield found("conclusion_against_tasks", "conclusion", number=task.number)


def send_back(case: Case, *, by: User, tasks: Sequence[Task], reason: str, new_due_on: date | None) -> Case:
    """退回整改: which tasks, why, until when."""
    facts: dict[str, Any] = {"tasks": [task.number for task in tasks], "new_due_on": new_due_on}
    with step(case, Verb.SEND_BACK, by=by, opinion=reason, facts=facts) as case:
        locked = list(case.tasks.select_for_update().filter(pk__in=[task.pk for task in tasks]))
        refuse(case, _send_back_wrong(locked, reason, new_due_on))
        for task in locked:
            _return(task, reason, new_due_on, by)
        case.send_back()
    return case


def _send_back_wrong(tasks: Sequence[Task], reason: str, new_due_on: date | None) -> Iterator[Finding]:
    if not tasks:
        yield found("no_task_chosen", "tasks")
    for task in tasks:
        if task.state == TaskState.ACCEPTED:
            yield found("task_not_returnable", "tasks", number=task.number)
    if not reason.strip():
        yield found("reason_missing", "reason", what="退回整改")
    if new_due_on is None:
        yield found("new_due_missing", "new_due_on")
    elif new_due_on <= clock.today():
        yield found("new_due_past", "new_due_on")


def _return(task: Task, reason: str, new_due_on: date | None, by: User) -> None:
    assert new_due_on is not None
    if task.state == TaskState.REPORTED:
        report = task.handed_in_reports.first()
        assert report is not None
        report.outcome, report.outcome_note = TaskReport.Outcome.RETURNED, reason
        report.decided_by, report.decided_at = by, clock.now()
        report.save()
        task.return_report()
    end_pause(task, by=by, reason=reason)
    agree_on(task, new_due_on)


def record_consequence(case: Case, *, by: User, kind: str, basis: str) -> Case:
    """记录问责处理: what the leading group or another organ decided, with the paper it rests on."""
    with step(case, Verb.RECORD_CONSEQUENCE, by=by, opinion=basis, facts={"kind": kind}) as case:
        if not basis.strip():
            refuse(case, [found("basis_missing", "basis")])
        Consequence.objects.create(case=case, kind=kind, basis=basis, recorded_by=by)
    return case


def close(case: Case, *, by: User, opinion: str) -> Case:
    """办结销号: every task accepted on the supervisor's conclusion, or a consequence recorded."""
    with step(case, Verb.CLOSE, by=by, opinion=opinion) as case:
        if not opinion.strip():
            refuse(case, [found("opinion_missing", "opinion")])
        case.close(closed_on=clock.today())
    return case
