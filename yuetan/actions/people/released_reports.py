"""Letting units owe reports no more: of a unit that ends here, and for the rooms above whatever they excuse."""

from __future__ import annotations

from yuetan.models import PeriodicReport, Unit, User
from yuetan.models.reporting.report import UNIT_ENDED, PeriodicReportQuerySet
from yuetan.rules.dates import clock
from yuetan.vocabulary import ReportState


def release(reports: PeriodicReportQuerySet, state: ReportState, reason: str, by: User | None) -> None:
    """Let the units owe these no more, for good, and say why."""
    reports.update(state=state, released_at=clock.now(), released_by=by, release_reason=reason)


def release_ended(unit: Unit) -> None:
    """Settle what a unit owes that ends: nobody is left to report it; what it had missed counts in its 考核 alone."""
    of_unit = PeriodicReport.objects.filter(unit=unit).unfinished()
    release(of_unit, ReportState.UNIT_ENDED, UNIT_ENDED, None)
