"""States, replayed: every event of a case or a letter leads lawfully from one state to the next and to today's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import pairwise

from yuetan import office_waits
from yuetan.actions.record.disagreement import Disagreement
from yuetan.models import Case, Event, Subject, Task
from yuetan.models.flow.step import Step, transitions
from yuetan.vocabulary import CaseState, RecordKind, ReportKind, TaskState

A_MOMENT = timedelta(seconds=30)
QUARANTINE = "quarantine_file"  # no step: the scanner records it, whatever the state


def check_states(subject: Subject, events: Sequence[Event], named: str) -> Iterator[Disagreement]:
    """The first event that does not follow from the one before it, or a state that no event led to."""
    problem = _broken_at(subject.STEPS, events)
    if not problem and events[-1].to_state != subject.state:
        led_to = type(subject)._meta.get_field("state").choices or ()
        labels = {str(value): str(label) for value, label in led_to}
        last = labels.get(events[-1].to_state, events[-1].to_state)
        problem = f"现为“{labels.get(subject.state, subject.state)}”，而操作日志到“{last}”为止"
    if not problem and not timedelta() <= events[0].created_at - subject.created_at < A_MOMENT:
        problem = "建立的时间与操作日志不符"
    if problem:
        yield Disagreement(RecordKind.STATE, named, problem)


def _broken_at(steps: Sequence[Step], events: Sequence[Event]) -> str:
    if not events:
        return "没有操作日志"
    lawful = {(source, step.verb.value, step.target) for source, step in transitions(steps)}
    side_steps = {(source, step.verb.value) for step in steps if step.is_side_step for source in step.sources}
    first = [step for step in steps if not step.sources]
    if (events[0].verb, events[0].from_state, events[0].to_state) not in {(one.verb, "", one.target) for one in first}:
        return f"操作日志不从“{first[0].verb.label}”开始"
    for before, event in pairwise(events):
        led = (event.from_state, event.verb, event.to_state)
        stays = event.from_state == event.to_state
        is_side_step = stays and (event.verb == QUARANTINE or (event.from_state, event.verb) in side_steps)
        if event.created_at < before.created_at or event.from_state != before.to_state:
            return f"操作日志在“{event.label}”处与前一步不相接"
        if led not in lawful and not is_side_step:
            return f"操作日志中的“{event.label}”不是这个状态下能办的"
    return ""


def check_tasks(case: Case, named: str) -> Iterator[Disagreement]:
    """A task is as its reports have left it; a closed case has every task accepted."""
    for task in case.tasks.all():
        problem = _task_problem(task)
        if problem:
            yield Disagreement(RecordKind.TASK, named, f"第 {task.number} 项{problem}")
        elif case.state == CaseState.CLOSED and task.state != TaskState.ACCEPTED:
            yield Disagreement(RecordKind.TASK, named, f"已办结，而第 {task.number} 项尚未销号")


def check_office_waits(case: Case, named: str) -> Iterator[Disagreement]:
    """What runs inside the office is what the state says; of 补录 less may run, for nothing began here."""
    running = {(wait.stage, wait.task_id) for wait in case.office_waits.all() if wait.ended_at is None}
    waiting = {(stage.value, task) for stage, task in office_waits.waiting_now(case)}
    missing = set() if case.earlier else waiting - running
    if missing or running - waiting:
        yield Disagreement(RecordKind.STATE, named, "办公室办理的计时与状态不符")


def _task_problem(task: Task) -> str:
    handed_in = task.handed_in(ReportKind.COMPLETION)
    if (task.state == TaskState.ASSIGNED) != (not handed_in):
        return f"“{task.get_state_display()}”，而整改报告报送过 {len(handed_in)} 次"
    reports = task.reports_of(ReportKind.COMPLETION)
    last = max(reports, key=lambda report: report.version, default=None)
    decided = task.state in (TaskState.ACCEPTED, TaskState.RETURNED) and last is not None and last.handed_in_at
    if decided and last is not None and last.outcome != task.state:
        return f"“{task.get_state_display()}”，而最近一次整改报告的核查结果不是这样"
    versions = sorted(report.version for report in reports)
    return "" if versions == list(range(1, len(versions) + 1)) else "的整改报告缺了一次"
