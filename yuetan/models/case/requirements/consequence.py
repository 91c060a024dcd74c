"""Requirements for 问责处理: two persons stand for each entry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from yuetan.models.flow.requirement import PersonalRequirement, Requirement
from yuetan.rules.refusals import Finding, finding

if TYPE_CHECKING:
    from yuetan.models.case.case import Case
    from yuetan.models.people.user import User


@Requirement
def has_consequence_to_confirm(case: Case) -> Iterator[Finding]:
    """Some entry was recorded and not compared with its paper."""
    if not case.unconfirmed_consequences:
        yield finding("no_consequence_to_confirm")


@PersonalRequirement
def not_the_recorder(case: Case, user: User) -> Iterator[Finding]:
    """Nobody confirms what they recorded themselves."""
    waiting = case.unconfirmed_consequences
    if waiting and all(one.recorded_by_id == user.pk for one in waiting):
        yield finding("recorder_confirms", name=user.name)


def awaits_check_by(case: Case, user: User) -> bool:
    """Whether some entry waits that somebody else than this person recorded."""
    return any(one.recorded_by_id != user.pk for one in case.unconfirmed_consequences)
