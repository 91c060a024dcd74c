"""The rows of the table of steps for the archive of a closed case; steps.py puts them with the others."""

from __future__ import annotations

from yuetan.models.case.requirements import retention
from yuetan.models.flow.step import AlertRule, Step
from yuetan.permissions import DIRECTOR, OFFICER
from yuetan.vocabulary import CaseState as State
from yuetan.vocabulary import Verb

ARCHIVE = (
    Step(Verb.SET_RETENTION, (State.CLOSED,), alerts=(AlertRule((OFFICER,), "{subject}的保管期限已调整。"),)),
    Step(Verb.PLACE_HOLD, (State.CLOSED,), alerts=(AlertRule((DIRECTOR, OFFICER), "{subject}的卷宗已冻结。"),)),
    Step(
        Verb.LIFT_HOLD,
        (State.CLOSED,),
        requirements=(retention.has_hold_to_lift,),
        personal=(retention.not_the_only_placer,),
        alerts=(AlertRule((DIRECTOR, OFFICER), "{subject}的卷宗已解除冻结。"),),
    ),
)
