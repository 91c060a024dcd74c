"""What the home of a room does not show it counts, and says where it is."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from tests import cast
from tests.meetings import called, convened
from tests.reporting import accepted, filled, report_of, scheme_of
from tests.rounds import announced, planned_round, there
from tests.web import Visitor
from yuetan.actions.reporting.acceptance import return_report
from yuetan.actions.reporting.release import end_scheme
from yuetan.models import Post
from yuetan.vocabulary import PostKind

pytestmark = pytest.mark.usefixtures("office")
MEETINGS, ROUNDS = "yuetan.views.home.meeting_todos.MAX_MEETINGS", "yuetan.views.home.round_todos"


def home(who: str) -> Visitor:
    return Visitor(cast.person(who)).open("/")


def test_meetings_to_convene(monkeypatch):
    monkeypatch.setattr(MEETINGS, 2)
    for topic in ("第一次", "第二次"):
        called(topic=topic)
    assert "另有" not in home("officer")
    called(topic="第三次")
    assert home("officer").link("会议：另有 1 件") == reverse("meeting_list")


def test_notices_a_unit_signs_for(monkeypatch):
    monkeypatch.setattr(MEETINGS, 1)
    for topic in ("第一次", "第二次"):
        convened(topic=topic)
    page = home(f"head_{cast.TOWN}")
    assert "另有 1 件" in page
    assert reverse("meeting_list") in dict(page.links).values()


def test_rounds_to_announce_and_units_to_go_to(monkeypatch):
    monkeypatch.setattr(f"{ROUNDS}.MAX_ROUNDS", 1)
    monkeypatch.setattr(f"{ROUNDS}.MAX_VISITS", 1)
    for title in ("第一次督导", "第二次督导"):
        planned_round(title=title)
    assert home("officer").link("督导：另有 1 件") == reverse("round_list")
    announced(title="第三次督导")  # of two units
    with time_machine.travel(there(), tick=False):
        assert home("officer").link("对单位的督导：另有 1 件") == reverse("round_list")


def test_papers_of_rounds_a_unit_signs_for(monkeypatch):
    monkeypatch.setattr(f"{ROUNDS}.MAX_VISITS", 1)
    for title in ("第一次督导", "第二次督导"):
        announced(title=title)
    assert "签收督导文书" in home(f"head_{cast.TOWN}")


def test_periods_of_which_reports_wait(monkeypatch):
    monkeypatch.setattr("yuetan.views.home.report_todos.MAX_PERIODS", 1)
    for title in ("第一种报表", "第二种报表", "第三种报表"):
        scheme = scheme_of(title=title)
        for code in (cast.TOWN, cast.DIVISION_TOWN):
            filled(report_of(scheme, code), by="head")
    assert home("officer").link("报送期：另有 2 期").startswith(reverse("report_board"))


def past(scheme):
    """A moment after the limit of its first period."""
    return time_machine.travel(scheme.periods.order_by("first")[0].due_at + timedelta(hours=1))


def test_who_did_not_report_is_counted_for_the_office_until_the_next_limit():
    """Of each scheme that goes on, of its newest period that is past; but for a unit from which one keeps away."""
    scheme = scheme_of()
    number = scheme.periods.get().reports.count()
    assert "到期未报" not in home("officer")
    accepted(report_of(scheme))
    with past(scheme):
        period = scheme.periods.order_by("-first")[0]
        page = home("officer")
        assert f"{number - 1} 个单位到期未报，请催报" in page
        assert page.link(str(period)) == f"{reverse('report_board')}?period={period.pk}&state=missed"
        holds = {"unit": cast.unit(cast.DIVISION_TOWN), "holder": cast.person("officer"), "title": "联络员"}
        Post.objects.create(kind=PostKind.LIAISON, began_on=cast.IN_OFFICE_SINCE, **holds)
        assert f"{number - 2} 个单位到期未报，请催报" in home("officer")
        assert "到期未报" not in home(f"head_{cast.TOWN}")
        assert "到期未报" not in home("auditor")
        end_scheme(scheme, by=cast.person("director"), at_once=True, from_day=None, reason="不再需要。")
        assert "到期未报" not in home("officer")


def test_schemes_of_which_reports_are_missed(monkeypatch):
    monkeypatch.setattr("yuetan.views.home.report_todos.MAX_PERIODS", 1)
    schemes = [scheme_of(title=title) for title in ("第一种报表", "第二种报表", "第三种报表")]
    with past(schemes[0]):
        assert home("officer").link("到期未报：另有 2 个报送事项") == reverse("report_list")


def test_reports_of_a_unit_are_the_soonest_by_the_day_that_is_shown(monkeypatch):
    """What was returned is due by its own day, not by that of the period."""
    monkeypatch.setattr("yuetan.views.home.report_todos.MAX_REPORTS", 1)
    monkeypatch.setattr("yuetan.views.frame.pagination.MAX_COUNTED", 1)
    returned, soon = (report_of(scheme_of(title=title)) for title in ("已退回的报表", "本周的报表"))
    version = filled(returned, by="head")
    return_report(version, by=cast.person("officer"), reason="请核对。", again_by=date(2026, 12, 20))
    page = home(f"head_{cast.TOWN}")
    assert f"{soon.period.scheme.title}：{soon.period.label}" in page
    assert f"{returned.period.scheme.title}：" not in page
    assert "报表列出最先到期的，另有 1 份" in page
    for title in ("第三种报表", "第四种报表"):
        scheme_of(title=title)
    assert "报表列出最先到期的，另有 1+ 份" in home(f"head_{cast.TOWN}")
