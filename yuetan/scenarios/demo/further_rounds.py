"""The other forms of 督导 in the demonstration: 跟踪督查 of what was found, 特派督导 and 联合督查 that are planned."""

from __future__ import annotations

from yuetan.actions.rounds.announcing import announce_round
from yuetan.actions.rounds.followed import NO_ERRAND, Errand
from yuetan.actions.rounds.guests import Guest
from yuetan.actions.rounds.planning import PlannedRound, PlannedVisit, plan_round
from yuetan.models import RoundVisit, SupervisionRound, Unit
from yuetan.rules.dates import clock
from yuetan.scenarios.actors import in_office
from yuetan.scenarios.demo.ladder_days import working_day
from yuetan.vocabulary import RoundKind

AHEAD = 2  # working days: after today, and before the covert round
BASIS = "《常态化开展扫黑除恶斗争实施方案》"
SENT_TO, JOINTLY_TO = "440703101", "440705101"
ERRAND = "查明货运市场欺行霸市问题整改缓慢的原因，督促落实责任（演示）。"
PARTNER = Guest("卞五三", "市市场监督管理局", "执法监督科副科长")


def play_further_rounds(code: str) -> None:
    """Follow what the unit with this code was told, and plan a round on an errand and one with another department."""
    visit = RoundVisit.objects.get(unit__code=code, round__kind=RoundKind.LINKED)
    assert visit.opinion is not None
    follows = (code, "督导意见书所提问题的整改情况。", visit.opinion.number)
    followed = _plan_of_kind(RoundKind.FOLLOW_UP, "农贸市场整治跟踪督查", follows)
    announce_round(followed, by=in_office("officer"))
    errand = Errand(in_office("group_leader"), clock.today(), ERRAND)
    _plan_of_kind(RoundKind.DISPATCHED, "货运市场整治特派督导", (SENT_TO, "货运市场秩序整治情况。", ""), errand=errand)
    _plan_of_kind(
        RoundKind.JOINT, "集贸市场秩序联合督查", (JOINTLY_TO, "集贸市场秩序整治情况。", ""), guests=(PARTNER,)
    )


def _plan_of_kind(
    kind: str,
    title: str,
    about: tuple[str, str, str],
    *,
    errand: Errand = NO_ERRAND,
    guests: tuple[Guest, ...] = (),
) -> SupervisionRound:
    (code, points, follows), day = about, working_day(-AHEAD)
    unit = Unit.objects.select_related("parent").get(code=code)
    team = [in_office(username) for username in ("director", "officer", "supervisor")]
    planned = PlannedRound(
        kind=kind,
        title=title,
        basis=BASIS,
        begins_on=day,
        ends_on=day,
        members=team,
        leader=team[0],
        partners="",
        demands="请准备工作台账备查。",
        visits=[PlannedVisit(unit, day, points, follows)],
        guests=guests,
        errand=errand,
    )
    return plan_round(by=in_office("officer"), planned=planned)
