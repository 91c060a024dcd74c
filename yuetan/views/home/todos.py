"""What waits for a person by role or in person: read off the rows of 待办, a line for each case or letter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from yuetan.models import Case, Letter, PendingStep, User
from yuetan.models.flow.pending_step import ORDER, PendingStepQuerySet
from yuetan.rules.dates import clock
from yuetan.rules.dates.deadlines import Deadline
from yuetan.views.case.available_steps import pending_step_url, why_now
from yuetan.views.frame.deadline_lights import DeadlineLights
from yuetan.views.frame.pagination import MAX_COUNTED
from yuetan.vocabulary import Verb

Place = tuple[date, int]  # where in the order of lists a row stands


@dataclass(frozen=True)
class Todo:
    """One thing that waits for the person."""

    url: str
    title: str
    unit: str
    pending: str
    due_on: date | None = None
    deadline: Deadline | None = None


@dataclass(frozen=True)
class TodoCounts:
    """How much waits for the person, each counted no further than a thousand and one."""

    all: int
    due_today: int
    overdue: int


def counts(user: User) -> TodoCounts:
    """How many cases and letters wait, and of how many the soonest date is today or has passed."""
    parts, today = PendingStep.objects.first_of_each(user), clock.today()
    return TodoCounts(
        all=_capped(parts),
        due_today=_capped([part.filter(listed_on=today) for part in parts]),
        overdue=_capped([part.filter(listed_on__lt=today) for part in parts]),
    )


def proposals_to_approve(user: User) -> int:
    """How many proposals wait for the person's decision."""
    return _capped([part.filter(verb=Verb.APPROVE) for part in PendingStep.objects.of(user)])


def _capped(parts: Iterable[PendingStepQuerySet]) -> int:
    return _united([part.values("pk") for part in parts], (), MAX_COUNTED + 1).count()


def _united(parts: list[QuerySet[Any, Any]], order: Sequence[str], length: int) -> QuerySet[Any, Any]:
    """The first so many of all, of which each part gives no more than that."""
    first, *others = (part.order_by(*order) for part in parts)
    if others:
        first = first[:length].union(*(other[:length] for other in others), all=True).order_by(*order)
    return first[:length]


def todos(
    user: User, lights: DeadlineLights, length: int, after: Place | None = None
) -> tuple[list[Todo], Place | None]:
    """The soonest so many lines behind a place, and the place of the last where more follow."""
    parts = PendingStep.objects.first_of_each(user)
    if after is not None:
        parts = [part.after(*after) for part in parts]
    columns = [part.values_list("listed_on", "pk", "case", "letter") for part in parts]
    rows_read = list(_united(columns, ORDER, length + 1))
    shown = rows_read[:length]
    place = (shown[-1][0], shown[-1][1]) if len(rows_read) > length else None
    return _todos_about(user, lights, [row[2] or row[3] for row in shown]), place


def place_in(query: Mapping[str, str]) -> Place | None:
    """The place that an address names; the beginning if it names none."""
    try:
        return date.fromisoformat(query["after"]), int(query["row"])
    except (KeyError, ValueError):
        return None


def _todos_about(user: User, lights: DeadlineLights, keys: list[UUID]) -> list[Todo]:
    rows: dict[UUID, dict[str, PendingStep]] = {key: {} for key in keys}
    for part in PendingStep.objects.of(user):
        for row in _about(part, keys):
            rows[row.subject_id].setdefault(row.verb, row)
    cases = Case.objects.filter(pk__in=keys).for_lists().in_bulk()
    letters = Letter.objects.filter(pk__in=keys).select_related("unit__parent", "first_unit").in_bulk()
    return [_todo(cases.get(key) or letters[key], list(rows[key].values()), lights) for key in keys]


def _about(part: PendingStepQuerySet, keys: list[UUID]) -> Iterable[PendingStep]:
    of_cases, of_letters = part.filter(case__in=keys), part.filter(letter__in=keys)
    return of_cases.union(of_letters, all=True).order_by("pk")


def _todo(subject: Case | Letter, rows: list[PendingStep], lights: DeadlineLights) -> Todo:
    verbs = [row.verb for row in sorted(rows, key=lambda row: subject.place_of(row.verb))]
    due_on = min((row.due_on for row in rows if row.due_on), default=None)
    return Todo(
        url=pending_step_url(subject, verbs) if isinstance(subject, Case) else reverse("letter", args=[subject.pk]),
        title=subject.title,
        unit=subject.unit_label,
        pending="；".join(why_now(verb) for verb in verbs),
        due_on=due_on,
        deadline=lights.of(due_on),
    )
