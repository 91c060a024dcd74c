"""改期 of a visit to a unit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from yuetan.actions.room_step import RoomStep, room_step
from yuetan.actions.rounds.round_rows import MOVE, PLAN, VISITS, alert_unit, unless_visit
from yuetan.actions.step import refuse_uncited
from yuetan.models import RoundVisit, SupervisionRound, User
from yuetan.models.rounds.supervision_round import between
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.official_text import chinese_date
from yuetan.rules.text.written_text import reason_problems
from yuetan.vocabulary import VisitState


def move_visit(visit: RoundVisit, *, by: User, day: date | None, reason: str = "") -> RoundVisit:
    """改定督导日期 of a unit to which nobody went, until the day has come; a unit that got a notice is alerted.

    Of 明察暗访 also afterwards, with a reason, as long as nothing was written down: the unit sees of it nothing again
    until the new day, which may lie after the round and lengthens it. Raises NotYours (also 回避); Refused without a
    day, for one that is past or outside of the round, without a reason where there must be one, and too late.
    """
    with room_step(MOVING, visit, by=by) as held:
        visit, before, was_missed = held.row, held.row.day, _was_missed(held.row)
        refuse_uncited(_new_day_problems(visit, day, was_missed=was_missed))
        assert day is not None
        if was_missed:
            refuse_uncited(reason_problems(reason, "改期"))
            _keep_reason(visit, before, reason.strip())
            _lengthen(visit.round, day)
            held.facts["reason"] = reason.strip()
        visit.day = day
        visit.save()
        held.facts |= {"before": before.isoformat(), "day": day.isoformat()}
        noted = held.log()
        if visit.round.announced_at is not None:
            words = f"{visit.round.title}对本单位的督导日期由{chinese_date(before)}改为{chinese_date(day)}。"
            alert_unit(visit, f"moved:{noted.pk}", words)
    return visit


def _was_missed(visit: RoundVisit) -> bool:
    """Whether nobody knew of the day but the office, and it has come."""
    return visit.round.is_covert and visit.day <= clock.today()


def _day_come(visit: RoundVisit, _by: User) -> Iterator[Finding]:
    if visit.day <= clock.today() and (not _was_missed(visit) or visit.findings.exists()):
        yield finding("visit_day_come", "", unit=visit.unit.full_name, day=chinese_date(visit.day))


def _new_day_problems(visit: RoundVisit, day: date | None, *, was_missed: bool) -> Iterator[Finding]:
    of_round, today = visit.round, clock.today()
    if day is None:
        yield finding("visit_day_missing", "day")
    elif day < today or (was_missed and day == today):
        yield finding("visit_day_past", "day", day=chinese_date(day))
    elif day < of_round.begins_on or (day > of_round.ends_on and not was_missed):
        days = between(of_round.begins_on, of_round.ends_on)
        yield finding("round_visit_outside", "day", unit=visit.unit.full_name, day=chinese_date(day), days=days)


def _keep_reason(visit: RoundVisit, before: date, reason: str) -> None:
    """Beside those of earlier days on which nobody went."""
    if visit.moved_from is None:
        visit.moved_from, visit.move_reason = before, reason
    else:
        visit.move_reason += f"\n原定{chinese_date(before)}：{reason}"


def _lengthen(of_round: SupervisionRound, day: date) -> None:
    if day > of_round.ends_on:
        of_round.ends_on = day
        of_round.save()


_NOT_GONE = (unless_visit("改期", VisitState.PLANNED), _day_come)
MOVING = RoomStep(MOVE, VISITS, _NOT_GONE, codename=PLAN)
