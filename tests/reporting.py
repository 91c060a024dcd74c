"""What tests of 信息报送 begin with: a weekly scheme of every 镇（街）, the report of a town, and one filled in."""

from datetime import date, datetime, time
from typing import Any

from django.db.models import Q, QuerySet

from tests import cast
from tests.factories import pdf
from tests.nothing_sent_twice import copied, copied_if_again
from yuetan.actions.reporting.acceptance import accept_report
from yuetan.actions.reporting.analyses import digest_of_analysis, draft_analysis, endorse_analysis, issue_analysis
from yuetan.actions.reporting.marks import mark_report
from yuetan.actions.reporting.reports import fill_report
from yuetan.actions.reporting.schemes import Asked, create_scheme
from yuetan.documents.content.report_analysis import figures_of
from yuetan.models import PeriodicReport, ReportAnalysis, ReportMark, ReportPeriod, ReportScheme, ReportVersion, Unit
from yuetan.models.reporting.report import missed_now, reported_now
from yuetan.models.reporting.report_sum import PeriodCounts
from yuetan.rules.reporting.form_fields import FieldRow
from yuetan.rules.text.official_text import CHINA_STANDARD_TIME
from yuetan.vocabulary import (
    DayCount,
    ReportFieldCheck,
    ReportFieldKind,
    ReportingRhythm,
    ReportState,
    UnitKind,
    Weekday,
)

TITLE = "每周线索摸排情况"
COUNT, TEXT, FLAG, FILE = ReportFieldKind
FIELDS = (
    FieldRow("摸排场所", COUNT, "处"),
    FieldRow("其中娱乐场所", COUNT, "处"),
    FieldRow("其中其他场所", COUNT, "处"),
    FieldRow("累计移交线索", COUNT, "条", True, ReportFieldCheck.AT_LEAST_BEFORE),
    FieldRow("情况说明", TEXT, needed=False),
)
SUMMED = (
    FieldRow("摸排场所", COUNT, "处", True, ReportFieldCheck.SUM, "其中娱乐场所、其中其他场所"),
    *FIELDS[1:],
)
THURSDAY = date(2026, 11, 26)  # the week of the cast's Monday ends on it


def asked(**changed: Any) -> Asked:
    """What a scheme asks: every 镇（街）, each Thursday until noon, from the week of the cast on."""
    usual: dict[str, Any] = {
        "source": "监督执纪情况汇报：每周四12:00前上报",
        "receiver": "",
        "kinds": [UnitKind.TOWN],
        "area": None,
        "named_units": [],
        "rhythm": ReportingRhythm.WEEKLY,
        "weekday": Weekday.THURSDAY,
        "due_days": 0,
        "day_count": DayCount.CALENDAR,
        "due_time": time(12),
        "open_days": 6,
        "first_day": THURSDAY,
        "last_day": None,
        "fields": SUMMED,
    }
    return Asked(**usual | changed)


@copied
def scheme_of(title: str = TITLE, **changed: Any) -> ReportScheme:
    """A scheme set up by the director, with the period of today opened."""
    return create_scheme(by=cast.person("director"), title=title, asked=asked(**changed))


def report_of(scheme: ReportScheme, code: str = cast.TOWN) -> PeriodicReport:
    """The newest report that a unit owes of it, read anew."""
    return PeriodicReport.objects.with_relations().filter(period__scheme=scheme, unit__code=code)[0]


def counted_one_by_one(reports: QuerySet[PeriodicReport]) -> PeriodCounts:
    """What a board counts, from the reports themselves."""
    return PeriodCounts(
        expected=reports.filter(Q(released_at=None) | Q(handed_in_at__isnull=False)).count(),
        handed_in=reports.filter(reported_now()).count(),
        to_accept=reports.filter(state=ReportState.HANDED_IN).count(),
        accepted=reports.filter(state=ReportState.ACCEPTED).count(),
        missed=reports.filter(missed_now()).count(),
        excused=reports.filter(state=ReportState.EXCUSED).count(),
    )


def values(places: int = 3, others: int = 2, handed_over: int = 1) -> dict[str, object]:
    """What a town reports, its sum in order."""
    return {"f1": places + others, "f2": places, "f3": others, "f4": handed_over, "f5": ""}


@copied_if_again
def filled(report: PeriodicReport, *, by: str = "liaison", reason: str = "", **numbers: int) -> ReportVersion:
    """A version filled in by the liaison, or with `by="head"` handed in by the head."""
    person = cast.person(f"{by}_{report.unit.code}")
    report = PeriodicReport.objects.with_relations().get(pk=report.pk)
    after = report.newest.version if report.newest else 0
    return fill_report(report, by=person, values=values(**numbers), files={}, reason=reason, after=after)


@copied_if_again
def accepted(report: PeriodicReport, **numbers: int) -> ReportVersion:
    """A version handed in and accepted."""
    version = filled(report, by="head", **numbers)
    return accept_report(version, by=cast.person("officer"))


@copied_if_again
def marked(report: PeriodicReport) -> ReportMark:
    """A mark of what the head has handed in, with a file as what was reported and one as proof."""
    fields = report.period.version.form_fields
    with_file = [field.key for field in fields if field.kind == FILE]
    head = cast.head(report.unit.code)
    files = {key: [pdf("明细.pdf")] for key in with_file}
    fill_report(report, by=head, values=values(), files=files, reason="", after=0)
    words = "实地核查场所 9 处，上报 5 处。"
    officer = cast.person("officer")
    return mark_report(report, by=officer, kind="false", words=words, proof=[pdf("核查记录.pdf")])


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    """A moment of 2026 in China."""
    return datetime(2026, month, day, hour, minute, tzinfo=CHINA_STANDARD_TIME)


def towns() -> int:
    """How many 镇（街） owe the weekly report."""
    return Unit.objects.interviewed().in_use().filter(kind=UnitKind.TOWN).count()


def analysed(period: ReportPeriod, *, by: str = "officer", under: Unit | None = None, **changed: str) -> ReportAnalysis:
    """An analysis of a period, as its officer drafts it."""
    texts = {
        "situation": "各镇（街）按时报送。",
        "problems": "个别镇（街）未报。",
        "proposals": "逐镇补报。",
        "reason": "",
    }
    return draft_analysis(period, by=cast.person(by), under=under, **texts | changed)  # type: ignore[typeddict-item]


def seen_of(analysis: ReportAnalysis) -> str:
    """What its page shows now, as a digest."""
    analysis = ReportAnalysis.objects.with_relations().get(pk=analysis.pk)
    return digest_of_analysis(analysis, figures_of(analysis))


def endorsed(analysis: ReportAnalysis) -> ReportAnalysis:
    """The same, endorsed by the supervisor."""
    return endorse_analysis(analysis, by=cast.person("supervisor"), seen=seen_of(analysis))


def issued(analysis: ReportAnalysis) -> ReportAnalysis:
    """The same, endorsed and issued."""
    analysis = endorsed(analysis)
    issue_analysis(analysis, by=cast.person("director"), seen=seen_of(analysis))
    return ReportAnalysis.objects.with_relations().get(pk=analysis.pk)
