"""Rectification: 交办, 销号, 退回."""

from __future__ import annotations

from yuetan.actions.rectification.task_dates import locked_task, new_task, recompute_deadline
from yuetan.actions.step import refuse_if_any, step
from yuetan.models import Case, Task, TaskReport, User
from yuetan.models.case.requirements.paper_filing import registrar_decides
from yuetan.models.rectification.task_origin import HandsOutTasks, Origin
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import require_words
from yuetan.vocabulary import ReportKind, TaskState, Verb


def assign(case: Case, *, by: User) -> Case:
    """交办整改: each measure of the minutes becomes a task, nothing retyped.

    Carries out Art. 9 (三) and 10 (一). Raises StateChanged unless the minutes are issued and nothing is assigned,
    NotYours for anybody but a case officer, Refused where the unit has ended and while a request of it is undecided.
    Effects: a task each, with the day agreed in the minutes; the case is being put right, and the unit is alerted.
    """
    tasks: list[Task] = []
    with step(case, Verb.ASSIGN, by=by) as case:
        for measure in case.interview.measures.all():
            task = new_task(case, due_on=measure.due_on, agreed_on=case.interview.held_on, agreed=measure.agreed)
            task.measure = measure
            tasks.append(task)
        Task.objects.bulk_create(tasks)
        case.assign()
    return case


def accept_task(origin: Origin, *, by: User, task: Task, note: str) -> Origin:
    """销号: the supervisor has checked the report against what was required.

    Raises StateChanged where nothing is being put right, NotYours for anybody but a supervisor, Refused for a task
    that is not reported, for who registered the report from paper, and without a note. Effects: the task is accepted;
    the unit is alerted.
    """
    with step(origin, Verb.ACCEPT_TASK, by=by, opinion=note, facts={"task": task.number}) as origin:
        task = locked_task(origin, task)
        unexplained = require_words(note, finding("review_missing", "note"))
        refuse_if_any(origin, [*_not_reviewable(origin, task, by), *unexplained])
        _decide(task, TaskReport.Outcome.ACCEPTED, note, by)
        task.accept()
        task.save()
    return origin


def return_task(origin: Origin, *, by: User, task: Task, note: str) -> Origin:
    """退回整改报告: saying exactly what is lacking.

    Raises StateChanged where nothing is being put right, NotYours for anybody but a supervisor, Refused for a task
    that is not reported, for who registered the report from paper, and without a reason. Effects: the task is to be
    reported again, by its limit as the calendar counts it now; the unit is alerted.
    """
    with step(origin, Verb.RETURN_TASK, by=by, opinion=note, facts={"task": task.number}) as origin:
        task = locked_task(origin, task)
        unexplained = require_words(note, finding("reason_missing", "note", what="退回"))
        refuse_if_any(origin, [*_not_reviewable(origin, task, by), *unexplained])
        _decide(task, TaskReport.Outcome.RETURNED, note, by)
        task.return_report()
        recompute_deadline(task)  # by the calendar as it is now: while it was reported, no change of it moved the limit
    return origin


def _not_reviewable(origin: HandsOutTasks, task: Task, by: User) -> list[Finding]:
    if task.state == TaskState.REPORTED:
        return registrar_decides(origin, by, task.handed_in(ReportKind.COMPLETION)[0], "task")
    return [finding("task_not_reviewable", "task", number=task.number, state=task.get_state_display())]


def _decide(task: Task, outcome: str, note: str, by: User) -> None:
    report = task.handed_in(ReportKind.COMPLETION)[0]
    report.outcome, report.outcome_note = outcome, note
    report.decided_by, report.decided_at = by, clock.now()
    report.save()
