"""Requirements of 冻结: one person places a hold, another lifts it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from yuetan.models.flow.requirement import Requirement, refuses
from yuetan.rules.refusals import Finding, finding

if TYPE_CHECKING:
    from yuetan.models.case.case import Case


@Requirement
def has_hold_to_lift(case: Case) -> Iterator[Finding]:
    """Some hold is in force."""
    if not case.holds_in_force:
        yield finding("no_hold_to_lift")


@refuses("placer_lifts")
def not_the_only_placer(case: Case) -> Iterable[int]:
    """Nobody lifts what they placed themselves, and there is nothing else to lift."""
    placers = {hold.placed_by_id for hold in case.holds_in_force}
    return placers if len(placers) == 1 else []
