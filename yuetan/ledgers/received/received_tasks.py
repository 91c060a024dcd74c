"""What of each of many 三书一函 is to be put right: how many tasks, how many struck off, and the next day of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Min, Q

from yuetan.models import Task
from yuetan.models.received.letter import OPEN_TASKS
from yuetan.vocabulary import TaskState


@dataclass(frozen=True)
class LetterTasks:
    """Those of one letter; the revoked do not count."""

    number: int = 0
    accepted: int = 0
    next_due: date | None = None


NO_TASKS = LetterTasks()


def tasks_of_letters(keys: Sequence[UUID]) -> dict[UUID, LetterTasks]:
    """Those of these letters, by one statement; none of a letter without tasks."""
    tasks = Task.objects.filter(assignment__received_letter__in=keys).exclude(state=TaskState.REVOKED).order_by()
    rows = tasks.values_list("assignment__received_letter").annotate(
        number=Count("pk"),
        accepted=Count("pk", filter=Q(state=TaskState.ACCEPTED)),
        next_due=Min("effective_due_on", filter=Q(state__in=OPEN_TASKS)),
    )
    return {key: LetterTasks(*of_letter) for key, *of_letter in rows}
