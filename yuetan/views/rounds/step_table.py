"""What is done about a round and one of its units: one table of who, with which form, in which words, and when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from yuetan import permissions
from yuetan.actions.rounds.announcing import announce_round
from yuetan.actions.rounds.closing import cancel_round, drop_visit, end_round, move_visit
from yuetan.actions.rounds.conclusion import conclude_visit, issue_opinion
from yuetan.actions.rounds.findings import record_round_finding
from yuetan.actions.rounds.follow_up import HAND_OUT, hand_out_round
from yuetan.actions.rounds.opinion_correction import (
    correct_round_opinion,
    open_correction,
    reissue_round_opinion,
    withdraw_opinion_correction,
)
from yuetan.actions.rounds.round_rows import (
    ANNOUNCE,
    CONCLUDE,
    CORRECT,
    END,
    GIVE_UP,
    ISSUE_OPINION,
    PLAN,
    RECORD,
    REISSUE,
    may_on_visit,
    sees_whole,
)
from yuetan.actions.rounds.team import adjust_team
from yuetan.forms.rounds import opinion_correction as corrections
from yuetan.forms.rounds import steps as forms
from yuetan.models import Assignment, OpinionCorrection, RoundVisit, SupervisionRound, User
from yuetan.rules.dates import clock
from yuetan.vocabulary import RoundState, VisitState


@dataclass(frozen=True)
class RoundStep:
    """One thing that may be done: its address, right, form and action, and what its page says."""

    name: str
    codename: str
    title: str
    note: str
    done: str
    form: type[forms.RoundStepForm]
    action: Callable[..., object]


OF_ROUND = {
    step.name: step
    for step in (
        RoundStep(
            "announce_round",
            ANNOUNCE,
            "印发督导通知书",
            "每个单位印发一份督导通知书，取文号；印发后督导期、督导内容不能再改，督导组有变的另行调整，单位从此看得到自己的部分。",
            "已印发督导通知书，并已告知各单位。",
            forms.RoundStepForm,
            announce_round,
        ),
        RoundStep(
            "adjust_team",
            PLAN,
            "调整督导组",
            "自今天起由调整后的督导组去；以前登记的督导情况不变，每次现场按当日的督导组核对。",
            "已调整督导组，并已告知有关人员。",
            forms.AdjustTeamForm,
            adjust_team,
        ),
        RoundStep(
            "end_round",
            END,
            "结束督导",
            "各单位都已印发督导意见书或者不再督导的，结束督导；结束后什么都不能再改，整改和之后的事项继续办理。",
            "已结束督导。",
            forms.RoundStepForm,
            end_round,
        ),
        RoundStep(
            "cancel_round",
            PLAN,
            "取消督导",
            "取消后不能恢复；已通知的单位会收到取消原因，没有通知的单位不会知道。",
            "已取消督导。",
            forms.CancelRoundForm,
            cancel_round,
        ),
    )
}
OF_VISIT = {
    step.name: step
    for step in (
        RoundStep(
            "record_round_finding",
            RECORD,
            "登记督导情况",
            "一项一次登记；没有发现问题的也登记看到的情况。登记后不能修改，有误的写明原因撤回。",
            "已登记督导情况。",
            forms.RoundFindingForm,
            record_round_finding,
        ),
        RoundStep(
            "conclude_visit",
            CONCLUDE,
            "登记集体结论",
            "印发督导意见书以前可以重新登记；登记以后督导情况又有变动的，须重新登记。",
            "已登记集体结论，可以印发督导意见书。",
            forms.ConcludeVisitForm,
            conclude_visit,
        ),
        RoundStep(
            "issue_round_opinion",
            ISSUE_OPINION,
            "印发督导意见书",
            "取文号印发，单位随即看得到督导情况、结论和整改要求；印发后有误的只能更正，另行印发。",
            "已印发督导意见书，并已告知单位。",
            forms.IssueOpinionForm,
            issue_opinion,
        ),
        RoundStep(
            "hand_out_round",
            HAND_OUT,
            "交办整改",
            "交办以后，单位对每一项报送整改报告，督查人员核查、销号，全部销号后办结交办事项。",
            "已交办整改，并已告知单位。",
            forms.HandOutRoundForm,
            hand_out_round,
        ),
        RoundStep(
            REISSUE,
            ISSUE_OPINION,
            "印发更正的督导意见书",
            "取新的文号印发，原意见书标明已被替代、仍可查阅；单位收到消息，须重新签收，交办和之后的事项依据新的意见书。",
            "已印发更正的督导意见书，并已告知单位。",
            corrections.ReissueOpinionForm,
            reissue_round_opinion,
        ),
        RoundStep(
            CORRECT,
            CONCLUDE,
            "更正督导意见书",
            "须重新集体研究；更正稿由另一人核对后印发，另编文号，替代原意见书，单位重新签收；印发前原意见书继续有效。",
            "已保存更正稿，请由另一人核对后印发；印发前原意见书继续有效。",
            corrections.CorrectOpinionForm,
            correct_round_opinion,
        ),
        RoundStep(
            GIVE_UP,
            CONCLUDE,
            "放弃更正",
            "更正稿不再印发，原督导意见书继续有效；要更正的可以另行拟定。",
            "已放弃更正，原督导意见书继续有效。",
            corrections.WithdrawOpinionCorrectionForm,
            withdraw_opinion_correction,
        ),
        RoundStep(
            "move_visit",
            PLAN,
            "改期",
            "已通知的单位会收到新的督导日期；明察暗访到了日期没有去的，写明原因另定日期，到那天以前单位看不到。",
            "已改期。",
            forms.MoveVisitForm,
            move_visit,
        ),
        RoundStep(
            "drop_visit",
            PLAN,
            "不再督导",
            "写明原因，已登记的情况保留；不能恢复。",
            "已写明不再督导。",
            forms.DropVisitForm,
            drop_visit,
        ),
    )
}


def steps_of_round(of_round: SupervisionRound, user: User) -> list[dict[str, str]]:
    """What the person may do with the round now, with its address."""
    if of_round.state not in (RoundState.PLANNED, RoundState.RUNNING) or not sees_whole(of_round, user):
        return []
    planned, visits = of_round.state == RoundState.PLANNED, list(of_round.visits.all())
    standing = [one for one in visits if one.dropped_at is None]
    informed = [one for one in visits if one.informed_at is not None]
    possible = {
        "announce_round": planned and not of_round.is_covert and of_round.ends_on >= clock.today(),
        "end_round": bool(standing) and len(standing) == len(informed) and not _is_being_corrected(of_round),
        "revise_round": planned,
        "adjust_team": not planned,
        "cancel_round": not informed,
    }
    codenames = {name: step.codename for name, step in OF_ROUND.items()} | {"revise_round": PLAN}
    titles = {name: step.title for name, step in OF_ROUND.items()} | {"revise_round": "修改方案"}
    return [
        {"title": titles[name], "url": reverse(name, args=[of_round.pk])}
        for name, may in possible.items()
        if may and user.has_perm(permissions.name(codenames[name]))
    ]


def _is_being_corrected(of_round: SupervisionRound) -> bool:
    return OpinionCorrection.objects.not_issued().filter(visit__round=of_round).exists()


def steps_of_visit(visit: RoundVisit, user: User) -> list[dict[str, str]]:
    """What the person may do about the unit now, with its address."""
    possible = _steps_once_informed(visit, user) if visit.state == VisitState.INFORMED else _steps_before(visit)
    again = {CORRECT: "修改更正稿"} if possible.get(GIVE_UP) else {}
    return [
        {"title": again.get(name, step.title), "url": reverse(name, args=[visit.pk])}
        for name, step in OF_VISIT.items()
        if possible.get(name) and may_on_visit(visit, user, step.codename)
    ]


def _steps_once_informed(visit: RoundVisit, user: User) -> dict[str, bool]:
    draft, given = open_correction(visit), Assignment.objects.in_force().filter(round_visit=visit)
    return {
        CORRECT: visit.round.state == RoundState.RUNNING,
        REISSUE: draft is not None and not draft.is_by(user),
        GIVE_UP: draft is not None,
        "hand_out_round": draft is None and visit.problem_count > 0 and not given.exists(),
    }


def _steps_before(visit: RoundVisit) -> dict[str, bool]:
    state, is_open = visit.state, visit.round.state in (RoundState.PLANNED, RoundState.RUNNING)
    if not is_open or state == VisitState.DROPPED:
        return {}
    return {
        "record_round_finding": visit.has_come,
        "conclude_visit": visit.finding_count > 0,
        "issue_round_opinion": state == VisitState.CONCLUDED and not visit.is_outdated,
        "move_visit": state == VisitState.PLANNED
        and (visit.day > clock.today() or (visit.round.is_covert and not visit.findings.exists())),
        "drop_visit": True,
    }
