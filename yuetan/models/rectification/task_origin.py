"""What hands tasks over, and what the account of a task asks of it.

A further origin is a foreign key of `Task` and of `InspectionTeam` under its `ABOUT`, its class in `ORIGINS` and a
label, the rows of `task_steps` among its own, and its model in `permissions.HANDS_OUT_TASKS` (docs/decisions/0087).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import TypeVar

from django.db.models import Model, Q

from yuetan.models.assignment.assignment import Assignment
from yuetan.models.case.case import Case
from yuetan.models.ladder.measure import AccountabilityMeasure

HandsOutTasks = Case | AccountabilityMeasure | Assignment
ORIGINS: Mapping[str, type[HandsOutTasks]] = {each.ABOUT: each for each in (Case, AccountabilityMeasure, Assignment)}
ORIGIN_LABELS = {"case": "约谈", "measure_laid": "责任措施", "assignment": "交办事项"}
Origin = TypeVar("Origin", bound=HandsOutTasks)
# What is read with a task for the title of what it comes from, and its unit as it was called then and now.
WITH_ORIGINS = (
    *(f"{name}__{unit}" for name in ORIGINS for unit in ("unit__parent", "first_unit")),
    "measure_laid__rung",
)


def of_one_origin() -> Q:
    """The condition for rows that come from exactly one of the origins."""
    return reduce(or_, (Q(**{f"{one}__isnull": one != chosen for one in ORIGINS}) for chosen in ORIGINS))


def origin_of(row: Model) -> HandsOutTasks:
    """What a task, or a team, comes from."""
    return next(origin for origin in (getattr(row, name) for name in ORIGINS) if origin is not None)


def leads(to_origin: str) -> tuple[str, ...]:
    """The paths to each origin from rows that lead to it by way of these, as in `task__`."""
    return tuple(f"{to_origin}{name}" for name in ORIGINS)


def kept_with_tasks(origin: HandsOutTasks) -> dict[str, object]:
    """What each task of it keeps of it, so that lists ask one table: they are made equal to it by each step."""
    return {
        "unit_id": origin.unit_id,
        "first_unit_id": origin.first_unit_id,
        "drafter_id": origin.drafter_id,
        "year": origin.task_year,
        "runs": origin.tasks_run,
    }
