"""The rows of the table of steps from 交办 on, while tasks are done; steps.py puts them with the others."""

from __future__ import annotations

from yuetan.models.case.requirements import people, unit
from yuetan.models.case.task_steps import TaskStates, task_steps
from yuetan.models.flow.step import AlertRule, Direction, Step
from yuetan.permissions import UNIT_SIDE
from yuetan.vocabulary import CaseState as State
from yuetan.vocabulary import Verb

UNDER_RECTIFICATION = (State.RECTIFYING, State.INSPECTING)
AND_AFTER_THE_END = (*UNDER_RECTIFICATION, State.CLOSED)

RECTIFICATION = (
    Step(
        Verb.ASSIGN,
        (State.MINUTED,),
        State.RECTIFYING,
        Direction.MAIN,
        requirements=(unit.unit_stands, people.takes_tasks_on),
        seen_by_unit=True,
        alerts=(AlertRule(UNIT_SIDE, "{subject}的整改任务已交办，请在时限内书面报告落实情况。"),),
    ),
    *task_steps(TaskStates((State.RECTIFYING,), UNDER_RECTIFICATION, AND_AFTER_THE_END)),
)
