"""督导方案: a round is planned, and changed until it has begun."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from yuetan.actions.people.for_unit import require_of_none
from yuetan.actions.room_step import NO_ROW, LogFacts, RoomStep, room_step
from yuetan.actions.rounds.followed import (
    NO_ERRAND,
    Errand,
    PaperFollowed,
    errand_problems,
    follow_problems,
    papers_followed,
)
from yuetan.actions.rounds.guests import Guest, guest_problems
from yuetan.actions.rounds.round_rows import DROP, MOVE, PLAN, REVISE, ROUNDS, unless_round
from yuetan.actions.seen import require_as_seen
from yuetan.actions.step import refuse_uncited
from yuetan.models import OfficeSetting, RoundMember, RoundVisit, SupervisionRound, Unit, User
from yuetan.models.rounds.supervision_round import TEAM_SIZE, between
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.digests import digest_of_words
from yuetan.rules.text.empty_words import missing_labels, missing_of, says_nothing
from yuetan.rules.text.official_text import chinese_date, joined
from yuetan.rules.text.written_text import personal_problems
from yuetan.vocabulary import Role, RoundKind, RoundState

TEAM_ROLES = (Role.CASE_OFFICER, Role.OFFICE_DIRECTOR, Role.LEADING_GROUP, Role.SUPERVISOR)


@dataclass(frozen=True)
class PlannedVisit:
    """One unit to go to: when, and what to look at there."""

    unit: Unit | None
    day: date | None
    points: str
    follows: str = ""  # of 跟踪督查 the number of the paper that it follows


@dataclass(frozen=True)
class PlannedRound:
    """What is planned of a round."""

    kind: str
    title: str
    basis: str
    begins_on: date | None
    ends_on: date | None
    members: Sequence[User]
    leader: User | None
    partners: str
    demands: str
    visits: Sequence[PlannedVisit]
    guests: Sequence[Guest] = ()
    errand: Errand = NO_ERRAND  # of 特派督导


def plan_round(*, by: User, planned: PlannedRound) -> SupervisionRound:
    """制定督导方案: who goes when to which units, and what they look at. No unit hears of it yet.

    Raises NotYours, also for a unit in which the person holds a post (回避); Refused with what is missing, for
    impossible days, a unit twice, a team that is too small, led from outside or of somebody of such a unit; of
    特派督导 without an errand, of 跟踪督查 for a unit without a paper that can be followed.
    """
    with room_step(PLANNING, None, by=by) as held:
        papers = _fit_plan(planned, by)
        of_round = SupervisionRound(planned_by=by, planned_at=clock.now())
        held.facts |= {**_keep_plan(of_round, planned, papers), "title": of_round.title}
        held.made = of_round
    return of_round


def revise_round(of_round: SupervisionRound, *, by: User, planned: PlannedRound, seen: str) -> SupervisionRound:
    """修改督导方案 until the notice, or of 明察暗访 until its first day; `seen` is what it was written over.

    A unit that was dropped (不再督导) stays with its reason. Raises NotYours, Refused as planning does, for a unit that
    was dropped, and for what another wrote meanwhile.
    """
    with room_step(REVISING, of_round, by=by) as held:
        of_round = held.row
        require_as_seen(seen, round_shown(of_round), "督导方案", (PLAN, REVISE, MOVE, DROP), title=of_round.title)
        refuse_uncited(_dropped_again(of_round, planned))
        papers = _fit_plan(planned, by)
        of_round.members.all().delete()
        of_round.visits.filter(dropped_at=None).delete()
        held.facts |= _keep_plan(of_round, planned, papers)
    return of_round


def round_shown(of_round: SupervisionRound) -> str:
    """The digest of the plan, as it stands."""
    names = ("kind", "title", "basis", "begins_on", "ends_on", "sent_by_id", "sent_on", "errand")
    plain = [str(getattr(of_round, name)) for name in names]
    team = list(of_round.members.order_by("pk").values_list("person", "leads", "name", "department", "title"))
    rows = of_round.visits.order_by("unit").values_list("unit", "day", "points", "dropped_at", "followed")
    visits = [[unit, day.isoformat(), points, str(dropped), more] for unit, day, points, dropped, more in rows]
    return digest_of_words([plain, of_round.partners, of_round.demands, team, visits])


def _fit_plan(planned: PlannedRound, by: User) -> list[PaperFollowed | None]:
    """What each visit follows; raises Refused for a plan that cannot be kept, NotYours for one that is not theirs."""
    problems = [*_planning_problems(planned), *errand_problems(planned.kind, planned.errand)]
    rows = [(one.unit, one.follows) for one in planned.visits]
    papers = papers_followed(rows, by)
    refuse_uncited([*problems, *follow_problems(planned.kind, rows, papers)])
    require_of_none(_units_of_plan(planned), by, PLAN)
    return papers


def _dropped_again(of_round: SupervisionRound, planned: PlannedRound) -> Iterator[Finding]:
    """That a unit which this round goes to no more is among those planned."""
    named = set(_units_of_plan(planned))
    for one in of_round.visits.all():
        if one.dropped_at is not None and one.unit in named:
            words = {"unit": one.unit.full_name, "day": chinese_date(timezone.localdate(one.dropped_at))}
            yield finding("round_unit_dropped", "visits", **words)


def _keep_plan(of_round: SupervisionRound, planned: PlannedRound, papers: Sequence[PaperFollowed | None]) -> LogFacts:
    """Let the round be as it is planned, and return what the log says of it."""
    assert planned.begins_on is not None
    assert planned.ends_on is not None
    of_round.kind, of_round.title, of_round.basis = planned.kind, planned.title.strip(), planned.basis.strip()
    of_round.begins_on, of_round.ends_on = planned.begins_on, planned.ends_on
    of_round.partners, of_round.demands = planned.partners.strip(), planned.demands.strip()
    sent_by, of_round.sent_on = planned.errand.sent_by, planned.errand.sent_on
    of_round.sent_by, of_round.sent_title = sent_by, sent_by.short_title if sent_by is not None else ""
    of_round.errand = planned.errand.words.strip()
    of_round.save()
    people = sorted(planned.members, key=lambda person: person != planned.leader)
    RoundMember.objects.bulk_create(
        RoundMember(round=of_round, person=one, title=one.short_title, leads=one == planned.leader) for one in people
    )
    RoundMember.objects.bulk_create(one.joins(of_round) for one in planned.guests)
    followed = zip(planned.visits, papers, strict=True)
    RoundVisit.objects.bulk_create(_visit_of(of_round, one, paper) for one, paper in followed)
    return {"units": len(planned.visits), "days": of_round.days_words}


def _visit_of(of_round: SupervisionRound, one: PlannedVisit, paper: PaperFollowed | None) -> RoundVisit:
    assert one.unit is not None
    plain = {"unit": one.unit, "day": one.day or of_round.begins_on, "points": one.points.strip()}
    return RoundVisit(round=of_round, **plain, followed=paper.kept if paper is not None else {})


def _planning_problems(planned: PlannedRound) -> Iterator[Finding]:
    needed = {
        "kind": ("督导形式", planned.kind in RoundKind.values),
        "title": ("督导名称", _says(planned.title)),
        "basis": ("督导依据", _says(planned.basis)),
        "begins_on": ("开始日期", planned.begins_on),
        "ends_on": ("结束日期", planned.ends_on),
        "members": ("督导组成员", planned.members),
        "leader": ("带队人", planned.leader),
        "partners": ("联合的部门和人员", _names_partners(planned) or planned.kind != RoundKind.JOINT),
        "visits": ("督导单位", planned.visits),
    }
    yield from missing_of("round_incomplete", needed)
    yield from _impossible_days(planned)
    if planned.members:
        yield from team_problems(planned.members, planned.leader, _units_of_plan(planned), planned.guests)
    yield from guest_problems(planned.guests, _units_of_plan(planned))
    yield from _visit_problems(planned)
    texts = {"title": "督导名称", "basis": "督导依据", "partners": "联合的部门和人员", "demands": "有关要求"}
    yield from personal_problems(**{name: (label, getattr(planned, name)) for name, label in texts.items()})
    yield from personal_problems(errand=("特派任务", planned.errand.words))


def _names_partners(planned: PlannedRound) -> bool:
    return _says(planned.partners) or bool(planned.guests)


def _says(text: str) -> bool:
    return bool(text.strip()) and not says_nothing(text)


def _impossible_days(planned: PlannedRound) -> Iterator[Finding]:
    begin, end = planned.begins_on, planned.ends_on
    if begin is not None and begin < clock.today():
        yield finding("round_begins_past", "begins_on", day=chinese_date(begin))
    if begin is not None and end is not None and end < begin:
        yield finding("round_ends_first", "ends_on", end=chinese_date(end), begin=chinese_date(begin))


def team_problems(
    people: Sequence[User], leader: User | None, units: Sequence[Unit], guests: Sequence[Guest] = ()
) -> Iterator[Finding]:
    """A team too small, with its guests, led from outside, with who may not go, or somebody of a unit to which it goes
    (回避)."""
    members, least = set(people), OfficeSetting.objects.number(TEAM_SIZE)
    number = len(members) + len(guests)
    if number < least:
        yield finding("round_team_small", "members", least=least, number=number)
    if leader is not None and leader not in members:
        yield finding("round_leader_outside", "leader", name=leader.name)
    entitled = set(User.objects.in_roles(*TEAM_ROLES).filter(pk__in=[one.pk for one in members]))
    for one in people:
        if one not in entitled:
            yield finding("round_member_outside", "members", name=one.name)
        recused = [unit.full_name for unit in units if one.is_recused_from(unit.pk)]
        if recused:
            yield finding("round_member_recused", "members", name=one.name, unit=joined(dict.fromkeys(recused)))


def _units_of_plan(planned: PlannedRound) -> list[Unit]:
    return [one.unit for one in planned.visits if one.unit is not None]


def _visit_problems(planned: PlannedRound) -> Iterator[Finding]:
    named = _units_of_plan(planned)
    for unit in dict.fromkeys(unit for unit in named if named.count(unit) > 1):
        yield finding("round_unit_twice", "visits", unit=unit.full_name)
    for number, one in enumerate(planned.visits, start=1):
        needed = {"单位": one.unit, "督导日期": one.day, "督导内容": _says(one.points)}
        if missing := missing_labels(needed):
            yield finding("round_visit_incomplete", "visits", number=number, missing=missing)
        if one.unit is not None and one.day is not None:
            yield from _day_outside(planned, one.unit, one.day)
        yield from personal_problems(visits=(f"第{number}个单位的督导内容", one.points))


def _day_outside(planned: PlannedRound, unit: Unit, day: date) -> Iterator[Finding]:
    begin, end = planned.begins_on, planned.ends_on
    if begin is not None and end is not None and begin <= end and not begin <= day <= end:
        words = {"unit": unit.full_name, "day": chinese_date(day), "days": between(begin, end)}
        yield finding("round_visit_outside", "visits", **words)


_ONLY_BEFORE = "修改方案；不能再去的单位，请写明原因不再督导"
PLANNING = RoomStep(PLAN, NO_ROW)
REVISING = RoomStep(REVISE, ROUNDS, (unless_round(_ONLY_BEFORE, RoundState.PLANNED),), codename=PLAN)
