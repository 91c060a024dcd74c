"""改周期: of whatever rhythm into whatever other, no day is left out from the first of the later version on."""

from datetime import date, datetime, time, timedelta
from itertools import islice, pairwise, permutations

import pytest
import time_machine

from tests import cast
from tests.refusals import refused
from tests.reporting import TITLE, asked, scheme_of
from yuetan.actions.reporting.periods import open_periods, period_across, spans_to_come
from yuetan.actions.reporting.schemes import revise_scheme
from yuetan.models import SchemeVersion
from yuetan.rules.dates import clock
from yuetan.rules.dates.working_days import ONE_DAY
from yuetan.rules.text.official_text import CHINA_STANDARD_TIME
from yuetan.vocabulary import ReportingRhythm, Weekday

FIRST, LAST = date(2027, 6, 1), date(2027, 6, 20)  # of what is reported once, in a scheme that begins with it
TODAY = date(2027, 6, 2)
ONCE = ReportingRhythm.ONCE


def _on(day):
    return datetime.combine(day, time(9), CHINA_STANDARD_TIME)


def _scheme(rhythm, **changed):
    """A scheme of one unit, set up on 2 June 2027 for the period of that day."""
    first = {"first_day": FIRST, "last_day": LAST if rhythm == ONCE else None}
    usual = {"kinds": [], "named_units": [cast.unit(cast.TOWN)], "due_time": time(17), "due_days": 20}
    return scheme_of(f"{TITLE}（{rhythm}）", rhythm=rhythm, **usual | first | changed)


def _changed_to(scheme, rhythm, first_day):
    end = {"last_day": first_day + timedelta(days=40) if rhythm == ONCE else None}
    former = scheme.newest_version()
    usual = {"kinds": [], "named_units": [cast.unit(cast.TOWN)], "due_time": time(17), "due_days": 20}
    new = asked(rhythm=rhythm, first_day=first_day, **usual | end)
    return revise_scheme(scheme, by=cast.person("director"), asked=new, reason="周期不合适。", after=former.version)


def _version(number, rhythm, first_day, last_day=None):
    version = SchemeVersion(version=number, rhythm=rhythm, weekday=Weekday.THURSDAY, last_day=last_day)
    version.first_day = first_day
    version.first_day = version.span_around(first_day).first
    return version


def _whole(version, walked):
    """That each day from its first on lies in one period of the version; what lies across has begun before it."""
    own = [span for of, span in walked if of is version]
    assert own[0].first == version.first_day
    assert all(later.first == former.last + ONE_DAY for former, later in pairwise(own))
    assert all(span.first < version.first_day for of, span in walked if of is not version)


def _last(version):
    """What keeps from June has begun by then."""
    return version, version.span_around(FIRST)


@pytest.mark.parametrize(("former", "later"), list(permutations(ReportingRhythm, 2)))
def test_a_rhythm_changed_leaves_out_no_day(former, later):
    before, taken = _version(1, former, FIRST, LAST if former == ONCE else None), 0
    for day in (TODAY + timedelta(days=number) for number in range(0, 800, 5)):
        version = _version(2, later, day, day + timedelta(days=40) if later == ONCE else None)
        if version.first_day <= TODAY or period_across([before], version, _last(before)):
            continue
        taken += 1
        _whole(version, [_last(before), *islice(spans_to_come([before, version], _last(before)[1]), 130)])
    assert taken


@pytest.mark.parametrize(("former", "later"), list(permutations(ReportingRhythm, 2)))
def test_nothing_else_hinders(former, later):
    """What is refused would open on a later day, or never."""
    before = _version(1, former, FIRST, LAST if former == ONCE else None)
    for day in (TODAY + timedelta(days=number) for number in range(0, 400, 5)):
        version = _version(2, later, day, day + timedelta(days=40) if later == ONCE else None)
        across = period_across([before], version, _last(before))
        if version.first_day <= TODAY or across is None:
            continue
        assert across[1].last >= version.span_around(version.first_day).last
        assert across[1].first < version.first_day


@time_machine.travel(_on(date(2027, 6, 10)))
@pytest.mark.parametrize("rhythm", [ReportingRhythm.YEARLY, ReportingRhythm.ANY_TIME])
def test_months_that_the_open_year_covers_are_refused(office, rhythm):
    scheme = _scheme(rhythm)
    with refused("办公室设定：2027年已经开始，按第1版报送，不能中途改变；请从2027年12月31日以后开始的一期起修改。"):
        _changed_to(scheme, ReportingRhythm.MONTHLY, date(2027, 7, 1))


@time_machine.travel(_on(date(2027, 6, 10)))
def test_weeks_that_the_open_month_covers_are_refused(office):
    scheme = _scheme(ReportingRhythm.MONTHLY)
    with refused("办公室设定：2027年6月已经开始，按第1版报送，不能中途改变；请从2027年6月30日以后开始的一期起修改。"):
        _changed_to(scheme, ReportingRhythm.WEEKLY, date(2027, 6, 18))
    assert _changed_to(scheme, ReportingRhythm.WEEKLY, date(2027, 7, 1)).first_day == date(2027, 6, 25)


@time_machine.travel(_on(date(2027, 6, 10)))
def test_months_that_a_quarter_to_come_covers_are_refused(office):
    scheme = _scheme(ReportingRhythm.QUARTERLY)
    with refused(
        "办公室设定：此前开始的2027年第3季度按第1版报送，不能中途改变；请从2027年9月30日以后开始的一期起修改。"
    ):
        _changed_to(scheme, ReportingRhythm.MONTHLY, date(2027, 8, 1))
    assert _changed_to(scheme, ReportingRhythm.MONTHLY, date(2027, 7, 1)).version == 2


@time_machine.travel(_on(date(2027, 6, 10)))
def test_a_third_version_is_measured_by_the_second(office):
    scheme = _scheme(ReportingRhythm.MONTHLY)
    _changed_to(scheme, ReportingRhythm.YEARLY, date(2028, 1, 1))
    with refused("办公室设定：此前开始的2028年按第2版报送，不能中途改变；请从2028年12月31日以后开始的一期起修改。"):
        _changed_to(scheme, ReportingRhythm.QUARTERLY, date(2028, 4, 1))


@time_machine.travel(_on(date(2027, 6, 10)))
def test_what_ended_long_ago_begins_after_today(office):
    scheme = _scheme(ReportingRhythm.MONTHLY, last_day=LAST)
    with time_machine.travel(_on(date(2027, 9, 2))):
        with refused(
            "办公室设定：2027年6月已经开始，按第1版报送，不能中途改变；请从2027年9月2日以后开始的一期起修改。"
        ):
            _changed_to(scheme, ReportingRhythm.MONTHLY, date(2027, 9, 2))
        assert _changed_to(scheme, ReportingRhythm.MONTHLY, date(2027, 10, 1)).version == 2


@time_machine.travel(_on(date(2027, 6, 10)))
def test_what_is_accepted_opens_on_its_first_day(office):
    scheme = _scheme(ReportingRhythm.QUARTERLY)
    _changed_to(scheme, ReportingRhythm.MONTHLY, date(2027, 7, 1))
    with time_machine.travel(_on(date(2027, 8, 2))):
        open_periods(clock.today())
    assert [period.label for period in scheme.periods.all()] == ["2027年8月", "2027年7月", "2027年第2季度"]
