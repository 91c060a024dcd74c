"""Rectification: 交办, 销号, 退回."""

from __future__ import annotations

from yuetan.actions.rectification.task_dates import locked_task, schedule_progress_report
from yuetan.actions.step import refuse_if_any, step
from yuetan.models import Case, Task, TaskReport, User
from yuetan.models.case.requirements.paper_filing import registrar_decides
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import require_words
from yuetan.vocabulary import ReportKind, TaskState, Verb


def assign(case: Case, *, by: User) -> Case:
    """交办整改: each measure of the minutes becomes a task, nothing retyped."""
    tasks: list[Task] = []
    with step(case, Verb.ASSIGN, by=by) as case:
        for measure in case.interview.measures.all():
            task = Task(case=case, measure=measure, assigned_on=clock.today(), **measure.agreed)
            task.open_to = case.unit if case.opened_on else None
            task.first_due_on = task.agreed_due_on = task.effective_due_on = measure.due_on
            task.agreed_on = case.interview.held_on
            schedule_progress_report(task)
            tasks.append(task)
        Task.objects.bulk_create(tasks)
        case.assign()
    return case


def accept_task(case: Case, *, by: User, task: Task, note: str) -> Case:
    """销号: the supervisor has checked the report against what was required."""
    with step(case, Verb.ACCEPT_TASK, by=by, opinion=note, facts={"task": task.number}) as case:
        task = locked_task(case, task)
        unexplained = require_words(note, finding("review_missing", "note"))
        refuse_if_any(case, [*_not_reviewable(case, task, by), *unexplained])
        _decide(task, TaskReport.Outcome.ACCEPTED, note, by)
        task.accept()
        task.save()
    return case


def return_task(case: Case, *, by: User, task: Task, note: str) -> Case:
    """退回整改报告: saying exactly what is lacking."""
    with step(case, Verb.RETURN_TASK, by=by, opinion=note, facts={"task": task.number}) as case:
        task = locked_task(case, task)
        unexplained = require_words(note, finding("reason_missing", "note", what="退回"))
        refuse_if_any(case, [*_not_reviewable(case, task, by), *unexplained])
        _decide(task, TaskReport.Outcome.RETURNED, note, by)
        task.return_report()
        schedule_progress_report(task)
        task.save()
    return case


def _not_reviewable(case: Case, task: Task, by: User) -> list[Finding]:
    if task.state == TaskState.REPORTED:
        return registrar_decides(case, by, task.handed_in(ReportKind.COMPLETION)[0], "task")
    return [finding("task_not_reviewable", "task", number=task.number, state=task.get_state_display())]


def _decide(task: Task, outcome: str, note: str, by: User) -> None:
    report = task.handed_in(ReportKind.COMPLETION)[0]
    report.outcome, report.outcome_note = outcome, note
    report.decided_by, report.decided_at = by, clock.now()
    report.save()
