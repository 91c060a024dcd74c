"""Finding the case that a page is about: fetching is checking."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404
from django.shortcuts import get_object_or_404

from yuetan.models import Case, User
from yuetan.models.office.fixed_query import FixedQuery

_FOR_PAGE = FixedQuery[Case](lambda key: Case.objects.for_page().filter(pk=key), uuid4())


def visible_case(user: User, pk: UUID) -> Case:
    """The case with all that its page needs; raises Http404 alike for one that is not there and one not to be seen."""
    case = _any_case(pk) if Case.objects.shows_all_to(user) else _case_seen_by(user, pk)
    case.read_relations_once()
    return case


def _any_case(pk: UUID) -> Case:
    try:
        return _FOR_PAGE.get(pk)
    except ObjectDoesNotExist as nowhere:
        raise Http404 from nowhere


def _case_seen_by(user: User, pk: UUID) -> Case:
    case: Case = get_object_or_404(Case.objects.visible_to(user).for_page(), pk=pk)
    return case
