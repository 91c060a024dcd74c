"""督导情况: what at least two of the team saw at a unit, with files; withdrawn where it was wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.db.models import Max

from yuetan.actions.files.attachment import Offer
from yuetan.actions.room_step import RoomStep, room_step
from yuetan.actions.rounds.followed import point_problems
from yuetan.actions.rounds.guests import alone_problems
from yuetan.actions.rounds.round_rows import FINDINGS, RECORD, VISITS, WITHDRAW, WRITTEN, unless_visit
from yuetan.actions.step import refuse_uncited
from yuetan.models import OfficeSetting, RoundFile, RoundFinding, RoundMember, RoundVisit, User
from yuetan.models.rounds.supervision_round import TEAM_SIZE
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import missing_of, require_words
from yuetan.rules.text.official_text import chinese_date
from yuetan.rules.text.written_text import personal_problems, reason_problems


def record_round_finding(
    visit: RoundVisit,
    *,
    by: User,
    seen_on: date | None,
    place: str,
    words: str,
    is_problem: bool,
    people: Sequence[User],
    proof: Sequence[Offer],
    guests: Sequence[RoundMember] = (),
    answers: int | None = None,
) -> RoundFinding:
    """登记督导情况 seen on the spot by at least two of the team, a problem or not, with photos and papers.

    Of 跟踪督查 `answers` is the number of a point: a problem says that it was not put right (未整改).

    `people` and, of other departments, `guests` are those of the team who were there, not the latter alone.

    Raises NotYours (also 回避); Refused before the notice or the day, for what is missing, impossible days, too few or
    other people, no point or one that was answered, and once the unit was told. Effect: a conclusion that is there
    must be written down anew.
    """
    with room_step(RECORDING, visit, by=by, proof=proof) as held:
        visit = held.row
        stated = [*finding_problems(visit, seen_on, place, words), *point_problems(visit, answers)]
        refuse_uncited([*stated, *presence_problems(visit, people, seen_on, guests)])
        assert seen_on is not None
        last = visit.findings.aggregate(last=Max("number"))["last"] or 0
        made = RoundFinding.objects.create(
            visit=visit,
            number=last + 1,
            seen_on=seen_on,
            place=place.strip(),
            words=words.strip(),
            is_problem=is_problem,
            answers=answers,
            seen_by=of_team(visit, people, seen_on, guests),
            recorded_by=by,
            recorded_at=clock.now(),
        )
        held.keep("proof", RoundFile, finding=made)
        _count(visit)
        held.facts |= {"number": made.number, "files": len(held.files["proof"])}
    return made


def withdraw_round_finding(of_finding: RoundFinding, *, by: User, reason: str) -> RoundFinding:
    """撤回督导情况 that was wrong; it stays for the office to read. Raises NotYours (also 回避), Refused."""
    with room_step(WITHDRAWING, of_finding, by=by) as held:
        of_finding = held.row
        refuse_uncited(reason_problems(reason, "撤回"))
        of_finding.withdrawn_by, of_finding.withdrawn_at = by, clock.now()
        of_finding.withdrawal_reason = reason.strip()
        of_finding.save()
        _count(of_finding.visit)
        held.facts["reason"] = of_finding.withdrawal_reason
    return of_finding


def _count(visit: RoundVisit) -> None:
    """Let the visit say how many findings stand, and that they changed."""
    standing = RoundFinding.objects.standing_of(visit)
    visit.finding_count, visit.problem_count = standing.count(), standing.filter(is_problem=True).count()
    visit.findings_changed_at = clock.now()
    visit.save()


def of_team(
    visit: RoundVisit, people: Sequence[User], day: date, guests: Sequence[RoundMember] = ()
) -> list[list[object]]:
    """Who of these was of the team on the day, each by key, name and post; of another department without a key."""
    who = {*((one.pk,) for one in people), *(one.who for one in guests)}
    team = RoundMember.objects.on_day(visit.round, day).select_related("person")
    of_day: dict[tuple[object, ...], list[object]] = {}
    for one in team:
        if one.who in who:
            of_day[one.who] = [one.person_id, one.named, one.post]
    return list(of_day.values())


def _too_early(visit: RoundVisit, _by: User) -> Iterator[Finding]:
    if not visit.round.is_covert and visit.round.announced_at is None:
        yield finding("finding_before_notice")
    elif visit.day > clock.today():
        yield finding("finding_before_day", "", unit=visit.unit.full_name, day=chinese_date(visit.day))


def _visit_over(of_finding: RoundFinding, by: User) -> Iterable[Finding]:
    return unless_visit("撤回督导情况", *WRITTEN)(of_finding.visit, by)


def _withdrawn_before(of_finding: RoundFinding, _by: User) -> Iterator[Finding]:
    if of_finding.withdrawn_by is not None:
        yield finding("round_finding_withdrawn", "", name=of_finding.withdrawn_by.name)


def finding_problems(visit: RoundVisit, seen_on: date | None, place: str, words: str) -> Iterator[Finding]:
    """What is wrong with what is said to have been seen."""
    missing = missing_of("round_finding_incomplete", {"seen_on": ("现场日期", seen_on), "words": ("情况", words)})
    yield from missing
    if not missing:
        yield from require_words(words, finding("round_finding_incomplete", "words", missing="情况"))
    if seen_on is not None and seen_on < visit.day:
        days = {"day": chinese_date(seen_on), "first": chinese_date(visit.day)}
        yield finding("round_finding_early", "seen_on", **days)
    elif seen_on is not None and seen_on > clock.today():
        yield finding("round_finding_ahead", "seen_on")
    yield from personal_problems(words=("情况", words), place=("地点", place))


def presence_problems(
    visit: RoundVisit, people: Sequence[User], seen_on: date | None, guests: Sequence[RoundMember] = ()
) -> Iterator[Finding]:
    """That these were not of the team on the day, or too few, or all of other departments."""
    team = {one.who for one in RoundMember.objects.on_day(visit.round, seen_on or visit.day)}
    named: dict[tuple[object, ...], str] = {(one.pk,): one.name for one in people}
    named |= {one.who: one.named for one in guests}
    strangers = [name for who, name in named.items() if who not in team]
    for name in strangers:
        yield finding("round_finding_stranger", "people", name=name)
    yield from alone_problems(people, guests, "现场督导")
    there, least = named.keys() & team, OfficeSetting.objects.number(TEAM_SIZE)
    if len(there) < least and not strangers:
        yield finding("round_finding_people", "people", least=least, number=len(there))


RECORDING = RoomStep(RECORD, VISITS, (unless_visit("登记督导情况", *WRITTEN), _too_early))
WITHDRAWING = RoomStep(WITHDRAW, FINDINGS, (_visit_over, _withdrawn_before), codename=RECORD)
