"""A report shows one light and one time at home, on the board, on its page and in the list of the unit."""

import re
from datetime import date

import pytest
import time_machine

from tests import cast
from tests.reporting import at, filled, report_of, scheme_of
from tests.web import browser
from yuetan.actions.reporting.acceptance import return_report
from yuetan.actions.reporting.confirmation import send_back_report
from yuetan.ledgers.deadline_lights import DeadlineLights
from yuetan.ledgers.reporting.report_standing import deadline_of
from yuetan.models import PeriodicReport

HEAD = f"head_{cast.TOWN}"
LIST, BOARD = "/reporting/", f"/reporting/board/?q={cast.TOWN}"
AGAIN = date(2026, 12, 2)


@pytest.fixture
def report(office):
    return report_of(scheme_of())


def fresh(report):
    return PeriodicReport.objects.with_relations().get(pk=report.pk)


def returned(report):
    version = filled(report, by="head")
    return_report(version, by=cast.person("officer"), reason="请核对场所数。", again_by=AGAIN)


def html_of(who, address):
    return browser(who).get(address).content.decode()


def at_home():
    """The light of the only obligation of the unit, and its words."""
    ((light, words),) = re.findall(
        r'data-label="时限"[^>]*><div>\s*<span class="light light-(\w+)">([^<]*)<', html_of(HEAD, "/")
    )
    return light, words


def everywhere(report):
    """The light and the time, each said once and the same in all places."""
    light, words = at_home()
    state = fresh(report).state_words
    places = (("officer", BOARD), ("officer", f"{LIST}reports/{report.public_id}/"), (HEAD, LIST))
    for html in (html_of(who, address) for who, address in places):
        assert re.findall(rf'<span class="light light-(\w+)">{state}<', html)[-1:] == [light]
        assert html.count(words) == 1
    return light, words


@pytest.mark.parametrize(
    ("moment", "stated"),
    [
        (at(23, 9), ("yellow", "剩 3 个工作日")),
        (at(26, 11, 59), ("yellow", "今天到期")),
        (at(26, 12, 1), ("red", "逾期 1 分")),
        (at(27, 14), ("red", "逾期 1 天 2 小时")),
    ],
)
def test_what_is_not_handed_in_is_late_from_the_minute_on(report, moment, stated):
    with time_machine.travel(moment, tick=False):
        assert everywhere(report) == stated


@pytest.mark.parametrize(
    ("moment", "stated"),
    [
        (at(24, 9), ("green", "剩 6 个工作日")),
        (at(2, 23, month=12), ("yellow", "今天到期")),
        (at(3, 9, month=12), ("red", "逾期 1 天")),
    ],
)
def test_what_was_returned_runs_until_the_day_that_was_set(report, moment, stated):
    """Whatever the limit of the period was, until its head hands it in again."""
    returned(report)
    with time_machine.travel(moment, tick=False):
        assert everywhere(report) == stated
        filled(report, reason="漏报一处。", places=4)
        assert everywhere(report) == stated
        filled(report, by="head", reason="漏报一处。", places=5)
        assert deadline_of(fresh(report), DeadlineLights.now()) is None


def test_no_limit_runs_for_what_a_unit_corrects_of_its_own_accord(report):
    filled(report, by="head")
    version = filled(report, reason="漏报一处。", places=4)
    send_back_report(version, by=cast.head(cast.TOWN), reason="请再核。")
    with time_machine.travel(at(30, 9), tick=False):
        assert deadline_of(fresh(report), DeadlineLights.now()) is None
        assert "逾期" not in html_of(HEAD, "/").partition("本单位要办的事")[2]


def test_how_late_it_came_stands_beside_the_day_by_which_it_is_put_right(report):
    with time_machine.travel(at(26, 13), tick=False):
        returned(report)
        for address in (BOARD, f"{LIST}reports/{report.public_id}/"):
            html = html_of("officer", address)
            assert "剩 4 个工作日" in html
            assert "逾期 1 小时" in html
