"""督导 told by the real actions: planned, announced, seen there, concluded, told to the unit, ended."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from yuetan.actions.rounds.announcing import announce_round
from yuetan.actions.rounds.closing import end_round
from yuetan.actions.rounds.conclusion import conclude_visit, digest_of_visit, issue_opinion
from yuetan.actions.rounds.findings import record_round_finding
from yuetan.actions.rounds.planning import PlannedRound, PlannedVisit, plan_round
from yuetan.models import RoundVisit, SupervisionRound
from yuetan.rules.dates import clock
from yuetan.scenarios.actors import in_office
from yuetan.scenarios.bulk import words
from yuetan.scenarios.bulk.plan import Plan, Shares, routes
from yuetan.scenarios.bulk.story import Story
from yuetan.scenarios.files import blank_scan
from yuetan.vocabulary import RoundKind

TEAM = ("director", "officer", "supervisor")  # the first of them leads
PLAN, ANNOUNCE, FIND, CONCLUDE, INFORM, END = ("plan", "announce", "find", "conclude", "inform", "end")
STEPS = (PLAN, ANNOUNCE, FIND, FIND, CONCLUDE, INFORM, END)  # nobody of the unit has an account to sign with
OFFSETS = (0, 1, 5, 5, 6, 7, 10)
THERE, LAST = 5, 8  # working days after the planning: when they are there, and the last day of the round
# How far of a hundred rounds have come: by the number of steps.
PLANNED, ANNOUNCED, SEEN, INFORMED, ENDED = "planned", "announced", "seen", "informed", "ended"
SHARES: Shares = {PLANNED: (5, 1), ANNOUNCED: (10, 1), SEEN: (5, 2), INFORMED: (10, 2), ENDED: (70, 4)}
LENGTHS = {PLANNED: 1, ANNOUNCED: 2, SEEN: 4, INFORMED: 6, ENDED: 7}
# None of 跟踪督查: a visit keeps the paper it follows as plain text, so that each copy would name that of another unit.
KINDS = (RoundKind.LINKED, RoundKind.JOINT)
PARTNERS = "市市场监督管理局"


def round_plans(seed: int, lead_days: int, rounds: int) -> list[Plan]:
    """The ways of a seed for so many rounds."""
    made = []
    for number, (standing, variant) in enumerate(routes(SHARES, rounds)):
        length, later = LENGTHS[standing], Random(f"{seed}:{number}:round").randint(0, 2)  # nosec B311
        offsets = [each + (later if each > THERE else 0) for each in OFFSETS[:length]]
        days_since = None if standing == ENDED else 1 if standing in (PLANNED, ANNOUNCED) else 20
        made.append(
            Plan(number, standing, variant, 0, [(each, 0) for each in STEPS[:length]], offsets, 0, LAST, days_since)
        )
    return made


class RoundStory(Story):
    """One round to one unit."""

    root = SupervisionRound

    def play(self) -> SupervisionRound:
        """Take every step of a round of 督导; raises Refused or NotYours where the plan is not lawful."""
        moments = self.moments()
        with clock.at(next(moments)[0]):
            made = self._planned()
        for moment, step, _ in moments:
            with clock.at(moment):
                NEXT[step](self, RoundVisit.objects.with_relations().get(round=made.pk))
        return SupervisionRound.objects.get(pk=made.pk)

    def _planned(self) -> SupervisionRound:
        team = [in_office(username) for username in TEAM]
        kind = KINDS[self.plan.variant % len(KINDS)]
        planned = PlannedRound(
            kind=kind,
            title=f"{words.MATTER}督导",
            basis="常态化开展扫黑除恶斗争实施方案",
            begins_on=self.day_in(THERE),
            ends_on=self.day_in(LAST + THERE),
            members=team,
            leader=team[0],
            partners=PARTNERS if kind == RoundKind.JOINT else "",
            demands="请准备工作台账备查。",
            visits=[PlannedVisit(self.side.unit, self.day_in(THERE), f"{words.MATTER}的整治情况。")],
        )
        return plan_round(by=in_office("officer"), planned=planned)


def _announce(story: RoundStory, visit: RoundVisit) -> None:
    announce_round(visit.round, by=in_office("officer"))


def _find(story: RoundStory, visit: RoundVisit) -> None:
    is_problem = not visit.finding_count
    record_round_finding(
        visit,
        by=in_office("officer"),
        seen_on=clock.today(),
        place="",
        words=words.facts(story.lots, words.MATTER) if is_problem else "线索台账逐条登记，均已办结。",
        is_problem=is_problem,
        people=[in_office(username) for username in TEAM[1:]],
        proof=[],
    )


def _conclude(story: RoundStory, visit: RoundVisit) -> None:
    conclude_visit(
        visit,
        by=in_office("officer"),
        conclusion=f"{words.MATTER}，须限期整改。",
        demands="明确责任人，书面报告结果。",
        discussion="督导组逐项讨论，意见一致。",
        concluded_on=clock.today(),
        people=[in_office(username) for username in TEAM],
        scan=[blank_scan("集体结论签名页")],
        seen=digest_of_visit(visit),
    )


def _inform(story: RoundStory, visit: RoundVisit) -> None:
    issue_opinion(visit, by=in_office("director"), seen=digest_of_visit(visit))


def _end_round(story: RoundStory, visit: RoundVisit) -> None:
    end_round(visit.round, by=in_office("officer"))


NEXT: dict[str, Callable[[RoundStory, RoundVisit], None]] = {
    ANNOUNCE: _announce,
    FIND: _find,
    CONCLUDE: _conclude,
    INFORM: _inform,
    END: _end_round,
}
