"""What of 信息报送 waits: for a unit its reports, the soonest first; for the office what was handed in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from yuetan import permissions
from yuetan.actions.reporting.acceptance import ACCEPT
from yuetan.ledgers.deadline_lights import DeadlineLights
from yuetan.models import PeriodicReport, ReportPeriod, User
from yuetan.models.flow.pending_step import FAR
from yuetan.rules.dates import clock
from yuetan.views.frame.pagination import capped_count
from yuetan.views.home.todos import Todo
from yuetan.views.home.unit_obligations import EITHER, HEADS_ALONE, Obligation, UnitObligations
from yuetan.vocabulary import ReportState

MAX_REPORTS = 10  # on one page
MAX_PERIODS = 10
TITLES = {
    ReportState.AWAITED: "填报报表",
    ReportState.AWAITS_CONFIRMATION: "确认报送报表",
    ReportState.SENT_BACK: "修改本单位退回的报表",
    ReportState.RETURNED: "修改办公室退回的报表",
}


def add_reports(own: UnitObligations, user: User, lights: DeadlineLights) -> None:
    """Put the reports that the person's units owe among their obligations, those that may be filled in by now."""
    waiting = PeriodicReport.objects.of_unit_people(user).unfinished().filter(period__opens_on__lte=clock.today())
    soonest = list(waiting.with_relations().order_by("due_at", "pk")[: MAX_REPORTS + 1])
    own.shown += [_obligation(report, lights) for report in soonest[:MAX_REPORTS]]
    if len(soonest) > MAX_REPORTS:
        own.more_reports = capped_count(waiting) - MAX_REPORTS
        own.reach = min(own.reach, _due_on(soonest[MAX_REPORTS]) or FAR)
    own.shown.sort(key=lambda ask: (not ask.is_open, ask.due_on or FAR))


def _obligation(report: PeriodicReport, lights: DeadlineLights) -> Obligation:
    url, state = reverse("report", args=[report.public_id]), ReportState(report.state)
    who = HEADS_ALONE if state == ReportState.AWAITS_CONFIRMATION else EITHER
    about = f"{report.period.scheme.title}：{report.period.label}"
    ask = Obligation(TITLES[state], about, url, who, _due_on(report), url=url)
    ask.standing = "" if report.handed_in_at else report.lateness
    ask.deadline = lights.of(ask.due_on)
    return ask


def _due_on(report: PeriodicReport) -> date | None:
    return timezone.localtime(report.due_at).date() if report.due_at else None


def reports_to_accept(user: User) -> Iterator[Todo]:
    """A line for each period of which reports wait for the office, the oldest first."""
    if not user.has_perm(permissions.name(ACCEPT)):
        return
    waiting = PeriodicReport.objects.to_accept().exclude(unit__in=user.interviewed_units)
    counted = waiting.order_by().values("period").annotate(number=Count("pk")).values_list("period", "number")
    numbers = dict(counted.order_by("period")[:MAX_PERIODS])
    for period in ReportPeriod.objects.filter(pk__in=numbers).select_related("scheme").order_by("pk"):
        url = f"{reverse('report_board')}?period={period.pk}&state={ReportState.HANDED_IN.value}"
        yield Todo(url, str(period), "", f"收下或者退回 {numbers[period.pk]} 份报表")
