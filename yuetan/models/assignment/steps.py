"""THE table of the steps of a 交办事项."""

from __future__ import annotations

from yuetan.models.assignment import requirements
from yuetan.models.case.requirements import unit
from yuetan.models.case.task_steps import TaskStates, task_steps
from yuetan.models.flow.paper_steps import paper_steps
from yuetan.models.flow.step import AlertRule, Direction, Step
from yuetan.permissions import OFFICER, SUPERVISOR, UNIT_SIDE
from yuetan.vocabulary import AssignmentState as State
from yuetan.vocabulary import Verb

RUNNING = (State.RUNNING,)

ASSIGNMENT_STEPS = (
    Step(
        Verb.HAND_OUT_ASSIGNMENT,
        (),
        State.RUNNING,
        requirements=(unit.unit_stands,),
        personal=(requirements.not_to_the_own_unit,),
        seen_by_unit=True,
        explains_recusal=True,
        has_own_page=True,
        alerts=(
            AlertRule(UNIT_SIDE, "{subject}交由您单位承办，请看每项的时限，按时报告办理情况。"),
            AlertRule((SUPERVISOR,), "{subject}已交办。"),
        ),
    ),
    *task_steps(TaskStates(RUNNING, RUNNING, tuple(State))),
    Step(
        Verb.CONCLUDE_ASSIGNMENT,
        RUNNING,
        State.CONCLUDED,
        Direction.MAIN,
        requirements=(requirements.every_task_accepted, requirements.checks_signed),
        seen_by_unit=True,
        opinion_seen_by_unit=True,
        alerts=(AlertRule((*UNIT_SIDE, OFFICER), "{subject}已办结。"),),
    ),
    Step(
        Verb.REVOKE_ASSIGNMENT,
        RUNNING,
        State.REVOKED,
        Direction.END,
        personal=(requirements.not_to_the_own_unit,),
        seen_by_unit=True,
        opinion_seen_by_unit=True,
        explains_recusal=True,
        alerts=(AlertRule((*UNIT_SIDE, OFFICER, SUPERVISOR), "{subject}已撤销交办，不再要求办理。"),),
    ),
    Step(
        Verb.CARRY_OVER_ASSIGNMENT,
        tuple(State),
        requirements=(unit.unit_has_successor,),
        seen_by_unit=True,
        opinion_seen_by_unit=True,
        alerts=(AlertRule((*UNIT_SIDE, OFFICER), "{subject}因单位撤并，转由承接单位办理。"),),
        has_own_page=True,
    ),
    *paper_steps(RUNNING, tuple(State)),
)
