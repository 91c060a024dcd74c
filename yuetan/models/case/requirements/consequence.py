"""Requirements for 问责处理: two persons stand for each entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from yuetan.models.flow.audience import EVERYBODY, NOBODY, Audience
from yuetan.models.flow.requirement import Requirement, refuses
from yuetan.rules.refusals import Finding, finding

if TYPE_CHECKING:
    from yuetan.models.case.case import Case


@Requirement
def has_consequence_to_confirm(case: Case) -> Iterator[Finding]:
    """Some entry was recorded and not compared with its paper."""
    if not case.unconfirmed_consequences:
        yield finding("no_consequence_to_confirm")


@refuses("recorder_confirms")
def not_the_recorder(case: Case) -> Iterable[int]:
    """Nobody confirms what they recorded themselves."""
    recorders = {one.recorded_by_id for one in case.unconfirmed_consequences}
    return recorders if len(recorders) == 1 else []


def awaits_check(case: Case) -> Audience:
    """Whoever did not record it themselves, while some entry waits."""
    return EVERYBODY if case.unconfirmed_consequences else NOBODY
