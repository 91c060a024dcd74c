"""What ledgers share of rows that are about a case or a letter: which of them a person sees, and where they lead."""

from __future__ import annotations

from django.db.models import Q
from django.urls import reverse

from yuetan.models import Case, Letter, User

# What the title and the unit of either are read from.
UNITS_OF_SUBJECTS = ("case__unit__parent", "case__first_unit", "letter__unit__parent", "letter__first_unit")


def about_visible_subjects(user: User) -> Q:
    """The condition for rows with `case` and `letter` that are about a case or a letter the person may see."""
    of_cases = Q(case__isnull=False) & Case.objects.visible_if(user, "case__")
    of_letters = Q(letter__isnull=False) & Letter.objects.visible_if(user, "letter__")
    return of_cases | of_letters


def subject_url(subject: Case | Letter) -> str:
    """The page of a case or a letter."""
    return reverse(subject.ABOUT, args=[subject.pk])
