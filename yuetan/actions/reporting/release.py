"""本期不报、停止报送: what units owe no more, with the reason; what was handed in stays as it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import Q

from yuetan.actions.people.for_unit import require_of_none
from yuetan.actions.people.released_reports import release
from yuetan.actions.people.unit_people import people_of_units
from yuetan.actions.reporting.scheme_rows import (
    EXCUSE,
    KEEP,
    PERIODS,
    SCHEMES,
    hold_reports,
)
from yuetan.actions.reporting.schemes import ended_before
from yuetan.actions.room_step import LogFacts, RoomStep, room_step
from yuetan.actions.step import refuse_uncited
from yuetan.alerts import alert_all
from yuetan.models import PeriodicReport, ReportPeriod, ReportScheme, SchemeEnd, Unit, User
from yuetan.models.reporting.report import PeriodicReportQuerySet
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import missing_of
from yuetan.rules.text.official_text import chinese_date, joined
from yuetan.rules.text.written_text import reason_problems
from yuetan.vocabulary import ReportState

MAX_NAMED = 20  # in the log; how many it were stands beside them


def excuse_reports(period: ReportPeriod, *, by: User, everybody: bool, units: Sequence[Unit], reason: str) -> int:
    """本期不报 for all that have not reported, or for some: they owe it no more, and have not missed it.

    Raises NotYours (for a named unit also 回避; of all, those are left out); Refused without units or reason, for what
    was handed in or is not owed, and at any time. Effect: the people of these units are alerted. How many it were.
    """
    with room_step(EXCUSING, period, by=by) as held:
        period = held.row
        require_of_none(units, by, EXCUSE)
        refuse_uncited(_excuse_problems(period, everybody=everybody, units=units, reason=reason))
        which = Q() if everybody else Q(unit__in=units)
        reports = PeriodicReport.objects.filter(which, period=period, serial=0)
        expected = _not_handed_in(reports.exclude(unit__in=by.interviewed_units))
        released = _released(expected, ReportState.EXCUSED, reason, by)
        if not released:
            refuse_uncited([finding("excuse_nobody")])
        held.facts |= {**_units_named(released), "reason": reason}
        key = f"report_period:{period.pk}:excused:{held.log().pk}"
        alert_all(people_of_units(released), key=key, words=f"办公室决定{period}不报：{reason}")
    return len(released)


def end_scheme(scheme: ReportScheme, *, by: User, at_once: bool, from_day: date | None, reason: str) -> SchemeEnd:
    """停止报送: from a period on that has not begun, or at once, and then also what is not due yet falls away.

    What was missed before stays missed. Raises NotYours without the right; Refused without a day or a reason, for a
    period that has begun, and once it has been ended. Effect: the people of the units are alerted, also of those that
    a later version leaves out.
    """
    with room_step(ENDING, scheme, by=by) as held:
        scheme = held.row
        refuse_uncited(_scheme_end_problems(scheme, at_once=at_once, from_day=from_day, reason=reason))
        day = clock.today() if at_once or from_day is None else from_day
        end = SchemeEnd.objects.create(scheme=scheme, from_day=day, reason=reason, ended_by=by, ended_at=clock.now())
        units = set(scheme.newest_version().units().values_list("pk", flat=True))
        if at_once:
            running = PeriodicReport.objects.filter(period__scheme=scheme, serial=0).exclude(due_at__lt=clock.now())
            units.update(_released(_not_handed_in(running), ReportState.STOPPED, reason, by))
        held.facts |= {"from_day": day.isoformat(), "reason": reason}
        words = f"{scheme.title}{end}：{reason}"
        alert_all(people_of_units(units), key=f"report_scheme:{scheme.pk}:ended", words=words)
    return end


def _not_handed_in(reports: PeriodicReportQuerySet) -> PeriodicReportQuerySet:
    return reports.unfinished().filter(handed_in_at=None)


def _released(reports: PeriodicReportQuerySet, state: ReportState, reason: str, by: User) -> list[int]:
    """Let the units owe these no more; their keys."""
    held = hold_reports(reports)
    release(PeriodicReport.objects.filter(pk__in=held), state, reason, by)
    return list(held.values())


def _units_named(units: Sequence[int]) -> LogFacts:
    named = Unit.objects.filter(pk__in=units).select_related("parent").order_by("code")[:MAX_NAMED]
    return {"units": joined([unit.full_name for unit in named]), "number": len(units)}


def _of_any_time(period: ReportPeriod, *_by: User) -> Iterator[Finding]:
    if period.due_at is None:
        yield finding("excuse_of_any_time", "", title=period.scheme.title)


def _excuse_problems(period: ReportPeriod, *, everybody: bool, units: Sequence[Unit], reason: str) -> Iterator[Finding]:
    if everybody and units:
        yield finding("excuse_twofold", "units")
    yield from missing_of("excuse_incomplete", {"units": ("单位", everybody or units)})
    yield from reason_problems(reason, "本期不报")
    reports = {each.unit_id: each for each in PeriodicReport.objects.filter(period=period, unit__in=units, serial=0)}
    for unit in units:
        report = reports.get(unit.pk)
        if report is None or report.released_at is not None:
            yield finding("excuse_not_owed", "units", unit=unit.full_name)
        elif report.handed_in_at is not None:
            yield finding("excuse_handed_in", "units", unit=unit.full_name)


def _scheme_end_problems(
    scheme: ReportScheme, *, at_once: bool, from_day: date | None, reason: str
) -> Iterator[Finding]:
    yield from missing_of(
        "scheme_end_incomplete", {"from_day": ("自哪一天起（或者选“立即停止”）", at_once or from_day)}
    )
    yield from reason_problems(reason, "停止")
    if from_day is None:
        return
    if at_once:
        yield finding("scheme_end_twofold", "from_day")
    last, today = scheme.periods.exclude(due_at=None).order_by("-first").first(), clock.today()
    begun = max(last.last, today) if last else today  # what is reported at any time ends on any day that comes
    if from_day <= begun:
        words = {"label": last.label if last else chinese_date(today), "next": chinese_date(begun)}
        yield finding("scheme_end_begun", "from_day", **words)


EXCUSING = RoomStep(EXCUSE, PERIODS, (_of_any_time,))
ENDING = RoomStep("end_scheme", SCHEMES, (ended_before("停止"),), codename=KEEP)
