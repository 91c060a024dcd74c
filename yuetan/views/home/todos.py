"""What waits for a person by role or in person: read off the rows of 待办, a line for each subject."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from yuetan import permissions
from yuetan.ledgers.case.whose_turn import why_now
from yuetan.ledgers.deadline_lights import DeadlineLights
from yuetan.ledgers.subjects import read_subjects, subject_url
from yuetan.models import SUBJECTS, AccountabilityMeasure, Case, PendingStep, Subject, User
from yuetan.models.flow.pending_step import ORDER, PendingStepQuerySet
from yuetan.rules.dates import clock
from yuetan.rules.dates.deadlines import Deadline
from yuetan.views.case.available_steps import pending_step_url
from yuetan.views.frame.pagination import MAX_COUNTED
from yuetan.vocabulary import Verb

Place = tuple[date, int]  # where in the order of lists a row stands
NamedKey = tuple[str, UUID]  # a subject: the name of its class (`ABOUT`), its key


@dataclass(frozen=True)
class CallList:
    """Where it is read whom to call about what nobody has signed for."""

    name: str
    label: str


CALLS: Mapping[str, CallList] = {
    Case.ABOUT: CallList("unsigned_notices", "未签收的通知"),
    AccountabilityMeasure.ABOUT: CallList("unsigned_measures", "未签收的责任措施文书"),
}


@dataclass(frozen=True)
class Todo:
    """One thing that waits for the person."""

    url: str
    title: str
    unit: str
    pending: str
    due_on: date | None = None
    deadline: Deadline | None = None
    calls: CallList | None = None


@dataclass(frozen=True)
class TodoCounts:
    """How much waits for the person, each counted no further than a thousand and one."""

    all: int
    due_today: int
    overdue: int


@dataclass(frozen=True)
class Waiting:
    """The soonest lines behind a place, how many there are from there on, and the place of the last if more follow."""

    todos: list[Todo]
    counts: TodoCounts
    place: Place | None


def proposals_to_approve(user: User) -> int:
    """How many proposals wait for the person's decision."""
    if not user.has_perm(permissions.name(Verb.APPROVE)):
        return 0
    parts = [part.filter(verb=Verb.APPROVE).values("pk") for part in PendingStep.objects.of(user)]
    return _united(parts, (), MAX_COUNTED + 1).count()


def waiting_todos(user: User, lights: DeadlineLights, length: int, after: Place | None = None) -> Waiting:
    """What waits for the person, the soonest first: so many lines behind a place, and the count of all from there."""
    parts = PendingStep.objects.first_of_each(user)
    if after is not None:
        parts = [part.after(*after) for part in parts]
    columns = [part.values_list("listed_on", "pk", *SUBJECTS) for part in parts]
    rows = list(_united(columns, ORDER, MAX_COUNTED + 1))
    shown = rows[:length]
    place = (shown[-1][0], shown[-1][1]) if len(rows) > length else None
    todos = _todos_about(user, lights, [_subject_named(row[2:]) for row in shown])
    return Waiting(todos, _counts([row[0] for row in rows], parts), place)


def _counts(days: list[date], parts: list[PendingStepQuerySet]) -> TodoCounts:
    today = clock.today()
    overdue, due_today = sum(day < today for day in days), days.count(today)
    if len(days) > MAX_COUNTED and days[-1] <= today:  # of those of today some stand behind the last that was read
        due_today = _united([part.filter(listed_on=today).values("pk") for part in parts], (), MAX_COUNTED + 1).count()
    return TodoCounts(len(days), due_today, overdue)


def _united(parts: list[QuerySet[Any, Any]], order: Sequence[str], length: int) -> QuerySet[Any, Any]:
    """The first so many of all, of which each part gives no more than that."""
    first, *others = (part.order_by(*order) for part in parts)
    if others:
        first = first[:length].union(*(other[:length] for other in others), all=True).order_by(*order)
    return first[:length]


def place_in(query: Mapping[str, str]) -> Place | None:
    """The place that an address names; the beginning if it names none."""
    try:
        return date.fromisoformat(query["after"]), int(query["row"])
    except (KeyError, ValueError):
        return None


def _subject_named(keys: Sequence[UUID | None]) -> NamedKey:
    return next((name, key) for name, key in zip(SUBJECTS, keys, strict=True) if key)


def _todos_about(user: User, lights: DeadlineLights, named_keys: list[NamedKey]) -> list[Todo]:
    rows: dict[UUID, dict[str, PendingStep]] = {key: {} for _, key in named_keys}
    for row in _rows_about(user, named_keys) if named_keys else ():
        rows[row.subject_id].setdefault(row.verb, row)
    subjects = read_subjects(named_keys)
    return [_todo(subjects[key], list(rows[key].values()), lights) for _, key in named_keys]


def _rows_about(user: User, named_keys: list[NamedKey]) -> Iterable[PendingStep]:
    keys = {name: [key for other, key in named_keys if other == name] for name, _ in named_keys}
    parts = PendingStep.objects.of(user)
    first, *others = [part.filter(**{f"{name}__in": keys[name]}) for part in parts for name in keys]
    return first.union(*others, all=True).order_by("pk")


def _todo(subject: Subject, rows: list[PendingStep], lights: DeadlineLights) -> Todo:
    verbs = [row.verb for row in sorted(rows, key=lambda row: subject.place_of(row.verb))]
    due_on = min((row.due_on for row in rows if row.due_on), default=None)
    is_unsigned = Verb.REGISTER_RECEIPT in verbs or Verb.REGISTER_MEASURE_RECEIPT in verbs
    return Todo(
        url=pending_step_url(subject, verbs) if isinstance(subject, Case) else subject_url(subject),
        title=subject.title,
        unit=subject.unit_label,
        pending="；".join(why_now(verb) for verb in verbs),
        due_on=due_on,
        deadline=lights.of(due_on),
        calls=CALLS[subject.ABOUT] if is_unsigned else None,
    )
