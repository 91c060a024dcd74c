"""What of 信息报送 waits: for a unit its reports, the soonest first; for the office what came and what did not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import partial

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse

from yuetan import permissions
from yuetan.actions.reporting.report_rows import ACCEPT
from yuetan.ledgers.deadline_lights import DeadlineLights
from yuetan.ledgers.ledger import capped_number
from yuetan.ledgers.reporting.report_standing import deadline_of, due_on_of
from yuetan.models import PeriodicReport, ReportPeriod, ReportScheme, User
from yuetan.models.reporting.pressed import CHASE
from yuetan.models.reporting.report import PeriodicReportQuerySet, ReportPeriodQuerySet
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
    own = Q(newest__signer__isnull=False, newest__entered_by=user)  # left to another, as registered
    yield Room(others.exclude(own), partial(_by_period, others, own))


def _by_period(others: PeriodicReportQuerySet, own: Q) -> Iterator[Todo]:
    """Which periods have any is asked of each, and only those shown are counted: not whatever waits in all of them."""
    waiting = others.exclude(own).filter(period=OuterRef("pk"))
    periods = ReportPeriod.objects.filter(Exists(waiting.order_by()))
    urgent_first = F("due_at").asc(nulls_first=True), "pk"
    shown = list(periods.select_related("scheme").order_by(*urgent_first)[: MAX_PERIODS + 1])
    numbers = _numbers(others.filter(period__in=shown[:MAX_PERIODS]), own)
    for period in shown[:MAX_PERIODS]:
        url = f"{reverse('report_board')}?period={period.pk}&state={ReportState.HANDED_IN.value}"
        urgent = "" if period.due_at else "随时报送，请先处理："
        yield Todo(url, str(period), "", f"{urgent}收下或者退回 {numbers[period.pk]} 份报表")
    if len(shown) > MAX_PERIODS:
        url = f"{reverse('report_board')}?state={ReportState.HANDED_IN.value}"
        number = capped_words(capped_count(periods, MAX_PERIODS))
        yield Todo(url, f"报送期：另有 {number} 期", "", "收下或者退回报表")


def reports_missed(user: User) -> Iterator[Room[Todo]]:
    """A line for each scheme of whose newest period that is past reports are missed, the one due first on top."""
    if user.has_perm(permissions.name(CHASE)):
        missed = PeriodicReport.objects.missed().exclude(unit__in=user.interviewed_units)
        periods = _newest_past().filter(Exists(missed.filter(period=OuterRef("pk")).order_by()))
        yield Room(periods, partial(_missed_of_schemes, periods, missed))


def _newest_past() -> ReportPeriodQuerySet:
    """Of each scheme that goes on the period whose limit has passed last."""
    past = ReportPeriod.objects.filter(scheme=OuterRef("pk"), due_at__lt=clock.now())
    newest = Subquery(past.order_by("-first", "-pk").values("pk")[:1])
    going_on = ReportScheme.objects.exclude(end__from_day__lte=clock.today()).order_by()
    return ReportPeriod.objects.filter(pk__in=going_on.annotate(newest=newest).values("newest"))


def _missed_of_schemes(periods: ReportPeriodQuerySet, missed: PeriodicReportQuerySet) -> Iterator[Todo]:
    counted = periods.annotate(number=capped_number(missed.filter(period=OuterRef("pk"))))
    shown = list(counted.select_related("scheme").order_by("due_at", "pk")[: MAX_PERIODS + 1])
    for period in shown[:MAX_PERIODS]:
        url = f"{reverse('report_board')}?period={period.pk}&state=missed"
        yield Todo(url, str(period), "", f"{capped_words(period.number)} 个单位到期未报，请催报")
    if len(shown) > MAX_PERIODS:
        number = capped_words(capped_count(periods, MAX_PERIODS))
        yield Todo(reverse("report_list"), f"到期未报：另有 {number} 个报送事项", "", "催报")


def _numbers(others: PeriodicReportQuerySet, own: Q) -> dict[int, int]:
    """How many of each period, without those of `own`: all are counted off an index, which does not know these few."""
    numbers: dict[int, int] = defaultdict(int)
    of_all, of_own = (_with_sign(rows, sign) for rows, sign in ((others, 1), (others.filter(own), -1)))
    for period, number, sign in of_all.union(of_own, all=True):
        numbers[period] += number * sign
    return numbers


def _with_sign(rows: PeriodicReportQuerySet, sign: int) -> QuerySet[PeriodicReport, tuple[int, int, int]]:
    counted = rows.order_by().values("period").annotate(number=Count("*"), sign=Value(sign))
    return counted.values_list("period", "number", "sign")
