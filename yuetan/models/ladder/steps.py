"""THE table of the steps of a measure of a 责任制, for every rung: what differs between rungs are rows of its text."""

from __future__ import annotations

from dataclasses import replace

from yuetan.models.case.requirements import unit
from yuetan.models.case.task_steps import TaskStates, task_steps
from yuetan.models.flow.paper_steps import paper_steps
from yuetan.models.flow.step import AlertRule, Direction, Step
from yuetan.models.ladder import (
    listed_requirements,
    meeting_requirements,
    named_requirements,
    plea_requirements,
    referral_requirements,
    requirements,
)
from yuetan.models.ladder.listed_steps import LISTED_STEPS
from yuetan.models.ladder.meeting_steps import MEETING_STEPS
from yuetan.models.ladder.plea_steps import PLEA_STEPS
from yuetan.models.ladder.referral_steps import REFERRAL_STEPS
from yuetan.models.letter.requirements import addressee_stands
from yuetan.permissions import DIRECTOR, LEADERS, OFFICER, SUPERVISOR, UNIT_SIDE
from yuetan.vocabulary import MeasureState as State
from yuetan.vocabulary import Party, Verb

WHOLE = (
    addressee_stands,
    requirements.measure_complete,
    requirements.limit_ahead,
    requirements.circumstances_answered,
    requirements.case_named,
    named_requirements.may_name_several,
    named_requirements.every_unit_stands,
    requirements.door_stands,
)
SIGNED = (State.SERVED, State.ENDED, State.REVOKED)  # once it has ended its 摘牌通知书 or 申述答复
RETURNED = (AlertRule((Party.DRAFTER,), "{subject}的责任措施被退回，请按退回原因修改。"),)
DECLINED = (AlertRule((Party.DRAFTER, DIRECTOR), "{subject}的责任措施不予实施。"),)
WITHDRAWN = (AlertRule((Party.DRAFTER, DIRECTOR), "{subject}的责任措施已撤回，不再印发。"),)
DECIDED = (AlertRule((OFFICER, Party.DRAFTER), "{subject}的责任措施已审定，请印发送达。"),)

# What does not end by 摘牌 is found met.
CONCLUDED_STEPS = (
    Step(
        Verb.CONCLUDE_MEASURE,
        (State.SERVED,),
        State.ENDED,
        Direction.END,
        requirements=(
            *(requirements.paper_in_force, requirements.paper_signed),
            *(requirements.every_task_accepted, requirements.checks_signed),
            *(meeting_requirements.effects_over, plea_requirements.no_plea_waits),
        ),
        awaited_if=requirements.is_to_be_judged,
        seen_by_unit=True,
        opinion_seen_by_unit=True,
        alerts=(
            AlertRule(UNIT_SIDE, "{subject}，整改目标已认定完成。"),
            AlertRule((OFFICER, SUPERVISOR), "{subject}，整改目标已认定完成。"),
        ),
    ),
)

