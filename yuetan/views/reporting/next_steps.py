"""What may follow where a report is marked, late or missed."""

from __future__ import annotations

from django.urls import reverse

from yuetan.models import PeriodicReport
from yuetan.models.reporting.offered import is_not_in_order, is_to_chase
from yuetan.views.frame.next_steps import NextSteps, NextStepsOf
from yuetan.views.frame.offered_facts import REPORTED


class NextStepsOfReports(NextStepsOf):
    """What one person may begin about reports, asked once for many."""

    def after(self, report: PeriodicReport, back: str) -> NextSteps:
        """What may follow a report, none where it is in order; `back` says where 催报 leads, as an address."""
        if not is_not_in_order(report):
            return NextSteps(report.unit)
        chase_url = chase_url_of(report.period.scheme_id, report.unit_id) + back if is_to_chase(report) else ""
        return self.about(report.unit, f"{REPORTED}={report.public_id}", chase_url)


def chase_url_of(scheme: int, unit: int) -> str:
    """Where 催报 of a unit goes."""
    return reverse("chase_missed", args=[scheme, unit])
