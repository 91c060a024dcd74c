"""The rows for what a unit hands in on paper: the office registers it as the unit itself would hand it in."""

from __future__ import annotations

from yuetan.models.case.requirements import minutes, notice
from yuetan.models.flow.step import AlertRule, Step
from yuetan.permissions import DIRECTOR, UNIT_SIDE
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
)
