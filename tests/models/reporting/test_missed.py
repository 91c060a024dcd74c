"""Who missed how many of the last periods, whom the office reads of first, and which schemes a matter names."""

import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.reporting import TITLE, at, filled, report_of, scheme_of, towns
from yuetan.actions.reporting.marks import chase_reports
from yuetan.actions.reporting.periods import open_periods
from yuetan.models import PeriodicReport
from yuetan.models.reporting import missed
from yuetan.models.reporting.missed import missed_by_units, missed_labels
from yuetan.rules.dates import clock

FIRST, SECOND, THIRD = "2026年11月20日至11月26日", "2026年11月27日至12月3日", "2026年12月4日至12月10日"


def test_who_missed_most_comes_first_with_the_periods_in_their_order(office):
    scheme = scheme_of()
    with time_machine.travel(at(26, 12, 1), tick=False):
        filled(report_of(scheme, cast.DIVISION_TOWN), by="head")  # a minute late
    with time_machine.travel(at(11, 9, month=12), tick=False):
        open_periods(clock.today())
        periods = missed_by_units(scheme, times=2, among=3).periods
        assert [period.label for period in periods] == [THIRD, SECOND, FIRST]
        units = all_missed(scheme, times=2)
        assert units[-1].unit == cast.unit(cast.DIVISION_TOWN)
        assert (units[-1].labels, units[-1].late) == ([SECOND, THIRD], 1)
        assert {len(one.labels) for one in units[:-1]} == {3}
        assert units[0].words == "最近 3 期中 3 期未报"
        assert [one.late for one in all_missed(scheme, times=3) if one.late] == []
        (one,) = missed_by_units(scheme, times=1, among=1, unit=cast.unit(cast.TOWN).pk).units
        assert one.labels == [THIRD]
        assert missed_labels(scheme, cast.unit(cast.TOWN)) == [FIRST, SECOND, THIRD]


def test_a_period_that_is_not_past_is_not_missed(office):
    scheme = scheme_of()
    with time_machine.travel(at(26, 12), tick=False):
        assert missed_by_units(scheme, times=1, among=3).units == []
        assert missed_labels(scheme, cast.unit(cast.TOWN)) == []


def all_missed(scheme, times=1):
    """The units of every page, one after the other."""
    found = missed_by_units(scheme, times=times, among=3)
    units = found.units
    while found.place:
        found = missed_by_units(scheme, times=times, among=3, after=found.place)
        units += found.units
    return units


def missed_of(scheme, code=cast.TOWN, among=3):
    (one,) = missed_by_units(scheme, times=1, among=among, unit=cast.unit(code).pk).units
    return one


def chased(scheme, *moments, code=cast.TOWN):
    for moment in moments:
        with time_machine.travel(moment, tick=False):
            open_periods(clock.today())
            chase_reports(scheme, by=cast.person("officer"), unit=cast.unit(code))


def test_what_is_missed_though_it_was_chased_says_how_often(office):
    scheme, other = scheme_of(), scheme_of("另一张表")
    chased(scheme, at(27, 9), at(30, 9))
    chased(other, at(30, 9))
    chased(scheme, at(30, 10), code=cast.DIVISION_TOWN)
    with time_machine.travel(at(1, 9, month=12), tick=False):
        one = missed_of(scheme)
        assert (one.pressed.times, one.pressed.since, one.pressed.last) == (2, 2, at(30, 9))
        assert one.pressed.words == "已催报 2 次，最近一次 2026年11月30日 09:00"
        assert one.facts(TITLE).endswith(f"1期到期未报（{FIRST}），期间已催报2次，经催报仍未报。")
        assert missed_of(scheme, cast.DIVISION_TOWN).pressed.times == 1
        unchased = next(unit for unit in all_missed(scheme) if not unit.pressed.times)
        assert "催报" not in unchased.facts(TITLE) + unchased.pressed.words


def test_what_was_missed_after_the_last_time_was_not_chased(office):
    scheme = scheme_of()
    chased(scheme, at(27, 9))
    with time_machine.travel(at(4, 9, month=12), tick=False):
        open_periods(clock.today())
        one = missed_of(scheme)
        assert one.labels == [FIRST, SECOND]
        assert f"（{FIRST}、{SECOND}），期间已催报1次，其中1期经催报仍未报。" in one.facts(TITLE)
        filled(PeriodicReport.objects.get(period__label=FIRST, unit=cast.unit(cast.TOWN)), by="head")
        one = missed_of(scheme)
        assert (one.labels, one.pressed.times, one.pressed.since) == ([SECOND], 1, 0)
        assert "催报" not in one.facts(TITLE)


def test_how_often_they_were_chased_costs_one_statement_for_all(office):
    scheme = scheme_of()
    chased(scheme, at(27, 9))
    chased(scheme, at(27, 10), code=cast.DIVISION_TOWN)
    with time_machine.travel(at(30, 9), tick=False), CaptureQueriesContext(connection) as cost:
        assert len(missed_by_units(scheme, times=1, among=3).units) == missed.MAX_UNITS
    assert len([each for each in cost if "yuetan_event" in each["sql"]]) == 1


def test_behind_a_page_the_others_are_counted_and_read_from_their_place_on(office, monkeypatch):
    monkeypatch.setattr(missed, "MAX_UNITS", 2)
    scheme = scheme_of()
    with time_machine.travel(at(26, 11), tick=False):
        filled(report_of(scheme, cast.TOWN), by="head")
    with time_machine.travel(at(4, 9, month=12), tick=False):
        open_periods(clock.today())
        units, place, others = [], None, [towns() - 2]
        while others[-1]:
            part = missed_by_units(scheme, times=1, among=3, after=place)
            units += part.units
            place, others = part.place, [*others, part.others]
    assert others[1:] == [max(towns() - 2 * number, 0) for number in range(1, len(others))]
    assert len({one.unit for one in units}) == len(units) == towns()
    assert (units[-1].unit, place) == (cast.unit(cast.TOWN), None)  # which missed one, the others two
    monkeypatch.setattr(missed, "MAX_OTHERS", 1)
    with time_machine.travel(at(4, 9, month=12), tick=False):
        assert missed_by_units(scheme, times=1, among=3).others == 2  # and more


def test_who_missed_most_is_read_off_one_index_and_off_no_report(office):
    """So that those who reported cost nothing, however many there are."""
    scheme = scheme_of()
    with time_machine.travel(at(4, 9, month=12), tick=False), CaptureQueriesContext(connection) as asked:
        open_periods(clock.today())
        missed_by_units(scheme, times=1, among=3)
    (statement,) = [one["sql"] for one in asked if "COUNT(*)" in one["sql"] and "GROUP BY" in one["sql"]]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
        cursor.execute(f"EXPLAIN {statement}")
        plan = [line for (line,) in cursor.fetchall()]
    assert [line for line in plan if "Scan" in line] == [line for line in plan if "Index Only Scan" in line] != []
    assert "reports_missed" in "".join(plan)
