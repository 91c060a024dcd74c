"""汇总 of several periods: each figure is what SQL written by hand counts from the records."""

from contextlib import contextmanager
from datetime import date, datetime, timedelta
from random import Random

import pytest
import time_machine
from django.db import connection
from openpyxl import load_workbook

from tests import cast
from tests.models.reporting.test_summary import COUNTY, KEYS, of_few_units, report_at_random
from tests.refusals import refused, refused_among
from tests.reporting import FIELDS, accepted, asked, at, marked, report_of, scheme_of
from yuetan.actions.people.released_reports import release, release_ended
from yuetan.actions.reporting.periods import open_scheme
from yuetan.actions.reporting.schemes import revise_scheme
from yuetan.ledgers.reporting.report_summary import summary_book
from yuetan.models import PeriodicReport, Unit
from yuetan.models.reporting import span as spans
from yuetan.models.reporting.span import of_one, span_between
from yuetan.models.reporting.summary import Figure, summarise, summarise_span
from yuetan.models.reporting.summed import Standing
from yuetan.rules.dates import clock
from yuetan.rules.reporting.form_fields import FieldRow
from yuetan.rules.text.official_text import CHINA_STANDARD_TIME
from yuetan.vocabulary import ReportFieldCheck, ReportFieldKind, ReportingRhythm, ReportState

TOTAL = "f4"  # 累计数
BY_HAND = """
    SELECT sum((version.values ->> %(key)s)::int)
    FROM yuetan_periodicreport AS report
    JOIN yuetan_reportperiod AS period ON period.id = report.period_id
    JOIN yuetan_unit AS unit ON unit.id = report.unit_id
    JOIN yuetan_reportversion AS version ON version.report_id = report.id AND version.accepted_at IS NOT NULL
    WHERE period.scheme_id = %(scheme)s AND period.last BETWEEN %(begin)s AND %(end)s
    AND (unit.id = %(unit)s OR unit.parent_id = %(unit)s OR %(all)s) AND version.version = (
        SELECT max(other.version) FROM yuetan_reportversion AS other
        WHERE other.report_id = report.id AND other.accepted_at IS NOT NULL
    )
"""
STANDING_BY_HAND = """
    SELECT count(*) FILTER (WHERE report.released_at IS NULL OR handed_in.at IS NOT NULL),
        count(handed_in.at), count(*) FILTER (WHERE EXISTS (
            SELECT FROM yuetan_reportversion AS version
            WHERE version.report_id = report.id AND version.accepted_at IS NOT NULL
        )),
        count(*) FILTER (WHERE date_trunc('minute', handed_in.at) > date_trunc('minute', period.due_at)),
        count(*) FILTER (WHERE report.released_at IS NULL AND handed_in.at IS NULL AND period.due_at < %(now)s)
    FROM yuetan_periodicreport AS report
    JOIN yuetan_reportperiod AS period ON period.id = report.period_id
    JOIN yuetan_unit AS unit ON unit.id = report.unit_id
    LEFT JOIN LATERAL (
        SELECT min(version.confirmed_at) AS at FROM yuetan_reportversion AS version WHERE version.report_id = report.id
    ) AS handed_in ON true
    WHERE period.scheme_id = %(scheme)s AND period.last BETWEEN %(begin)s AND %(end)s
    AND (unit.id = %(unit)s OR unit.parent_id = %(unit)s OR %(all)s)
"""


def row(statement, scheme, days, unit, **more):
    begin, end = days
    said = {"scheme": scheme.pk, "begin": begin, "end": end, "unit": unit.pk if unit else None, "all": unit is None}
    with connection.cursor() as cursor:
        cursor.execute(statement, {**said, "now": clock.now(), **more})
        return list(cursor.fetchone())


def by_hand(key, scheme, days, unit):
    """A sum, of a running total that of the last month alone; none where nothing was accepted."""
    begin, end = days
    whole = (end.replace(day=1), end) if key == TOTAL else (begin, end)
    (number,) = row(BY_HAND, scheme, whole, unit, key=key)
    return None if number is None else int(number)


