"""报送情况: the light of a report, by the office's own lights while it is not handed in, and how long it has."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from yuetan.ledgers.deadline_lights import DeadlineLights
from yuetan.models import PeriodicReport
from yuetan.rules.dates.deadlines import Deadline
from yuetan.vocabulary import ReportState


@dataclass(frozen=True)
class ReportStanding:
    """Where a report stands: its colour, and the time it has left while it may be filled in and is not late."""

    report: PeriodicReport
    light: str
    deadline: Deadline | None

    @classmethod
    def of(cls, report: PeriodicReport, lights: DeadlineLights) -> ReportStanding:
        """As it is today."""
        left = deadline_of(report, lights)
        return cls(report, str(left.light) if left else _settled_light(report), left)


def deadline_of(report: PeriodicReport, lights: DeadlineLights) -> Deadline | None:
    """剩 5 个工作日: the limit of a report that may be handed in and is not; none where it is late already, which it is
    from the minute on that was set, or has no limit."""
    is_awaited = report.handed_in_at is None and report.released_at is None and report.period.is_open
    if not is_awaited or report.lateness or report.due_at is None:
        return None
    return lights.of(timezone.localdate(report.due_at))


def _settled_light(report: PeriodicReport) -> str:
    """The colour of what no limit runs for."""
    if report.released_at is not None:
        return "grey"
    if report.handed_in_at is None:
        return "red" if report.lateness else "yellow" if report.period.is_open else "grey"
    if report.state in ReportState.unfinished():
        return "red" if report.state == ReportState.RETURNED or report.is_not_put_right else "yellow"
    return "green" if report.state == ReportState.ACCEPTED else "blue"
