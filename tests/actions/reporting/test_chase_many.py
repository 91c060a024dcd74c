"""催报 of several units at once: each by itself, and it is said whom it reached and whom not, and why."""

import pytest
import time_machine
from django.db import OperationalError, connection

from tests import cast
from tests.refusals import appoint, not_theirs, nothing_stored, refused
from tests.reporting import at, filled, report_of, scheme_of
from tests.web import Visitor
from yuetan.actions.reporting import chase_many
from yuetan.actions.reporting.chase_many import (
    CHASING_MANY,
    MAX_NAMED,
    NOT_SENT,
    OWN,
    ChasedUnits,
    chase_units,
    units_to_chase,
)
from yuetan.actions.reporting.marks import chase_reports
from yuetan.models import Alert, Event, Unit
from yuetan.vocabulary import PostKind

TOWN, OTHER = cast.TOWN, cast.DIVISION_TOWN


@pytest.fixture
def period(office):
    """Two towns have missed it, a third unit has reported."""
    scheme = scheme_of(kinds=[], named_units=[cast.unit(code) for code in (TOWN, OTHER, cast.MEMBER_UNIT)])
    filled(report_of(scheme, cast.MEMBER_UNIT), by="head")
    with time_machine.travel(at(27, 9), tick=False):
        yield scheme.periods.get()


def units(*codes):
    return [cast.unit(code) for code in codes]


def alerted():
    return set(Alert.objects.filter(key__startswith="chase_reports:").values_list("recipient__username", flat=True))


def test_who_missed_the_period_is_pressed_and_nobody_else(period):
    officer = cast.person("officer")
    assert list(units_to_chase(period, officer)) == sorted(units(TOWN, OTHER), key=lambda unit: unit.code)
    made = chase_units(period, by=officer, units=units(TOWN, OTHER))
    assert (set(made.reached), made.left) == (set(units(TOWN, OTHER)), [])
    assert {f"head_{TOWN}", f"liaison_{TOWN}", f"head_{OTHER}"} <= alerted()
    assert Event.objects.filter(verb="chase_reports").count() == 2


def test_of_each_that_is_not_pressed_it_is_said_why_and_the_others_go_on(period):
    """Once a day; not what is in order; not one's own (回避)."""
    officer, (town, other, member) = cast.person("officer"), units(TOWN, OTHER, cast.MEMBER_UNIT)
    chase_reports(period.scheme, by=officer, unit=town)
    made = chase_units(period, by=officer, units=[town, other, member])
    assert made.reached == [other]
    why = dict(made.left)
    assert "今天" in why[town]
    assert f"{member.full_name}没有逾期未报的报表" in why[member]
    appoint(officer, other, PostKind.LIAISON, "联络员")
    officer = cast.person("officer")
    assert list(units_to_chase(period, officer)) == [town]
    assert chase_units(period, by=officer, units=[other]).left == [(other, OWN)]
    assert Event.objects.filter(verb="chase_reports").count() == 2


def test_one_that_reports_before_it_is_sent_keeps_no_other_from_going_on(period):
    """What the page showed is sent as it was, and of the one it is said why not."""
    officer = Visitor(cast.person("officer"))
    officer.open(f"/reporting/periods/{period.pk}/chase/")
    shown = officer.page
    filled(report_of(period.scheme, TOWN), by="head")
    officer.page = shown
    page = officer.press("催报所选单位")
    assert f"已催报 1 个单位：{cast.unit(OTHER).full_name}。" in page
    assert f"没有催报 1 个单位（{cast.unit(TOWN).full_name}）" in page
    assert f"head_{OTHER}" in alerted()
    assert f"head_{TOWN}" not in alerted()


def test_a_unit_that_owed_nothing_of_it_is_not_offered(period):
    officer = Visitor(cast.person("officer"))
    officer.open(f"/reporting/periods/{period.pk}/chase/")
    offered = {value for form in officer.page.forms for value in form.offered.get("units", ())}
    with nothing_stored():
        stranger = Unit.objects.exclude(periodic_reports__period=period).filter(kind="town")[0]
        officer.press("催报所选单位", expect=422, units=[str(stranger.pk)])
    assert offered == {str(unit.pk) for unit in units(TOWN, OTHER)}