def moment(year, month, day):
    return datetime(year, month, day, 9, tzinfo=CHINA_STANDARD_TIME)


@contextmanager
def months_until(year, month, day):
    """A scheme of months from January 2026 on, with all that have begun by a day."""
    with time_machine.travel(moment(2026, 1, 10)):
        scheme = scheme_of(rhythm=ReportingRhythm.MONTHLY, first_day=date(2026, 1, 1), due_days=3, **of_few_units())
    with time_machine.travel(moment(year, month, day)):
        for _ in range(30):
            open_scheme(scheme, clock.today())
        yield scheme


def of_month(scheme, year, month):
    return scheme.periods.select_related("scheme", "version").get(first=date(year, month, 1))


def let_go_at_random(scheme, draw):
    """Some owe nothing of a period (本期不报), and units have ended: what they still owed they owe no more."""
    for each in PeriodicReport.objects.filter(period__scheme=scheme).order_by("pk"):
        if draw.random() < 0.15:
            release(PeriodicReport.objects.filter(pk=each.pk).unfinished(), ReportState.EXCUSED, "机构改革。", None)
    for ended in draw.sample(list(Unit.objects.filter(parent__code=COUNTY).order_by("code")), 5):
        Unit.objects.filter(pk=ended.pk).update(retired_on=clock.today())
        release_ended(ended)


QUARTER = date(2027, 4, 1), date(2027, 6, 30)
BEFORE = date(2027, 1, 1), date(2027, 3, 31)
LAST_YEAR = date(2026, 4, 1), date(2026, 6, 30)


@pytest.mark.parametrize("seed", [1, 2])
def test_each_figure_of_a_quarter_of_months_equals_what_is_counted_by_hand(office, seed):
    draw = Random(seed)
    with months_until(2027, 7, 10) as scheme:
        for period in scheme.periods.all():
            report_at_random(period, draw)
        let_go_at_random(scheme, draw)
        span = span_between(of_month(scheme, 2027, 4), of_month(scheme, 2027, 6))
        states = set(PeriodicReport.objects.filter(period__in=span.keys).values_list("state", flat=True))
        assert {ReportState.EXCUSED, ReportState.UNIT_ENDED} <= states
        for under in (None, Unit.objects.get(code=COUNTY)):
            summary = summarise_span(span, under)
            assert [each.label for each in (span, *summary.others)] == [
                "2027年第2季度",
                "2027年第1季度",
                "2026年第2季度",
            ]
            assert len(summary.lines) > 1
            for line in (*summary.lines, summary.total):
                if line.unit is not None and line.unit == under:
                    continue  # 本级: what it reports itself, which the total holds
                unit = line.unit or under
                for place, days in enumerate((QUARTER, BEFORE, LAST_YEAR)):
                    assert list(vars(line.standings[place]).values()) == row(STANDING_BY_HAND, scheme, days, unit)
                for key in KEYS:
                    counted = (by_hand(key, scheme, days, unit) for days in (QUARTER, BEFORE, LAST_YEAR))
                    assert summary.figure(line, key) == Figure(*counted)
            assert summary.total.standing.missed > 0
            assert summary.figure(summary.total, TOTAL).now < summary.figure(summary.total, "f1").now


def test_a_span_of_one_period_says_what_that_period_says(office):
    with months_until(2026, 5, 10) as scheme:
        for period in scheme.periods.all():
            report_at_random(period, Random(4))
        april = of_month(scheme, 2026, 4)
        span = span_between(april, april)
        assert summarise_span(span) == summarise(april) == summarise_span(of_one(april))


