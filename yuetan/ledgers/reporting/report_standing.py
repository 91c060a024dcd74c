"""报送情况: the light of a report, by the office's own lights while it is not handed in, and how long it has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from yuetan.ledgers.deadline_lights import DeadlineLights
from yuetan.models import PeriodicReport
from yuetan.rules.dates.deadlines import Deadline, Light
from yuetan.vocabulary import ReportState


@dataclass(frozen=True)
class ReportStanding:
    """Where a report stands: its colour, and the limit that runs for its unit."""

    report: PeriodicReport
    light: str
    deadline: Deadline | None

    @classmethod
    def of(cls, report: PeriodicReport, lights: DeadlineLights) -> ReportStanding:
        """As it is today."""
        left = deadline_of(report, lights)
        return cls(report, str(left.light) if left else _settled_light(report), left)


def due_on_of(report: PeriodicReport) -> date | None:
    """The day by which what was returned is to be put right, or else on which it is due."""
    if report.again_by is not None:
        return report.again_by
    return timezone.localdate(report.due_at) if report.due_at else None


def deadline_of(report: PeriodicReport, lights: DeadlineLights) -> Deadline | None:
    """剩 5 个工作日: the limit that runs for a unit, to hand in or to put right what was returned (重新报送的期限).

    Red from the minute on that was set, with how long ago that was: 逾期 2 小时. None of what cannot be handed in yet,
    is owed no more, was handed in and not returned, or has no limit.
    """
    runs = report.again_by is not None or (report.handed_in_at is None and report.period.is_open)
    if not runs or report.released_at is not None:
        return None
    is_late = report.handed_in_at is None and report.lateness
    return Deadline(Light.RED, report.lateness) if is_late else lights.of(due_on_of(report))


def _settled_light(report: PeriodicReport) -> str:
    """The colour of what no limit runs for."""
    if report.released_at is not None:
        return "grey"
    if report.handed_in_at is None:
        return "yellow" if report.period.is_open else "grey"
    if report.state in ReportState.unfinished():
        return "red" if report.state == ReportState.RETURNED else "yellow"
    return "green" if report.state == ReportState.ACCEPTED else "blue"
