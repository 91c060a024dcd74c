"""Requirements for extensions, pauses and chasing of the tasks of a case."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from yuetan.models.flow.requirement import Requirement
from yuetan.rules.refusals import Finding, finding

if TYPE_CHECKING:
    from yuetan.models.case.task_account import HasTasks


@Requirement
def has_extension_to_decide(origin: HasTasks) -> Iterator[Finding]:
    """Some extension was asked for and not decided."""
    if not any(task.pending_extension for task in origin.tasks.all()):
        yield finding("no_extension_to_decide")


@Requirement
def has_task_to_pause(origin: HasTasks) -> Iterator[Finding]:
    """Some task's limit is running and has not passed."""
    if not any(task.is_unreported and task.effective_due_on and not task.is_overdue for task in origin.tasks.all()):
        yield finding("no_task_to_pause")


@Requirement
def has_paused_task(origin: HasTasks) -> Iterator[Finding]:
    """Some task is paused."""
    if not any(task.open_pause for task in origin.tasks.all()):
        yield finding("no_paused_task")


@Requirement
def has_task_to_chase(origin: HasTasks) -> Iterator[Finding]:
    """Some task is unreported and its deadline is running."""
    if not any(task.is_unreported and task.effective_due_on for task in origin.tasks.all()):
        yield finding("no_task_owed")


@Requirement
def has_chase_to_answer(origin: HasTasks) -> Iterator[Finding]:
    """Some asking-after waits for an answer."""
    if not any(chase.replied_at is None for task in origin.tasks.all() for chase in task.chases.all()):
        yield finding("no_chase_to_answer")


def pause_has_run_out(origin: HasTasks) -> bool:
    """Some pause has no planned end, or is past it: the director lets the limit run again."""
    pauses = [task.open_pause for task in origin.tasks.all()]
    return any(pause is not None and pause.has_run_out for pause in pauses)
