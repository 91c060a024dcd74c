"""信息报送 of the demonstration: some weeks of a weekly report, one unit late, one that reports nothing any more."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from yuetan.actions.reporting.acceptance import accept_report, return_report
from yuetan.actions.reporting.confirmation import confirm_report
from yuetan.actions.reporting.periods import open_scheme
from yuetan.actions.reporting.reports import fill_report, report_at_any_time, report_zero
from yuetan.actions.reporting.schemes import Asked, create_scheme
from yuetan.models import PeriodicReport, ReportPeriod, ReportScheme, Unit, User
from yuetan.rules.dates import clock
from yuetan.rules.reporting.form_fields import FieldRow
from yuetan.rules.text.official_text import CHINA_STANDARD_TIME
from yuetan.scenarios.demo.analyses import play_analysis
from yuetan.scenarios.demo.rhythms import play_rhythms
from yuetan.vocabulary import (
    DayCount,
    PostKind,
    ReportFieldCheck,
    ReportFieldKind,
    ReportingRhythm,
    UnitKind,
    Weekday,
)

RECEIVER = "省扫黑办"  # of the weekly report; of what happens at any time it is the office
WEEKS = 6  # that have begun, the running one with them
ANALYSED = 3  # of these the week that was analysed: one unit misses it, one is late, all else is accepted
WEEK = timedelta(days=7)
MISSES, LATE, NOTHING = 0, 1, 2  # which of the units, by its place: misses the last weeks, is late, has nothing
RETURNED = "“其中娱乐场所”比上周少报两处，请核对后更正。"
EVENT = "辖区一处建筑工地因土方运输发生聚众阻拦施工，已由镇综治中心会同派出所劝离，没有人员受伤。"
FIELDS = (
    FieldRow(
        "摸排场所", ReportFieldKind.COUNT, "处", True, ReportFieldCheck.SUM, "其中娱乐场所、其中货运市场、其中其他场所"
    ),
    FieldRow("其中娱乐场所", ReportFieldKind.COUNT, "处"),
    FieldRow("其中货运市场", ReportFieldKind.COUNT, "处"),
    FieldRow("其中其他场所", ReportFieldKind.COUNT, "处"),
    FieldRow("新移交线索", ReportFieldKind.COUNT, "条"),
    FieldRow("今年累计移交线索", ReportFieldKind.COUNT, "条", True, ReportFieldCheck.AT_LEAST_IN_YEAR),
    FieldRow("情况说明", ReportFieldKind.TEXT, needed=False),
)


def play_reports() -> None:
    """Set up the schemes, let the weeks, months, quarters and years pass, and analyse some of them."""
    units = _reporting_units()
    play_rhythms({unit: head for unit in units if (head := _head_with_account(unit)) is not None})
    this_week = _thursday()
    scheme = _weekly(units, this_week - (WEEKS - 1) * WEEK)
    for number in range(WEEKS):
        _play_week(scheme, units, this_week - (WEEKS - 1 - number) * WEEK, number)
    play_analysis(scheme.periods.order_by("first")[ANALYSED])
    _play_event(units[MISSES + 1])


def _reporting_units() -> list[Unit]:
    """Those in which both a head and a liaison may log in."""
    units = Unit.objects.interviewed().in_use().select_related("parent").order_by("code")
    with_account = units.filter(posts__kind=PostKind.LIAISON, posts__holder__username__isnull=False).distinct()
    return [unit for unit in with_account if _head_with_account(unit) is not None]


def _thursday() -> datetime:
    """Noon of the Thursday with which the running week ends."""
    today = clock.today()
    last = today + timedelta(days=(Weekday.THURSDAY.number - today.weekday()) % 7)
    return datetime.combine(last, time(12), CHINA_STANDARD_TIME)


def _weekly(units: list[Unit], first_due: datetime) -> ReportScheme:
    asked = Asked(
        source="《监督执纪情况汇报》关于每周四12:00前上报摸排情况的要求",
        receiver=RECEIVER,
        kinds=[],
        area=None,
        named_units=units,
        rhythm=ReportingRhythm.WEEKLY,
        weekday=Weekday.THURSDAY,
        due_days=0,
        day_count=DayCount.CALENDAR,
        due_time=time(12),
        open_days=6,
        first_day=first_due.date(),
        last_day=None,
        fields=FIELDS,
    )
    with clock.at(first_due - timedelta(days=6)):
        return create_scheme(by=_of_the_demo("director"), title="每周线索摸排情况", asked=asked)


def _play_week(scheme: ReportScheme, units: list[Unit], due: datetime, number: int) -> None:
    if due - timedelta(days=6) > clock.now():
        return
    with clock.at(due - timedelta(days=6)):
        open_scheme(scheme, clock.today())
    period = scheme.periods.order_by("-first")[0]
    for place, unit in enumerate(units):
        if place == MISSES and number >= 2:
            continue
        _play_report(period, unit, place, number, due)


def _play_report(period: ReportPeriod, unit: Unit, place: int, number: int, due: datetime) -> None:
    """Filled in the day before, or after the limit; confirmed within two hours; accepted the next day."""
    filled_at = due + timedelta(hours=2, minutes=25) if place == LATE else due - timedelta(hours=20 - place % 10)
    if filled_at > clock.now():
        return
    report = PeriodicReport.objects.with_relations().get(period=period, unit=unit)
    with clock.at(filled_at):
        version = (
            report_zero(report, by=_liaison(unit), after=0)
            if place == NOTHING and number == 0
            else fill_report(report, by=_liaison(unit), values=_values(place, number), files={}, reason="", after=0)
        )
    confirmed_at, decided_at = filled_at + timedelta(hours=1), due + timedelta(hours=21)
    if confirmed_at > clock.now():
        return
    head = _head_with_account(unit)
    assert head is not None
    with clock.at(confirmed_at):
        version = confirm_report(version, by=head)
    if decided_at > clock.now():
        return
    with clock.at(decided_at):
        if place == LATE and number == WEEKS - 2:
            again_by = clock.today() + timedelta(days=5)
            return_report(version, by=_of_the_demo("officer"), reason=RETURNED, again_by=again_by)
        elif number < WEEKS - 1:
            accept_report(version, by=_of_the_demo("officer"))


def _values(place: int, number: int) -> dict[str, object]:
    clubs, markets, others = 3 + (place + number) % 4, 1 + place % 3, 5 + (place * 3 + number) % 7
    words = "重点查看了夜间营业的场所。" if (place + number) % 3 == 0 else ""
    numbers = {"f1": clubs + markets + others, "f2": clubs, "f3": markets, "f4": others}
    return {**numbers, "f5": (place + number) % 2, "f6": 10 + place + number, "f7": words}


def _play_event(unit: Unit) -> None:
    """A scheme for what is reported as it happens, and one report of it."""
    asked = Asked(
        source="重大及以上案事件、事故随时报告",
        receiver="",
        kinds=[UnitKind.MEMBER_UNIT, UnitKind.COUNTY, UnitKind.TOWN],
        area=None,
        named_units=[],
        rhythm=ReportingRhythm.ANY_TIME,
        weekday=Weekday.THURSDAY,
        due_days=0,
        day_count=DayCount.WORKING,
        due_time=time(12),
        open_days=0,
        first_day=clock.today(),
        last_day=None,
        fields=(FieldRow("情况", ReportFieldKind.TEXT), FieldRow("有关材料", ReportFieldKind.FILE, needed=False)),
    )
    scheme = create_scheme(by=_of_the_demo("director"), title="重大情况报告", asked=asked)
    head = _head_with_account(unit)
    assert head is not None
    report_at_any_time(scheme, by=head, unit=unit, values={"f1": EVENT}, files={})


def _of_the_demo(username: str) -> User:
    return User.objects.get(username=username)


def _liaison(unit: Unit) -> User:
    posts = unit.posts.current().filter(kind=PostKind.LIAISON, holder__username__isnull=False)
    return posts.select_related("holder").order_by("pk")[0].holder


def _head_with_account(unit: Unit) -> User | None:
    return next((post.holder for post in unit.heads() if post.holder.username), None)
