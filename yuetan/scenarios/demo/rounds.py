"""督导 of the demonstration: of two units one has tasks by now, one a corrected opinion; other forms are ahead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from yuetan.actions.people.unit_people import people_of_unit
from yuetan.actions.rounds.announcing import (
    announce_round,
    paper_to_sign,
    receive_round_paper,
    register_round_receipt,
)
from yuetan.actions.rounds.conclusion import Concluded, conclude_visit, digest_of_visit, issue_opinion
from yuetan.actions.rounds.findings import record_round_finding
from yuetan.actions.rounds.follow_up import RoundTask, hand_out_round
from yuetan.actions.rounds.guests import Guest, guests_of
from yuetan.actions.rounds.opinion_correction import (
    correct_round_opinion,
    digest_of_correction,
    digest_to_correct,
    reissue_round_opinion,
)
from yuetan.actions.rounds.opinion_correction_problems import CorrectedOpinion
from yuetan.actions.rounds.planning import PlannedRound, PlannedVisit, plan_round
from yuetan.models import RoundVisit, SupervisionRound, Unit, User
from yuetan.rules.dates import clock
from yuetan.scenarios.actors import in_office
from yuetan.scenarios.demo.further_rounds import play_further_rounds
from yuetan.scenarios.demo.ladder_days import AFTERNOON, on, working_day
from yuetan.scenarios.files import photograph, written_scan
from yuetan.vocabulary import RoundKind

TEAM = ("director", "officer", "supervisor")  # the first of them leads
GUEST = Guest("卞五三", "市市场监督管理局", "执法监督科副科长")  # comes along (会同有关部门)
SIGNED_BY_HAND = ("卜五四", "党政办公室主任")  # takes the 督导意见书 of the first unit on paper
BASIS = "《常态化开展扫黑除恶斗争实施方案》"
DISCUSSION = "督导组汇报现场情况，逐项讨论；对问题的认定没有不同意见，要求限期整改。"
REPORTED, REPORTED_REASON = "书面报告整改结果。", "整改要求漏列书面报告一项"
PREPARE = "请准备工作台账、会议记录备查，并安排一名负责人陪同。"
PLANNED, LAST = 12, 3  # working days ago: when the round was planned, and when it ended
COVERT_UNIT, COVERT_AHEAD = "440705104", 3
COVERT_POINTS = "农贸市场占道经营、强买强卖问题整治情况。"


@dataclass(frozen=True)
class Gone:
    """What was looked at, seen and concluded at one unit, and how many working days ago they were there."""

    code: str
    ago: int
    points: str
    place: str
    problem: str
    in_order: str
    conclusion: str
    demands: tuple[str, ...]


GONE = (
    Gone(
        code="440785101",
        ago=8,
        points="线索核查、办结情况；农贸市场秩序整治情况。",
        place="镇中心农贸市场",
        problem="农贸市场整治方案印发后没有明确责任人，三处占道经营没有清理（演示）。",
        in_order="线索台账逐条登记，今年移交的四条线索均已办结（演示）。",
        conclusion="线索核查工作落实较好；农贸市场整治责任没有落实，须限期整改。",
        demands=("明确农贸市场整治的责任人，报办公室备案。", "清理三处占道经营，附整改前后照片。"),
    ),
    Gone(
        code="440784103",
        ago=7,
        points="专项整治工作部署和责任落实情况。",
        place="镇综治中心",
        problem="专项整治部署后三个月没有召开调度会，台账没有更新（演示）。",
        in_order="各村（社区）均已张贴举报方式，抽查的八名网格员都能说清报告途径（演示）。",
        conclusion="宣传发动比较到位；专项整治调度不及时，须引起重视。",
        demands=("一个月内召开一次调度会，更新专项整治台账。",),
    ),
)


def play_rounds() -> None:
    """Go to two units and inform both, hand tasks to the first; plan what a third one does not know of."""
    of_round = _announced()
    for gone in GONE:
        _informed(of_round, gone)
    _given(of_round, GONE[0])
    _correct_opinion(of_round, GONE[1])
    _covert()
    play_further_rounds(GONE[0].code)


def _announced() -> SupervisionRound:
    """Planned, announced the day after, and signed for by both units on the next."""
    first, last = working_day(GONE[0].ago), working_day(LAST)
    visits = [PlannedVisit(_unit(gone.code), working_day(gone.ago), gone.points) for gone in GONE]
    with on(PLANNED):
        planned = _play_plan(RoundKind.LINKED, f"{first.year}年度联动督导", visits, first, last)
    with on(PLANNED - 1):
        announce_round(planned, by=in_office("officer"))
    for number, gone in enumerate(GONE):
        with on(PLANNED - 2, steps=number):
            _sign(planned, gone)
    return planned


def _play_plan(kind: str, title: str, visits: list[PlannedVisit], begins_on: date, ends_on: date) -> SupervisionRound:
    team = [in_office(username) for username in TEAM]
    planned = PlannedRound(
        kind=kind,
        title=title,
        basis=BASIS,
        begins_on=begins_on,
        ends_on=ends_on,
        members=team,
        leader=team[0],
        partners="",
        demands="" if kind == RoundKind.UNANNOUNCED else PREPARE,
        visits=visits,
        guests=[] if kind == RoundKind.UNANNOUNCED else [GUEST],
    )
    return plan_round(by=in_office("officer"), planned=planned)


def _informed(of_round: SupervisionRound, gone: Gone) -> None:
    """Seen there in the afternoon, concluded two days later, told to the unit on the next."""
    _seen(of_round, gone)
    officer, people = in_office("officer"), [in_office(username) for username in TEAM]
    with on(gone.ago - 2):
        visit = _visit(of_round, gone)
        conclude_visit(
            visit,
            by=officer,
            conclusion=gone.conclusion,
            demands="\n".join(gone.demands),
            discussion=DISCUSSION,
            concluded_on=clock.today(),
            people=people,
            scan=[written_scan(f"{_unit(gone.code).name}督导集体结论签名页")],
            seen=digest_of_visit(visit),
        )
    with on(gone.ago - 3):
        visit = _visit(of_round, gone)
        issue_opinion(visit, by=in_office("director"), seen=digest_of_visit(visit))


def _seen(of_round: SupervisionRound, gone: Gone) -> None:
    """What was in order, then the problem, with a photograph."""
    people = [in_office(username) for username in TEAM[1:]]
    for number, words in enumerate((gone.in_order, gone.problem)):
        is_problem = words == gone.problem
        proof = [photograph(f"{gone.place}现场")] if is_problem else []
        with on(gone.ago, AFTERNOON, steps=number):
            record_round_finding(
                _visit(of_round, gone),
                by=people[0],
                seen_on=clock.today(),
                place=gone.place if is_problem else "",
                words=words,
                is_problem=is_problem,
                people=people,
                proof=proof,
                guests=guests_of(of_round),
            )


def _sign(of_round: SupervisionRound, gone: Gone) -> None:
    """The unit takes the paper that waits for it."""
    visit = _visit(of_round, gone)
    waits = paper_to_sign(visit)
    assert waits is not None
    receive_round_paper(visit, by=_receiver(gone), paper=str(waits.pk))


def _sign_by_hand(of_round: SupervisionRound, gone: Gone) -> None:
    """Somebody of the unit without an account takes it, and the office registers the receipt with its scan."""
    visit, (name, post) = _visit(of_round, gone), SIGNED_BY_HAND
    waits = paper_to_sign(visit)
    assert waits is not None
    register_round_receipt(
        visit,
        by=in_office("officer"),
        seen=str(waits.pk),
        signer_name=name,
        signer_title=f"{visit.unit.name}{post}",
        signed_on=clock.today(),
        scan=written_scan(f"{visit.unit.name}督导意见书送达回证"),
    )


def _given(of_round: SupervisionRound, gone: Gone) -> None:
    """The unit signs by hand for what it was told, and what is to be put right becomes its tasks."""
    with on(gone.ago - 4):
        _sign_by_hand(of_round, gone)
    due = working_day(-15)
    with on(gone.ago - 5):
        tasks = [RoundTask(words, "", due) for words in gone.demands]
        hand_out_round(_visit(of_round, gone), by=in_office("officer"), tasks=tasks)


def _correct_opinion(of_round: SupervisionRound, gone: Gone) -> None:
    """The officer drafts what the 督导意见书 forgot to demand, concluded anew; the director issues it the day after."""
    visit, people = _visit(of_round, gone), [in_office(username) for username in TEAM]
    with on(gone.ago - 5):
        agreed = Concluded(gone.conclusion, "\n".join((*gone.demands, REPORTED)), DISCUSSION, clock.today(), people)
        correct_round_opinion(
            visit,
            by=in_office("officer"),
            reason=REPORTED_REASON,
            corrected=CorrectedOpinion(worded={}, forgotten=[], witnesses=[], agreed=agreed),
            scan=[written_scan(f"{_unit(gone.code).name}督导意见书更正集体结论签名页")],
            seen=digest_to_correct(visit),
        )
    with on(gone.ago - 6):
        reissue_round_opinion(visit, by=in_office("director"), seen=digest_of_correction(visit))


def _covert() -> None:
    day = working_day(-COVERT_AHEAD)
    visits = [PlannedVisit(_unit(COVERT_UNIT), day, COVERT_POINTS)]
    with on(1):
        _play_plan(RoundKind.UNANNOUNCED, "农贸市场秩序明察暗访", visits, day, day + timedelta(days=2))


def _unit(code: str) -> Unit:
    return Unit.objects.select_related("parent").get(code=code)


def _receiver(gone: Gone) -> User:
    return people_of_unit(_unit(gone.code))[0]


def _visit(of_round: SupervisionRound, gone: Gone) -> RoundVisit:
    return RoundVisit.objects.with_relations().get(round=of_round.pk, unit__code=gone.code)
