"""不再督导 of a unit; 取消 and 结束 of a round."""

from __future__ import annotations

from collections.abc import Iterator

from yuetan.actions.room_step import RoomStep, room_step
from yuetan.actions.rounds.round_rows import (
    DROP,
    END,
    OPEN,
    PLAN,
    ROUNDS,
    VISITS,
    WRITTEN,
    alert_unit,
    standing_visits,
    unless_round,
    unless_visit,
)
from yuetan.actions.step import refuse_uncited
from yuetan.models import OpinionCorrection, RoundVisit, SupervisionRound, User
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.official_text import joined
from yuetan.rules.text.written_text import reason_problems


def drop_visit(visit: RoundVisit, *, by: User, reason: str) -> RoundVisit:
    """不再督导 one unit, with a reason; a unit that got a notice is alerted. Raises NotYours (also 回避), Refused."""
    with room_step(DROPPING, visit, by=by) as held:
        visit = held.row
        refuse_uncited(reason_problems(reason, "不再督导"))
        visit.dropped_by, visit.dropped_at, visit.drop_reason = by, clock.now(), reason.strip()
        visit.save()
        held.facts["reason"] = visit.drop_reason
        if visit.round.announced_at is not None:
            alert_unit(visit, "dropped", f"{visit.round.title}不再对本单位开展：{visit.drop_reason}")
    return visit


def cancel_round(of_round: SupervisionRound, *, by: User, reason: str) -> SupervisionRound:
    """取消督导 of which no unit was told a conclusion; units that got a notice are alerted.

    Raises NotYours (also 回避); Refused without a reason, once a unit was told, and when it is over.
    """
    with room_step(CANCELLING, of_round, by=by) as held:
        of_round = held.row
        refuse_uncited(reason_problems(reason, "取消"))
        of_round.cancelled_by, of_round.cancelled_at, of_round.cancel_reason = by, clock.now(), reason.strip()
        of_round.save()
        held.facts["reason"] = of_round.cancel_reason
        if of_round.announced_at is not None:
            for one in standing_visits(of_round):
                alert_unit(one, "cancelled", f"{of_round.title}取消：{of_round.cancel_reason}")
    return of_round


def end_round(of_round: SupervisionRound, *, by: User) -> SupervisionRound:
    """结束督导 once each unit was told its conclusion or was dropped.

    Raises NotYours (also 回避); Refused before, and while a correction of a 督导意见书 waits to be issued.
    """
    with room_step(ENDING, of_round, by=by) as held:
        of_round = held.row
        of_round.ended_by, of_round.ended_at = by, clock.now()
        of_round.save()
        held.facts["units"] = len(standing_visits(of_round))
    return of_round


def _units_informed(of_round: SupervisionRound, _by: User) -> Iterator[Finding]:
    informed = [one.unit.full_name for one in of_round.visits.all() if one.informed_at is not None]
    if informed:
        yield finding("round_units_told", "", units=joined(informed))


def _units_waiting(of_round: SupervisionRound, _by: User) -> Iterator[Finding]:
    """That a unit has not heard what was concluded, or that there is none to hear it."""
    visits = standing_visits(of_round)
    waiting = [one.unit.full_name for one in visits if one.informed_at is None]
    if waiting:
        yield finding("round_units_open", "", units=joined(waiting))
    elif not visits:
        yield finding("round_all_dropped", what="没有督导可以结束")


def _opinions_corrected(of_round: SupervisionRound, _by: User) -> Iterator[Finding]:
    corrected = OpinionCorrection.objects.not_issued().filter(visit__round=of_round).values_list("visit", flat=True)
    keys = set(corrected)
    if units := [one.unit.full_name for one in of_round.visits.all() if one.pk in keys]:
        yield finding("opinion_being_corrected", "", unit=joined(units), what="结束督导")


DROPPING = RoomStep(DROP, VISITS, (unless_visit("撤下", *WRITTEN),), codename=PLAN)
CANCELLING = RoomStep("cancel_round", ROUNDS, (unless_round("取消", *OPEN), _units_informed), codename=PLAN)
ENDING = RoomStep(END, ROUNDS, (unless_round("结束", *OPEN),), (_units_waiting, _opinions_corrected))
