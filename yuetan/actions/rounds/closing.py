"""改期, 不再督导 of a unit; 取消 and 结束 of a round."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from yuetan.actions.rounds.round_rows import (
    END,
    PLAN,
    alert_unit,
    locked_round,
    locked_visit,
    note_round,
    note_visit,
    personal_problems,
    require_on_round,
    require_on_visit,
    require_open,
    require_state,
)
from yuetan.actions.step import refuse_uncited
from yuetan.models import RoundVisit, SupervisionRound, User
from yuetan.models.rounds.supervision_round import between
from yuetan.rules.dates import clock
from yuetan.rules.refusals import finding
from yuetan.rules.text.empty_words import require_words
from yuetan.rules.text.official_text import chinese_date, joined
from yuetan.vocabulary import RoundState, VisitState

OPEN = (RoundState.PLANNED, RoundState.RUNNING)
WRITTEN = (VisitState.PLANNED, VisitState.RECORDED, VisitState.CONCLUDED)


@transaction.atomic
def move_visit(visit: RoundVisit, *, by: User, day: date | None) -> RoundVisit:
    """改定督导日期 of a unit to which nobody went, until the day has come; a unit that got a notice is alerted.

    Raises NotYours (also 回避); Refused without a day, for one that is past or outside of the round, and too late.
    """
    require_on_visit(visit, by, PLAN)
    visit = locked_visit(visit)
    require_open(visit, "改期", VisitState.PLANNED)
    unit, before, of_round = visit.unit.full_name, visit.day, visit.round
    if before <= clock.today():
        refuse_uncited([finding("visit_day_come", "", unit=unit, day=chinese_date(before))])
    if day is None:
        refuse_uncited([finding("visit_day_missing", "day")])
    assert day is not None
    if day < clock.today():
        refuse_uncited([finding("visit_day_past", "day", day=chinese_date(day))])
    if not of_round.begins_on <= day <= of_round.ends_on:
        days = between(of_round.begins_on, of_round.ends_on)
        refuse_uncited([finding("round_visit_outside", "day", unit=unit, day=chinese_date(day), days=days)])
    visit.day = day
    visit.save()
    noted = note_visit("move_visit", by, visit, before=before.isoformat(), day=day.isoformat())
    if of_round.announced_at is not None:
        words = f"{of_round.title}对本单位的督导日期由{chinese_date(before)}改为{chinese_date(day)}。"
        alert_unit(visit, f"moved:{noted.pk}", words)
    return visit


@transaction.atomic
def drop_visit(visit: RoundVisit, *, by: User, reason: str) -> RoundVisit:
    """不再督导 one unit, with a reason; a unit that got a notice is alerted. Raises NotYours (also 回避), Refused."""
    require_on_visit(visit, by, PLAN)
    visit = locked_visit(visit)
    require_open(visit, "撤下", *WRITTEN)
    _refuse_reason(reason, "不再督导")
    visit.dropped_by, visit.dropped_at, visit.drop_reason = by, clock.now(), reason.strip()
    visit.save()
    note_visit("drop_visit", by, visit, reason=reason.strip())
    if visit.round.announced_at is not None:
        alert_unit(visit, "dropped", f"{visit.round.title}不再对本单位开展：{visit.drop_reason}")
    return visit


@transaction.atomic
def cancel_round(of_round: SupervisionRound, *, by: User, reason: str) -> SupervisionRound:
    """取消督导 of which no unit was told a conclusion; units that got a notice are alerted.

    Raises NotYours (also 回避); Refused without a reason, once a unit was told, and when it is over.
    """
    require_on_round(of_round, by, PLAN)
    of_round = locked_round(of_round.pk)
    require_state(of_round, "取消", *OPEN)
    informed = [one.unit.full_name for one in _visits(of_round) if one.informed_at is not None]
    if informed:
        refuse_uncited([finding("round_units_told", "", units=joined(informed))])
    _refuse_reason(reason, "取消")
    of_round.cancelled_by, of_round.cancelled_at, of_round.cancel_reason = by, clock.now(), reason.strip()
    of_round.save()
    note_round("cancel_round", by, of_round, reason=reason.strip())
    if of_round.announced_at is not None:
        for one in _visits(of_round):
            if one.dropped_at is None:
                alert_unit(one, "cancelled", f"{of_round.title}取消：{of_round.cancel_reason}")
    return of_round


@transaction.atomic
def end_round(of_round: SupervisionRound, *, by: User) -> SupervisionRound:
    """结束督导 once each unit was told its conclusion or was dropped. Raises NotYours (also 回避), Refused before."""
    require_on_round(of_round, by, END)
    of_round = locked_round(of_round.pk)
    require_state(of_round, "结束", *OPEN)
    visits = [one for one in _visits(of_round) if one.dropped_at is None]
    waiting = [one.unit.full_name for one in visits if one.informed_at is None]
    if waiting:
        refuse_uncited([finding("round_units_open", "", units=joined(waiting))])
    if not visits:
        refuse_uncited([finding("round_all_dropped")])
    of_round.ended_by, of_round.ended_at = by, clock.now()
    of_round.save()
    note_round(END, by, of_round, units=len(visits))
    return of_round


def _visits(of_round: SupervisionRound) -> list[RoundVisit]:
    return list(of_round.visits.select_related("unit__parent").order_by("day", "unit__code", "pk"))


def _refuse_reason(reason: str, what: str) -> None:
    refuse_uncited(require_words(reason, finding("reason_missing", "reason", what=what)))
    refuse_uncited(personal_problems(reason=("原因", reason)))
