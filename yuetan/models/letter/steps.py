"""THE table of the steps of a reminder letter."""

from __future__ import annotations

from yuetan.models.case.requirements import unit
from yuetan.models.flow.paper_steps import paper_steps
from yuetan.models.flow.step import AlertRule, Direction, Step
from yuetan.models.letter import requirements
from yuetan.permissions import LEADERS, SUPERVISOR, UNIT_SIDE
from yuetan.vocabulary import LetterState as State
from yuetan.vocabulary import Verb

LETTER_STEPS = (
    Step(
        Verb.DRAFT_LETTER,
        (),
        State.DRAFTED,
        explains_recusal=True,
        alerts=(AlertRule((LEADERS,), "提醒函（{subject}）已起草，请签发。"),),
    ),
    Step(
        Verb.APPROVE_LETTER,
        (State.DRAFTED,),
        State.ISSUED,
        Direction.MAIN,
        requirements=(requirements.addressee_stands,),
        personal=(requirements.not_the_letters_drafter, requirements.not_to_the_own_unit),
        seen_by_unit=True,
        authenticate_again=True,
        explains_recusal=True,
        alerts=(
            AlertRule(UNIT_SIDE, "您单位收到提醒函（{subject}），请及时签收。"),
            AlertRule((SUPERVISOR,), "提醒函（{subject}）已签发。"),
        ),
    ),
    Step(
        Verb.RETURN_LETTER,
        (State.DRAFTED,),
        State.RETURNED,
        Direction.RETURN,
        alerts=(AlertRule((SUPERVISOR,), "提醒函（{subject}）被退回，请按退回原因修改。"),),
    ),
    Step(
        Verb.TAKE_BACK_LETTER,
        (State.DRAFTED,),
        State.RETURNED,
        Direction.RETURN,
        alerts=(AlertRule((LEADERS,), "提醒函（{subject}）已由督查员取回修改，改好后重新送签发，现在不必办理。"),),
    ),
    Step(
        Verb.REVISE_LETTER,
        (State.RETURNED,),
        State.DRAFTED,
        Direction.MAIN,
        alerts=(AlertRule((LEADERS,), "提醒函（{subject}）已修改，请签发。"),),
    ),
    Step(
        Verb.CANCEL_LETTER,
        (State.DRAFTED, State.RETURNED),
        State.CANCELLED,
        Direction.END,
        alerts=(AlertRule((LEADERS, SUPERVISOR), "提醒函（{subject}）的草稿已作废，不再签发。"),),
    ),
    Step(
        Verb.PREPARE_LETTER_ANSWER,
        (State.ISSUED,),
        requirements=(requirements.letter_answerable,),
        explains_if=requirements.awaits_answer,
        is_recorded=False,
    ),
    Step(
        Verb.ANSWER_LETTER,
        (State.ISSUED,),
        requirements=(requirements.letter_answerable,),
        awaited=True,
        explains_if=requirements.awaits_answer,
        seen_by_unit=True,
        alerts=(AlertRule((SUPERVISOR,), "提醒函（{subject}）已答复，请查看。"),),
    ),
    Step(
        Verb.ACKNOWLEDGE_LETTER,
        (State.ISSUED,),
        requirements=(requirements.letter_in_force, requirements.letter_unsigned),
        awaited=True,
        seen_by_unit=True,
        alerts=(AlertRule((SUPERVISOR,), "提醒函（{subject}）已签收。"),),
    ),
    Step(
        Verb.REGISTER_LETTER_RECEIPT,
        (State.ISSUED,),
        requirements=(requirements.letter_in_force, requirements.letter_unsigned),
        seen_by_unit=True,
        alerts=(
            AlertRule((SUPERVISOR,), "提醒函（{subject}）已登记纸质回执。"),
            AlertRule(UNIT_SIDE, "提醒函（{subject}）已由{the_office}登记纸质回执，请核对。"),
        ),
    ),
    Step(
        Verb.REGISTER_LETTER_ANSWER,
        (State.ISSUED,),
        requirements=(requirements.letter_answerable,),
        seen_by_unit=True,
        opinion_seen_by_unit=True,
        alerts=(
            AlertRule((SUPERVISOR,), "提醒函（{subject}），主送单位已以纸质材料答复，请查看。"),
            AlertRule(UNIT_SIDE, "提醒函（{subject}）的纸质答复已由{the_office}代录，请核对。"),
        ),
    ),
    Step(
        Verb.CARRY_OVER_LETTER,
        tuple(State),
        requirements=(unit.unit_has_successor,),
        seen_by_unit=True,
        opinion_seen_by_unit=True,
        alerts=(AlertRule((*UNIT_SIDE, SUPERVISOR), "提醒函（{subject}）因单位撤并，转由承接单位办理。"),),
        has_own_page=True,
    ),
    *paper_steps((State.ISSUED,)),
)
