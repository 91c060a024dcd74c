"""The rows for what a unit hands in on paper: the office registers it as the unit itself would hand it in."""

from __future__ import annotations

from yuetan.models.case.requirements import minutes, notice, reports, supervision, tasks
from yuetan.models.flow.step import AlertRule, Step
from yuetan.permissions import DIRECTOR, SUPERVISOR, UNIT_SIDE
from yuetan.vocabulary import CaseState as State
from yuetan.vocabulary import Party, Verb

PAPER_FILING = (
    Step(
        Verb.REGISTER_SUBMISSION,
        (State.NOTIFIED, State.INTERVIEWED),
        requirements=(notice.submission_open,),
        seen_by_unit=True,
        alerts=(AlertRule(UNIT_SIDE, "{subject}的纸质书面材料已由{the_office}代录，请核对。"),),
    ),
    Step(
        Verb.REGISTER_LEAVE,
        (State.NOTIFIED,),
        requirements=(notice.leave_askable,),
        seen_by_unit=True,
        opinion_seen_by_unit=True,
        alerts=(
            AlertRule((Party.INTERVIEWER,), "{subject}的约谈对象以纸质材料请假，请审批。"),
            AlertRule(UNIT_SIDE, "{subject}的纸质请假已由{the_office}代录，请核对。"),
        ),
    ),
    Step(
        Verb.REGISTER_MINUTES_ANSWER,
        (State.INTERVIEWED,),
        requirements=(minutes.minutes_answerable,),
        seen_by_unit=True,
        opinion_seen_by_unit=True,
        alerts=(
            AlertRule((DIRECTOR,), "{subject}的纪要，被约谈方已以纸质材料反馈意见。"),
            AlertRule(UNIT_SIDE, "{subject}的纸质纪要意见已由{the_office}代录，请核对。"),
        ),
    ),
    Step(
        Verb.REGISTER_REPORT,
        (State.RECTIFYING,),
        requirements=(reports.has_task_to_report,),
        seen_by_unit=True,
        alerts=(
            AlertRule((SUPERVISOR,), "{subject}有纸质整改报告代录，请核查。"),
            AlertRule(UNIT_SIDE, "{subject}的纸质整改报告已由{the_office}代录，请核对。"),
        ),
    ),
    Step(
        Verb.REGISTER_PROGRESS,
        (State.RECTIFYING,),
        requirements=(reports.has_task_to_report,),
        seen_by_unit=True,
        alerts=(
            AlertRule((SUPERVISOR,), "{subject}有纸质进展报告代录，请查阅。"),
            AlertRule(UNIT_SIDE, "{subject}的纸质进展报告已由{the_office}代录，请核对。"),
        ),
    ),
    Step(
        Verb.REGISTER_EXTENSION,
        (State.RECTIFYING,),
        requirements=(reports.has_task_to_report,),
        seen_by_unit=True,
        opinion_seen_by_unit=True,
        alerts=(
            AlertRule((DIRECTOR,), "{subject}有整改任务以纸质材料申请延期，请审批。"),
            AlertRule(UNIT_SIDE, "{subject}的纸质延期申请已由{the_office}代录，请核对。"),
        ),
    ),
    Step(
        Verb.REGISTER_CHASE_ANSWER,
        (State.RECTIFYING, State.INSPECTING),
        requirements=(tasks.has_chase_to_answer,),
        seen_by_unit=True,
        opinion_seen_by_unit=True,
        alerts=(
            AlertRule((SUPERVISOR,), "{subject}的催办，被约谈方已以纸质材料回复。"),
            AlertRule(UNIT_SIDE, "{subject}的纸质催办回复已由{the_office}代录，请核对。"),
        ),
    ),
    Step(
        Verb.REGISTER_SUPERVISION_RECEIPT,
        (State.RECTIFYING, State.INSPECTING),
        requirements=(supervision.has_supervision_unsigned,),
        seen_by_unit=True,
        alerts=(
            AlertRule((DIRECTOR, SUPERVISOR), "{subject}的督办单已登记纸质回执。"),
            AlertRule(UNIT_SIDE, "{subject}的督办单已由{the_office}登记纸质回执，请核对。"),
        ),
    ),
    Step(
        Verb.REGISTER_SUPERVISION_ANSWER,
        (State.RECTIFYING, State.INSPECTING),
        requirements=(supervision.has_supervision_to_answer,),
        seen_by_unit=True,
        opinion_seen_by_unit=True,
        alerts=(
            AlertRule((DIRECTOR, SUPERVISOR), "{subject}的督办单，被约谈方已以纸质材料回复，请查看。"),
            AlertRule(UNIT_SIDE, "{subject}的督办单纸质回复已由{the_office}代录，请核对。"),
        ),
    ),
)
