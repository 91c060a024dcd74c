"""改期, 不再督导 of a unit; 取消 and 结束 of a round."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db import transaction

from yuetan.actions.rounds.round_rows import (
    DROP,
    END,
    MOVE,
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
from yuetan.models import OpinionCorrection, RoundVisit, SupervisionRound, User
from yuetan.models.rounds.supervision_round import between
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import require_words
from yuetan.rules.text.official_text import chinese_date, joined
from yuetan.vocabulary import RoundState, VisitState

OPEN = (RoundState.PLANNED, RoundState.RUNNING)
WRITTEN = (VisitState.PLANNED, VisitState.RECORDED, VisitState.CONCLUDED)


@transaction.atomic
def move_visit(visit: RoundVisit, *, by: User, day: date | None, reason: str = "") -> RoundVisit:
    """改定督导日期 of a unit to which nobody went, until the day has come; a unit that got a notice is alerted.

    Of 明察暗访 also afterwards, with a reason, as long as nothing was written down: the unit sees of it nothing again
    until the new day, which may lie after the round and lengthens it. Raises NotYours (also 回避); Refused without a
    day, for one that is past or outside of the round, without a reason where there must be one, and too late.
    """
    require_on_visit(visit, by, PLAN)
    visit = locked_visit(visit)
    require_open(visit, "改期", VisitState.PLANNED)
    before, of_round = visit.day, visit.round
    was_missed = of_round.is_covert and before <= clock.today()
    refuse_uncited(_moving_problems(visit, day, was_missed=was_missed))
    assert day is not None
    facts = {"before": before.isoformat(), "day": day.isoformat()}
    if was_missed:
        _refuse_reason(reason, "改期")
        facts["reason"] = reason.strip()
        _keep_reason(visit, before, reason.strip())
        _lengthen(of_round, day)
    visit.day = day
    visit.save()
    noted = note_visit(MOVE, by, visit, **facts)
    if of_round.announced_at is not None:
        words = f"{of_round.title}对本单位的督导日期由{chinese_date(before)}改为{chinese_date(day)}。"
        alert_unit(visit, f"moved:{noted.pk}", words)
    return visit


def _moving_problems(visit: RoundVisit, day: date | None, *, was_missed: bool) -> Iterator[Finding]:
    unit, of_round, today = visit.unit.full_name, visit.round, clock.today()
    if visit.day <= today and (not was_missed or visit.findings.exists()):
        yield finding("visit_day_come", "", unit=unit, day=chinese_date(visit.day))
    elif day is None:
        yield finding("visit_day_missing", "day")
    elif day < today or (was_missed and day == today):
        yield finding("visit_day_past", "day", day=chinese_date(day))
    elif day < of_round.begins_on or (day > of_round.ends_on and not was_missed):
        days = between(of_round.begins_on, of_round.ends_on)
        yield finding("round_visit_outside", "day", unit=unit, day=chinese_date(day), days=days)


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


@transaction.atomic
def drop_visit(visit: RoundVisit, *, by: User, reason: str) -> RoundVisit:
    """不再督导 one unit, with a reason; a unit that got a notice is alerted. Raises NotYours (also 回避), Refused."""
    require_on_visit(visit, by, PLAN)
    visit = locked_visit(visit)
    require_open(visit, "撤下", *WRITTEN)
    _refuse_reason(reason, "不再督导")
    visit.dropped_by, visit.dropped_at, visit.drop_reason = by, clock.now(), reason.strip()
    visit.save()
    note_visit(DROP, by, visit, reason=reason.strip())
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
    """结束督导 once each unit was told its conclusion or was dropped.

    Raises NotYours (also 回避); Refused before, and while a correction of a 督导意见书 waits to be issued.
    """
    require_on_round(of_round, by, END)
    of_round = locked_round(of_round.pk)
    require_state(of_round, "结束", *OPEN)
    visits = [one for one in _visits(of_round) if one.dropped_at is None]
    waiting = [one.unit.full_name for one in visits if one.informed_at is None]
    if waiting:
        refuse_uncited([finding("round_units_open", "", units=joined(waiting))])
    if not visits:
        refuse_uncited([finding("round_all_dropped")])
    corrected = OpinionCorrection.objects.not_issued().filter(visit__in=visits).values_list("visit", flat=True)
    if units := [one.unit.full_name for one in visits if one.pk in set(corrected)]:
        refuse_uncited([finding("opinion_being_corrected", "", unit=joined(units), what="结束督导")])
    of_round.ended_by, of_round.ended_at = by, clock.now()
    of_round.save()
    note_round(END, by, of_round, units=len(visits))
    return of_round


def _visits(of_round: SupervisionRound) -> list[RoundVisit]:
    return list(of_round.visits.select_related("unit__parent").order_by("day", "unit__code", "pk"))


def _refuse_reason(reason: str, what: str) -> None:
    refuse_uncited(require_words(reason, finding("reason_missing", "reason", what=what)))
    refuse_uncited(personal_problems(reason=("原因", reason)))
