"""The steps of a plea (申述) of the unit, and of the answer to it; the other rows are in steps.py."""

from __future__ import annotations

from yuetan.models.flow.step import AlertRule, Direction, Step
from yuetan.models.ladder import plea_requirements as needs
from yuetan.models.ladder import requirements
from yuetan.permissions import DIRECTOR, LEADERS, OFFICER, SUPERVISOR, UNIT_SIDE
from yuetan.vocabulary import MeasureState as State
from yuetan.vocabulary import Verb

MAY_STATE = (requirements.paper_in_force, needs.plea_days_run, needs.no_plea_stated)
DECIDES = (needs.by_who_laid_it, needs.not_who_drafted_the_answer, requirements.not_on_the_own_unit)
TO_DECIDE = (requirements.paper_in_force, needs.plea_undecided, needs.plea_answer_drafted)

PLEA_STEPS = (
    Step(Verb.PREPARE_PLEA, (State.SERVED,), requirements=MAY_STATE, due_on=needs.plea_until, is_recorded=False),
    Step(
        Verb.STATE_PLEA,
        (State.SERVED,),
        requirements=MAY_STATE,
        awaited_if=needs.plea_begun,
        due_on=needs.plea_until,
        seen_by_unit=True,
        opinion_seen_by_unit=True,
        alerts=(AlertRule((OFFICER, DIRECTOR), "{subject}，单位提出申述，请拟写答复。"),),
    ),
    Step(
        Verb.REGISTER_PLEA,
        (State.SERVED,),
        requirements=(requirements.paper_in_force, needs.no_plea_stated),
        seen_by_unit=True,
        opinion_seen_by_unit=True,
        alerts=(
            AlertRule((OFFICER, DIRECTOR), "{subject}，单位以纸质材料提出申述，请拟写答复。"),
            AlertRule(UNIT_SIDE, "{subject}的纸质申述已由{the_office}代录，请核对。"),
        ),
    ),
    Step(
        Verb.WITHDRAW_PLEA,
        (State.SERVED,),
        requirements=(needs.plea_undecided,),
        seen_by_unit=True,
        opinion_seen_by_unit=True,
        alerts=(AlertRule((OFFICER, DIRECTOR, LEADERS), "{subject}，单位已撤回申述，不必再答复。"),),
    ),
    Step(
        Verb.DRAFT_PLEA_ANSWER,
        (State.SERVED,),
        requirements=(requirements.paper_in_force, needs.plea_undecided),
        awaited_if=needs.answer_is_to_be_drafted,
        due_on=needs.plea_due_on,
        alerts=(AlertRule((DIRECTOR, LEADERS), "{subject}，申述答复已拟写，请由审定该措施的一方决定。"),),
    ),
    Step(
        Verb.RETURN_PLEA_ANSWER,
        (State.SERVED,),
        requirements=TO_DECIDE,
        personal=(needs.by_who_laid_it, requirements.not_on_the_own_unit),
        alerts=(AlertRule((OFFICER,), "{subject}的申述答复被退回，请按退回原因重新拟写。"),),
    ),
    Step(
        Verb.UPHOLD_MEASURE,
        (State.SERVED,),
        requirements=(*TO_DECIDE, needs.answer_upholds),
        personal=DECIDES,
        awaited_if=needs.answer_is_to_be_decided,
        due_on=needs.plea_due_on,
        seen_by_unit=True,
        explains_recusal=True,
        authenticate_again=True,
        alerts=(
            AlertRule(UNIT_SIDE, "{subject}，申述已答复：维持，请签收申述答复。"),
            AlertRule((OFFICER, SUPERVISOR), "{subject}，申述已答复：维持。"),
        ),
        task="决定申述",
    ),
    Step(
        Verb.REVOKE_MEASURE,
        (State.SERVED,),
        State.REVOKED,
        Direction.END,
        requirements=(*TO_DECIDE, needs.answer_revokes),
        personal=DECIDES,
        awaited_if=needs.answer_is_to_be_decided,
        due_on=needs.plea_due_on,
        explains_if=needs.answer_is_to_be_decided,
        seen_by_unit=True,
        explains_recusal=True,
        authenticate_again=True,
        alerts=(
            AlertRule(UNIT_SIDE, "{subject}，申述已答复：撤销，请签收申述答复。"),
            AlertRule((OFFICER, SUPERVISOR), "{subject}经申述已被撤销，不再执行。"),
        ),
        task="决定申述",
    ),
)
