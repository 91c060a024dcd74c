"""What ledgers share of rows that are about a subject: which of them a person sees, and where they lead."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Model, Q
from django.urls import reverse

from yuetan.models import SUBJECTS, AccountabilityMeasure, Assignment, Case, Letter, Subject, User

# What the title and the unit of each are read from.
UNITS_OF_SUBJECTS = (
    *(f"{name}__{unit}" for name in SUBJECTS for unit in ("unit__parent", "first_unit")),
    "measure_laid__rung",
)


def about_visible_subjects(user: User) -> Q:
    """The condition for rows that are about something the person may see."""
    return reduce(or_, (_about(name, user) for name in SUBJECTS))


def _about(name: str, user: User) -> Q:
    return Q(**{f"{name}__isnull": False}) & SUBJECTS[name].objects.all().visible_if(user, f"{name}__")


def subjects_by_key(rows: Collection[Model]) -> dict[UUID, Subject]:
    """What these rows are about, by its key, with its title, its unit and its paper; a query for each class."""
    return read_subjects((name, key) for row in rows for name in SUBJECTS if (key := getattr(row, f"{name}_id")))


def read_subjects(named_keys: Iterable[tuple[str, UUID]]) -> dict[UUID, Subject]:
    """The subjects of these keys, each beside the name of its class (`ABOUT`); a query for each class."""
    keys: dict[str, set[UUID]] = {name: set() for name in SUBJECTS}
    for name, key in named_keys:
        keys[name].add(key)
    letters = Letter.objects.select_related("unit__parent", "first_unit", "document__entry")
    measures = AccountabilityMeasure.objects.select_related("unit__parent", "first_unit", "rung", "paper__entry")
    given = Assignment.objects.select_related("unit__parent", "first_unit")
    return {
        **Case.objects.select_related("unit__parent", "first_unit").in_bulk(keys[Case.ABOUT]),
        **letters.defer("document__html", "document__facts").in_bulk(keys[Letter.ABOUT]),
        **measures.defer("paper__html", "paper__facts").in_bulk(keys[AccountabilityMeasure.ABOUT]),
        **given.in_bulk(keys[Assignment.ABOUT]),
    }


def subject_url(subject: Subject) -> str:
    """The page of a subject."""
    return reverse(subject.ABOUT, args=[subject.pk])
