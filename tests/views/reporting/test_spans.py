"""多期汇总: chosen on the page of 汇总, with its file, its parts and what is refused."""

from contextlib import contextmanager
from datetime import datetime
from io import BytesIO

import pytest
import time_machine
from openpyxl import load_workbook

from tests import cast
from tests.models.reporting.test_summary import of_few_units
from tests.reporting import accepted, at, report_of, scheme_of, towns
from tests.views.queries import queries_of
from tests.views.reporting.test_analyses import visitor
from yuetan.actions.reporting.periods import open_scheme
from yuetan.models import ReportPeriod
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import CHINA_STANDARD_TIME

LIST = "/reporting/"


def address(period: ReportPeriod, first: ReportPeriod | None = None, more: str = "") -> str:
    return f"{LIST}periods/{period.pk}/summary/{more}{f'?from={first.pk}' if first else ''}"


@pytest.fixture
def two_weeks(office):
    """A scheme with two weeks, of which a town has reported both."""
    scheme = scheme_of()
    accepted(report_of(scheme), places=3, others=2, handed_over=4)
    with time_machine.travel(at(3, 9, month=12)):
        open_scheme(scheme, clock.today())
        accepted(report_of(scheme), places=4, others=2, handed_over=9)
        yield scheme.periods.order_by("first").select_related("scheme")


@contextmanager
def weeks_until_april():
    with time_machine.travel(datetime(2027, 4, 1, 9, tzinfo=CHINA_STANDARD_TIME)):
        yield


def test_several_periods_are_chosen_on_the_page_of_one(two_weeks):
    first, second = two_weeks
    officer = visitor("officer", address(second))
    assert 'id="id_from"' not in str(officer.page)
    officer.open(officer.page.link("多期汇总"))
    assert first.label in officer.page
    officer.open(f"{address(second)}?from={first.pk}&to={second.pk}")
    assert "每周线索摸排情况汇总：2026年11月20日至12月3日" in officer.page
    assert f"2 期（2026年11月20日至12月3日）的报表，应报 {2 * towns()}，已报 2，已收 2" in officer.page
    assert "累计移交线索（末期数）" in officer.page
    officer.open(officer.page.link("蓬江区"))
    assert "每周线索摸排情况汇总：2026年11月20日至12月3日" in officer.page
    answer = officer.client.get(officer.page.link("导出 Excel"))
    rows = {row[0]: row for row in load_workbook(BytesIO(b"".join(answer.streaming_content))).active.values}
    assert rows["蓬江区棠下镇"][1:7] == (2, 2, 2, 0, 0, 11)
    assert rows["合计"][6] == 11
    officer.open(officer.page.link("回到上一级"))
    assert "每周线索摸排情况汇总：2026年11月20日至12月3日" in officer.page
    officer.open(officer.page.link(first.label))
    assert f"每周线索摸排情况汇总：{first.label}" in officer.page


def test_another_last_period_leads_to_its_own_page(two_weeks):
    first, second = two_weeks
    client = visitor("officer", LIST).client
    answer = client.get(f"{address(first)}?from={first.pk}&to={second.pk}&under=440703")
    assert (answer.status_code, answer.url) == (302, f"{address(second, first)}&under=440703")


def test_the_weeks_of_a_quarter_are_offered_at_once(office):
    scheme = scheme_of(**of_few_units())
    with weeks_until_april():
        open_scheme(scheme, clock.today())
        march = scheme.periods.get(last="2027-03-25")
        officer = visitor("officer", address(march, march))
        assert "2026年第4季度（不全）" in officer.page  # the scheme began in the middle of it
        officer.open(officer.page.link("2027年第1季度"))
        assert "每周线索摸排情况汇总：2027年第1季度" in officer.page
        assert "12 期（2027年1月1日至3月25日）的报表" in officer.page
        assert "（不全）" not in officer.page.link("2027年3月")


@pytest.mark.parametrize("what", ["", "xlsx/"])
def test_what_cannot_be_added_up_is_said(two_weeks, what):
    """On the page above the period alone; a file is not made."""
    first, second = two_weeks
    sentence = f"起期（{second.label}）晚于止期（{first.label}），请对调或者另选。"
    client = visitor("officer", LIST).client
    answer = client.get(address(first, second, what))
    assert sentence in answer.content.decode()
    assert answer.status_code == (422 if what else 200)
    if not what:
        assert f"每周线索摸排情况汇总：{first.label}" in answer.content.decode()


@pytest.mark.parametrize("begin", ["0", "x", "999999"])
def test_a_period_that_is_none_is_not_there(two_weeks, begin):
    visitor("officer", LIST).open(f"{address(two_weeks[0])}?from={begin}", expect=404)


def test_a_unit_sees_no_span(two_weeks):
    first, second = two_weeks
    head = visitor(f"head_{cast.TOWN}", "/")
    for what in ("", "xlsx/"):
        head.open(address(second, first, what), expect=403)


def test_the_page_of_one_period_asks_no_more_and_one_of_many_as_much_as_one_of_two(office):
    scheme = scheme_of(**of_few_units())
    with weeks_until_april():
        open_scheme(scheme, clock.today())
        client = visitor("officer", LIST).client
        periods = list(scheme.periods.order_by("first"))
        last = periods[-2]
        single, chosen = (queries_of(client, each) for each in (address(last), address(last, last)))
        two, many = (queries_of(client, address(last, first)) for first in (periods[-3], periods[0]))
        few, more = (queries_of(client, address(last, first, "xlsx/")) for first in (periods[-3], periods[0]))
    assert len(periods) > 15
    assert (chosen, many, more) == (single + 2, two, few)