TASK_STEPS = tuple(
    replace(step, awaited_if=listed_requirements.waits_for_a_check) if step.verb == Verb.RECORD_SITE_CHECK else step
    for step in task_steps(TaskStates((State.SERVED,), (State.SERVED,), (State.SERVED,)), requirements.paper_in_force)
)
MEASURE_STEPS = (
    Step(Verb.DRAFT_MEASURE, (), State.DRAFTED, explains_recusal=True),
    Step(Verb.REVISE_MEASURE, (State.DRAFTED,)),
    Step(
        Verb.SUBMIT_MEASURE,
        (State.DRAFTED,),
        State.IN_REVIEW,
        Direction.MAIN,
        requirements=WHOLE,
        alerts=(AlertRule((DIRECTOR,), "{subject}的责任措施已报核，请核稿。"),),
    ),
    Step(
        Verb.WITHDRAW_MEASURE,
        (State.DRAFTED,),
        State.WITHDRAWN,
        Direction.END,
        alerts=WITHDRAWN,
    ),
    Step(
        Verb.DECIDE_MEASURE,
        (State.IN_REVIEW,),
        State.DECIDED,
        Direction.MAIN,
        requirements=(requirements.decided_by_the_office, meeting_requirements.decided_in_person, *WHOLE),
        personal=(requirements.not_the_measures_drafter, requirements.not_on_the_own_unit),
        codename="decide_measure_by_office",
        authenticate_again=True,
        explains_recusal=True,
        alerts=DECIDED,
    ),
    Step(
        Verb.ENDORSE_MEASURE,
        (State.IN_REVIEW,),
        State.PROPOSED,
        requirements=WHOLE,
        personal=(requirements.not_the_measures_drafter, requirements.not_on_the_own_unit),
        awaited_if=requirements.is_for_the_group,
        explains_recusal=True,
        alerts=(AlertRule((LEADERS,), "{subject}的责任措施已核稿，请审定。"),),
        task="核稿责任措施",
    ),
    Step(
        Verb.RETURN_MEASURE,
        (State.IN_REVIEW,),
        State.DRAFTED,
        Direction.RETURN,
        codename="return_measure_review",
        alerts=RETURNED,
    ),
    Step(
        Verb.DECLINE_MEASURE,
        (State.IN_REVIEW,),
        State.DECLINED,
        Direction.END,
        personal=(requirements.not_the_measures_drafter, requirements.not_on_the_own_unit),
        codename="decline_measure_by_office",
        explains_recusal=True,
        alerts=DECLINED,
    ),
    Step(
        Verb.DECIDE_MEASURE,
        (State.PROPOSED,),
        State.DECIDED,
        Direction.MAIN,
        requirements=(meeting_requirements.no_decision_registered, meeting_requirements.decided_in_person, *WHOLE),
        personal=(requirements.not_who_drafted_or_endorsed, requirements.not_on_the_own_unit),
        authenticate_again=True,
        explains_recusal=True,
        alerts=DECIDED,
    ),
    Step(
        Verb.RETURN_MEASURE,
        (State.PROPOSED,),
        State.DRAFTED,
        Direction.RETURN,
        requirements=(meeting_requirements.no_decision_registered,),
        codename="return_measure_proposal",
        alerts=RETURNED,
    ),
    Step(
        Verb.DECLINE_MEASURE,
        (State.PROPOSED,),
        State.DECLINED,
        Direction.END,
        requirements=(meeting_requirements.no_decision_registered,),
        personal=(requirements.not_who_drafted_or_endorsed, requirements.not_on_the_own_unit),
        explains_recusal=True,
        alerts=DECLINED,
    ),
    Step(
        Verb.SERVE_MEASURE,
        (State.DECIDED,),
        State.SERVED,
        Direction.MAIN,
        requirements=(
            *(addressee_stands, named_requirements.every_unit_stands, referral_requirements.decided_for_here),
            *(requirements.limit_ahead, requirements.text_as_decided, requirements.not_laid_meanwhile),
        ),
        seen_by_unit=True,
        alerts=(
            AlertRule(UNIT_SIDE, "您单位收到{subject}的责任措施文书，请及时签收。"),
            AlertRule((SUPERVISOR,), "{subject}的责任措施已印发送达。"),
        ),
    ),
    Step(Verb.SERVE_ALONGSIDE, (), State.DECIDED),  # each unit named beside the first, at the service
    Step(
        Verb.WITHDRAW_MEASURE,
        (State.DECIDED,),
        State.WITHDRAWN,
        Direction.END,
        codename="withdraw_decided_measure",
        alerts=WITHDRAWN,
    ),
    Step(
        Verb.ACKNOWLEDGE_MEASURE,
        SIGNED,
        requirements=(requirements.paper_in_force, requirements.paper_unsigned),
        awaited=True,
        due_on=requirements.receipt_due_on,
        seen_by_unit=True,
        alerts=(AlertRule((OFFICER, SUPERVISOR), "{subject}的责任措施文书已签收。"),),
    ),
    Step(
        Verb.REGISTER_MEASURE_RECEIPT,
        SIGNED,
        requirements=(requirements.paper_in_force, requirements.paper_unsigned),
        awaited_by=requirements.receipt_has_climbed_to,
        due_on=requirements.receipt_due_on,
        seen_by_unit=True,
        alerts=(
            AlertRule((SUPERVISOR,), "{subject}的责任措施文书已登记纸质回执。"),
            AlertRule(UNIT_SIDE, "{subject}的责任措施文书已由{the_office}登记纸质回执，请核对。"),
        ),
        why="责任措施文书逾期未签收：催办签收，或者登记纸质回执",
    ),
    Step(
        Verb.OPEN_INTERVIEW,
        (State.SERVED,),
        requirements=(requirements.paper_in_force, requirements.door_to_interview_stands),
        explains_if=requirements.waits_for_interview,
        alerts=(AlertRule((DIRECTOR,), "{subject}，整改逾期未完成，已据以提出约谈建议。"),),
    ),
    *CONCLUDED_STEPS,
    *MEETING_STEPS,
    *LISTED_STEPS,
    *REFERRAL_STEPS,
    *PLEA_STEPS,
    *TASK_STEPS,
    Step(
        Verb.CARRY_OVER_MEASURE,
        tuple(State),
        requirements=(unit.unit_has_successor,),
        seen_by_unit=True,
        opinion_seen_by_unit=True,
        alerts=(AlertRule((*UNIT_SIDE, OFFICER), "{subject}的责任措施因单位撤并，转由承接单位办理。"),),
        has_own_page=True,
    ),
    *paper_steps((State.SERVED,), (*SIGNED, State.SUGGESTED), SIGNED),
)
