"""What tests of 跟踪督查 and 特派督导 begin with: a visit with problems and tasks, one that follows it, an errand."""

from datetime import timedelta
from typing import Any

from tests import cast
from tests.rounds import (
    BEGIN,
    DAY,
    concluded,
    found,
    given_of_round,
    informed,
    informed_visit,
    planned,
    planned_round,
    there,
    visit_of,
)
from yuetan.actions.rounds.announcing import announce_round
from yuetan.actions.rounds.followed import Errand
from yuetan.actions.rounds.planning import PlannedRound, PlannedVisit, plan_round
from yuetan.models import RoundVisit
from yuetan.vocabulary import RoundKind

FOLLOWING: dict[str, Any] = {"kind": RoundKind.FOLLOW_UP, "title": "农贸市场整治跟踪督查"}
STILL, DONE = "责任人仍未明确", "责任人已明确"


def follows(number: str, code: str = cast.TOWN) -> list[PlannedVisit]:
    return [PlannedVisit(cast.unit(code), DAY, "整改情况。", number)]


def earlier() -> RoundVisit:
    """A visit of which the unit was told one problem, with one task that is open."""
    before = informed_visit()
    given_of_round(before)
    return before


def number_of(before: RoundVisit) -> str:
    assert before.opinion is not None
    return before.opinion.number


def followed_visit() -> RoundVisit:
    """Of a 跟踪督查 that was announced."""
    of_round = planned_round(**FOLLOWING, visits=follows(number_of(earlier())))
    announce_round(of_round, by=cast.person("officer"))
    return visit_of(of_round)


def answered_visit() -> RoundVisit:
    """Of two points one was put right."""
    after = followed_visit()
    found(after, words=STILL, answers=1)
    found(after, words=DONE, is_problem=False, answers=2)
    informed(concluded(visit_of(after.round)))
    return visit_of(after.round)


def errand(**changed: Any) -> Errand:
    usual: dict[str, Any] = {
        "sent_by": cast.person("group_leader"),
        "sent_on": BEGIN - timedelta(days=1),
        "words": "查清农贸市场整治责任。",
    }
    return Errand(**usual | changed)


def dispatched(**changed: Any) -> PlannedRound:
    return planned(kind=RoundKind.DISPATCHED, title="农贸市场特派督导", **changed)


def following(number: str, code: str = cast.TOWN) -> RoundVisit:
    """A plan from today on that follows this paper."""
    plan = planned(**FOLLOWING, **ahead(number, code))
    return visit_of(plan_round(by=cast.person("officer"), planned=plan), code)


def ahead(number: str, code: str = cast.TOWN) -> dict[str, Any]:
    """The days and the one unit of such a plan."""
    today = there().date()
    visits = [PlannedVisit(cast.unit(code), today, "整改情况。", number)]
    return {"visits": visits, "begins_on": today, "ends_on": today}
