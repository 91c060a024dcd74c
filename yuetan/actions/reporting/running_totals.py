"""What a unit reported of the periods around one: a running total lies between what was reported before and after."""

from __future__ import annotations

from django.db.models import Q

from yuetan.models import PeriodicReport
from yuetan.models.reporting.report import PeriodicReportQuerySet
from yuetan.rules.reporting.form_fields import Values, before_in, running_totals


def values_before(report: PeriodicReport) -> Values:
    """What the unit reported last of an earlier period, as the office accepted it, or else as it was handed in."""
    former = _own_returns(report).filter(period__first__lt=report.period.first).order_by("-period__first").first()
    if former is None:
        return {}
    counted = former.accepted or former.newest
    assert counted is not None
    period, same_year = report.period, former.period.last.year == report.period.last.year
    return before_in(period.version.form_fields, counted.values, same_year=same_year)


def values_after(report: PeriodicReport) -> Values:
    """The running totals that the unit reported first of a later period, as they stand before the office; what it
    returned stands no more, and what was accepted before that does."""
    stands = Q(accepted__isnull=False) | Q(newest__returned_at=None)
    those = _own_returns(report).filter(stands, period__first__gt=report.period.first)
    later = those.order_by("period__first").first()
    if later is None:
        return {}
    newest = later.newest
    assert newest is not None
    is_standing = newest.confirmed_at is not None and newest.returned_at is None
    counted = newest if is_standing or later.accepted is None else later.accepted
    same_year = later.period.last.year == report.period.last.year
    totals = running_totals(later.period.version.form_fields, same_year=same_year)
    return {key: value for key, value in counted.values.items() if key in totals}


def _own_returns(report: PeriodicReport) -> PeriodicReportQuerySet:
    """What the unit handed in of the scheme; nothing for what is reported at any time."""
    period = report.period
    if not period.version.is_periodic:
        return PeriodicReport.objects.none()
    own = PeriodicReport.objects.filter(period__scheme=period.scheme_id, unit=report.unit_id, serial=0)
    reported = own.filter(Q(accepted__isnull=False) | Q(newest__confirmed_at__isnull=False))
    return reported.select_related("accepted", "newest", "period__version")
