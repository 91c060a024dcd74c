"""Who missed how many of the last periods: read off the rows, and offered to the office with its facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Q

from yuetan.models.case.offered_facts import OfferedFacts
from yuetan.models.office.office import OfficeSetting
from yuetan.models.people.unit import Unit
from yuetan.models.reporting.mark import ReportMark
from yuetan.models.reporting.pressed import Pressed, pressed_units
from yuetan.models.reporting.report import (
    PeriodicReport,
    PeriodicReportQuerySet,
    ReportPeriod,
    missed_now,
    reported_now,
)
from yuetan.models.reporting.scheme import ReportScheme
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import joined

TIMES, AMONG = "report_missed_times", "report_missed_periods"  # settings of the office
MAX_UNITS = 20  # on one page
MAX_OTHERS = 1000  # behind a page; beyond, it says that there are more
MAX_LABELS = 60
NOT_AGAIN = "（退回后未改报）"
Place = tuple[int, int]  # in the order of the units: how many periods one missed, and its key
A_MINUTE = timedelta(minutes=1)  # what comes within the minute in which it is due is in time


@dataclass(frozen=True)
class MissedUnit:
    """A unit, and of the periods that were looked at those of which nothing came, and how many came late; how often it
    was pressed for them, and of how many nothing came though it was."""

    unit: Unit
    labels: list[str]
    late: int
    looked_at: int
    pressed: Pressed
    missed_though_pressed: int

    @property
    def periods(self) -> list[str]:
        """The labels of the periods alone."""
        return [label.removesuffix(NOT_AGAIN) for label in self.labels]

    @property
    def words(self) -> str:
        """最近4期中3期未报."""
        return f"最近 {self.looked_at} 期中 {len(self.labels)} 期未报"

    def facts(self, title: str) -> str:
        """棠下镇最近4期“每周线索摸排情况”中，3期到期未报（…），另有1期逾期报送."""
        late = f"，另有{self.late}期逾期报送" if self.late else ""
        missed = f"{len(self.labels)}期到期未报（{joined(self.labels)}）"
        return f"{self.unit.full_name}最近{self.looked_at}期“{title}”中，{missed}{self._pressed_words()}{late}。"

    def _pressed_words(self) -> str:
        """，期间已催报2次，其中1期经催报仍未报; empty where it was not pressed for them."""
        if not self.missed_though_pressed:
            return ""
        some = f"其中{self.missed_though_pressed}期" if self.missed_though_pressed < len(self.labels) else ""
        return f"，期间已催报{self.pressed.since}次，{some}经催报仍未报"


@dataclass(frozen=True)
class Missed:
    """The periods that were looked at, the units that missed enough of them, how many more there are of these, counted
    no further than MAX_OTHERS and one more, and behind which place they stand; none where there are no more."""

    periods: list[ReportPeriod]
    units: list[MissedUnit]
    others: int = 0
    place: Place | None = None


def missed_by_units(
    scheme: ReportScheme, *, times: int, among: int, unit: int | None = None, after: Place | None = None
) -> Missed:
    """The units that missed so many of the last periods that are past, most first, as many as a page shows, from a
    place on; or one of them alone."""
    past = scheme.periods.filter(due_at__lt=clock.now()).select_related("version").order_by("-first")
    periods = list(past[:among])
    rows = PeriodicReport.objects.filter(period__in=periods)
    if unit is not None:
        rows = rows.filter(unit=unit)
    in_order = _missed_most(rows, times, after)
    shown, others = [key for key, _ in in_order[:MAX_UNITS]], in_order[MAX_UNITS:]
    units = Unit.objects.select_related("parent").in_bulk(shown)
    reports, late = _missed_of(rows, shown), _late_of(rows, shown)
    pressed = pressed_units(scheme, {units[key]: _first_missed(reports[key]) for key in shown})
    missing = [_missed_unit(units[key], reports[key], late.get(key, 0), len(periods), pressed[key]) for key in shown]
    return Missed(periods, missing, len(others), in_order[MAX_UNITS - 1][::-1] if others else None)


def _missed_most(rows: PeriodicReportQuerySet, times: int, after: Place | None) -> list[tuple[int, int]]:
    """The keys of the units from a place on, each with how many it missed: off the index `reports_missed` alone."""
    counted = rows.filter(missed_now()).order_by().values("unit").annotate(missed=Count("*")).filter(missed__gte=times)
    if after is not None:
        counted = counted.filter(Q(missed__lt=after[0]) | Q(missed=after[0], unit__gt=after[1]))
    return list(counted.order_by("-missed", "unit").values_list("unit", "missed")[: MAX_UNITS + MAX_OTHERS + 1])


def _first_missed(reports: Sequence[PeriodicReport]) -> datetime | None:
    return min((report.missed_since for report in reports if report.missed_since), default=None)


def _missed_unit(
    unit: Unit, reports: Sequence[PeriodicReport], late: int, looked_at: int, pressed: Pressed
) -> MissedUnit:
    last = pressed.last
    after = [report for report in reports if last and report.missed_since and report.missed_since <= last]
    return MissedUnit(unit, [_period_label(report) for report in reports], late, looked_at, pressed, len(after))


def missed_labels(scheme: ReportScheme, unit: Unit) -> list[str]:
    """The periods of which a unit has handed in nothing though they are due, the oldest first."""
    missed = PeriodicReport.objects.missed().filter(unit=unit, period__scheme=scheme)
    newest = missed.select_related("period").order_by("-period__first", "-serial")[:MAX_LABELS]
    return [_period_label(report) for report in newest][::-1]


def uncorrected_labels(scheme: ReportScheme, unit: Unit) -> list[str]:
    """The reports of a unit that bear a mark in force, since which no head confirmed anything, with the mark, the
    oldest first; without those that are missed."""
    marks = ReportMark.objects.filter(report__unit=unit, report__period__scheme=scheme, withdrawn_at=None)
    unanswered = marks.unanswered().filter(report__released_at=None)
    missed = PeriodicReport.objects.missed().filter(unit=unit, period__scheme=scheme)
    shown = unanswered.exclude(report__in=missed).select_related("report__period")
    newest = shown.order_by("-report__period__first", "-report__serial")[:MAX_LABELS]
    return [f"{mark.report.numbered_period}，{mark}" for mark in newest][::-1]


def _period_label(report: PeriodicReport) -> str:
    """The period, numbered where it is reported at any time, and that something came of it which was returned."""
    return f"{report.numbered_period}{NOT_AGAIN if report.handed_in_at else ''}"


def _missed_of(rows: PeriodicReportQuerySet, units: list[int]) -> dict[int, list[PeriodicReport]]:
    """What each of the units missed, the oldest first."""
    reports: dict[int, list[PeriodicReport]] = defaultdict(list)
    missed = rows.filter(missed_now(), unit__in=units)
    for report in missed.select_related("period").order_by("period__first", "serial"):
        reports[report.unit_id].append(report)
    return reports


def _late_of(rows: PeriodicReportQuerySet, units: list[int]) -> dict[int, int]:
    late = rows.filter(reported_now(), unit__in=units, handed_in_at__gte=F("due_at") + A_MINUTE)
    return dict(late.order_by().values("unit").annotate(late=Count("pk")).values_list("unit", "late"))


def offered_facts(scheme: ReportScheme, unit: Unit) -> OfferedFacts | None:
    """The facts of a unit, with what they rest on; none where it has not missed as many as the office has set."""
    times, among = OfficeSetting.objects.numbers(TIMES, AMONG)
    missed = missed_by_units(scheme, times=times, among=among, unit=unit.pk)
    units = missed.units
    if not units:
        return None
    facts = f"{units[0].facts(scheme.title)}{against(missed.periods[0])}"
    requirements = f"补报{joined(units[0].periods)}的报表，查明未报的原因，今后按期报送。"
    number, summary = _evidence(scheme, units[0])
    matter = f"未按规定报送{quoted(scheme)}"
    return OfferedFacts(unit, matter, facts, requirements, reference_number=number, reference_summary=summary)


def against(period: ReportPeriod) -> str:
    """不符合“监督执纪情况汇报：每周四12:00前上报”的要求。"""
    return f"不符合“{period.version.source.removesuffix('的要求')}”的要求。"


def _evidence(scheme: ReportScheme, one: MissedUnit) -> tuple[str, str]:
    """By what name the account of the reports is cited, and what it shows."""
    return f"{scheme.title}报送表", f"信息报送记录：{one.facts(scheme.title)}"


def quoted(scheme: ReportScheme) -> str:
    """“每周线索摸排情况”, as a matter names it."""
    return f"“{scheme.title}”"
