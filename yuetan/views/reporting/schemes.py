"""信息报送: what is reported, seen by the office and by a unit; set up, changed, and who missed it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import zip_longest

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from yuetan import permissions
from yuetan.actions.people.for_unit import may_for_unit
from yuetan.actions.reporting.marks import chase_reports
from yuetan.actions.reporting.report_rows import FILL
from yuetan.actions.reporting.scheme_rows import UnitScheme
from yuetan.actions.reporting.schemes import CREATING
from yuetan.forms.frame.bounds import is_key, unnumbered_key
from yuetan.ledgers.deadline_lights import DeadlineLights, note_under
from yuetan.ledgers.reporting.report_standing import ReportStanding
from yuetan.models import (
    FollowUp,
    OfficeSetting,
    PeriodicReport,
    ReportPeriod,
    ReportScheme,
    SchemeEnd,
    SchemeVersion,
    Unit,
    User,
)
from yuetan.models.reporting.missed import AMONG, TIMES, MissedUnit, Place, missed_by_units
from yuetan.models.reporting.pressed import CHASE
from yuetan.models.reporting.report import PeriodicReportQuerySet
from yuetan.models.reporting.report_sum import PeriodCounts, counted_periods
from yuetan.models.reporting.scheme import SEE_REPORTS
from yuetan.rules.dates import clock
from yuetan.rules.reporting.form_fields import described
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.follow_ups import follow_ups_of_units
from yuetan.views.frame.next_steps import NextStepsOf
from yuetan.views.frame.offered_facts import MISSED
from yuetan.views.frame.pagination import capped_words, paginate
from yuetan.views.frame.request import Request
from yuetan.views.frame.room_step_page import offered_steps, press
from yuetan.views.reporting.next_steps import chase_url_of
from yuetan.views.reporting.step_pages import OF_SCHEME, OF_UNIT_SCHEME
from yuetan.vocabulary import ReportFieldCheck, ReportFieldKind

MAX_SCHEMES = 50
PERIODS_LISTED = 12
MAX_FOLLOWED = 5  # of a unit, the newest


@require_safe
def report_list(request: Request) -> HttpResponse:
    """Everybody's way in: the office reads every scheme with its last period, a unit its own reports."""
    user = request.user
    context: dict[str, object] = {"sees_all": sees_all(user), "may_keep": CREATING.may_take(None, user)}
    if sees_all(user):
        context |= _newest_schemes()
    if user.interviewed_units:
        reports = PeriodicReport.objects.of_unit_people(user).with_relations().prefetch_related("marks")
        context |= {"of_unit": True, "any_time": _any_time_schemes(user), **_own_reports(request, reports)}
    return render(request, "reporting/list.html", context)


def _own_reports(request: Request, reports: PeriodicReportQuerySet) -> dict[str, object]:
    """A page of what a unit owes and has reported, each with its light."""
    page, lights = paginate(request, reports.in_order_of_limits()), DeadlineLights.now()
    rows = [ReportStanding.of(report, lights) for report in page["rows"]]
    return {"page": page["page"], "rows": rows, "provisional": note_under(row.deadline for row in rows)}


def _newest_schemes() -> dict[str, object]:
    """The newest, and how many there are where that is more than are shown."""
    schemes = list(ReportScheme.objects.order_by("-pk")[: MAX_SCHEMES + 1])
    number = ReportScheme.objects.count() if len(schemes) > MAX_SCHEMES else 0
    shown = schemes[:MAX_SCHEMES]
    ends = {end.scheme_id: end for end in SchemeEnd.objects.filter(scheme__in=shown)}
    periods = {scheme.pk: _next_and_last(scheme) for scheme in shown}
    counts = counted_periods([period for period, _ in periods.values() if period])
    lines = [_scheme_line(scheme, ends, *periods[scheme.pk], counts) for scheme in shown]
    return {"schemes": lines, "scheme_count": number}