def test_those_that_are_not_pressed_for_the_same_reason_are_named_together(office):
    listed = list(Unit.objects.interviewed().in_use().order_by("code")[: MAX_NAMED + 1])
    made = ChasedUnits([], [(unit, f"今天已催报过{unit.full_name}。") for unit in listed] + [(listed[0], OWN)])
    together, alone = made.left_words
    assert together.startswith(f"没有催报 {MAX_NAMED + 1} 个单位（{listed[0].full_name}、")
    assert together.endswith("等）：今天已催报过该单位。")
    assert listed[-1].full_name not in together
    assert alone == f"没有催报 1 个单位（{listed[0].full_name}）：{OWN}"


def test_of_more_than_one_page_holds_the_others_are_counted_and_linked(period, monkeypatch):
    monkeypatch.setattr("yuetan.forms.reporting.chase.MAX_CHASED", 1)
    first, second = units_to_chase(period, cast.person("officer"))
    officer = Visitor(cast.person("officer"))
    page = officer.open(f"/reporting/periods/{period.pk}/chase/")
    assert officer.page.forms[-1].values["units"] == [str(first.pk)]
    assert "这里列出 1 个单位" in page
    page = officer.click("另有 1 个")
    assert officer.page.forms[-1].values["units"] == [str(second.pk)]
    assert "另有" not in page
    officer.press("催报所选单位")
    assert f"head_{second.code}" in alerted()
    assert f"head_{first.code}" not in alerted()


def test_each_is_pressed_in_a_transaction_of_its_own_and_one_that_breaks_keeps_no_other(period, monkeypatch, caplog):
    """Of the one that broke nothing stays, and it is said; what the first sending did is not done again."""
    broken, depths = cast.unit(TOWN), []

    def breaks_for_one(scheme, *, by, unit):
        depths.append(len(connection.savepoint_ids))
        pressed = chase_reports(scheme, by=by, unit=unit)
        if unit == broken:
            raise OperationalError("lock timeout")
        return pressed

    monkeypatch.setattr(chase_many, "chase_reports", breaks_for_one)
    officer, outside = Visitor(cast.person("officer")), len(connection.savepoint_ids)
    officer.open(f"/reporting/periods/{period.pk}/chase/")
    shown = officer.page
    page = officer.press("催报所选单位")
    assert depths == [outside, outside]  # nothing is held around them: neither by the form's key nor by the scheme
    assert f"已催报 1 个单位：{cast.unit(OTHER).full_name}。" in page
    assert f"没有催报 1 个单位（{broken.full_name}）：{NOT_SENT}" in page
    assert f"head_{OTHER}" in alerted()
    assert "could not be pressed" in caplog.text
    officer.page = shown
    assert "这张表已提交过，没有重复办理。" in officer.press("催报所选单位")
    assert len(depths) == 2


def test_it_is_the_offices_and_needs_a_unit(period):
    for who in ("group_leader", "sysadmin", f"head_{TOWN}"):
        with not_theirs():
            chase_units(period, by=cast.person(who), units=units(TOWN))
    with nothing_stored(), refused("没有选中催报的单位，请先勾选。"):
        chase_units(period, by=cast.person("officer"), units=[])


def test_it_is_offered_while_somebody_has_missed_it(period):
    assert CHASING_MANY.is_offered(period, cast.person("officer"))
    for code in (TOWN, OTHER):
        filled(report_of(period.scheme, code), by="head")
    assert not CHASING_MANY.is_offered(period, cast.person("officer"))
    with refused(f"{period.label}没有到期未报的单位，不用催报。"):
        chase_units(period, by=cast.person("officer"), units=units(TOWN))


def test_from_the_board_all_are_ticked_and_the_board_says_what_came_of_it(period):
    officer = Visitor(cast.person("officer"))
    board = f"/reporting/board/?period={period.pk}"
    officer.open(board)
    officer.click("催报未报单位")
    ticked = officer.page.forms[-1].values["units"]
    assert set(ticked) == {str(unit.pk) for unit in units(TOWN, OTHER)}
    assert "没有选中催报的单位，请先勾选。" in officer.press("催报所选单位", expect=422, units=[])
    page = officer.press("催报所选单位", units=[str(cast.unit(TOWN).pk)])
    assert f"已催报 1 个单位：{cast.unit(TOWN).full_name}。" in page
    officer.click("催报未报单位")
    page = officer.press("催报所选单位")
    assert f"已催报 1 个单位：{cast.unit(OTHER).full_name}。" in page
    assert f"没有催报 1 个单位（{cast.unit(TOWN).full_name}）：" in page
    assert "今天已催报过该单位，不必重复催报。" in page
    assert "催报未报单位" not in {words for words, _ in open_as(f"head_{TOWN}", "/reporting/").links}


def open_as(username, url):
    one = Visitor(cast.person(username))
    one.open(url)
    return one.page
