"""催报 of several units of a period at once: each in a transaction of its own, whole or not at all.

A refusal, or what breaks, concerns its own, and the others go on.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from django.db import DatabaseError

from yuetan.actions.reporting.marks import CHASING, chase_reports
from yuetan.actions.reporting.scheme_rows import PERIODS, UnitScheme
from yuetan.actions.room_step import RoomStep, room_step
from yuetan.actions.step import refuse_uncited
from yuetan.errors import Refused
from yuetan.models import PeriodicReport, ReportPeriod, Unit, User
from yuetan.models.people.unit import UnitQuerySet
from yuetan.models.reporting.pressed import CHASE
from yuetan.models.reporting.report import PeriodicReportQuerySet
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.official_text import first_named

logger = logging.getLogger(__name__)

MAX_NAMED = 10  # units in one sentence
OWN = "您在该单位任职，应当回避，请由他人催报。"
NOT_SENT = "数据库出错，没有发出，请稍后再催报（原因记在运行日志中）。"


@dataclass(frozen=True)
class ChasedUnits:
    """Whom it reached, and of each other unit why not."""

    reached: Sequence[Unit]
    left: Sequence[tuple[Unit, str]]

    @property
    def reached_words(self) -> str:
        """已催报 2 个单位：蓬江区棠下镇、开平市三埠街道。"""
        return f"已催报 {len(self.reached)} 个单位：{_chased_names(self.reached)}。"

    @property
    def left_words(self) -> list[str]:
        """没有催报 2 个单位（蓬江区棠下镇、开平市三埠街道）：今天已催报过该单位，不必重复催报。"""
        alike: dict[str, list[Unit]] = defaultdict(list)
        for unit, why in self.left:
            alike[why.replace(unit.full_name, "该单位")].append(unit)
        return [f"没有催报 {len(units)} 个单位（{_chased_names(units)}）：{why}" for why, units in alike.items()]


def _chased_names(units: Sequence[Unit]) -> str:
    return first_named([unit.full_name for unit in units], MAX_NAMED)


def units_to_chase(period: ReportPeriod, by: User) -> UnitQuerySet:
    """Whose reports of the period are missed, but for those from which the person keeps away (回避)."""
    units = Unit.objects.select_related("parent").filter(pk__in=_missed(period, by).values("unit"))
    return units.order_by("code")


def units_of_period(period: ReportPeriod) -> UnitQuerySet:
    """The units that were to report for the period, whether they have by now or not."""
    owing = PeriodicReport.objects.filter(period=period).order_by().values("unit")
    return Unit.objects.select_related("parent").filter(pk__in=owing)


def _missed(period: ReportPeriod, by: User) -> PeriodicReportQuerySet:
    return PeriodicReport.objects.missed().filter(period=period).exclude(unit__in=by.interviewed_units).order_by()


def chase_units(period: ReportPeriod, *, by: User, units: Collection[Unit]) -> ChasedUnits:
    """催报 each of these units for all that it has missed of the scheme, as `chase_reports` does.

    Raises NotYours without the right, Refused where none is chosen. Effects: those of `chase_reports` for each unit
    that can be pressed today.
    """
    return chase_each(period, chosen_units(period, by=by, units=units), by=by)


def chosen_units(period: ReportPeriod, *, by: User, units: Collection[Unit]) -> list[Unit]:
    """Which units somebody may go on to press. Raises NotYours without the right, Refused where none is chosen."""
    with room_step(CHASING_MANY, period, by=by):
        if not units:
            refuse_uncited([finding("chase_units_missing", "units")])
    return sorted(units, key=lambda unit: unit.pk)


def chase_each(period: ReportPeriod, units: Sequence[Unit], *, by: User) -> ChasedUnits:
    """Press one unit after the other; meanwhile neither the scheme is held nor a unit that had its turn."""
    outcomes = [(unit, _why_not(period, unit, by)) for unit in units]
    return ChasedUnits([unit for unit, why in outcomes if not why], [(unit, why) for unit, why in outcomes if why])


def _why_not(period: ReportPeriod, unit: Unit, by: User) -> str:
    """Empty once it is pressed."""
    if not CHASING.may_take(UnitScheme(period.scheme, unit), by):
        return OWN
    try:
        chase_reports(period.scheme, by=by, unit=unit)
    except Refused as refused:
        return "".join(reason.text for reason in refused.reasons)
    except DatabaseError:
        logger.exception("unit %s could not be pressed for the reports of period %s", unit.pk, period.pk)
        return NOT_SENT
    return ""


def _nobody_to_chase(period: ReportPeriod, by: User) -> Iterator[Finding]:
    if not _missed(period, by).exists():
        yield finding("chase_units_none", "", period=period.label)


CHASING_MANY = RoomStep(CHASE, PERIODS, (_nobody_to_chase,), is_logged=False)
