"""Steps of what is put before other bodies about a measure; the unit reads none of them."""

from __future__ import annotations

from yuetan.models.flow.step import AlertRule, Direction, Step
from yuetan.models.ladder import referral_requirements as needs
from yuetan.models.ladder import requirements
from yuetan.permissions import DIRECTOR, LEADERS, OFFICER
from yuetan.vocabulary import MeasureState as State
from yuetan.vocabulary import Party, Verb

HANDED_OVER = (State.SUGGESTED, State.SERVED, State.ENDED, State.REVOKED)

REFERRAL_STEPS = (
    Step(
        Verb.PROPOSE_VETO,
        (State.DECIDED,),
        State.SUGGESTED,
        Direction.END,
        requirements=(
            *(needs.put_to_the_superior, needs.commission_above_named),
            *(requirements.text_as_decided, requirements.not_laid_meanwhile),
        ),
        awaited_if=needs.is_for_the_superior,
        authenticate_again=True,
        alerts=(
            AlertRule((DIRECTOR, LEADERS, Party.DRAFTER), "{subject}，已向上级主管单位和上级综治委提出书面建议。"),
        ),
    ),
    Step(
        Verb.REFER_MEASURE,
        (State.SERVED, State.ENDED),
        requirements=(needs.text_refers, requirements.paper_in_force),
        authenticate_again=True,
        alerts=(AlertRule((OFFICER, LEADERS), "{subject}，已移送{fact}，请登记签收和办理结果。", "organ"),),
    ),
    Step(
        Verb.RECORD_REFERRAL_RECEIPT,
        HANDED_OVER,
        requirements=(needs.a_receipt_is_waited_for,),
        awaited_if=needs.waits_for_a_receipt,
        alerts=(AlertRule((DIRECTOR,), "{subject}，{fact}已签收。", "organ"),),
    ),
    Step(
        Verb.RECORD_REFERRAL_OUTCOME,
        HANDED_OVER,
        requirements=(needs.an_outcome_is_waited_for,),
        awaited_if=needs.waits_for_an_outcome,
        alerts=(AlertRule((DIRECTOR, LEADERS), "{subject}，{fact}的办理结果已登记。", "organ"),),
    ),
)
