"""汇总: each figure is what SQL written by hand counts from the versions, whatever the units have reported."""

from datetime import date
from random import Random

import pytest
import time_machine
from django.db import connection
from openpyxl import load_workbook

from tests import cast
from tests.reporting import accepted, asked, at, filled, report_of, scheme_of
from yuetan.actions.reporting.periods import open_scheme
from yuetan.actions.reporting.report_rows import settle
from yuetan.actions.reporting.schemes import revise_scheme
from yuetan.documents.content.report_analysis import counted_figures, paragraphs_of_figures, tables_of_figures
from yuetan.ledgers.reporting.report_summary import summary_book
from yuetan.models import PeriodicReport, ReportPeriod, ReportVersion, Unit
from yuetan.models.reporting.summary import Figure, summarise
from yuetan.rules.dates import clock
from yuetan.rules.reporting.analysis_figures import figures_from
from yuetan.vocabulary import ReportingRhythm, UnitKind

COUNTY = "440703"
KEYS = ("f1", "f2", "f3", "f4")
BY_HAND = """
    SELECT sum((version.values ->> %s)::int)
    FROM yuetan_periodicreport AS report
    JOIN yuetan_unit AS unit ON unit.id = report.unit_id
    JOIN yuetan_reportversion AS version ON version.report_id = report.id AND version.accepted_at IS NOT NULL
    WHERE report.period_id = %s AND (unit.id = %s OR unit.parent_id = %s OR %s) AND version.version = (
        SELECT max(other.version) FROM yuetan_reportversion AS other
        WHERE other.report_id = report.id AND other.accepted_at IS NOT NULL
    )
"""

STANDING_BY_HAND = """
    SELECT count(*), count(handed_in.at), count(*) FILTER (WHERE EXISTS (
            SELECT FROM yuetan_reportversion AS version
            WHERE version.report_id = report.id AND version.accepted_at IS NOT NULL
        )),
        count(*) FILTER (WHERE date_trunc('minute', handed_in.at) > date_trunc('minute', period.due_at)),
        count(*) FILTER (WHERE handed_in.at IS NULL AND period.due_at < %s)
    FROM yuetan_periodicreport AS report
    JOIN yuetan_reportperiod AS period ON period.id = report.period_id
    JOIN yuetan_unit AS unit ON unit.id = report.unit_id
    LEFT JOIN LATERAL (
        SELECT min(version.confirmed_at) AS at FROM yuetan_reportversion AS version WHERE version.report_id = report.id
    ) AS handed_in ON true
    WHERE period.id = %s AND (unit.id = %s OR unit.parent_id = %s OR %s)
"""


def standing_by_hand(period: ReportPeriod, unit: Unit | None) -> list[int]:
    with connection.cursor() as cursor:
        pk = unit.pk if unit else None
        cursor.execute(STANDING_BY_HAND, [clock.now(), period.pk, pk, pk, unit is None])
        return list(cursor.fetchone())


def of_few_units() -> dict[str, object]:
    """A 市（区） with its 镇（街）, and some 成员单位."""
    members = Unit.objects.filter(kind=UnitKind.MEMBER_UNIT).order_by("code")[:3]
    kinds = [UnitKind.TOWN, UnitKind.COUNTY]
    return {"kinds": kinds, "area": Unit.objects.get(code=COUNTY), "named_units": list(members)}


def by_hand(key: str, period: ReportPeriod, unit: Unit | None) -> int | None:
    """A sum; none where nothing was accepted, for what nobody reported is not 0."""
    with connection.cursor() as cursor:
        pk = unit.pk if unit else None
        cursor.execute(BY_HAND, [key, period.pk, pk, pk, unit is None])
        number = cursor.fetchone()[0]
        return None if number is None else int(number)


def report_at_random(period: ReportPeriod, draw: Random) -> None:
    """Some of those that have not report, some correct it, and the office accepts some; written as the actions do."""
    person = cast.person("officer")
    for report in PeriodicReport.objects.filter(period=period, newest=None):
        for number in range(1, draw.randint(0, 3) + 1):
            is_accepted = draw.random() < 0.6
            decided = {"accepted_by": person, "accepted_at": clock.now()} if is_accepted else {}
            version = ReportVersion.objects.create(
                report=report,
                version=number,
                values={key: draw.randint(0, 50) for key in KEYS} | {"f5": "", "f6": True},
                reason="更正。" if number > 1 else "",
                entered_by=person,
                confirmed_by=person,
                confirmed_at=clock.now(),
                **decided,
            )
            settle(version)


@pytest.mark.parametrize("seed", [1, 2])
def test_each_figure_equals_what_is_counted_by_hand(office, seed):
    draw, scheme = Random(seed), scheme_of(**of_few_units())
    report_at_random(scheme.periods.get(), draw)
    with time_machine.travel(at(30, 9)):
        open_scheme(scheme, clock.today())
        period, before = scheme.periods.all()
        report_at_random(period, draw)
        report_at_random(before, draw)  # late, those that had not
        past = summarise(before)
        assert list(vars(past.total.standing).values()) == standing_by_hand(before, None)
        assert past.total.standing.late > 0
        for under in (None, Unit.objects.get(code=COUNTY)):
            summary = summarise(period, under)
            assert len(summary.lines) > 1
            for line in summary.lines:
                if line.unit == under:
                    continue  # 本级: what it reports itself, which the total holds
                assert list(vars(line.standing).values()) == standing_by_hand(period, line.unit)
                for key in KEYS:
                    counted = (by_hand(key, each, line.unit) for each in (period, before))
                    assert summary.figure(line, key) == Figure(*counted, None)
            for key in KEYS:
                whole = (by_hand(key, period, under), by_hand(key, before, under))
                assert summary.figure(summary.total, key) == Figure(*whole, None)
            assert list(vars(summary.total.standing).values()) == standing_by_hand(period, under)


