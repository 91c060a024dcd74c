"""What of 督导 waits: papers to be signed for; for the office what comes next, and 联动督导 that is due."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from yuetan import permissions
from yuetan.actions.rounds.announcing import waits_for_receipt
from yuetan.actions.rounds.round_rows import ANNOUNCE, END, ISSUE_OPINION, PLAN, RECORD, REISSUE
from yuetan.ledgers.deadline_lights import DeadlineLights
from yuetan.models import OpinionCorrection, RoundVisit, SupervisionRound, User
from yuetan.models.rounds.opinion_correction import OpinionCorrectionQuerySet
from yuetan.models.rounds.rhythm import linked_round_due
from yuetan.models.rounds.supervision_round import SupervisionRoundQuerySet
from yuetan.models.rounds.visit import RoundVisitQuerySet
from yuetan.rules.dates import clock
from yuetan.views.frame.pagination import shown_of
from yuetan.views.home.obligation import EITHER, Obligation
from yuetan.views.home.rooms import Room
from yuetan.views.home.todos import Todo
from yuetan.vocabulary import DocumentKind, RoundKind, VisitState

MAX_VISITS = 10
MAX_ROUNDS = 20  # to announce and to end
PENDING = {
    VisitState.PLANNED: "登记督导情况",
    VisitState.RECORDED: "登记集体结论",
    VisitState.CONCLUDED: "印发督导意见书",
}


def round_papers(user: User, lights: DeadlineLights) -> Iterator[Room[Obligation]]:
    """The papers of 督导 that the person's units have to sign for."""
    units = [post.unit_id for post in user.current_posts if post.party]
    visits = RoundVisit.objects.visible_to(user).unsigned().filter(unit__in=units)
    yield Room(visits, partial(_unsigned_papers, visits, lights))


def _unsigned_papers(visits: RoundVisitQuerySet, lights: DeadlineLights) -> Iterator[Obligation]:
    shown, others = shown_of(visits.with_relations().order_by("day", "pk"), MAX_VISITS)
    for visit in shown:
        waits = waits_for_receipt(visit)
        url = reverse("round_visit", args=[visit.pk])
        due = visit.day if waits == DocumentKind.ROUND_NOTICE else None
        ask = Obligation(f"签收{DocumentKind(waits).label}", visit.round.title, url, EITHER, due, url=url)
        ask.deadline = lights.of(due) if due else None
        yield ask
    if others:
        yield Obligation("签收督导文书", others, reverse("round_list"), EITHER, url=reverse("round_list"))


def round_todos(user: User) -> Iterator[Room[Todo]]:
    """A line for each round that is to be announced or ended, and for each unit about which the office goes on."""
    announces, ends = user.has_perm(permissions.name(ANNOUNCE)), user.has_perm(permissions.name(END))
    if announces or ends:
        rounds = _to_announce_or_end(user, announces=announces, ends=ends)
        yield Room(rounds, partial(_of_rounds, rounds))
    if user.has_perm(permissions.name(ISSUE_OPINION)):
        waiting = _corrections_to_issue(user)
        yield Room(waiting, partial(_to_reissue, waiting))
    if user.has_perm(permissions.name(RECORD)):
        visits = _to_go_on_with(user)
        yield Room(visits, partial(_of_visits, visits))


def rounds_to_plan(user: User) -> Iterator[Todo]:
    """A line where the next 联动督导 is due."""
    if user.has_perm(permissions.name(PLAN)) and (due := linked_round_due(clock.today())):
        yield Todo(reverse("plan_round"), "开展联动督导", "", due.words, due.due_on)


def _of_rounds(rounds: SupervisionRoundQuerySet) -> Iterator[Todo]:
    shown, others = shown_of(rounds.order_by("begins_on", "pk"), MAX_ROUNDS)
    for one in shown:
        waits_for_announcing = one.announced_at is None and not one.is_covert
        words = "印发督导通知书" if waits_for_announcing else "各单位都已反馈，结束督导"
        yield Todo(reverse("supervision_round", args=[one.pk]), one.title, "", words)
    if others:
        yield Todo(reverse("round_list"), f"督导：{others}", "", "印发督导通知书，或者结束督导")


def _of_visits(visits: RoundVisitQuerySet) -> Iterator[Todo]:
    shown, others = shown_of(visits.with_relations().order_by("day", "pk"), MAX_VISITS)
    for visit in shown:
        url = reverse("round_visit", args=[visit.pk])
        yield Todo(url, visit.round.title, visit.unit.full_name, _comes_next(visit), visit.day)
    if others:
        yield Todo(reverse("round_list"), f"对单位的督导：{others}", "", "登记督导情况、集体结论，印发督导意见书")


def _comes_next(visit: RoundVisit) -> str:
    """What its page lets stand out."""
    if visit.state == VisitState.RECORDED and visit.is_being_recorded:
        return "继续登记督导情况，或者登记集体结论"
    return PENDING[VisitState.RECORDED if visit.is_outdated else visit.state]


def _to_reissue(waiting: OpinionCorrectionQuerySet) -> Iterator[Todo]:
    oldest = waiting.select_related("visit__round", "visit__unit__parent", "drafted_by").order_by("drafted_at", "pk")
    shown, others = shown_of(oldest, MAX_VISITS)
    for one in shown:
        visit, words = one.visit, f"核对并印发督导意见书的更正（{one.drafted_by.name}拟定）"
        yield Todo(reverse(REISSUE, args=[visit.pk]), visit.round.title, visit.unit.full_name, words)
    if others:
        yield Todo(reverse("round_list"), f"对单位的督导：{others}", "", "核对并印发督导意见书的更正")


def _corrections_to_issue(user: User) -> OpinionCorrectionQuerySet:
    """Those that another drafted, of visits that the person sees and units in which they hold no post (回避)."""
    waiting = OpinionCorrection.objects.not_issued().exclude(drafted_by=user)
    if not user.interviewed_units:
        return waiting
    seen = RoundVisit.objects.visible_to(user).exclude(unit__in=user.interviewed_units)
    return waiting.filter(visit__in=seen.order_by().values("pk"))


def _to_announce_or_end(user: User, *, announces: bool, ends: bool) -> SupervisionRoundQuerySet:
    """The open rounds that the person may announce, or end because every unit was informed or dropped, one informed at
    least. None about a unit of the person's own (回避)."""
    visits = RoundVisit.objects.filter(round=OuterRef("pk"))
    over = Exists(visits.filter(informed_at__isnull=False)) & ~Exists(visits.filter(informed_at=None, dropped_at=None))
    corrected = OpinionCorrection.objects.not_issued().filter(visit__round=OuterRef("pk"))
    rounds = SupervisionRound.objects.open().filter(~Exists(visits.filter(unit__in=user.interviewed_units)))
    waiting = Q(over, ~Exists(corrected)) if ends else Q(pk=None)
    if announces:
        waiting |= Q(announced_at=None) & ~Q(kind=RoundKind.UNANNOUNCED)
    return rounds.filter(waiting)


def _to_go_on_with(user: User) -> RoundVisitQuerySet:
    """Those whose day has come and of which the unit was not told."""
    waiting = (
        RoundVisit.objects.visible_to(user)
        .standing()
        .to_go_to()
        .filter(informed_at=None, day__lte=clock.today(), round__ended_at=None)
    )
    return waiting.exclude(unit__in=user.interviewed_units)
