"""调整督导组 on the way: who joins, who leaves, who leads from today on, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from yuetan.actions.room_step import RoomStep, room_step
from yuetan.actions.rounds.guests import Guest, guest_of, guest_problems
from yuetan.actions.rounds.planning import team_problems
from yuetan.actions.rounds.round_rows import ADJUST, PLAN, ROUNDS, alert_unit, unless_round
from yuetan.actions.seen import require_as_seen
from yuetan.actions.step import refuse_uncited
from yuetan.alerts import send_alert
from yuetan.models import RoundMember, RoundVisit, SupervisionRound, User
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.digests import digest_of_words
from yuetan.rules.text.empty_words import missing_of
from yuetan.rules.text.written_text import reason_problems
from yuetan.vocabulary import RoundState


def adjust_team(
    of_round: SupervisionRound,
    *,
    by: User,
    members: Sequence[User],
    leader: User | None,
    reason: str,
    seen: str,
    guests: Sequence[Guest] = (),
) -> SupervisionRound:
    """调整督导组 of a round that has begun; what was found is judged by the team of its day. `seen` is the team that
    was looked at, `guests` are those of other departments.

    Raises NotYours (also 回避); Refused before it begins and once it is over, without a reason or a change, as planning
    does of a team, and for what another changed meanwhile. Effects: who joined or left is alerted, and each unit that
    got a notice and is not informed yet.
    """
    with room_step(ADJUSTING, of_round, by=by) as held:
        of_round = held.row
        require_as_seen(seen, team_shown(of_round), "督导组名单", (ADJUST,), title=of_round.title)
        now, guests = _team_now(of_round), [one.kept for one in guests]
        stands = {one.person_id: one for one in now if one.person_id is not None}
        came_along = {guest_of(one): one for one in now if one.person_id is None}
        same = set(came_along) == set(guests)
        refuse_uncited(_asked(members, leader, reason))
        refuse_uncited(_adjusting_problems(of_round, stands, members, leader, guests, same_guests=same))
        ended = [one for one in stands.values() if one.person not in members or one.leads != (one.person == leader)]
        joined = [one for one in dict.fromkeys(members) if one.pk not in stands or stands[one.pk] in ended]
        left = [row for guest, row in came_along.items() if guest not in guests]
        new = [guest for guest in guests if guest not in came_along]
        _change_team(of_round, [*ended, *left], joined, new, leader, reason.strip())
        came, went = {(one.name, one.department) for one in new}, {(one.name, one.department) for one in left}
        counted = _who_changed(stands, members, leader, came_along=len(came - went), left=len(went - came))
        held.facts |= {**counted, "reason": reason.strip()}
        people = {one.pk: one for one in [*joined, *(row.person for row in ended if row.person is not None)]}
        _alert_of_team(of_round, by, people, held.log().pk)
    return of_round


def _who_changed(
    stands: dict[int, RoundMember], members: Sequence[User], leader: User | None, *, came_along: int, left: int
) -> dict[str, int | str]:
    """How many joined and left, and who leads where that is another; who stays counts as neither."""
    now, led = {one.pk for one in members}, [key for key, one in stands.items() if one.leads]
    counted: dict[str, int | str] = {
        "joined": len(now - set(stands)) + came_along,
        "left": len(set(stands) - now) + left,
    }
    return counted | ({"leader": leader.name} if leader is not None and led != [leader.pk] else {})


def _change_team(
    of_round: SupervisionRound,
    ended: Sequence[RoundMember],
    joined: Sequence[User],
    guests: Sequence[Guest],
    leader: User | None,
    reason: str,
) -> None:
    """Who leads from now on, or no longer does, leaves as the one and joins as the other."""
    for one in ended:
        one.left_on, one.leave_reason = clock.today(), reason
        one.save()
    common = {"joined_on": clock.today(), "join_reason": reason}
    RoundMember.objects.bulk_create(
        RoundMember(round=of_round, person=person, title=person.short_title, leads=person == leader, **common)
        for person in joined
    )
    RoundMember.objects.bulk_create(guest.joins(of_round, **common) for guest in guests)


def team_shown(of_round: SupervisionRound) -> str:
    """The digest of the team, as it stands."""
    return digest_of_words([[one.leads, *one.stands_as] for one in _team_now(of_round)])


def _team_now(of_round: SupervisionRound) -> list[RoundMember]:
    return list(RoundMember.objects.filter(round=of_round, left_on=None).select_related("person").order_by("pk"))


def _asked(members: Sequence[User], leader: User | None, reason: str) -> Iterator[Finding]:
    yield from missing_of("round_team_incomplete", {"members": ("督导组成员", members), "leader": ("带队人", leader)})
    yield from reason_problems(reason, "调整督导组")


def _adjusting_problems(
    of_round: SupervisionRound,
    stands: dict[int, RoundMember],
    members: Sequence[User],
    leader: User | None,
    guests: Sequence[Guest],
    *,
    same_guests: bool,
) -> Iterator[Finding]:
    open_now = RoundVisit.objects.filter(round=of_round, dropped_at=None, informed_at=None)
    units = [one.unit for one in open_now.select_related("unit__parent")]
    if members:
        yield from team_problems(members, leader, units, guests)
    yield from guest_problems(guests, units)
    leads = {key for key, one in stands.items() if one.leads}
    same = set(stands) == {one.pk for one in members} and same_guests
    if leader is not None and same and leads == {leader.pk}:
        yield finding("round_team_unchanged", "members")


def _alert_of_team(of_round: SupervisionRound, by: User, people: dict[int, User], noted: int) -> None:
    of_round = SupervisionRound.objects.with_people().get(pk=of_round.pk)
    words = f"{of_round.title}的督导组调整为：{of_round.team_words}。"
    key = f"round:{of_round.pk}:team:{noted}"
    send_alert([one for one in people.values() if one.pk != by.pk], key=key, words=words)
    if of_round.announced_at is None:
        return
    for visit in of_round.visits.select_related("unit").filter(dropped_at=None, informed_at=None):
        alert_unit(visit, f"team:{noted}", words)


_NOT_BEGUN = "调整督导组；还没有开始的，请修改方案"
ADJUSTING = RoomStep(ADJUST, ROUNDS, (unless_round(_NOT_BEGUN, RoundState.RUNNING),), codename=PLAN)
