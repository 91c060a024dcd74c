"""A correction of measures or time limits moves the account of tasks by the same decision, and nothing else does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from yuetan.actions.interview.measures import write_measures
from yuetan.actions.rectification.task_dates import schedule_progress_report, set_due_date
from yuetan.models import Case, Measure, Task
from yuetan.models.interview.minutes_version import MeasureText, due_day, measure_texts
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.official_text import chinese_date

AGREED_TEXTS = ("content", "responsible_person", "proof_required", "acceptance_standard", "report_rhythm")


def account_problems(case: Case, measures: Sequence[MeasureText]) -> Iterator[Finding]:
    """What forbids a correction to move the account: only what is still outstanding moves, nothing pending is lost."""
    tasks = {task.number: task for task in case.tasks.all()}
    if not tasks:
        return
    if len(measures) != len(tasks):
        yield finding("correction_changes_count", "measures", count=len(tasks))
        return
    for number, (before, after) in enumerate(zip(_texts(case), measures, strict=True), start=1):
        if before != after:
            yield from _task_problems(tasks[number], before, after)


def _task_problems(task: Task, before: MeasureText, after: MeasureText) -> Iterator[Finding]:
    if not task.is_unreported:
        yield finding("correction_of_settled_task", "measures", number=task.number, state=task.get_state_display())
        return
    if before["due_on"] == after["due_on"]:
        return
    if task.pending_extension is not None:
        yield finding("correction_over_extension", "measures", number=task.number)
    if task.agreed_due_on != due_day(before):
        words = {"number": task.number, "due": chinese_date(task.agreed_due_on)}
        yield finding("correction_of_moved_limit", "measures", **words)
    if due_day(after) <= clock.today():
        yield finding("correction_limit_past", "measures", number=task.number)


def move_account(case: Case, measures: Sequence[MeasureText]) -> dict[str, str]:
    """Let the measures and the tasks made of them say what the correction says; the new limits by number of task."""
    if not case.tasks.exists():
        write_measures(case.interview, measures)
        return {}
    limits: dict[str, str] = {}
    for number, (before, after) in enumerate(zip(_texts(case), measures, strict=True), start=1):
        if before == after:
            continue
        _write_measure(case.interview.measures.get(number=number), after)
        task = case.tasks.select_for_update(of=("self",)).get(number=number)
        for name in AGREED_TEXTS:
            setattr(task, name, after[name])  # type: ignore[literal-required]
        schedule_progress_report(task)
        task.save()
        if before["due_on"] != after["due_on"]:
            set_due_date(task, due_day(after))
            limits[str(number)] = after["due_on"]
    return limits


def _write_measure(measure: Measure, text: MeasureText) -> None:
    for name in AGREED_TEXTS:
        setattr(measure, name, text[name])  # type: ignore[literal-required]
    measure.due_on = due_day(text)
    measure.save()


def _texts(case: Case) -> list[MeasureText]:
    return measure_texts(case.interview.measures.all())
