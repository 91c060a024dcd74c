"""Rectification: 交办, 报告, 销号, 退回, 延期."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from yuetan.actions.attachment import attach
from yuetan.actions.step import refuse, step
from yuetan.models import Case, Extension, Task, TaskReport, User
from yuetan.rules import clock, official_text
from yuetan.rules.findings import Finding, found
from yuetan.vocabulary import FilePurpose, TaskState, Verb


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
            )
        case.assign()
    return case


def prepare_report(case: Case, *, by: User, task: Task, text: str, files: Sequence[UploadedFile]) -> Case:
    """填写整改报告: the unit's own draft until it is handed in."""
    with step(case, Verb.PREPARE_REPORT, by=by, told=False) as case:
        task = _locked(case, task)
        refuse(case, _not_reportable(task))
        report = task.report_draft or TaskReport(task=task, version=task.reports.count() + 1, prepared_by=by)
        report.text, report.prepared_by = text, by
        report.save()
        attach(case, files, by=by, purpose=FilePurpose.REPORT, field="files", report=report)
    return case


def hand_in_report(case: Case, *, by: User, task: Task) -> Case:
    """报送整改报告: the head reports in writing what was done."""
    facts: dict[str, Any] = {}
    with step(case, Verb.HAND_IN_REPORT, by=by, facts=facts) as case:
        task = _locked(case, task)
        report = task.report_draft
        empty = report is None or not report.text.strip()
        missing = [found("report_empty", "task", number=task.number)] if empty else []
        refuse(case, [*_not_reportable(task), *missing])
        assert report is not None
        report.handed_in_by, report.handed_in_at = by, clock.now()
        report.save()
        task.report()
        task.save()
        facts.update(task=task.number, version=report.version)
    return case


def accept_task(case: Case, *, by: User, task: Task, note: str) -> Case:
    """销号: the supervisor has checked the report against what was required."""
    with step(case, Verb.ACCEPT_TASK, by=by, opinion=note, facts={"task": task.number}) as case:
        task = _locked(case, task)
        refuse(case, _not_reviewable(task))
        _decide(task, TaskReport.Outcome.ACCEPTED, note, by)
        task.accept()
        task.save()
    return case


def return_task(case: Case, *, by: User, task: Task, note: str) -> Case:
    """退回整改报告: saying exactly what is lacking."""
    with step(case, Verb.RETURN_TASK, by=by, opinion=note, facts={"task": task.number}) as case:
        task = _locked(case, task)
        unexplained = [] if note.strip() else [found("reason_missing", "note", what="退回")]
        refuse(case, [*_not_reviewable(task), *unexplained])
        _decide(task, TaskReport.Outcome.RETURNED, note, by)
        task.return_report()
        task.save()
    return case


def ask_extension(case: Case, *, by: User, task: Task, new_due_on: date, reason: str) -> Case:
    """申请延期: before the date has passed, with a reason and a later date."""
    facts: dict[str, Any] = {"task": task.number, "new_due_on": new_due_on}
    with step(case, Verb.ASK_EXTENSION, by=by, opinion=reason, facts=facts) as case:
        task = _locked(case, task)
        refuse(case, _extension_wrong(task, new_due_on, reason))
        Extension.objects.create(task=task, reason=reason, old_due_on=task.due_on, new_due_on=new_due_on, asked_by=by)
    return case


def decide_extension(case: Case, *, by: User, task: Task, granted: bool, opinion: str) -> Case:
    """审批延期: the only way a due date moves forward; the first date stays."""
    facts: dict[str, Any] = {"task": task.number, "granted": granted}
    with step(case, Verb.DECIDE_EXTENSION, by=by, opinion=opinion, facts=facts) as case:
        task = _locked(case, task)
        extension = task.extensions.filter(decided_at=None).first()
        missing = [] if opinion.strip() else [found("opinion_missing", "opinion")]
        none_asked = [] if extension else [found("no_extension_to_decide", "task")]
        refuse(case, [*none_asked, *missing])
        assert extension is not None
        extension.granted, extension.opinion = granted, opinion
        extension.decided_by, extension.decided_at = by, clock.now()
        extension.save()
        if granted:
            task.due_on = extension.new_due_on
            task.save()
            facts["new_due_on"] = extension.new_due_on
    return case


def _locked(case: Case, task: Task) -> Task:
    return case.tasks.select_for_update().get(pk=task.pk)


def _not_reportable(task: Task) -> list[Finding]:
    if task.is_unreported:
        return []
    return [found("task_not_reportable", "task", number=task.number, state=task.get_state_display())]


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


def _extension_wrong(task: Task, new_due_on: date, reason: str) -> list[Finding]:
    findings = _not_reportable(task)
    due = official_text.chinese_date(task.due_on)
    if task.due_on < clock.today():
        findings.append(found("extension_after_due", "task", number=task.number, due=due))
    if new_due_on <= task.due_on:
        findings.append(found("extension_not_later", "new_due_on", due=due))
    if not reason.strip():
        findings.append(found("reason_missing", "reason", what="延期"))
    if task.extensions.filter(decided_at=None).exists():
        findings.append(found("extension_pending", "task", number=task.number))
    return findings
