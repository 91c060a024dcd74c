"""What of 信息报送 waits: for a unit its reports, the soonest first; for the office what was handed in."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from django.db.models import Count, F
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse

from yuetan import permissions
from yuetan.actions.reporting.report_rows import ACCEPT
from yuetan.ledgers.deadline_lights import DeadlineLights
from yuetan.ledgers.ledger import MAX_COUNTED
from yuetan.ledgers.report_standing import deadline_of, due_on_of
from yuetan.models import PeriodicReport, ReportPeriod, User
from yuetan.models.reporting.report import PeriodicReportQuerySet
from yuetan.rules.dates import clock
from yuetan.views.frame.pagination import capped_count, capped_words
from yuetan.views.home.obligation import EITHER, HEADS_ALONE, Obligation, UnitObligations
from yuetan.views.home.rooms import Room
from yuetan.views.home.todos import Todo
from yuetan.vocabulary import ReportState

MAX_REPORTS = 10  # on one page
MAX_PERIODS = 10
TITLES = {
    ReportState.AWAITED: "填报报表",
    ReportState.AWAITS_CONFIRMATION: "确认报送报表",
    ReportState.SENT_BACK: "修改本单位退回的报表",
    ReportState.RETURNED: "修改办公室退回的报表",
}


def reports_to_fill_in(own: UnitObligations, user: User, lights: DeadlineLights) -> Iterator[Room[Obligation]]:
    """The reports that the person's units owe and may fill in by now; `own` keeps how many more there are."""
    waiting = PeriodicReport.objects.of_unit_people(user).unfinished().filter(period__opens_on__lte=clock.today())
    yield Room(waiting, partial(_unfinished_reports, waiting, own, lights))


def _unfinished_reports(
    waiting: PeriodicReportQuerySet, own: UnitObligations, lights: DeadlineLights
) -> list[Obligation]:
    due_on = Coalesce("again_by", TruncDate("due_at"))  # as `due_on_of` has it
    soonest = list(waiting.with_relations().order_by(due_on.asc(nulls_last=True), "due_at", "pk")[: MAX_REPORTS + 1])
    if len(soonest) > MAX_REPORTS:
        own.more_reports = capped_words(capped_count(waiting, MAX_REPORTS))
        own.falls_due_from(due_on_of(soonest[MAX_REPORTS]))
    return [_obligation(report, lights) for report in soonest[:MAX_REPORTS]]


def _obligation(report: PeriodicReport, lights: DeadlineLights) -> Obligation:
    url, state = reverse("report", args=[report.public_id]), ReportState(report.state)
    who = HEADS_ALONE if state == ReportState.AWAITS_CONFIRMATION else EITHER
    about = f"{report.period.scheme.title}：{report.period.label}"
    ask = Obligation(TITLES[state], about, url, who, due_on_of(report), url=url)
    ask.deadline = deadline_of(report, lights)
    return ask


def reports_to_accept(user: User) -> Iterator[Room[Todo]]:
    """A line for each period of which reports wait for the office: what came at any time before all that is routine,
    then the oldest first."""
    if not user.has_perm(permissions.name(ACCEPT)):
        return
    others = PeriodicReport.objects.to_accept().exclude(unit__in=user.interviewed_units)
    waiting = others.exclude(newest__signer__isnull=False, newest__entered_by=user)  # left to another, as registered
    yield Room(waiting, partial(_by_period, waiting))


def _by_period(waiting: PeriodicReportQuerySet) -> Iterator[Todo]:
    urgent_first = (F("period__due_at").asc(nulls_first=True), "period")
    counted = waiting.order_by().values("period", "period__due_at").annotate(number=Count("pk"))
    ordered = counted.order_by(*urgent_first).values_list("period", "number")
    numbers = dict(ordered[:MAX_PERIODS])
    periods = ReportPeriod.objects.select_related("scheme").in_bulk(list(numbers))
    for key, number in numbers.items():
        url = f"{reverse('report_board')}?period={key}&state={ReportState.HANDED_IN.value}"
        period = periods[key]
        urgent = "" if period.due_at else "随时报送，请先处理："
        yield Todo(url, str(period), "", f"{urgent}收下或者退回 {number} 份报表")
    others = waiting.order_by().values("period").distinct()[MAX_PERIODS : MAX_PERIODS + MAX_COUNTED + 1].count()
    if others:
        url = f"{reverse('report_board')}?state={ReportState.HANDED_IN.value}"
        yield Todo(url, f"报送期：另有 {capped_words(others)} 期", "", "收下或者退回报表")