def test_more_than_a_year_is_held_against_a_span_that_it_overlaps(office):
    """A period may be of this span and of last year's at once, and counts in both."""
    draw, days = Random(3), (date(2027, 1, 1), date(2028, 2, 29))
    with months_until(2028, 3, 10) as scheme:
        for period in scheme.periods.all():
            report_at_random(period, draw)
        span = span_between(of_month(scheme, 2027, 1), of_month(scheme, 2028, 2))
        summary = summarise_span(span)
        assert span.label == "2027年1月至2028年2月"
        assert [each and each.label for each in summary.others] == [None, "2026年1月至2027年2月"]
        last_year = (date(2026, 1, 1), date(2027, 2, 28))
        for key in KEYS:
            counted = by_hand(key, scheme, days, None), by_hand(key, scheme, last_year, None)
            assert summary.figure(summary.total, key) == Figure(counted[0], None, counted[1])


def test_it_names_how_often_each_missed_and_how_many_returns_it_lacks(office):
    scheme = scheme_of()
    accepted(report_of(scheme), places=3, others=2)
    with time_machine.travel(at(3, 9, month=12)):
        open_scheme(scheme, clock.today())
        accepted(report_of(scheme), places=4, others=2, handed_over=7)
        accepted(report_of(scheme, cast.DIVISION_TOWN), places=1, others=1, handed_over=5)
    with time_machine.travel(at(11, 9, month=12)):
        second, first = scheme.periods.all()[:2]
        both = span_between(first, second)
        area = cast.unit(cast.TOWN).parent
        summary = summarise_span(both, area)
        towns = Unit.objects.filter(parent=area, kind=cast.unit(cast.TOWN).kind).count()
        assert both.label == "2026年11月20日至12月3日"
        assert summary.total.standing == Standing(2 * towns, 2, 2, 0, 2 * towns - 2)
        assert (summary.figure(summary.total, "f1").now, summary.figure(summary.total, TOTAL).now) == (11, 7)
        assert len(summary.missing) == towns - 1
        assert all(each.endswith("（2期中未报2期）") for each in summary.missing)
        assert summary.lacking == [
            f"本期另有{2 * towns - 2}份报表未报或者未收，未计入",
            f"本期最后一期另有{towns - 1}个单位未报或者未收，未计入",
        ]
        whole = summarise_span(both)
        once = [each for each in whole.missing if each.endswith("（2期中未报1期）")]
        assert once == [f"{cast.unit(cast.DIVISION_TOWN).full_name}（2期中未报1期）"] or whole.more_missing > 0
        named = {label for label, _ in whole.heads}
        assert {"摸排场所", "累计移交线索（末期数）"} <= named


def test_who_missed_most_is_named_first_and_the_others_are_counted(office, monkeypatch):
    scheme = scheme_of(**of_few_units())
    town = Unit.objects.filter(parent__code=COUNTY).order_by("code")[0]
    with time_machine.travel(at(3, 9, month=12)):
        open_scheme(scheme, clock.today())
        report_at_random(scheme.periods.first(), Random(1))
    with time_machine.travel(at(11, 9, month=12)):
        second, first = scheme.periods.all()[:2]
        monkeypatch.setattr("yuetan.models.reporting.summary.MAX_NAMED", 2)
        summary = summarise_span(span_between(first, second))
        missed = PeriodicReport.objects.missed().filter(period__in=[first, second])
        number = missed.order_by().values("unit").distinct().count()
        twice = [each for each in summary.missing if each.endswith("（2期中未报2期）")]
        assert len(summary.missing) == 2
        assert summary.missing[: len(twice)] == twice
        assert summary.more_missing == number - 2 > 0
    assert town.parent.code == COUNTY


