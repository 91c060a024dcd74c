"""The rows of the table of steps from 交办 to the last report; steps.py puts them with the others."""

from __future__ import annotations

from yuetan.models.case.requirements import people, reports, supervision, tasks, unit
from yuetan.models.flow.step import AlertRule, Direction, Step
from yuetan.permissions import DIRECTOR, OFFICER, SUPERVISOR, UNIT_SIDE
from yuetan.vocabulary import CaseState as State
from yuetan.vocabulary import Party, Verb

UNDER_RECTIFICATION = (State.RECTIFYING, State.INSPECTING)

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
    Step(
        Verb.PREPARE_REPORT,
        (State.RECTIFYING,),
        requirements=(reports.has_task_to_report,),
        awaited_if=reports.report_is_awaited,
        is_recorded=False,
        has_shared_form=True,
    ),
    Step(
        Verb.HAND_IN_REPORT,
        (State.RECTIFYING,),
        requirements=(reports.report_prepared,),
        awaited=True,
        explains=True,
        seen_by_unit=True,
        alerts=(
            AlertRule((SUPERVISOR,), "{subject}有整改报告报送，请核查。"),
            AlertRule((Party.INTERVIEWER,), "{subject}的整改落实情况已书面报来，请约谈人查阅。"),
        ),
    ),
    Step(
        Verb.PREPARE_PROGRESS,
        (State.RECTIFYING,),
        requirements=(reports.has_task_to_report,),
        awaited_if=reports.progress_is_near,
        due_on=reports.progress_due_on,
        is_recorded=False,
        has_shared_form=True,
    ),
    Step(
        Verb.HAND_IN_PROGRESS,
        (State.RECTIFYING,),
        requirements=(reports.progress_prepared,),
        awaited=True,
        seen_by_unit=True,
        alerts=(AlertRule((SUPERVISOR,), "{subject}有进展报告报送，请查阅。"),),
    ),
    Step(
        Verb.NOTE_PROGRESS,
        UNDER_RECTIFICATION,
        requirements=(reports.has_progress_to_note,),
        awaited=True,
        seen_by_unit=True,
        alerts=(AlertRule(UNIT_SIDE, "{subject}的进展报告已阅，请查看批阅意见。"),),
    ),
    Step(
        Verb.ACCEPT_TASK,
        UNDER_RECTIFICATION,
        requirements=(reports.has_report_to_review,),
        awaited=True,
        seen_by_unit=True,
        opinion_seen_by_unit=True,
        alerts=(AlertRule(UNIT_SIDE, "{subject}有整改任务销号。"),),
    ),
    Step(
        Verb.RETURN_TASK,
        (State.RECTIFYING,),
        requirements=(reports.has_report_to_review,),
        seen_by_unit=True,
        opinion_seen_by_unit=True,
        alerts=(AlertRule(UNIT_SIDE, "{subject}有整改报告被退回，请按退回原因补齐后重新报送。"),),
    ),
    Step(
        Verb.CHASE,
        (State.RECTIFYING,),
        requirements=(unit.unit_stands, tasks.has_task_to_chase),
        seen_by_unit=True,
        opinion_seen_by_unit=True,
        alerts=(AlertRule(UNIT_SIDE, "市扫黑办催办{subject}的整改任务，请尽快办理并回复。"),),
    ),
    Step(
        Verb.ANSWER_CHASE,
        UNDER_RECTIFICATION,
        requirements=(tasks.has_chase_to_answer,),
        awaited=True,
        seen_by_unit=True,
        alerts=(AlertRule((OFFICER, SUPERVISOR), "{subject}的催办，被约谈方已回复。"),),
    ),
    Step(
        Verb.ASK_EXTENSION,
        (State.RECTIFYING,),
        requirements=(reports.has_task_to_report,),
        seen_by_unit=True,
        alerts=(AlertRule((DIRECTOR,), "{subject}有整改任务申请延期，请审批。"),),
    ),
    Step(
        Verb.DECIDE_EXTENSION,
        UNDER_RECTIFICATION,
        requirements=(tasks.has_extension_to_decide,),
        awaited=True,
        seen_by_unit=True,
        opinion_seen_by_unit=True,
        alerts=(AlertRule((*UNIT_SIDE, SUPERVISOR), "{subject}的延期申请已审批，请查看。"),),
    ),
    Step(
        Verb.PAUSE_TASK,
        (State.RECTIFYING,),
        requirements=(tasks.has_task_to_pause,),
        seen_by_unit=True,
        opinion_seen_by_unit=True,
        alerts=(AlertRule((*UNIT_SIDE, SUPERVISOR), "{subject}有整改任务中止计时，请查看由谁提出、计划哪天恢复。"),),
    ),
    Step(
        Verb.RESUME_TASK,
        (State.RECTIFYING,),
        requirements=(tasks.has_paused_task,),
        awaited_if=tasks.pause_has_run_out,
        seen_by_unit=True,
        opinion_seen_by_unit=True,
        alerts=(AlertRule((*UNIT_SIDE, SUPERVISOR), "{subject}有整改任务恢复计时，请留意新的截止日。"),),
    ),
    Step(
        Verb.ISSUE_SUPERVISION_LETTER,
        (State.RECTIFYING,),
        requirements=(unit.unit_stands, supervision.has_task_to_supervise),
        seen_by_unit=True,
        opinion_seen_by_unit=True,
        alerts=(AlertRule(UNIT_SIDE, "您单位收到整改督办单（{subject}），请签收、办理并回复。"),),
    ),
    Step(
        Verb.ACKNOWLEDGE_SUPERVISION,
        UNDER_RECTIFICATION,
        requirements=(supervision.has_supervision_unsigned,),
        awaited=True,
        due_on=supervision.supervision_due_on,
        seen_by_unit=True,
        alerts=(AlertRule((DIRECTOR, SUPERVISOR), "{subject}的督办单已签收。"),),
    ),
    Step(
        Verb.ANSWER_SUPERVISION,
        UNDER_RECTIFICATION,
        requirements=(supervision.has_supervision_to_answer,),
        awaited=True,
        due_on=supervision.supervision_due_on,
        seen_by_unit=True,
        opinion_seen_by_unit=True,
        alerts=(AlertRule((DIRECTOR, SUPERVISOR), "{subject}的督办单已回复，请查看。"),),
    ),
)
