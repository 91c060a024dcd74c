"""Who missed how many of the last periods, whom the office reads of first, and which schemes a matter names."""

import time_machine

from tests import cast
from tests.reporting import at, filled, report_of, scheme_of
from yuetan.actions.reporting.periods import open_periods
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
