"""The steps that 挂牌督办 alone has: its work team (工作组), and its end by 摘牌; the other rows are in steps.py."""

from __future__ import annotations

from yuetan.models.flow.step import AlertRule, Direction, Step
from yuetan.models.ladder import listed_requirements, plea_requirements, requirements
from yuetan.permissions import DIRECTOR, LEADERS, OFFICER, SUPERVISOR, UNIT_SIDE
from yuetan.vocabulary import MeasureState as State
from yuetan.vocabulary import Verb

LISTED_STEPS = (
    Step(
        Verb.SET_WORK_TEAM,
        (State.DECIDED, State.SERVED),
        requirements=(listed_requirements.listing_in_force,),
        seen_by_unit=True,
        alerts=(AlertRule((OFFICER, SUPERVISOR), "{subject}的挂牌督办，工作组已设定或者调整，请查看。"),),
    ),
    Step(
        Verb.RECORD_TEAM_REPORT,
        (State.SERVED,),
        requirements=(requirements.paper_in_force, listed_requirements.has_work_team),
        alerts=(AlertRule((DIRECTOR, SUPERVISOR), "{subject}的挂牌督办，工作组有报告，请查阅。"),),
    ),
    Step(
        Verb.ASK_DELISTING,
        (State.SERVED,),
        requirements=(
            *(requirements.paper_in_force, requirements.paper_signed),
            *(listed_requirements.nothing_left_to_accept, listed_requirements.no_delisting_asked_by_unit),
        ),
        explains=True,
        seen_by_unit=True,
        opinion_seen_by_unit=True,
        alerts=(AlertRule((SUPERVISOR, OFFICER, DIRECTOR), "{subject}的挂牌督办，单位申请摘牌，请核查、决定。"),),
    ),
    Step(
        Verb.PROPOSE_DELISTING,
        (State.SERVED,),
        requirements=(
            *(requirements.paper_in_force, requirements.paper_signed),
            *(listed_requirements.nothing_left_to_accept, listed_requirements.no_delisting_asked),
        ),
        awaited=True,
        alerts=(AlertRule((DIRECTOR, LEADERS), "{subject}的挂牌督办，督查员提请摘牌，请决定。"),),
    ),
    Step(
        Verb.GRANT_DELISTING,
        (State.SERVED,),
        State.ENDED,
        Direction.END,
        requirements=(
            *(requirements.paper_in_force, requirements.paper_signed, listed_requirements.delisting_asked),
            *(listed_requirements.nothing_left_to_accept, listed_requirements.checked_on_site),
            *(requirements.checks_signed, plea_requirements.no_plea_waits),
        ),
        personal=(listed_requirements.by_who_listed, requirements.not_on_the_own_unit),
        awaited_if=listed_requirements.delisting_is_to_be_decided,
        seen_by_unit=True,
        opinion_seen_by_unit=True,
        authenticate_again=True,
        explains_recusal=True,
        alerts=(
            AlertRule(UNIT_SIDE, "{subject}的挂牌督办已摘牌，请签收摘牌通知书。"),
            AlertRule((OFFICER, SUPERVISOR), "{subject}的挂牌督办已摘牌。"),
        ),
        task="决定是否摘牌",
    ),
    Step(
        Verb.REFUSE_DELISTING,
        (State.SERVED,),
        requirements=(requirements.paper_in_force, listed_requirements.delisting_asked),
        personal=(listed_requirements.by_who_listed, requirements.not_on_the_own_unit),
        seen_by_unit=True,
        opinion_seen_by_unit=True,
        heard_by_unit_if=listed_requirements.unit_has_asked,
        explains_recusal=True,
        alerts=(
            AlertRule(UNIT_SIDE, "{subject}的挂牌督办，暂不同意摘牌，请看理由。"),
            AlertRule((OFFICER, SUPERVISOR), "{subject}的挂牌督办，暂不同意摘牌，请看理由。"),
        ),
    ),
)
