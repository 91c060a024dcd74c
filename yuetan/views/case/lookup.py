"""Finding the case that a page is about: fetching is checking."""

from __future__ import annotations

from uuid import UUID

from django.shortcuts import get_object_or_404

from yuetan.models import Case, User


def visible_case(user: User, pk: UUID) -> Case:
    """The case with all that its page needs; raises Http404 alike for one that is not there and one not to be seen."""
    case: Case = get_object_or_404(Case.objects.visible_to(user).for_page(), pk=pk)
    case.read_relations_once()
    return case
