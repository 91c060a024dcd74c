"""The row of the table of steps for a unit that has ended; steps.py puts it with the others."""

from __future__ import annotations

from yuetan.models.case.requirements import unit
from yuetan.models.flow.step import AlertRule, Step
from yuetan.permissions import OFFICER, SUPERVISOR, UNIT_SIDE
from yuetan.vocabulary import CaseState as State
from yuetan.vocabulary import Verb

# Whatever becomes of the unit: its matters, ended ones too, go over to its successor.
UNIT = (
    Step(
        Verb.CARRY_OVER,
        tuple(State),
        requirements=(unit.unit_has_successor,),
        seen_by_unit=True,
        opinion_seen_by_unit=True,
        alerts=(AlertRule((*UNIT_SIDE, OFFICER, SUPERVISOR), "{subject}因单位撤并，转由承接单位办理。"),),
        has_own_page=True,
    ),
)
