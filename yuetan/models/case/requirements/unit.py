"""Requirements about the unit itself: it may be renamed, merged or dissolved while its cases run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from yuetan.models.flow.requirement import Requirement
from yuetan.models.people.unit_change import is_without_successor, last_successor, pending_succession
from yuetan.rules.refusals import Finding, finding
from yuetan.vocabulary import CaseState

if TYPE_CHECKING:
    from yuetan.models.case.case import Case
    from yuetan.models.flow.step import HasSteps

# What heals a proposal that was made about a unit which has ended since.
REMEDIES = {
    CaseState.DRAFTED: "请拟稿人在“修改建议”中改选约谈对象",
    CaseState.IN_REVIEW: "请退回修改，由拟稿人重新选定约谈对象后报核",
    CaseState.PROPOSED: "请退回修改，由拟稿人重新选定约谈对象后报核",
    CaseState.APPROVED: "请审定领导撤回，另行提出建议、报审定",
    CaseState.NOTIFIED: "请审定领导撤回，另行提出建议、报审定",
}


@Requirement
def unit_has_successor(subject: HasSteps) -> Iterator[Finding]:
    """The unit has ended, and its matters have not gone over yet."""
    if pending_succession(subject.unit) is None:
        yield finding("no_succession", unit=subject.unit.name)


@Requirement
def unit_stands(case: Case) -> Iterator[Finding]:
    """Somebody answers for the unit; and before the interview it is the unit that was proposed."""
    if is_without_successor(case.unit):
        yield finding("unit_ended_without_successor", unit=case.unit.name)
    elif case.unit.retired_on is not None:
        yield finding("unit_ended", unit=case.unit.name, successor=last_successor(case.unit).full_name)
    elif case.first_unit is not None and _ended_before_the_interview(case):
        words = {"first": case.first_unit.full_name, "unit": case.unit.full_name}
        yield finding("unit_not_as_proposed", **words, remedy=REMEDIES[CaseState(case.state)])


def _ended_before_the_interview(case: Case) -> bool:
    """What was held while the unit stood is recorded and followed up; nothing new is begun against its successor."""
    if case.state != CaseState.NOTIFIED:
        return case.state in REMEDIES
    assert case.first_unit is not None
    ended_on = case.first_unit.retired_on
    return ended_on is None or ended_on <= case.interview_day
