"""Steps of what a meeting or a 签批件 decides: departments are asked, the decision is registered and compared."""

from __future__ import annotations

from yuetan.models.flow.step import AlertRule, Direction, Step
from yuetan.models.ladder import meeting_requirements as needs
from yuetan.models.ladder import requirements
from yuetan.permissions import DIRECTOR, LEADERS, OFFICER
from yuetan.vocabulary import MeasureState as State
from yuetan.vocabulary import Party, Verb

BEFORE_DECISION = (State.IN_REVIEW, State.PROPOSED)
REGISTERED = (needs.a_decision_registered,)
COMPARES = (needs.not_who_registered_it, needs.not_who_registered_the_paper, requirements.not_on_the_own_unit)

MEETING_STEPS = (
    Step(
        Verb.ASK_CONSULTATION,
        (State.PROPOSED,),  # a letter of the office goes out about a text that its director has read
        requirements=(needs.is_consulted_about,),
        awaited_if=needs.is_to_be_consulted_about,
        alerts=(AlertRule((DIRECTOR,), "{subject}，已商有关部门：{fact}。", "departments"),),
    ),
    Step(
        Verb.RECORD_CONSULTATION,
        BEFORE_DECISION,
        requirements=(needs.a_department_is_waited_for,),
        awaited_if=needs.waits_for_a_department,
        due_on=needs.answer_due_on,
        alerts=(AlertRule((DIRECTOR,), "{subject}，{fact}已答复。", "department"),),
    ),
    Step(
        Verb.EXCUSE_CONSULTATION,
        BEFORE_DECISION,
        requirements=(needs.a_department_is_waited_for,),
        alerts=(AlertRule((OFFICER, DIRECTOR), "{subject}，领导已记录{fact}未答复的原因。", "department"),),
    ),
    Step(
        Verb.REGISTER_MEASURE_DECISION,
        (State.PROPOSED,),
        requirements=(needs.no_decision_registered, needs.every_department_answered),
        awaited_if=needs.waits_for_a_meeting,
        alerts=(AlertRule((OFFICER, DIRECTOR), "{subject}的会议审定已登记，请对照会议记录复核。"),),
    ),
    Step(
        Verb.REGISTER_MEASURE_PAPER,
        (State.PROPOSED,),
        requirements=(needs.no_decision_registered, needs.decided_in_person),
        alerts=(AlertRule((OFFICER, DIRECTOR), "{subject}的签批件已登记，请打开扫描件复核。"),),
    ),
    Step(
        Verb.CONFIRM_MEASURE_DECISION,
        (State.PROPOSED,),
        State.DECIDED,
        Direction.MAIN,
        requirements=(
            *(needs.registered_as_decided, needs.every_department_answered, requirements.limit_ahead),
            *(requirements.circumstances_answered, requirements.door_stands),
        ),
        personal=COMPARES,
        awaited_if=needs.waits_to_be_compared,
        alerts=(AlertRule((OFFICER, Party.DRAFTER), "{subject}的责任措施已审定并复核，请印发送达。"),),
    ),
    Step(
        Verb.CONFIRM_MEASURE_DECLINED,
        (State.PROPOSED,),
        State.DECLINED,
        Direction.END,
        requirements=(needs.registered_as_declined,),
        personal=COMPARES,
        awaited_if=needs.waits_to_be_compared,
        alerts=(AlertRule((Party.DRAFTER, DIRECTOR, LEADERS), "{subject}的责任措施经审定不予实施。"),),
    ),
    Step(
        Verb.RETURN_MEASURE_REGISTRATION,
        (State.PROPOSED,),
        requirements=REGISTERED,
        alerts=(AlertRule((OFFICER, DIRECTOR), "{subject}的审定登记被退回，请核对后重新登记。"),),
    ),
)
