"""The rows of the table of steps from 启动督查 to 回头看 and 重启; steps.py puts them with the others."""

from __future__ import annotations

from yuetan.models.case.rectification_steps import AND_AFTER_THE_END
from yuetan.models.case.requirements import consequence, inspection, rework, team, unit
from yuetan.models.case.task_steps import ASKS_TO_SIGN
from yuetan.models.flow.step import AlertRule, Direction, Step
from yuetan.permissions import DIRECTOR, OFFICER, SUPERVISOR, UNIT_SIDE
from yuetan.vocabulary import CaseState as State
from yuetan.vocabulary import Verb

INSPECTION = (
    Step(
        Verb.BEGIN_INSPECTION,
        (State.RECTIFYING,),
        State.INSPECTING,
        Direction.MAIN,
        requirements=(inspection.tasks_reported_or_due,),
        seen_by_unit=True,
        alerts=(AlertRule(UNIT_SIDE, "{subject}进入督查，请配合。"),),
    ),
    Step(
        Verb.CONCLUDE_INSPECTION,
        (State.INSPECTING,),
        requirements=(rework.no_rework_pending,),
        awaited_if=inspection.inspection_is_open,
        alerts=(ASKS_TO_SIGN, AlertRule((DIRECTOR,), "{subject}已有督查结论，请研究。")),
    ),
    Step(
        Verb.REQUEST_SEND_BACK,
        (State.INSPECTING,),
        requirements=(inspection.inspection_concluded, team.inspection_signed, rework.no_rework_pending),
        awaited_if=rework.sending_back_is_due,
        explains=True,
        alerts=(AlertRule((DIRECTOR,), "{subject}有整改任务提请退回，另定时限，请决定。"),),
    ),
    Step(
        Verb.SEND_BACK,
        (State.INSPECTING,),
        State.RECTIFYING,
        Direction.RETURN,
        requirements=(inspection.inspection_concluded, rework.rework_requested),
        personal=(rework.not_the_requester,),
        awaited_if=rework.rework_is_pending,
        seen_by_unit=True,
        opinion_seen_by_unit=True,
        alerts=(
            AlertRule(UNIT_SIDE, "{subject}有整改任务被退回，请按新的时限整改、重新报告。"),
            AlertRule((SUPERVISOR,), "{subject}提请退回整改，已获同意。"),
        ),
        task="决定是否退回整改",
    ),
    Step(
        Verb.REFUSE_REWORK,
        (State.INSPECTING, State.CLOSED),
        requirements=(rework.rework_requested,),
        personal=(rework.not_the_requester,),
        alerts=(AlertRule((SUPERVISOR,), "{subject}重新整改的提请未获同意，请查看原因。"),),
    ),
    Step(
        Verb.RECORD_CONSEQUENCE,
        AND_AFTER_THE_END,
        alerts=(AlertRule((SUPERVISOR, OFFICER), "{subject}登记了问责处理，请对照决定文书核对。"),),
    ),
    Step(
        Verb.CONFIRM_CONSEQUENCE,
        AND_AFTER_THE_END,
        requirements=(consequence.has_consequence_to_confirm,),
        personal=(consequence.not_the_recorder,),
        awaited_by=consequence.awaits_check,
        alerts=(AlertRule((DIRECTOR,), "{subject}登记的问责处理已核对，请查看核对结果。"),),
    ),
    Step(
        Verb.CLOSE,
        (State.INSPECTING,),
        State.CLOSED,
        Direction.MAIN,
        requirements=(inspection.inspection_lets_close, team.inspection_signed),
        seen_by_unit=True,
        alerts=(AlertRule((*UNIT_SIDE, OFFICER, SUPERVISOR), "{subject}已办结销号。"),),
    ),
    Step(
        Verb.RECORD_REVISIT,
        (State.CLOSED,),
        requirements=(inspection.revisit_ahead,),
        awaited_if=inspection.revisit_is_due,
        alerts=(ASKS_TO_SIGN,),
    ),
    Step(
        Verb.REQUEST_REOPENING,
        (State.CLOSED,),
        requirements=(
            *(unit.unit_stands, inspection.relapse_recorded, inspection.minutes_hold),
            *(team.revisit_signed, rework.no_rework_pending),
        ),
        awaited_if=inspection.reopening_is_due,
        alerts=(AlertRule((DIRECTOR,), "{subject}经回头看提请重启整改，另定时限，请决定。"),),
    ),
    Step(
        Verb.REOPEN,
        (State.CLOSED,),
        State.RECTIFYING,
        Direction.RETURN,
        requirements=(
            *(unit.unit_stands, inspection.relapse_recorded, inspection.minutes_hold),
            rework.rework_requested,
        ),
        personal=(rework.not_the_requester,),
        awaited_if=rework.rework_is_pending,
        seen_by_unit=True,
        opinion_seen_by_unit=True,
        alerts=(AlertRule((*UNIT_SIDE, OFFICER, SUPERVISOR), "{subject}经回头看发现问题复发，重新整改。"),),
        task="决定是否重启整改",
    ),
)