def sees_all(user: User) -> bool:
    """Whether the person reads the reports of every unit."""
    return bool(user.has_perm(permissions.name(SEE_REPORTS)))


def _next_and_last(scheme: ReportScheme) -> tuple[ReportPeriod | None, ReportPeriod | None]:
    """The period that is due next, or was due last, and the one that was due last, or is due next."""
    periods = ReportPeriod.objects.filter(scheme=scheme).select_related("version__area")
    ahead, past = periods.due_next(), periods.last_due()
    return ahead or past, past or ahead


def _scheme_line(
    scheme: ReportScheme,
    ends: Mapping[int, SchemeEnd],
    period: ReportPeriod | None,
    summed: ReportPeriod | None,
    counts: Mapping[int, PeriodCounts],
) -> dict[str, object]:
    """A scheme with the period that is due next, or was due last, and how many have reported of it."""
    counted = counts[period.pk] if period else PeriodCounts()
    return {
        "scheme": scheme,
        "end": ends.get(scheme.pk),
        "version": period.version if period else scheme.newest_version(),
        "period": period,
        "summed": summed,
        "expected": counted.expected,
        "handed_in": counted.handed_in,
        "to_accept_words": _if_any("待收", counted.to_accept),
        "missed_words": _if_any("未报", counted.missed),
    }


def _if_any(label: str, number: int) -> str:
    return f"{label} {number}" if number else ""


def _any_time_schemes(user: User) -> list[tuple[ReportScheme, Unit]]:
    """What the person's units may report as it happens, with each of them."""
    today = clock.today()
    running = ReportPeriod.objects.filter(due_at=None, first__lte=today, last__gte=today)
    running = running.exclude(scheme__end__from_day__lte=today).select_related("scheme", "version__area")
    units = [unit for unit in user.interviewed_units if may_for_unit(unit, user, FILL)]
    return [
        (period.scheme, unit)
        for period in running.order_by("pk")[:MAX_SCHEMES]
        for unit in period.version.units().filter(pk__in=units).select_related("parent")
    ]


@require_safe
def report_scheme(request: Request, pk: int) -> HttpResponse:
    """What one scheme asks, in all its versions, and its last periods. Raises NotYours for units."""
    require_permission(request, SEE_REPORTS)
    scheme = get_object_or_404(ReportScheme, pk=pk)
    versions = list(scheme.versions.select_related("area", "entered_by").order_by("-version"))
    periods = list(scheme.periods.select_related("version").order_by("-first")[:PERIODS_LISTED])
    now_asked, end = scheme.version_on(clock.today()) or versions[-1], scheme.ended()
    context = {
        "scheme": scheme,
        "versions": list(_versions_compared(versions)),
        "version": now_asked,
        "facts": facts_of_version(now_asked),
        "asked": _rows_of(now_asked),
        "periods": periods,
        "end": end,
        "steps": [
            *offered_steps(OF_SCHEME.values(), scheme, request.user),
            *offered_steps(OF_UNIT_SCHEME.values(), UnitScheme(scheme), request.user),
        ],
    }
    return render(request, "reporting/scheme.html", context)


def _versions_compared(versions: Sequence[SchemeVersion]) -> Iterator[dict[str, object]]:
    """Each with what it asks otherwise than the one before it, the newest first."""
    for version, former in zip_longest(versions, versions[1:]):
        yield {"version": version, "differences": version.differences_to(former) if former else []}


def facts_of_version(version: SchemeVersion) -> list[dict[str, str]]:
    """What a version asks, line by line."""
    facts = {
        "依据": version.source,
        "报送对象": version.receiver_words,
        "报送单位": f"{version.audience_words}（现有 {version.units().count()} 个）",
        "周期": version.rhythm_words,
        "开始填报": version.opening_words,
        "施行": version.span_words,
    }
    return [{"label": label, "value": value} for label, value in facts.items()]


