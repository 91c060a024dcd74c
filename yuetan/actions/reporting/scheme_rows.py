"""What every step on 报送事项 shares: its rows held with the periods and units below it, what the log says of them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.db.models import Max

from yuetan.actions.hold_row import hold_row
from yuetan.actions.log_event import log_event
from yuetan.actions.people.for_unit import may_for_unit
from yuetan.actions.room_step import LogFacts, RoomRows, itself, may_by_role
from yuetan.models import PeriodicReport, ReportPeriod, ReportScheme, Unit, User
from yuetan.models.reporting.report import PeriodicReportQuerySet

KEEP, EXCUSE = "keep_schemes", "excuse_reports"


@dataclass(frozen=True)
class UnitScheme:
    """A scheme as far as it asks one unit, of which there may be no report yet; no unit while none is named."""

    scheme: ReportScheme
    unit: Unit | None = None

    @property
    def pk(self) -> int:
        """The key of the scheme, on whose page it stands."""
        return self.scheme.pk

    def __str__(self) -> str:
        return f"{self.unit.full_name if self.unit else ''}{self.scheme.title}"


def hold_scheme(key: int) -> ReportScheme:
    """The scheme once nobody else acts on it: its versions, periods, analyses and end come one by one."""
    return ReportScheme.objects.select_for_update(no_key=True).get(pk=key)


def hold_reports(reports: PeriodicReportQuerySet) -> dict[int, int]:
    """The units of these reports by the keys of the rows, which are held in one order, so that two never wait."""
    held = reports.order_by("pk").select_for_update(of=("self",), no_key=True)
    return dict(held.values_list("pk", "unit"))


def next_report(period: ReportPeriod, unit: Unit) -> PeriodicReport:
    """The next row of a unit, which is held, in a period of what is reported at any time."""
    last = PeriodicReport.objects.filter(period=period, unit=unit).aggregate(last=Max("serial"))["last"]
    return PeriodicReport.objects.create(period=period, unit=unit, serial=(last or 0) + 1)


def log_opened(period: ReportPeriod) -> None:
    """Write down that a period has begun: the program does it, by itself."""
    log_event("open_period", None, **_period_facts(period), units=period.unit_count)


def _held_period(period: ReportPeriod) -> ReportPeriod:
    hold_scheme(period.scheme_id)
    return ReportPeriod.objects.select_related("scheme", "version").get(pk=period.pk)


def _with_held_unit(of: UnitScheme) -> UnitScheme:
    """What one unit reports at any time is numbered, and it is chased, one by one."""
    if of.unit is None:
        return of
    return replace(of, unit=hold_row(Unit.objects.select_related("parent"), of.unit.pk))


def _period_facts(period: ReportPeriod) -> LogFacts:
    return {"scheme": period.scheme.title, "period": period.label}


def _of_unit_facts(of: UnitScheme) -> LogFacts:
    return {"scheme": of.scheme.title, "unit": of.unit.full_name if of.unit else ""}


def _may_of_unit(of: UnitScheme, by: User, codename: str) -> bool:
    return may_for_unit(of.unit.pk, by, codename) if of.unit else may_by_role(of, by, codename)


SCHEMES = RoomRows[ReportScheme](
    lambda scheme: hold_scheme(scheme.pk), may_by_role, lambda scheme: {"scheme": scheme.title}, itself
)
PERIODS = RoomRows[ReportPeriod](_held_period, may_by_role, _period_facts, itself)
UNIT_SCHEMES = RoomRows[UnitScheme](
    _with_held_unit,
    _may_of_unit,
    _of_unit_facts,
    lambda of: of.scheme,
)
