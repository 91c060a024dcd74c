"""What every act on a round shares: its row held, refused where it stands elsewhere, named in the log."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from yuetan import permissions
from yuetan.actions.log_event import log_event
from yuetan.actions.people.unit_people import people_of_unit
from yuetan.actions.step import refuse_uncited
from yuetan.alerts import send_alert
from yuetan.errors import NotYours
from yuetan.models import Event, RoundVisit, SupervisionRound, User
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.personal_data import personal_data
from yuetan.vocabulary import RoundState, VisitState

ADJUST = "adjust_team"
REVISE, MOVE, DROP, WITHDRAW = "revise_round", "move_visit", "drop_visit", "withdraw_round_finding"
PLAN, ANNOUNCE, RECORD = "plan_round", "announce_round", "record_round_finding"
CONCLUDE, ISSUE_OPINION, END, RECEIVE = "conclude_visit", "issue_round_opinion", "end_round", "receive_round_paper"
CORRECT, REISSUE, GIVE_UP = "correct_round_opinion", "reissue_round_opinion", "withdraw_opinion_correction"


def may_on_visit(visit: RoundVisit, by: User, codename: str) -> bool:
    """Whether a role of the person gives it, and they hold no post in the unit (回避)."""
    return bool(by.has_perm(permissions.name(codename))) and not by.is_recused_from(visit.unit_id)


def require_on_visit(visit: RoundVisit, by: User, codename: str) -> None:
    """Let pass who may do it for the office. Raises NotYours for anybody else (also 回避)."""
    if not may_on_visit(visit, by, codename):
        raise NotYours(codename)


def sees_whole(of_round: SupervisionRound, by: User) -> bool:
    """Whether the person holds a post in none of its units (回避)."""
    return not of_round.visits.filter(unit__in=by.interviewed_units).exists()


def require_on_round(of_round: SupervisionRound, by: User, codename: str) -> None:
    """The same of a round as a whole, of which no unit may be the person's. Raises NotYours for anybody else."""
    if not (by.has_perm(permissions.name(codename)) and sees_whole(of_round, by)):
        raise NotYours(codename)


def locked_round(key: UUID) -> SupervisionRound:
    """The round as it is once nobody else acts on it."""
    return SupervisionRound.objects.select_for_update(of=("self",), no_key=True).get(pk=key)


def locked_visit(visit: RoundVisit) -> RoundVisit:
    """The visit as it is once nobody else acts on its round."""
    of_round = locked_round(visit.round_id)
    held = RoundVisit.objects.select_related("unit__parent").select_for_update(of=("self",), no_key=True)
    visit = held.get(pk=visit.pk)
    visit.round = of_round
    return visit


def require_state(of_round: SupervisionRound, what: str, *states: RoundState) -> None:
    """Raise Refused unless the round stands in one of these states; `what` names what was to be done."""
    if of_round.state not in states:
        words = {"round": of_round.title, "state": of_round.state.label, "what": what}
        refuse_uncited([finding("round_over", "", **words)])


def require_open(visit: RoundVisit, what: str, *states: VisitState) -> None:
    """Raise Refused unless the round is open and stands there with the unit."""
    require_state(visit.round, what, RoundState.PLANNED, RoundState.RUNNING)
    if visit.state not in states:
        words = {"unit": visit.unit.full_name, "state": visit.state.label, "what": what}
        refuse_uncited([finding("visit_over", "", **words)])


def personal_problems(**texts: tuple[str, str]) -> Iterator[Finding]:
    """Numbers of persons in free text, by field: its label and what was written there."""
    for field, (label, text) in texts.items():
        yield from personal_data(field, f"“{label}”", text, clock.today().year)


def note_round(verb: str, by: User, of_round: SupervisionRound, **facts: object) -> Event:
    """The line of the log about a round."""
    return log_event(verb, by, title=of_round.title, **facts)


def note_visit(verb: str, by: User, visit: RoundVisit, **facts: object) -> Event:
    """The line of the log about what a round does about one unit."""
    return note_round(verb, by, visit.round, unit=visit.unit.full_name, **facts)


def alert_unit(visit: RoundVisit, key: str, words: str) -> None:
    """Alert the heads and liaisons of the unit."""
    send_alert(people_of_unit(visit.unit), key=f"visit:{visit.pk}:{key}", words=words)
