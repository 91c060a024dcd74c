"""What both stories of a quarter stand on: a weekly report of every 镇（街） and of seven 成员单位; three miss it."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.urls import reverse

from tests import cast
from tests.assessment import MEMBERS, TOWNS, counted
from tests.ladder import take
from tests.reporting import scheme_of, values
from tests.web import Visitor
from yuetan.actions.letter.letter import acknowledge_letter, approve_letter
from yuetan.actions.reporting.acceptance import accept_reports
from yuetan.actions.reporting.reports import fill_report, report_zero
from yuetan.actions.reporting.running_totals import values_before
from yuetan.models import AccountabilityMeasure, Letter, PeriodicReport, ReportScheme, ReportVersion, Unit
from yuetan.rules.assessment.scheme import Indicator
from yuetan.rules.text.official_text import chinese_number
from yuetan.vocabulary import IndicatorRule, PostKind, Rank, RecordSource, UnitKind, UnscoredPoints, Verb

WEEKS = tuple(date(2026, 10, 8) + timedelta(weeks=number) for number in range(13))  # the Thursdays
# After the 提醒函 the first reports again, after the 通报 the second, and after neither the third.
REMINDED, CIRCULATED, INTERVIEWED = "440700-118", "440700-121", cast.MEMBER_UNIT
MISSING = (REMINDED, CIRCULATED, INTERVIEWED)
REPORTING_MEMBERS = (*MISSING, "440700-110", "440700-119", "440700-123", "440700-130")
TITLE = "每周线索摸排情况"
MATTER = f"未按规定报送“{TITLE}”"
# The year that the quarter ends: what was missed costs ten points each time, a 通报 as much, an 约谈 twenty.
YEAR: dict[str, Any] = {
    "first_day": date(2026, 1, 1),
    "last_day": date(2026, 12, 31),
    "groups": [TOWNS, MEMBERS],
    "indicators": [
        counted("信息报送", RecordSource.MISSED_RETURNS, 60, 10),
        counted("被通报", RecordSource.CIRCULARS, 10, 10),
        counted("被约谈", RecordSource.INTERVIEWS, 20, 20),
        Indicator("", "工作实绩", IndicatorRule.SCORED, full=Decimal(10), unscored=UnscoredPoints.FULL),
    ],
}
FURTHER_LIAISONS = (("孔一", REMINDED), ("孔二", CIRCULATED))


def weekly_scheme(first_day: date = WEEKS[0]) -> ReportScheme:
    """The scheme, once every unit that reports has somebody who confirms what it reports."""
    for name, code in FURTHER_LIAISONS:
        cast.engage(name, f"liaison_{code}", cast.unit(code), PostKind.LIAISON, "联络员")
    units = Unit.objects.interviewed().in_use()
    headless = units.filter(kind=UnitKind.TOWN) | units.filter(code__in=REPORTING_MEMBERS)
    posts = {
        UnitKind.TOWN: (PostKind.PARTY_SECRETARY, "党委书记", Rank.BELOW_DIVISION),
        UnitKind.MEMBER_UNIT: (PostKind.UNIT_HEAD, "局长", ""),
    }
    for number, unit in enumerate(headless.exclude(posts__kind__in=[kind for kind, *_ in posts.values()]), start=1):
        cast.engage(f"曹{chinese_number(number)}", f"head_{unit.code}", unit, *posts[UnitKind(unit.kind)])
    members = [cast.unit(code) for code in REPORTING_MEMBERS]
    return scheme_of(TITLE, kinds=[UnitKind.TOWN], named_units=members, first_day=first_day)


def everybody_reports_but(scheme: ReportScheme, missing: tuple[str, ...]) -> None:
    """What each unit that owes one of the newest week reports, by its head, all accepted at once."""
    owed = PeriodicReport.objects.with_relations().filter(period=scheme.periods.order_by("-first")[0])
    for report in owed.exclude(unit__code__in=missing):
        _drawn_report(report)
    accept_reports(list(ReportVersion.objects.filter(accepted_at=None)), by=cast.person("officer"))


def _drawn_report(report: PeriodicReport) -> None:
    """Numbers that unit and week decide, the same in each run; nothing new in one week of four."""
    drawn, head = Random(f"{report.unit.code} {report.period.last}"), cast.head(report.unit.code)
    if drawn.randrange(4) == 0:
        report_zero(report, by=head, after=0)
        return
    before = values_before(report).get("f4", 0)
    assert isinstance(before, int)
    numbers = values(drawn.randrange(9), drawn.randrange(9), before + drawn.randrange(4))
    fill_report(report, by=head, values=numbers, files={}, reason="", after=0)


def offered(scheme: ReportScheme, who: str, what: str, code: str) -> Visitor:
    """The page that a button beside a unit that missed its reports leads to."""
    one = Visitor(cast.person(who))
    one.open(reverse("missed_units", args=[scheme.pk]))
    one.open(one.page.link(f"{what}：{cast.unit(code).full_name}"))
    return one


def reminded(scheme: ReportScheme, code: str) -> Letter:
    """The 提醒函 to a unit that missed its reports, issued and signed for."""
    offered(scheme, "supervisor", "起草提醒函", code).press("保存，送签发")
    letter = Letter.objects.get(unit=cast.unit(code))
    letter = approve_letter(letter, by=cast.person("deputy"), seen=letter.digest)
    return acknowledge_letter(letter, by=cast.liaison(code))


def circulated(scheme: ReportScheme, code: str) -> AccountabilityMeasure:
    """The 通报 of a unit that missed its reports after the 提醒函 as well, served and signed for."""
    officer = offered(scheme, "officer", "起草通报", code)
    form = officer.page.forms[-1]
    chosen = {name: form.offered[name][0] for name in ("rung", "door", "grounds")}
    answered = {name: "no" for name in form.values if name.endswith("-applies")}
    answered |= {name: "经核查，没有这一情节。" for name in form.values if name.endswith("-reason")}
    officer.press("保存", demands="补报各期报表。\n明确专人报送。", limit="2026-12-04", **chosen, **answered)
    measure = AccountabilityMeasure.objects.get(unit=cast.unit(code))
    for verb in (Verb.SUBMIT_MEASURE, Verb.DECIDE_MEASURE, Verb.SERVE_MEASURE, Verb.ACKNOWLEDGE_MEASURE):
        measure = take(verb, measure)
    return measure
