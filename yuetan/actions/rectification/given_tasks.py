"""Tasks that a paper gives to a unit without naming persons: its heads answer, and the office has set what proves."""

from __future__ import annotations

from datetime import date

from yuetan.actions.rectification.task_dates import new_task
from yuetan.models import OfficeSetting, Task, Unit
from yuetan.models.rectification.task_origin import HandsOutTasks
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import joined

MAX_NAMES = 60
BY_OFFICE = "单位主要领导"  # where nobody holds a post of its heads, or their names are too many


def given_task(origin: HandsOutTasks, number: int, content: str, due_on: date, responsible: str = "") -> Task:
    """One of them, not saved yet; who answers for it is named, or the heads of the unit (办公室设定)."""
    return new_task(
        origin,
        due_on=due_on,
        agreed_on=clock.today(),
        agreed={
            "number": number,
            "content": content,
            "responsible_person": responsible or heads_of(origin.unit),
            "proof_required": OfficeSetting.objects.words("measure_task_proof"),
        },
    )


def heads_of(unit: Unit) -> str:
    """The names of the unit's heads, as those who answer for what it is given."""
    names = joined(dict.fromkeys(post.holder.name for post in unit.heads()))
    return names if 0 < len(names) <= MAX_NAMES else BY_OFFICE
