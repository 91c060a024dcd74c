"""What both stories of a quarter begin with: a weekly report of every 镇（街） and of seven 成员单位; three miss it."""

from datetime import date, timedelta

from tests import cast
from tests.reporting import scheme_of
from yuetan.actions.reporting.acceptance import accept_reports
from yuetan.actions.reporting.reports import report_zero
from yuetan.models import PeriodicReport, ReportScheme, ReportVersion, Unit
from yuetan.rules.text.official_text import chinese_number
from yuetan.vocabulary import PostKind, Rank, UnitKind

WEEKS = tuple(date(2026, 10, 8) + timedelta(weeks=number) for number in range(13))  # the Thursdays
# After the 提醒函 the first reports again, after the 通报 the second, and after neither the third.
REMINDED, CIRCULATED, INTERVIEWED = "440700-118", "440700-121", cast.MEMBER_UNIT
MISSING = (REMINDED, CIRCULATED, INTERVIEWED)
REPORTING_MEMBERS = (*MISSING, "440700-110", "440700-119", "440700-123", "440700-130")
TITLE = "每周线索摸排情况"
MATTER = f"未按规定报送“{TITLE}”"
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
    """零报告 of each unit that owes one of the newest week, by its head, all accepted at once."""
    owed = PeriodicReport.objects.with_relations().filter(period=scheme.periods.order_by("-first")[0])
    for report in owed.exclude(unit__code__in=missing):
        report_zero(report, by=cast.head(report.unit.code), after=0)
    accept_reports(list(ReportVersion.objects.filter(accepted_at=None)), by=cast.person("officer"))
