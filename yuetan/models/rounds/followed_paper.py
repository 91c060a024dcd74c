"""Who may read what a 跟踪督查 follows: 知悉范围 may be set for the matter of its paper once the plan is made."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Q

from yuetan.models.papers.document import Document

if TYPE_CHECKING:
    from yuetan.models.people.user import User
    from yuetan.models.rounds.finding import RoundFinding
    from yuetan.models.rounds.visit import RoundVisit

_NARROWED = Q(case__readers__isnull=False) | Q(measure_laid__case__readers__isnull=False)


def follows_narrowed(visit: RoundVisit) -> bool:
    """Whether 知悉范围 is set by now for what the paper is of, so that nothing new may quote it."""
    return bool(visit.followed) and Document.objects.filter(_NARROWED, pk=visit.followed["paper"]).exists()


def may_read_followed(visit: RoundVisit, user: User) -> bool:
    """Whether the person may read what it follows: its unit does, and of the office who may read the paper now."""
    if not visit.followed or visit.unit_id in user.interviewed_units:
        return True
    return Document.objects.visible_to(user).filter(pk=visit.followed["paper"]).exists()


def statements_of(visit: RoundVisit, findings: Iterable[RoundFinding]) -> list[str]:
    """What was seen, as a paper or form that is written now says it to all of the office."""
    if follows_narrowed(visit):
        return [one.unquoted_statement for one in findings]
    return [one.statement for one in findings]
