"""What a measure demands becomes tasks of its unit, one a line, on the day it is served."""

from __future__ import annotations

from yuetan.actions.rectification.given_tasks import given_task
from yuetan.models import AccountabilityMeasure, Task


def hand_over(measure: AccountabilityMeasure) -> list[Task]:
    """Each line of what is demanded as a task, with the limit of the measure; none where it has no limit."""
    if measure.limit is None:
        return []
    tasks = (given_task(measure, number, demand, measure.limit) for number, demand in enumerate(measure.demanded, 1))
    return Task.objects.bulk_create(tasks)
