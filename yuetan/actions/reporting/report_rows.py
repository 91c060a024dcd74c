"""What every act on a report shares: its row held, made to say what the newest version says, and named in the log."""

from __future__ import annotations

from collections.abc import Iterator

from yuetan.actions.people.released_reports import release_ended
from yuetan.models import PeriodicReport, ReportVersion
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import require_words
from yuetan.rules.text.personal_data import personal_data
from yuetan.vocabulary import ReportState


def words_problems(reason: str, what: str, field: str = "reason") -> list[Finding]:
    """What is not right with the reason of a step on a report."""
    unfit = require_words(reason, finding("reason_missing", field, what=what))
    return [*unfit, *personal_data(field, "原因", reason, clock.today().year)]


def version_facts(version: ReportVersion) -> dict[str, object]:
    """What the log keeps of an act on a version."""
    report = version.report
    return {
        "scheme": report.period.scheme.title,
        "period": report.period.label,
        "unit": report.unit.full_name,
        "version": version.version,
    }


def locked_version(version: ReportVersion) -> ReportVersion:
    """The version once nobody else acts on its report."""
    report = locked_report(version.report)
    fresh = ReportVersion.objects.select_related("entered_by", "confirmed_by").get(pk=version.pk)
    fresh.report = report
    return fresh


def superseded(version: ReportVersion) -> Iterator[Finding]:
    """That there is a later version, on which things are done now."""
    newest = version.report.newest
    if newest is not None and newest.pk != version.pk:
        yield finding("report_superseded", "", version=newest.version)


def released(report: PeriodicReport) -> Iterator[Finding]:
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


def locked_report(report: PeriodicReport) -> PeriodicReport:
    """The report as it is once nobody else acts on it, with what the acts ask of it.

    By two statements: in one, a row that had to be waited for comes as it is now, and what is joined to it as before.
    """
    PeriodicReport.objects.select_for_update(no_key=True).get(pk=report.pk)
    related = PeriodicReport.objects.select_related(
        "unit__parent", "period__scheme", "period__version", "newest__entered_by", "accepted"
    )
    return related.get(pk=report.pk)
