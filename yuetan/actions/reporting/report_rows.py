"""What every step on a report shares: who may, its rows held, made to say what the newest version says, the log."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from yuetan.actions.hold_row import hold_row
from yuetan.actions.people.for_unit import may_as_office, may_for_unit
from yuetan.actions.people.released_reports import release_ended
from yuetan.actions.room_step import LogFacts, RoomRows, itself, may_by_role
from yuetan.models import PeriodicReport, ReportMark, ReportVersion, User
from yuetan.rules.refusals import Finding, finding
from yuetan.vocabulary import ReportState

FILL, CONFIRM, ACCEPT, REGISTER = "fill_report", "confirm_report", "accept_report", "register_paper_report"
MARK, WITHDRAW = "mark_report", "withdraw_report_mark"


def superseded(version: ReportVersion, *_by: User) -> Iterator[Finding]:
    """That there is a later version, on which things are done now."""
    newest = version.report.newest
    if newest is not None and newest.pk != version.pk:
        yield finding("report_superseded", "", version=newest.version)


def released(report: PeriodicReport, *_by: User) -> Iterator[Finding]:
    """That the unit owes it no more, whatever it has begun of it."""
    if report.released_at is not None:
        yield finding("report_released", "", state=ReportState(report.state).label)


def settle(version: ReportVersion) -> None:
    """Make the row of the report say what its newest version says.

    What was returned stays to be put right until it is handed in again; an ended unit has nobody left to do so.
    """
    report = version.report
    report.newest, report.state = version, version.state
    if report.handed_in_at is None:
        report.handed_in_at = version.confirmed_at
    if version.confirmed_at is not None:
        report.again_by = version.again_by
    if version.accepted_at is not None:
        report.accepted, report.figures = version, version.numbers
    report.save()
    if report.unit.retired_on is not None:
        release_ended(report.unit)
        report.refresh_from_db(fields=["state", "released_at", "release_reason"])


def _held_report(report: PeriodicReport) -> PeriodicReport:
    related = PeriodicReport.objects.select_related(
        "unit__parent", "period__scheme", "period__version", "newest__entered_by", "accepted"
    )
    return hold_row(related, report.pk)


def _held_version(version: ReportVersion) -> ReportVersion:
    report = _held_report(version.report)
    version = ReportVersion.objects.select_related("entered_by", "confirmed_by").get(pk=version.pk)
    version.report = report
    return version


def _held_mark(mark: ReportMark) -> ReportMark:
    report = _held_report(mark.report)
    mark = ReportMark.objects.select_related("withdrawn_by").get(pk=mark.pk)
    mark.report = report
    return mark


def _report_facts(report: PeriodicReport) -> LogFacts:
    period = report.period
    return {"scheme": period.scheme.title, "period": period.label, "unit": report.unit.full_name}


def version_facts(version: ReportVersion) -> LogFacts:
    """What the log keeps of a step on a version."""
    return {**_report_facts(version.report), "version": version.version}


def mark_facts(mark: ReportMark) -> LogFacts:
    """What the log keeps of a step on a mark."""
    return {**_report_facts(mark.report), "mark": str(mark)}


def _may_on_version(version: ReportVersion, by: User, codename: str) -> bool:
    return may_for_unit(version.report.unit_id, by, codename)


def _may_on_each(versions: Collection[ReportVersion], by: User, codename: str) -> bool:
    of_each = (may_as_office(each.report.unit_id, by, codename) for each in versions)
    return may_by_role(versions, by, codename) and all(of_each)


REPORTS = RoomRows[PeriodicReport](
    _held_report, lambda report, by, codename: may_for_unit(report.unit_id, by, codename), _report_facts, itself
)
VERSIONS = RoomRows[ReportVersion](_held_version, _may_on_version, version_facts, lambda version: version.report)
VERSIONS_TOGETHER = RoomRows[Collection[ReportVersion]](
    lambda versions: sorted(versions, key=lambda version: version.report_id),  # in one order, so that two never wait
    _may_on_each,
    lambda versions: {},
    lambda versions: None,
)
MARKS = RoomRows[ReportMark](
    _held_mark,
    lambda mark, by, codename: may_for_unit(mark.report.unit_id, by, codename),
    mark_facts,
    lambda mark: mark.report,
)