def test_a_field_that_was_asked_otherwise_is_left_out_and_named(office):
    """On the file too; one that is new since says nothing, though an earlier version had its numbers."""
    scheme = scheme_of()
    accepted(report_of(scheme))
    fields = (
        *FIELDS[:1],
        FieldRow("其中娱乐场所", ReportFieldKind.COUNT, "家"),
        *FIELDS[3:],
        FieldRow("新项", "count"),
    )
    facts = asked(fields=fields, first_day=date(2026, 12, 3))
    revise_scheme(scheme, by=cast.person("director"), asked=facts, reason="改填报项。", after=1)
    with time_machine.travel(at(3, 9, month=12)):
        open_scheme(scheme, clock.today())
    with time_machine.travel(at(10, 9, month=12)):
        open_scheme(scheme, clock.today())
        third, second, first = scheme.periods.all()[:3]
        span = span_between(first, third)
        summary = summarise_span(span)
        assert [each.label for each in span.fields] == ["摸排场所", "累计移交线索"]
        assert span.left_out == ["其中娱乐场所", "新项"]
        assert summary.figure(summary.total, "f1").now == 5
        with summary_book(summary) as book:
            last = list(load_workbook(book).active.values)[-1][0]
        assert last == "各期不同、没有列入的填报项：其中娱乐场所、新项"
        alone = summarise(second)
        assert alone.others[0].last == first
        by_label = {field.label: alone.figure(alone.total, field.key) for field in alone.fields}
        assert (by_label["摸排场所"].before, by_label["其中娱乐场所"].before, by_label["新项"].before) == (
            5,
            None,
            None,
        )
        assert by_label["新项"].words[1] == ""


def test_a_sum_of_running_totals_is_that_of_the_last_period_too(office):
    total = ReportFieldCheck.AT_LEAST_BEFORE
    fields = (
        FieldRow("累计场所", "count", "处", True, total),
        FieldRow("累计线索", "count", "条", True, total),
        FieldRow("累计合计", "count", "件", True, ReportFieldCheck.SUM, "累计场所、累计线索"),
        FieldRow("本周线索", "count", "条"),
    )
    scheme = scheme_of(fields=fields)
    assert of_one(scheme.periods.get()).at_end == set()
    with time_machine.travel(at(3, 9, month=12)):
        open_scheme(scheme, clock.today())
        second, first = scheme.periods.all()[:2]
        assert span_between(first, second).at_end == {"f1", "f2", "f3"}


def test_what_cannot_be_added_up_is_refused(office, monkeypatch):
    scheme = scheme_of(first_day=date(2026, 11, 26))
    other = scheme_of("另一事项")
    with time_machine.travel(at(3, 9, month=12)):
        open_scheme(scheme, clock.today())
        second, first = scheme.periods.all()[:2]
        with refused("起期（2026年11月27日至12月3日）晚于止期（2026年11月20日至11月26日），请对调或者另选。"):
            span_between(second, first)
        with refused_among("不是同一报送事项，不能加在一起；请选同一事项的起止期。"):
            span_between(other.periods.get(), second)
        monkeypatch.setattr(spans, "MAX_PERIODS", 1)
        with refused("一次最多汇总1期，请选近一些的起期，或者分几段汇总。"):
            span_between(first, second)
    second.opens_on = clock.today() + timedelta(days=1)
    with refused_among("还没有到填报时间，没有数字可以汇总；请选已经开始填报的一期作止期。"):
        span_between(first, second)


def test_periods_of_two_rhythms_are_not_added_up(office):
    scheme = scheme_of(**of_few_units())
    facts = asked(rhythm=ReportingRhythm.MONTHLY, first_day=date(2026, 12, 1), **of_few_units())
    revise_scheme(scheme, by=cast.person("director"), asked=facts, reason="改为每月。", after=1)
    with time_machine.travel(moment(2027, 2, 10)):
        open_scheme(scheme, clock.today())
        periods = list(scheme.periods.select_related("scheme", "version").order_by("first"))
        with refused_among("按另一周期报送"):
            span_between(periods[0], periods[-2])
        months = span_between(periods[2], periods[3])
        assert (months.label, months.others()) == ("2026年12月至2027年1月", (None, None))


def test_a_marked_report_of_any_of_the_periods_is_said_to_be_among_the_sums(office):
    scheme = scheme_of()
    report = report_of(scheme)
    accepted(report)
    marked(report_of(scheme, cast.DIVISION_TOWN))
    with time_machine.travel(at(3, 9, month=12)):
        open_scheme(scheme, clock.today())
        second, first = scheme.periods.all()[:2]
        assert summarise(second).marked == 0
        counted = PeriodicReport.objects.filter(accepted__isnull=False, marks__isnull=False).count()
        assert summarise_span(span_between(first, second)).marked == counted
