"""A measure that is void or revoked asks for nothing any more: what is not accepted of its tasks is revoked."""

from __future__ import annotations

from yuetan.models import AccountabilityMeasure
from yuetan.vocabulary import TaskState


def revoke_tasks(measure: AccountabilityMeasure) -> None:
    """Revoke the tasks that were not accepted, inside the step that makes the measure void or revokes it."""
    for task in measure.tasks.select_for_update(of=("self",)).exclude(state=TaskState.ACCEPTED):
        task.revoke()
        task.progress_due_on = None
        task.save()
