"""Inspection (督查) and the end of a case: 启动督查, 记录督查, 退回整改, 问责, 办结."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypedDict

from yuetan.actions.rectification.task_dates import end_pause, set_due_date
from yuetan.actions.step import refuse_if_any, step
from yuetan.models import Case, Consequence, Inspection, Revisit, Task, TaskFinding, TaskReport, User
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.person_names import joined_names, persons_in
from yuetan.vocabulary import FindingOutcome, InspectionConclusion, ReportKind, TaskState, Verb

MIN_INSPECTORS = 2


def begin_inspection(case: Case, *, by: User, planned_on: date | None, inspectors: str, plan: str) -> Case:
    """启动督查: once every task is reported or past its date; a plan, and two persons at least."""
    facts: dict[str, Any] = {"planned_on": planned_on, "inspectors": joined_names(inspectors)}
    with step(case, Verb.BEGIN_INSPECTION, by=by, facts=facts) as case:
        refuse_if_any(case, _plan_problems(planned_on, inspectors, plan))
        who = {"begun_by": by, "inspectors": joined_names(inspectors)}
        number = case.inspections.count() + 1
        Inspection.objects.create(case=case, number=number, planned_on=planned_on, plan=plan, **who)
        case.begin_inspection()
    return case


def _plan_problems(planned_on: date | None, inspectors: str, plan: str) -> Iterator[Finding]:
    if planned_on is None:
        yield finding("inspection_day_missing", "planned_on")
    yield from _too_few(inspectors)
    if not plan.strip():
        yield finding("plan_missing", "plan")


def _too_few(inspectors: str) -> Iterator[Finding]:
    if len(persons_in(inspectors)) < MIN_INSPECTORS:
        yield finding("inspectors_too_few", "inspectors")


class TaskFindingRow(TypedDict):
    """What an inspection found of one task."""

    task: Task
    outcome: str
    words: str


def conclude_inspection(
    case: Case,
    *,
    by: User,
    inspectors: str,
    findings: str,
    task_findings: Sequence[TaskFindingRow],
    conclusion: str,
    basis: str,
) -> Case:
    """记录督查情况: what was found of each task, and a conclusion with its basis (查实有结果、查否有依据).

    What was concluded before stays as it was: this is one more round.
    """
    facts: dict[str, Any] = {"conclusion": conclusion}
    with step(case, Verb.CONCLUDE_INSPECTION, by=by, opinion=findings, facts=facts) as case:
        refuse_if_any(case, _conclusion_problems(case, inspectors, findings, task_findings, conclusion, basis))
        inspection = _round_to_conclude(case)
        inspection.inspectors, inspection.findings = joined_names(inspectors), findings
        inspection.conclusion, inspection.basis = conclusion, basis
        inspection.concluded_by, inspection.concluded_at = by, clock.now()
        inspection.save()
        facts["inspection"] = inspection.number
        for row in task_findings:
            TaskFinding.objects.create(inspection=inspection, **row)
    return case


def _round_to_conclude(case: Case) -> Inspection:
    """The current inspection; once it is concluded, a new one on the same plan."""
    last = case.current_inspection
    assert last is not None
    if not last.conclusion:
        return last
    plan = {"planned_on": last.planned_on, "plan": last.plan}
    return Inspection(case=case, number=last.number + 1, begun_by=last.begun_by, begun_at=last.begun_at, **plan)


def _conclusion_problems(
    case: Case,
    inspectors: str,
    findings: str,
    task_findings: Sequence[TaskFindingRow],
    conclusion: str,
    basis: str,
) -> Iterator[Finding]:
    yield from _too_few(inspectors)
    if not findings.strip():
        yield finding("inspection_findings_missing", "findings")
    findings_by_task = {row["task"].pk: row for row in task_findings if row["words"].strip()}
    for task in case.tasks.all():
        if task.pk not in findings_by_task:
            yield finding("task_finding_missing", "task_findings", number=task.number)
    if not basis.strip():
        yield finding("conclusion_without_basis", "basis")
    if conclusion == InspectionConclusion.RECTIFIED:
        yield from _contradicting_findings(case, findings_by_task)


def _contradicting_findings(case: Case, findings_by_task: Mapping[int, TaskFindingRow]) -> Iterator[Finding]:
    for task in case.tasks.all():
        result = findings_by_task.get(task.pk)
        if task.state != TaskState.ACCEPTED:
            yield finding("conclusion_against_tasks", "conclusion", number=task.number)
        elif result is not None and result["outcome"] == FindingOutcome.NOT_BORNE_OUT:
            yield finding("finding_against_conclusion", "conclusion", number=task.number)


def send_back(case: Case, *, by: User, tasks: Sequence[Task], reason: str, new_due_on: date | None) -> Case:
    """退回整改: which tasks, why, until when."""
    facts: dict[str, Any] = {"tasks": [task.number for task in tasks], "new_due_on": new_due_on}
    with step(case, Verb.SEND_BACK, by=by, opinion=reason, facts=facts) as case:
        locked = list(case.tasks.select_for_update(of=("self",)).filter(pk__in=[task.pk for task in tasks]))
        refuse_if_any(case, _send_back_problems(locked, reason, new_due_on))
        for task in locked:
            _return_task(task, reason, new_due_on, by)
        case.send_back()
    return case


def _send_back_problems(tasks: Sequence[Task], reason: str, new_due_on: date | None) -> Iterator[Finding]:
    if not tasks:
        yield finding("no_task_chosen", "tasks")
    for task in tasks:
        if task.state == TaskState.ACCEPTED:
            yield finding("task_not_returnable", "tasks", number=task.number)
    if not reason.strip():
        yield finding("reason_missing", "reason", what="退回整改")
    if new_due_on is None:
        yield finding("new_due_missing", "new_due_on")
    elif new_due_on <= clock.today():
        yield finding("new_due_past", "new_due_on")


def _return_task(task: Task, reason: str, new_due_on: date | None, by: User) -> None:
    assert new_due_on is not None
    if task.state == TaskState.REPORTED:
        report = task.handed_in(ReportKind.COMPLETION)[0]
        report.outcome, report.outcome_note = TaskReport.Outcome.RETURNED, reason
        report.decided_by, report.decided_at = by, clock.now()
        report.save()
        task.return_report()
    end_pause(task, by=by, reason=reason)
    set_due_date(task, new_due_on)


def record_consequence(case: Case, *, by: User, kind: str, basis: str) -> Case:
    """记录问责处理: what the leading group or another organ decided, with the paper it rests on."""
    with step(case, Verb.RECORD_CONSEQUENCE, by=by, opinion=basis, facts={"kind": kind}) as case:
        if not basis.strip():
            refuse_if_any(case, [finding("basis_missing", "basis")])
        Consequence.objects.create(case=case, kind=kind, basis=basis, recorded_by=by)
    return case


def close(case: Case, *, by: User, opinion: str, revisit_on: date | None) -> Case:
    """办结销号: every task accepted on the supervisor's conclusion, or a consequence recorded; 回头看 planned."""
    facts: dict[str, Any] = {"revisit_on": revisit_on}
    with step(case, Verb.CLOSE, by=by, opinion=opinion, facts=facts) as case:
        refuse_if_any(case, _closing_problems(opinion, revisit_on))
        assert revisit_on is not None
        case.close(closed_on=clock.today())
        Revisit.objects.create(case=case, planned_on=revisit_on)
    return case


def _closing_problems(opinion: str, revisit_on: date | None) -> Iterator[Finding]:
    if not opinion.strip():
        yield finding("opinion_missing", "opinion")
    if revisit_on is None:
        yield finding("revisit_day_missing", "revisit_on")
    elif revisit_on <= clock.today():
        yield finding("revisit_day_past", "revisit_on")
