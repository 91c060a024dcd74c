"""What a measure demands becomes tasks of its unit, one a line, on the day it is served."""

from __future__ import annotations

from yuetan.actions.rectification.task_dates import new_task
from yuetan.models import AccountabilityMeasure, OfficeSetting, Task
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import joined

MAX_NAMES = 60
BY_OFFICE = "单位主要领导"  # where nobody holds a post of its heads, or their names are too many


def hand_over(measure: AccountabilityMeasure) -> list[Task]:
    """Each line of what is demanded as a task, with the limit of the measure; none where it has no limit.

    Who answers for it are the heads of the unit, and what is to prove it the office has set (办公室设定).
    """
    if measure.limit is None:
        return []
    names = joined(dict.fromkeys(post.holder.name for post in measure.unit.heads()))
    tasks = [
        new_task(
            measure,
            due_on=measure.limit,
            agreed_on=clock.today(),
            agreed={
                "number": number,
                "content": demand,
                "responsible_person": names if 0 < len(names) <= MAX_NAMES else BY_OFFICE,
                "proof_required": OfficeSetting.objects.words("measure_task_proof"),
            },
        )
        for number, demand in enumerate(measure.demanded, start=1)
    ]
    return Task.objects.bulk_create(tasks)
