"""What both stories of a quarter begin with: a weekly report of every 镇（街）, and of one 成员单位; three miss it."""

from datetime import date

from tests import cast
from tests.reporting import scheme_of
from yuetan.actions.reporting.acceptance import accept_reports
from yuetan.actions.reporting.reports import report_zero
from yuetan.models import PeriodicReport, ReportScheme, ReportVersion, Unit
from yuetan.rules.text.official_text import chinese_number
from yuetan.vocabulary import PostKind, Rank, UnitKind

WEEKS = (date(2026, 11, 26), date(2026, 12, 3), date(2026, 12, 10))  # the Thursdays
REMINDED, CIRCULATED, INTERVIEWED = cast.MEMBER_UNIT, cast.DIVISION_TOWN, cast.TOWN
MISSING = (REMINDED, CIRCULATED, INTERVIEWED)
TITLE = "每周线索摸排情况"
MATTER = f"未按规定报送“{TITLE}”"


def weekly_scheme() -> ReportScheme:
    """The scheme, once every 镇（街） has somebody who confirms what it reports."""
    headless = Unit.objects.interviewed().in_use().filter(kind=UnitKind.TOWN)
    for number, town in enumerate(headless.exclude(posts__kind=PostKind.PARTY_SECRETARY), start=1):
        name = f"曹{chinese_number(number)}"
        cast.engage(name, f"head_{town.code}", town, PostKind.PARTY_SECRETARY, "党委书记", Rank.BELOW_DIVISION)
    return scheme_of(TITLE, kinds=[UnitKind.TOWN], named_units=[cast.unit(REMINDED)])


def everybody_reports_but(scheme: ReportScheme, missing: tuple[str, ...]) -> None:
    """零报告 of each unit that owes one of the newest week, by its head, all accepted at once."""
    owed = PeriodicReport.objects.with_relations().filter(period=scheme.periods.order_by("-first")[0])
    for report in owed.exclude(unit__code__in=missing):
        report_zero(report, by=cast.head(report.unit.code), after=0)
    accept_reports(list(ReportVersion.objects.filter(accepted_at=None)), by=cast.person("officer"))
