"""What is done about a round, one of its units, or what was seen there: the page of each step."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from yuetan.actions.rounds import announcing, closing, conclusion, findings, follow_up, planning, reschedule, team
from yuetan.actions.rounds import opinion_correction as corrections
from yuetan.actions.rounds.round_rows import CORRECT, GIVE_UP, REISSUE
from yuetan.forms.rounds import opinion_correction as correction_forms
from yuetan.forms.rounds import steps as forms
from yuetan.forms.rounds.planning import RoundForm
from yuetan.models import RoundFile, RoundFinding, RoundVisit, SupervisionRound, User
from yuetan.models.rounds.visit import COVERT_SHOWN
from yuetan.views.frame.room_step_page import Keywords, RoomStepPage, by_name, offered_steps, only_changes
from yuetan.vocabulary import VisitState


def _about(row: object) -> Keywords:
    return {"about": row}


def _of_last_writing(files: Iterable[RoundFile]) -> list[RoundFile]:
    """Those that came with a 集体结论, or a draft, as it was written last."""
    return [file for file in files if not file.is_of_earlier_draft]


def _covert_words(planned: SupervisionRound) -> str:
    """Of one that comes unannounced what follows, and until when units see nothing."""
    return f"已制定方案。{COVERT_SHOWN}请自督导日期起登记督导情况。" if planned.is_covert else ""


PLAN = RoomStepPage[None](
    "plan_round",
    planning.PLANNING,
    "制定督导方案",
    "",
    "已制定方案，请印发督导通知书；印发以前单位看不到。",
    RoundForm,
    planning.plan_round,
    button="保存",
    done_instead=_covert_words,
)
OF_ROUND = by_name(
    (
        RoomStepPage[SupervisionRound](
            "announce_round",
            announcing.ANNOUNCING,
            "印发督导通知书",
            "每个单位印发一份督导通知书，取文号；印发后督导期、督导内容不能再改，督导组有变的另行调整，单位从此看得到自己的部分。",
            "已印发督导通知书，并已告知各单位。",
            forms.RoundStepForm,
            announcing.announce_round,
            _about,
        ),
        RoomStepPage(
            "end_round",
            closing.ENDING,
            "结束督导",
            "各单位都已印发督导意见书或者不再督导的，结束督导；结束后什么都不能再改，整改和据此办理的事项继续办理。",
            "已结束督导。",
            forms.RoundStepForm,
            closing.end_round,
            _about,
        ),
        RoomStepPage(
            "revise_round",
            planning.REVISING,
            "修改督导方案",
            "",
            "已修改督导方案。",
            RoundForm,
            planning.revise_round,
            lambda of_round: {"of_round": of_round},
            button="保存",
            link="修改方案",
            is_next=only_changes,
        ),
        RoomStepPage(
            "adjust_team",
            team.ADJUSTING,
            "调整督导组",
            "自今天起由调整后的督导组去；以前登记的督导情况不变，每次现场按当日的督导组核对。",
            "已调整督导组，并已告知有关人员。",
            forms.AdjustTeamForm,
            team.adjust_team,
            _about,
            is_next=only_changes,
        ),
        RoomStepPage(
            "cancel_round",
            closing.CANCELLING,
            "取消督导",
            "取消后不能恢复；已通知的单位会收到取消原因，没有通知的单位不会知道。",
            "已取消督导。",
            forms.CancelRoundForm,
            closing.cancel_round,
            _about,
            is_next=only_changes,
        ),
    )
)
OF_VISIT = by_name(
    (
        RoomStepPage[RoundVisit](
            "register_round_receipt",
            announcing.REGISTERING,
            "登记纸质回执",
            "单位在纸质回执上签收的，由办公室登记；单位自己在系统里签收的，不用登记。登记后即为已签收，单位看得到签收人、日期和回执扫描件。",
            "纸质回执已登记。",
            forms.RoundReceiptForm,
            announcing.register_round_receipt,
            _about,
            lambda scan: (scan,),
            button="登记",
            is_next=only_changes,
        ),
        RoomStepPage(
            "record_round_finding",
            findings.RECORDING,
            "登记督导情况",
            "一项一次登记；没有发现问题的也登记看到的情况。登记后不能修改，有误的写明原因撤回。",
            "已登记督导情况。",
            forms.RoundFindingForm,
            findings.record_round_finding,
            _about,
            lambda of_finding: of_finding.files.all(),
            is_next=lambda visit: visit.is_being_recorded,
        ),
        RoomStepPage(
            "conclude_visit",
            conclusion.CONCLUDING,
            "登记集体结论",
            "印发督导意见书以前可以重新登记；登记以后督导情况又有变动的，须重新登记。",
            "已登记集体结论，可以印发督导意见书。",
            forms.ConcludeVisitForm,
            conclusion.conclude_visit,
            _about,
            lambda visit: _of_last_writing(visit.files.filter(correction=None)),
            is_next=lambda visit: visit.state == VisitState.RECORDED or visit.is_outdated,
        ),
        RoomStepPage(
            "issue_round_opinion",
            conclusion.ISSUING,
            "印发督导意见书",
            "取文号印发，单位随即看得到督导情况、结论和整改要求；印发后有误的只能更正，另行印发。",
            "已印发督导意见书，并已告知单位。",
            forms.IssueOpinionForm,
            conclusion.issue_opinion,
            _about,
        ),
        RoomStepPage(
            "hand_out_round",
            follow_up.HANDING_OUT,
            "交办整改",
            "交办以后，单位对每一项报送整改报告，督查人员核查、销号，全部销号后办结交办事项。",
            "已交办整改，并已告知单位。",
            forms.HandOutRoundForm,
            follow_up.hand_out_round,
            _about,
        ),
        RoomStepPage(
            REISSUE,
            corrections.REISSUING,
            "印发更正的督导意见书",
            "取新的文号印发，原意见书标明已被替代、仍可查阅；单位收到消息，须重新签收，交办和据此办理的事项依据新的意见书。",
            "已印发更正的督导意见书，并已告知单位。",
            correction_forms.ReissueOpinionForm,
            corrections.reissue_round_opinion,
            _about,
        ),
        RoomStepPage(
            CORRECT,
            corrections.CORRECTING,
            "更正督导意见书",
            "须重新集体研究；更正稿由另一人核对后印发，另编文号，替代原意见书，单位重新签收；印发前原意见书继续有效。",
            "已保存更正稿，请由另一人核对后印发；印发前原意见书继续有效。",
            correction_forms.CorrectOpinionForm,
            corrections.correct_round_opinion,
            _about,
            lambda correction: _of_last_writing(correction.files.all()),
            is_next=only_changes,
        ),
        RoomStepPage(
            GIVE_UP,
            corrections.GIVING_UP,
            "放弃更正",
            "更正稿不再印发，原督导意见书继续有效；要更正的可以另行拟定。",
            "已放弃更正，原督导意见书继续有效。",
            correction_forms.WithdrawOpinionCorrectionForm,
            corrections.withdraw_opinion_correction,
            _about,
            is_next=only_changes,
        ),
        RoomStepPage(
            "move_visit",
            reschedule.MOVING,
            "改期",
            "已通知的单位会收到新的督导日期；明察暗访到了日期没有去的，写明原因另定日期，到那天以前单位看不到。",
            "已改期。",
            forms.MoveVisitForm,
            reschedule.move_visit,
            _about,
            is_next=only_changes,
        ),
        RoomStepPage(
            "drop_visit",
            closing.DROPPING,
            "不再督导",
            "写明原因，已登记的情况保留；不能恢复。",
            "已写明不再督导。",
            forms.DropVisitForm,
            closing.drop_visit,
            _about,
            is_next=only_changes,
        ),
    )
)
OF_FINDING = RoomStepPage[RoundFinding](
    "withdraw_round_finding",
    findings.WITHDRAWING,
    "撤回督导情况",
    "撤回的不计入督导情况，不印在督导意见书上，办公室仍看得到。",
    "已撤回。",
    forms.WithdrawFindingForm,
    findings.withdraw_round_finding,
    _about,
)


def steps_of_round(of_round: SupervisionRound, user: User) -> list[dict[str, str]]:
    """What the person may do with the round now, with its address."""
    return offered_steps(OF_ROUND.values(), of_round, user)


def steps_of_visit(visit: RoundVisit, user: User) -> list[dict[str, str]]:
    """What the person may do about the unit now, with its address."""
    again = {CORRECT: replace(OF_VISIT[CORRECT], link="修改更正稿")} if corrections.open_correction(visit) else {}
    return offered_steps((OF_VISIT | again).values(), visit, user)
