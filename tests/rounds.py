"""What tests of 督导 begin with: a round that is planned, announced, with findings, concluded, told, and ended."""

from datetime import date, datetime, timedelta
from typing import Any

import time_machine
from django.utils import timezone

from tests import cast
from tests.factories import pdf
from tests.nothing_sent_twice import copied, copied_if_again
from yuetan.actions.rounds.announcing import announce_round, paper_to_sign, receive_round_paper
from yuetan.actions.rounds.closing import end_round
from yuetan.actions.rounds.conclusion import conclude_visit, digest_of_visit, issue_opinion
from yuetan.actions.rounds.findings import record_round_finding
from yuetan.actions.rounds.follow_up import RoundTask, hand_out_round
from yuetan.actions.rounds.planning import PlannedRound, PlannedVisit, plan_round
from yuetan.models import Assignment, Document, RoundFinding, RoundVisit, SupervisionRound, User
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import CHINA_STANDARD_TIME
from yuetan.vocabulary import RoundKind

TITLE = "2026年度联动督导"
BEGIN, DAY, END = date(2026, 11, 24), date(2026, 11, 25), date(2026, 12, 4)
THERE = datetime(2026, 11, 25, 15, 0, tzinfo=CHINA_STANDARD_TIME)  # in the afternoon of the day
POINTS = "农贸市场、货运市场秩序整治情况。"
WRONG = "农贸市场整治方案印发后没有明确责任人"
RIGHT = "线索台账已逐条登记，7条线索均已办结"
CONCLUSION = "线索核查工作落实较好，农贸市场整治责任没有落实。"
DEMANDS = "明确责任人，书面报告结果。"
DUE = date(2026, 12, 20)
DISCUSSION = "周七提出逐项核对责任人，张一同意；一致认为责任没有落实。"


def there() -> datetime:
    """The afternoon of the day, or now where that is past."""
    return max(timezone.localtime(clock.now()), THERE)


def visit(code: str = cast.TOWN, day: date | None = DAY, points: str = POINTS) -> PlannedVisit:
    """One unit to go to."""
    return PlannedVisit(cast.unit(code) if code else None, day, points)


def planned(**changed: Any) -> PlannedRound:
    """A round of the director and two more to a town and a county."""
    usual: dict[str, Any] = {
        "kind": RoundKind.LINKED,
        "title": TITLE,
        "basis": "常态化开展扫黑除恶斗争实施方案",
        "begins_on": BEGIN,
        "ends_on": END,
        "members": [cast.person(name) for name in ("officer", "director", "supervisor")],
        "leader": cast.person("director"),
        "partners": "",
        "demands": "请准备工作台账。",
        "visits": [visit(), visit(cast.COUNTY)],
    }
    return PlannedRound(**usual | changed)


@copied
def planned_round(*, by: str = "officer", **changed: Any) -> SupervisionRound:
    """A round that nobody was told of yet."""
    return plan_round(by=cast.person(by), planned=planned(**changed))


def covert_round(**changed: Any) -> SupervisionRound:
    """明察暗访 of the same units."""
    return planned_round(**{"kind": RoundKind.UNANNOUNCED, "title": "农贸市场明察暗访", **changed})


@copied
def announced(**changed: Any) -> SupervisionRound:
    """Each unit got its notice."""
    return announce_round(planned_round(**changed), by=cast.person("officer"))


def visit_of(of_round: SupervisionRound, code: str = cast.TOWN) -> RoundVisit:
    """What the round does about a unit, read anew."""
    return RoundVisit.objects.with_relations().get(round=of_round.pk, unit__code=code)


def signed_for(of_visit: RoundVisit, *, by: User) -> RoundVisit:
    """The paper that waits for the unit, by one who has read it."""
    waits = paper_to_sign(of_visit)
    return receive_round_paper(of_visit, by=by, paper=str(waits.pk) if waits is not None else "")


@copied_if_again
def found(of_visit: RoundVisit, *, by: str = "officer", **changed: Any) -> RoundFinding:
    """A problem that two of the team saw on the day; recorded that afternoon, or now where that is past."""
    usual: dict[str, Any] = {
        "seen_on": there().date(),
        "place": "棠下农贸市场",
        "words": WRONG,
        "is_problem": True,
        "people": [cast.person("officer"), cast.person("supervisor")],
        "proof": [],
    }
    with time_machine.travel(there(), tick=False):
        return record_round_finding(of_visit, by=cast.person(by), **usual | changed)


@copied_if_again
def concluded(of_visit: RoundVisit, *, by: str = "officer", **changed: Any) -> RoundVisit:
    """By the three of the team, with the sheet they signed."""
    usual: dict[str, Any] = {
        "conclusion": CONCLUSION,
        "demands": DEMANDS,
        "discussion": DISCUSSION,
        "concluded_on": there().date(),
        "people": [cast.person(name) for name in ("officer", "director", "supervisor")],
        "scan": [pdf("集体结论签名.pdf")],
        "seen": digest_of_visit(RoundVisit.objects.with_relations().get(pk=of_visit.pk)),
    }
    with time_machine.travel(there(), tick=False):
        return conclude_visit(of_visit, by=cast.person(by), **usual | changed)


@copied_if_again
def informed(of_visit: RoundVisit, *, by: str = "director") -> Document:
    """The 督导意见书 to the unit."""
    with time_machine.travel(there(), tick=False):
        return issue_opinion(of_visit, by=cast.person(by), seen=digest_of_visit(of_visit))


@copied
def informed_visit(code: str = cast.TOWN, *, of_round: SupervisionRound | None = None, **changed: Any) -> RoundVisit:
    """A unit that was told of a problem; by default of a round that was just announced."""
    of_visit = visit_of(of_round or announced(), code)
    found(of_visit, **changed)
    informed(concluded(visit_of(of_visit.round, code), demands="" if changed.get("is_problem") is False else DEMANDS))
    return visit_of(of_visit.round, code)


@copied_if_again
def given_of_round(of_visit: RoundVisit, *, by: str = "officer", **changed: Any) -> Assignment:
    """What was found, handed out as one task."""
    tasks = [RoundTask("明确农贸市场整治的责任人。", "", max(DUE, there().date() + timedelta(days=9)))]
    with time_machine.travel(there(), tick=False):
        return hand_out_round(of_visit, by=cast.person(by), **{"tasks": tasks, **changed})


@copied
def ended() -> SupervisionRound:
    """A round of which each unit was told."""
    of_round = announced()
    for code in (cast.TOWN, cast.COUNTY):
        informed_visit(code, of_round=of_round)
    with time_machine.travel(there(), tick=False):
        return end_round(of_round, by=cast.person("officer"))