def test_what_a_page_leaves_out_is_one_line_and_the_total_stays_the_same(office, monkeypatch):
    draw, scheme = Random(5), scheme_of(**of_few_units())
    report_at_random(scheme.periods.get(), draw)
    with time_machine.travel(at(30, 9)):
        open_scheme(scheme, clock.today())
        period, before = scheme.periods.all()
        report_at_random(period, draw)
        whole = summarise(period)
        assert len(whole.lines) == 4
        monkeypatch.setattr("yuetan.models.reporting.summary.MAX_LINES", 2)
        short = summarise(period)
    assert [line.label for line in short.lines] == [*(line.label for line in whole.lines[:2]), "其余 2 个"]
    assert short.lines[:2] == whole.lines[:2]
    assert short.total == whole.total
    rest = short.lines[2]
    assert (rest.unit, rest.standing.expected) == (None, sum(line.standing.expected for line in whole.lines[2:]))
    for key in KEYS:
        now, former = (sum(by_hand(key, each, line.unit) or 0 for line in whole.lines[2:]) for each in (period, before))
        assert short.figure(rest, key) == Figure(now, former, None)


def test_last_year_is_the_period_in_which_the_same_day_lay(office):
    with time_machine.travel(at(1, 9, month=1)):
        scheme = scheme_of(rhythm="quarterly", first_day=at(1, 9, month=1).date(), **of_few_units())
        report_at_random(scheme.periods.get(), Random(3))
    with time_machine.travel(at(1, 9, month=1).replace(year=2027)):
        for _ in range(5):
            open_scheme(scheme, clock.today())
        period = scheme.periods.first()
        summary = summarise(period)
        assert (period.label, summary.others[1].label) == ("2027年第1季度", "2026年第1季度")
        last_year = by_hand("f1", summary.others[1].last, None)
        assert summary.figure(summary.total, "f1") == Figure(None, None, last_year)
        assert last_year > 0


def test_what_a_unit_did_not_report_is_no_zero(office):
    """Neither now nor before: no number, no difference, and beside the sum is said how many units it lacks."""
    scheme = scheme_of()
    first = scheme.periods.get()
    for code in (cast.TOWN, cast.DIVISION_TOWN):
        accepted(report_of(scheme, code), places=3, others=2)
    with time_machine.travel(at(30, 9)):
        open_scheme(scheme, clock.today())
        accepted(report_of(scheme), places=4, others=2)
        filled(report_of(scheme, cast.DIVISION_TOWN), by="head", places=1, others=1)
        second, area = scheme.periods.first(), cast.unit(cast.TOWN).parent
        summary = summarise(second, area)
        figures = {line.unit.code: summary.figure(line, "f1") for line in summary.lines if line.unit}
        paper = counted_figures(summarise(second))
        with summary_book(summary) as book:
            rows = list(load_workbook(book).active.values)
    silent = next(code for code in figures if code not in (cast.TOWN, cast.DIVISION_TOWN))
    both = figures[cast.TOWN]
    assert (both.now, both.before, both.change, both.words) == (6, 5, "+1", ("6", "5", ""))
    assert figures[silent].words == ("未报", "未报", "")
    assert figures[silent].change == ""
    lacks = len(figures) - 1
    assert summary.lacking == [
        f"本期另有{lacks}个单位未报或者未收，未计入",
        f"上期另有{lacks}个单位未报或者未收，未计入",
    ]
    by_label = {row[0]: row[6:9] for row in rows}
    assert by_label[cast.unit(cast.TOWN).full_name] == (6, 5, None)
    assert by_label[cast.unit(silent).full_name] == ("未报", "未报", None)
    assert [row[0] for row in rows[-2:]] == summary.lacking
    assert figures_from(paper.as_json()) == paper
    assert paragraphs_of_figures(paper)[1][-1].text == f"上述数字只计已收下的报表：{'；'.join(paper.lacking)}。"
    other = next(line for line in paper.lines if line.label == cast.unit(cast.DIVISION_TOWN).parent.full_name)
    assert (other.cells(0), first.label) == (["未收", "5", "—"], paper.before)
    places = next(table for table in tables_of_figures(paper) if table.title == "摸排场所（处）")
    assert next(line for line in places.lines if line[0] == other.label)[1:] == ["未收", "5", "—", "—", "—"]


def test_a_period_is_not_held_against_one_of_another_rhythm(office):
    scheme, few = scheme_of(**of_few_units()), of_few_units()
    facts = asked(rhythm=ReportingRhythm.MONTHLY, first_day=date(2026, 12, 1), **few)
    revise_scheme(scheme, by=cast.person("director"), asked=facts, reason="改为每月。", after=1)
    with time_machine.travel(at(10, 9, month=12).replace(year=2027)):
        open_scheme(scheme, clock.today())
        months = scheme.periods.filter(version__rhythm=ReportingRhythm.MONTHLY).order_by("first")
        first, second = months[:2]
        assert summarise(first).others == (None, None)
        assert summarise(second).others[0].last == first
        assert [each.label for each in summarise(months.get(first=date(2027, 11, 1))).others if each] == ["2027年10月"]
        assert summarise(months.get(first=date(2027, 12, 1))).others[1].last == first
