"""What steps are taken on, by name: every class of `HasSteps`, and how rows say of which of them they are."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING

from django.db.models import Model, Q

from yuetan.models.assignment.assignment import Assignment
from yuetan.models.case.case import Case
from yuetan.models.ladder.measure import AccountabilityMeasure
from yuetan.models.letter.letter import Letter

if TYPE_CHECKING:
    from yuetan.models.people.user import User

Subject = Case | Letter | AccountabilityMeasure | Assignment
# By the column by which rows say that they are of it.
SUBJECTS: Mapping[str, type[Subject]] = {each.ABOUT: each for each in (Case, Letter, AccountabilityMeasure, Assignment)}

# What is read with a row for the title of what it is of.
WITH_TITLES = ("case", "letter", "measure_laid__rung", "measure_laid__unit__parent", "assignment")


def of_exactly_one(*others: str) -> Q:
    """The condition for rows that are of one subject, or one of these other things, and of nothing else."""
    names = [*SUBJECTS, *others]
    return reduce(or_, (Q(**{f"{one}__isnull": one != chosen for one in names}) for chosen in names))


def about_no_subject() -> Q:
    """The condition for rows that are of none."""
    return Q(**{f"{name}__isnull": True for name in SUBJECTS})


def known_of(kinds: Mapping[str, type[Subject]], user: User, at: str = "") -> Q:
    """知悉范围: the condition for rows that name one subject of these kinds, each in the column it is under here.

    `at` leads to these rows from those that are asked, as in `task__`.
    """
    return reduce(and_, (kind.objects.all().known_to(user, f"{at}{name}__") for name, kind in kinds.items()))


def subject_of(row: Model) -> Subject | None:
    """The subject that a row is of; None for one that is of none."""
    return next((subject for subject in (getattr(row, name) for name in SUBJECTS) if subject is not None), None)
