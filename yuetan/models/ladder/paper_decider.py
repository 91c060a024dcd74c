"""Who may have decided a measure of a 责任制 on a signed paper (签批件): asked of the day on which it was signed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from yuetan.models.case.decision_authority import held_on, when_words
from yuetan.models.flow.recusal import recused_then
from yuetan.models.ladder import requirements
from yuetan.models.people.delegation import LEADING_POSTS
from yuetan.rules.refusals import Finding, finding

if TYPE_CHECKING:
    from yuetan.models.ladder.measure import AccountabilityMeasure
    from yuetan.models.people.user import User


def not_decided_by(measure: AccountabilityMeasure, leader: User, day: date) -> Iterator[Finding]:
    """Why a leader did not decide it that day: whoever may decide it online today may have signed then, nobody else."""
    for personal in (requirements.not_who_drafted_or_endorsed, requirements.not_on_the_own_unit):
        yield from personal.findings(measure, leader)
    yield from recused_then("measure_recusal_then", "approver", leader, measure.units_named, day)
    if not held_on(leader, day, *LEADING_POSTS):
        yield finding("measure_decider_no_leader", "approver", name=leader.name, when=when_words(day))
