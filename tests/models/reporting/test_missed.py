"""Who missed how many of the last periods, whom the office reads of first, and which schemes a matter names."""

import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.reporting import TITLE, at, filled, report_of, scheme_of, towns
from yuetan.actions.reporting.marks import chase_reports
from yuetan.actions.reporting.periods import open_periods
from yuetan.models import PeriodicReport
from yuetan.models.reporting.missed import missed_by_units, missed_labels, schemes_quoted
from yuetan.rules.dates import clock

FIRST, SECOND, THIRD = "2026年11月20日至11月26日", "2026年11月27日至12月3日", "2026年12月4日至12月10日"


def test_who_missed_most_comes_first_with_the_periods_in_their_order(office):
    scheme = scheme_of()
    with time_machine.travel(at(26, 12, 1), tick=False):
        filled(report_of(scheme, cast.DIVISION_TOWN), by="head")  # a minute late
    with time_machine.travel(at(11, 9, month=12), tick=False):
        open_periods(clock.today())
        missed = missed_by_units(scheme, times=2, among=3)
        assert [period.label for period in missed.periods] == [THIRD, SECOND, FIRST]
        assert missed.units[-1].unit == cast.unit(cast.DIVISION_TOWN)
        assert (missed.units[-1].labels, missed.units[-1].late) == ([SECOND, THIRD], 1)
        assert {len(one.labels) for one in missed.units[:-1]} == {3}
        assert missed.units[0].words == "最近 3 期中 3 期未报"
        assert not missed.is_more
        assert [one.late for one in missed_by_units(scheme, times=3, among=3).units if one.late] == []
        (one,) = missed_by_units(scheme, times=1, among=1, unit=cast.unit(cast.TOWN).pk).units
        assert one.labels == [THIRD]
        assert missed_labels(scheme, cast.unit(cast.TOWN)) == [FIRST, SECOND, THIRD]


def test_a_period_that_is_not_past_is_not_missed(office):
    scheme = scheme_of()
    with time_machine.travel(at(26, 12), tick=False):
        assert missed_by_units(scheme, times=1, among=3).units == []
        assert missed_labels(scheme, cast.unit(cast.TOWN)) == []


def test_the_schemes_that_a_matter_quotes_come_in_their_order(office):
    first, second, _ = (scheme_of(title) for title in ("甲表", "乙表", "丙表"))
    assert schemes_quoted("未按规定报送“乙表”和“甲表”、丙表") == [first, second]


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
        unchased = next(unit for unit in missed_by_units(scheme, times=1, among=3).units if not unit.pressed.times)
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
        assert len(missed_by_units(scheme, times=1, among=3).units) == towns()
    assert len([each for each in cost if "yuetan_event" in each["sql"]]) == 1
