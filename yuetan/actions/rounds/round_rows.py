"""What every step on 督导 shares: who may take it, how its rows are held, where they stand, what log and unit read."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Prefetch, QuerySet

from yuetan.actions.hold_row import hold_row
from yuetan.actions.people.for_unit import is_of_unit, may_as_office
from yuetan.actions.people.unit_people import people_of_unit
from yuetan.actions.room_step import LogFacts, Problems, RoomRows, itself, may_by_role
from yuetan.alerts import send_alert
from yuetan.errors import NotYours
from yuetan.models import RoundFinding, RoundVisit, SupervisionRound, User
from yuetan.rules.refusals import Finding, finding
from yuetan.vocabulary import RoundState, VisitState

ADJUST = "adjust_team"
REVISE, MOVE, DROP, WITHDRAW = "revise_round", "move_visit", "drop_visit", "withdraw_round_finding"
PLAN, ANNOUNCE, RECORD = "plan_round", "announce_round", "record_round_finding"
CONCLUDE, ISSUE_OPINION, END, RECEIVE = "conclude_visit", "issue_round_opinion", "end_round", "receive_round_paper"
REGISTER_RECEIPT = "register_round_receipt"
CORRECT, REISSUE, GIVE_UP = "correct_round_opinion", "reissue_round_opinion", "withdraw_opinion_correction"
OPEN = (RoundState.PLANNED, RoundState.RUNNING)
WRITTEN = (VisitState.PLANNED, VisitState.RECORDED, VisitState.CONCLUDED)


def with_visits(rounds: QuerySet[SupervisionRound]) -> QuerySet[SupervisionRound]:
    """With what each does about its units, in the order in which it goes to them."""
    return rounds.prefetch_related(Prefetch("visits", RoundVisit.objects.in_order_of_days()))


def _may_on_round(of_round: SupervisionRound, by: User, codename: str) -> bool:
    """Whether a role of the person gives it, and they hold a post in none of the units (回避)."""
    own = set(by.interviewed_units)
    return may_by_role(of_round, by, codename) and not any(one.unit_id in own for one in of_round.visits.all())


def _held_round(of_round: SupervisionRound) -> SupervisionRound:
    return with_visits(SupervisionRound.objects.select_for_update(no_key=True)).get(pk=of_round.pk)


def held_visit(visit: RoundVisit) -> RoundVisit:
    """The visit as it is once nobody else acts on its round.

    Raises NotYours for one that went when the plan was changed meanwhile.
    """
    of_round = SupervisionRound.objects.select_for_update(no_key=True).get(pk=visit.round_id)
    try:
        visit = hold_row(RoundVisit.objects.select_related("unit__parent"), visit.pk)
    except RoundVisit.DoesNotExist as gone:
        raise NotYours(PLAN) from gone
    visit.round = of_round
    return visit


def _held_finding(of_finding: RoundFinding) -> RoundFinding:
    visit = held_visit(of_finding.visit)
    of_finding = RoundFinding.objects.select_related("withdrawn_by").get(pk=of_finding.pk)
    of_finding.visit = visit
    return of_finding


def _visit_facts(visit: RoundVisit) -> LogFacts:
    return {"title": visit.round.title, "unit": visit.unit.full_name}


ROUNDS = RoomRows[SupervisionRound](_held_round, _may_on_round, lambda of_round: {"title": of_round.title}, itself)
VISITS = RoomRows[RoundVisit](
    held_visit, lambda visit, by, codename: may_as_office(visit.unit_id, by, codename), _visit_facts, itself
)
VISITS_OF_UNIT = RoomRows[RoundVisit](
    held_visit, lambda visit, by, _: is_of_unit(visit.unit_id, by), _visit_facts, itself
)
FINDINGS = RoomRows[RoundFinding](
    _held_finding,
    lambda of_finding, by, codename: may_as_office(of_finding.visit.unit_id, by, codename),
    lambda of_finding: {**_visit_facts(of_finding.visit), "number": of_finding.number},
    lambda of_finding: of_finding.visit,
)


def unless_round(what: str, *states: RoundState) -> Problems[SupervisionRound]:
    """That the round stands in none of these states; `what` names what was to be done."""

    def problems(of_round: SupervisionRound, _by: User) -> Iterator[Finding]:
        if of_round.state not in states:
            yield finding("round_over", "", round=of_round.title, state=of_round.state.label, what=what)

    return problems


def unless_visit(what: str, *states: VisitState) -> Problems[RoundVisit]:
    """That the round is over, or stands elsewhere with the unit."""
    unless_open = unless_round(what, *OPEN)

    def problems(visit: RoundVisit, by: User) -> Iterator[Finding]:
        over = list(unless_open(visit.round, by))
        yield from over
        if not over and visit.state not in states:
            yield finding("visit_over", "", unit=visit.unit.full_name, state=visit.state.label, what=what)

    return problems


def standing_visits(of_round: SupervisionRound) -> list[RoundVisit]:
    """Its units, but for those that are not gone to any more (不再督导)."""
    return [one for one in of_round.visits.all() if one.dropped_at is None]


def alert_unit(visit: RoundVisit, key: str, words: str) -> None:
    """Alert the heads and liaisons of the unit."""
    send_alert(people_of_unit(visit.unit), key=f"visit:{visit.pk}:{key}", words=words)
