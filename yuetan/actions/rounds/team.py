"""调整督导组 on the way: who joins, who leaves, who leads from today on, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from yuetan.actions.room_step import RoomStep, room_step
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
    of_round: SupervisionRound, *, by: User, members: Sequence[User], leader: User | None, reason: str, seen: str
) -> SupervisionRound:
    """调整督导组 of a round that has begun; what was found is judged by the team of its day. `seen` is the team that
    was looked at.

    Raises NotYours (also 回避); Refused before it begins and once it is over, without a reason or a change, as planning
    does of a team, and for what another changed meanwhile. Effects: who joined or left is alerted, and each unit that
    got a notice and is not informed yet.
    """
    with room_step(ADJUSTING, of_round, by=by) as held:
        of_round = held.row
        require_as_seen(seen, team_shown(of_round), "督导组名单", (ADJUST,), title=of_round.title)
        stands = {one.person_id: one for one in _team_now(of_round)}
        refuse_uncited([*_asked(members, leader, reason), *_adjusting_problems(of_round, stands, members, leader)])
        ended = [one for one in stands.values() if one.person not in members or one.leads != (one.person == leader)]
        joined = [one for one in dict.fromkeys(members) if one.pk not in stands or stands[one.pk] in ended]
        _change_team(of_round, ended, joined, leader, reason.strip())
        held.facts |= {**_who_changed(stands, members, leader), "reason": reason.strip()}
        people = {one.pk: one for one in [*joined, *(row.person for row in ended)]}
        _alert_of_team(of_round, by, people, held.log().pk)
    return of_round


def _who_changed(stands: dict[int, RoundMember], members: Sequence[User], leader: User | None) -> dict[str, int | str]:
    """How many joined and left, and who leads where that is another; who stays counts as neither."""
    now, led = {one.pk for one in members}, [key for key, one in stands.items() if one.leads]
    counted: dict[str, int | str] = {"joined": len(now - set(stands)), "left": len(set(stands) - now)}
    return counted | ({"leader": leader.name} if leader is not None and led != [leader.pk] else {})


def _change_team(
    of_round: SupervisionRound, ended: Sequence[RoundMember], joined: Sequence[User], leader: User | None, reason: str
) -> None:
    """Who leads from now on, or no longer does, leaves as the one and joins as the other."""
    for one in ended:
        one.left_on, one.leave_reason = clock.today(), reason
        one.save()
    common = {"round": of_round, "joined_on": clock.today(), "join_reason": reason}
    RoundMember.objects.bulk_create(
        RoundMember(person=person, title=person.short_title, leads=person == leader, **common) for person in joined
    )


def team_shown(of_round: SupervisionRound) -> str:
    """The digest of the team, as it stands."""
    return digest_of_words([[one.person_id, one.leads] for one in _team_now(of_round)])


def _team_now(of_round: SupervisionRound) -> list[RoundMember]:
    return list(RoundMember.objects.filter(round=of_round, left_on=None).select_related("person").order_by("pk"))


def _asked(members: Sequence[User], leader: User | None, reason: str) -> Iterator[Finding]:
    yield from missing_of("round_team_incomplete", {"members": ("督导组成员", members), "leader": ("带队人", leader)})
    yield from reason_problems(reason, "调整督导组")


def _adjusting_problems(
    of_round: SupervisionRound, stands: dict[int, RoundMember], members: Sequence[User], leader: User | None
) -> Iterator[Finding]:
    open_now = RoundVisit.objects.filter(round=of_round, dropped_at=None, informed_at=None)
    units = [one.unit for one in open_now.select_related("unit__parent")]
    if members:
        yield from team_problems(members, leader, units)
    leads = {key for key, one in stands.items() if one.leads}
    if leader is not None and set(stands) == {one.pk for one in members} and leads == {leader.pk}:
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
