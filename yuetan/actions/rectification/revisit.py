"""回头看: whether the problems of a closed case stay solved; a relapse reopens the case and is counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from yuetan.actions.rectification.inspection import MIN_INSPECTORS
from yuetan.actions.rectification.task_dates import set_due_date
from yuetan.actions.step import refuse_if_any, step
from yuetan.models import Case, Task, User
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.person_names import joined_names, persons_in
from yuetan.vocabulary import TaskState, Verb


def record_revisit(
    case: Case, *, by: User, visited_on: date | None, inspectors: str, findings: str, outcome: str
) -> Case:
    """记录回头看: who went when, what was found; a relapse lets the case be taken up again."""
    facts: dict[str, Any] = {"outcome": outcome, "visited_on": visited_on}
    with step(case, Verb.RECORD_REVISIT, by=by, opinion=findings, facts=facts) as case:
        refuse_if_any(case, _revisit_problems(visited_on, inspectors, findings))
        revisit = case.revisits.select_for_update(of=("self",)).get(outcome="")
        revisit.visited_on, revisit.inspectors, revisit.findings = visited_on, joined_names(inspectors), findings
        revisit.outcome, revisit.recorded_by = outcome, by
        revisit.save()
    return case


def _revisit_problems(visited_on: date | None, inspectors: str, findings: str) -> Iterator[Finding]:
    if visited_on is None:
        yield finding("revisit_visit_missing", "visited_on")
    elif visited_on > clock.today():
        yield finding("revisit_visit_ahead", "visited_on")
    if len(persons_in(inspectors)) < MIN_INSPECTORS:
        yield finding("inspectors_too_few", "inspectors")
    if not findings.strip():
        yield finding("revisit_findings_missing", "findings")


def reopen(case: Case, *, by: User, tasks: Sequence[Task], reason: str, new_due_on: date | None) -> Case:
    """复发重启整改: which tasks, why, until when; the account is open again, and the relapse stays counted."""
    facts: dict[str, Any] = {"tasks": [task.number for task in tasks], "new_due_on": new_due_on}
    with step(case, Verb.REOPEN, by=by, opinion=reason, facts=facts) as case:
        locked = list(case.tasks.select_for_update(of=("self",)).filter(pk__in=[task.pk for task in tasks]))
        refuse_if_any(case, _reopening_problems(locked, reason, new_due_on))
        assert new_due_on is not None
        for task in locked:
            if task.state == TaskState.ACCEPTED:
                task.relapse()
            elif task.state == TaskState.REPORTED:
                task.return_report()
            set_due_date(task, new_due_on)
        case.reopen()
    return case


def _reopening_problems(tasks: Sequence[Task], reason: str, new_due_on: date | None) -> Iterator[Finding]:
    if not tasks:
        yield finding("no_task_to_reopen", "tasks")
    if not reason.strip():
        yield finding("reason_missing", "reason", what="重启整改")
    if new_due_on is None:
        yield finding("new_due_missing", "new_due_on")
    elif new_due_on <= clock.today():
        yield finding("new_due_past", "new_due_on")