def _rows_of(version: SchemeVersion) -> list[dict[str, str]]:
    rows = []
    for row in described(version.form_fields):
        check = str(ReportFieldCheck(row.check).label) if row.check else ""
        rows.append(
            {
                "label": row.label,
                "kind": str(ReportFieldKind(row.kind).label),
                "unit": row.unit,
                "needed": "" if row.needed else "可以不填",
                "check": f"{check}：{row.of}" if row.of else check,
            }
        )
    return rows


@require_safe
def missed_units(request: Request, pk: int) -> HttpResponse:
    """Who missed how many of the last periods, a page at a time, and what the office may do about it.

    Raises NotYours for units.
    """
    require_permission(request, SEE_REPORTS)
    scheme = get_object_or_404(ReportScheme, pk=pk)
    times, among = OfficeSetting.objects.numbers(TIMES, AMONG)
    after = _place_in(request.GET)
    missed = missed_by_units(scheme, times=times, among=among, after=after)
    links = FollowUp.objects.about_reports(scheme, [one.unit.pk for one in missed.units])
    followed = follow_ups_of_units(links, request.user)
    steps, here = NextStepsOf(request.user), _query_of(after)
    rows = [
        _missed_line(steps, scheme, one, here) | {"followed": followed.get(one.unit.pk, [])[:MAX_FOLLOWED]}
        for one in missed.units
    ]
    context = {"scheme": scheme, "rows": rows, "times": times, "among": among, "is_first": after is None}
    if missed.place:
        context |= {"others": capped_words(missed.others), "next_url": _query_of(missed.place)}
    return render(request, "reporting/missed.html", context)


def _place_in(query: Mapping[str, str]) -> Place | None:
    """The place behind which an address asks for more; the beginning if it names none."""
    number, unit = query.get("missed", ""), query.get("after", "")
    return (int(number), int(unit)) if is_key(number) and is_key(unit) else None


def _query_of(place: Place | None) -> str:
    """A place as the query of an address names it; empty for the beginning."""
    return f"?{urlencode({'missed': place[0], 'after': place[1]})}" if place else ""


def _missed_line(steps: NextStepsOf, scheme: ReportScheme, one: MissedUnit, here: str) -> dict[str, object]:
    """A unit with the acts that are this person's, none of a unit from which they keep away (回避); 催报 leads back
    here."""
    next_steps = steps.about(one.unit, f"{MISSED}={scheme.pk}", chase_url_of(scheme.pk, one.unit.pk) + here)
    return {"one": one, "facts": one.facts(scheme.title), "next_steps": next_steps}


@require_POST
def chase_missed(request: Request, pk: int, unit: int) -> HttpResponse:
    """催报 one unit, and back to where it was asked for: the report or the board that the address names, else 未报提醒.

    Raises NotYours for who may not, or keeps away from it (回避).
    """
    require_permission(request, CHASE)
    scheme = get_object_or_404(ReportScheme, pk=pk)
    chased = get_object_or_404(Unit.objects.interviewed().select_related("parent"), pk=unit)
    press(request, partial(_whom_chased, unit=chased), scheme, "已催报{}。")
    return redirect(_page_of_chase(request, scheme))


def _whom_chased(scheme: ReportScheme, *, by: User, unit: Unit) -> str:
    """The unit that was pressed, with the names of those whom it reached."""
    people = chase_reports(scheme, by=by, unit=unit)
    return f"{unit.full_name}（{'、'.join(person.name for person in people)}）"


def _page_of_chase(request: Request, scheme: ReportScheme) -> str:
    report, period = unnumbered_key(request.GET.get("report", "")), request.GET.get("period", "")
    if report is not None:
        return reverse("report", args=[report])
    if is_key(period):
        return f"{reverse('report_board')}?period={period}"
    return f"{reverse('missed_units', args=[scheme.pk])}{_query_of(_place_in(request.GET))}"
