"""The sums kept for 汇总 are what the reports come to, after whatever happened to reports and units, at any moment."""

from datetime import timedelta
from random import Random

import pytest
import time_machine
from django.core.management import call_command
from django.db.models import F, Q

from tests import cast
from tests.past_triggers import past_triggers
from tests.reporting import accepted, at, counted_one_by_one, report_of, scheme_of
from tests.views.queries import statements_of
from tests.web import browser
from yuetan import report_sums
from yuetan.actions.people.released_reports import release, release_ended
from yuetan.actions.people.unit import change_unit
from yuetan.actions.record.checks.check_reports import check_reports
from yuetan.actions.reporting.periods import open_scheme
from yuetan.actions.reporting.report_rows import settle
from yuetan.models import PeriodicReport, ReportSum, ReportVersion, Unit
from yuetan.models.reporting.report import reported_now
from yuetan.models.reporting.report_sum import counted_periods
from yuetan.models.reporting.summary import summarise
from yuetan.models.reporting.summed import Standing
from yuetan.rules.dates import clock
from yuetan.vocabulary import ReportState, UnitKind

KEYS = ("f1", "f2", "f3", "f4")
FAULTS = "汇总的合计数不是各单位报表之和，请运行 manage.py rebuild_tallies"


def counties():
    return Unit.objects.filter(kind=UnitKind.COUNTY).order_by("code")


def a_version(report, draw):
    """A version that was handed in, and then accepted, returned with a day or left to the office."""
    person, now = cast.person("officer"), clock.now()
    accepted_now = {"accepted_by": person, "accepted_at": now}
    again_by = clock.today() + timedelta(days=draw.randint(0, 9))
    returned = {"returned_by": person, "returned_at": now, "return_reason": "请核对。", "again_by": again_by}
    decided = draw.choice([{}, accepted_now, returned])
    number = report.newest.version + 1 if report.newest else 1
    version = ReportVersion.objects.create(
        report=report,
        version=number,
        values={key: draw.randint(0, 50) for key in KEYS} | {"f5": ""},
        reason="更正。" if number > 1 else "",
        entered_by=person,
        confirmed_by=person,
        confirmed_at=now,
        **decided,
    )
    settle(version)


def anything(scheme, draw):
    """What may happen to a report or to the unit that owes it, as the actions write it."""
    report = draw.choice(list(PeriodicReport.objects.filter(period__scheme=scheme).order_by("pk")))
    happens, unit = draw.random(), report.unit
    if happens < 0.7 and report.released_at is None:
        a_version(report, draw)
    elif happens < 0.8:
        release(PeriodicReport.objects.filter(pk=report.pk).unfinished(), ReportState.EXCUSED, "免报。", None)
    elif happens < 0.85 and unit.retired_on is None:
        Unit.objects.filter(pk=unit.pk).update(retired_on=clock.today())
        release_ended(unit)
    elif unit.parent is not None:
        unit.parent = draw.choice(list(counties()))
        unit.save()


def by_rows(period, above):
    """What a line is to say, counted from the reports of the units below one, or of one at the top."""
    own = PeriodicReport.objects.filter(Q(unit__parent=above) | Q(unit=above), period=period)
    counted = counted_one_by_one(own)
    late = own.filter(reported_now(), handed_in_at__gte=F("due_at") + timedelta(minutes=1)).count()
    taken = [each.accepted.values for each in own.exclude(accepted=None).select_related("accepted")]
    standing = Standing(counted.expected, counted.handed_in, len(taken), late, counted.missed)
    return standing, {key: sum(values[key] for values in taken) for key in KEYS}


def assert_as_the_rows_say(scheme):
    assert list(report_sums.different()) == []
    counts = counted_periods(scheme.periods.all())
    for period in scheme.periods.all():
        assert counts[period.pk] == counted_one_by_one(period.reports.all())
        summary = summarise(period)
        lines = {line.unit: line for line in summary.lines}
        assert lines.keys() >= {each.unit.parent or each.unit for each in period.reports.select_related("unit__parent")}
        for unit, line in lines.items():
            standing, sums = by_rows(period, unit)
            assert line.standing == standing
            assert {key: line.sums[0].get(key, 0) for key in KEYS} == sums


@pytest.mark.parametrize("seed", range(4))
def test_sums_follow_whatever_happens(office, seed):
    draw, members = Random(seed), list(Unit.objects.filter(kind=UnitKind.MEMBER_UNIT).order_by("code")[:3])
    scheme = scheme_of(named_units=members)
    for day in (0, 3, 7, 10, 14):
        with time_machine.travel(at(26, 13) + timedelta(days=day)):
            open_scheme(scheme, clock.today())
            for _ in range(25):
                anything(scheme, draw)
            assert_as_the_rows_say(scheme)
    for day in (16, 25):  # the days pass by which what was returned is to be put right, and nothing is written
        with time_machine.travel(at(26, 13) + timedelta(days=day)):
            assert_as_the_rows_say(scheme)
    says_the_same = ReportSum.objects.order_by().values("period", "above", "due_at", "again_by").distinct()
    assert says_the_same.count() == ReportSum.objects.count()


def test_a_unit_takes_along_what_it_reported(office):
    scheme = scheme_of()
    report = accepted(report_of(scheme)).report
    town, period = report.unit, scheme.periods.get()
    former, other = town.parent, counties().exclude(pk=town.parent_id)[0]
    before = {line.unit: line for line in summarise(period).lines}
    keep = {"code": town.code, "name": town.name}
    change_unit(town, by=cast.person("sysadmin"), parent=other, **keep)
    after = {line.unit: line for line in summarise(period).lines}
    assert before[former].sums[0]["f1"] == after[other].sums[0]["f1"] > 0
    assert not after[former].sums[0].get("f1")
    assert after[other].standing.expected == before[other].standing.expected + 1
    change_unit(town, by=cast.person("sysadmin"), parent=former, **keep)
    assert {line.unit: line for line in summarise(period).lines} == before
    assert list(report_sums.different()) == []


def test_a_sum_changed_past_all_triggers_is_named_and_made_anew(office):
    scheme = scheme_of()
    report = accepted(report_of(scheme)).report
    right = summarise(report.period)
    for change in (
        lambda: PeriodicReport.objects.filter(pk=report.pk).update(figures={"f1": 90}),
        lambda: ReportSum.objects.filter(above=report.unit.parent).delete(),
        lambda: ReportSum.objects.filter(above=report.unit.parent).update(accepted=5),
    ):
        with past_triggers():
            change()
        assert FAULTS in [str(each).split("：")[1] for each in check_reports()]
        PeriodicReport.objects.filter(pk=report.pk).update(figures=report.accepted.numbers)
        call_command("rebuild_tallies")
        assert list(check_reports()) == []
        assert summarise(report.period) == right


def test_the_page_of_all_units_reads_no_report_to_add_it_up(office):
    """But for the names of those that missed it, and for marks."""
    scheme = scheme_of()
    accepted(report_of(scheme))
    statements = statements_of(browser("officer"), f"/reporting/periods/{scheme.periods.get().pk}/summary/")
    (added_up,) = (each for each in statements if "yuetan_reportsum" in each)
    assert "yuetan_periodicreport" not in added_up
    assert not [each for each in statements if "yuetan_periodicreport" in each and "figures ->>" in each]
