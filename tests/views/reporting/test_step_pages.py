"""A button of 信息报送, the page that it leads to and the refusal say the same: each reads one row."""

from datetime import date

import pytest
import time_machine

from tests import cast
from tests.factories import pdf
from tests.refusals import refused
from tests.reporting import TITLE, analysed, asked, at, filled, report_of, scheme_of, values
from tests.web import Visitor
from yuetan.actions.reporting.acceptance import return_report
from yuetan.actions.reporting.confirmation import confirm_report, send_back_report
from yuetan.actions.reporting.marks import mark_concealed
from yuetan.actions.reporting.paper_returns import register_paper_incident
from yuetan.actions.reporting.periods import open_scheme
from yuetan.actions.reporting.release import end_scheme
from yuetan.actions.reporting.reports import report_zero
from yuetan.actions.reporting.schemes import revise_scheme
from yuetan.models import Event, PeriodicReport
from yuetan.rules.dates import clock
from yuetan.vocabulary import ReportingRhythm

LIST = "/reporting/"
AT_ANY_TIME = {"代录纸质报送", "标记瞒报（没有报送的）"}


@pytest.fixture
def scheme(office):
    return scheme_of()


def opened(username, url):
    one = Visitor(cast.person(username))
    one.open(url)
    return one.page


def offered(username, url):
    return {words for words, _ in opened(username, url).links}


def paper(**changed):
    stated = {"signer": cast.head(cast.TOWN).posts.get(), "brought_by": "褚十二", "brought_by_title": "棠下镇联络员"}
    facts = {"by": cast.person("officer"), "unit": cast.unit(cast.TOWN), "values": values(), "files": {}}
    return facts | stated | {"received_at": clock.now(), "scan": pdf()} | changed


def test_what_is_of_a_scheme_that_ends_is_offered_no_more_and_its_page_says_why(scheme):
    url = f"{LIST}schemes/{scheme.pk}/"
    assert {"修改", "停止报送"} <= offered("officer", url)
    assert not {"修改", "停止报送"} & offered("supervisor", url)
    end_scheme(scheme, by=cast.person("director"), at_once=True, from_day=None, reason="并入月报。")
    assert not {"修改", "停止报送"} & offered("officer", url)
    for part, what in (("revise", "修改"), ("end", "停止")):
        page = opened("officer", f"{url}{part}/")
        assert f"不能再{what}" in page
        assert not any("reason" in form.values for form in page.forms)


def test_what_was_asked_at_any_time_once_is_entered_and_marked_though_periods_are_asked_now(office):
    """And of what never was, neither is offered nor taken."""
    scheme = scheme_of("重大情况", rhythm=ReportingRhythm.ANY_TIME)
    weekly = asked(first_day=date(2027, 1, 1))
    revise_scheme(scheme, by=cast.person("director"), asked=weekly, reason="改为每周报送。", after=1)
    with time_machine.travel(at(11, 9, month=1).replace(year=2027), tick=False):
        open_scheme(scheme, clock.today())
        assert offered("officer", f"{LIST}schemes/{scheme.pk}/") >= AT_ANY_TIME
        came = at(30, 9, month=12)
        assert register_paper_incident(scheme, **paper(received_at=came)).report.period.label == "2026年"
        facts = {"unit": cast.unit(cast.TOWN), "words": "辖区发生一起事件，没有报送。", "proof": [pdf()]}
        mark = mark_concealed(scheme, by=cast.person("officer"), occurred_on=date(2026, 12, 30), **facts)
        assert mark.report.serial == 2
        never = scheme_of(first_day=date(2027, 1, 15))
        assert not AT_ANY_TIME & offered("officer", f"{LIST}schemes/{never.pk}/")
        with refused(f"“{TITLE}”按期报送，请在本期的报表上填报。"):
            register_paper_incident(never, **paper())
        assert "按期报送" in opened("officer", f"{LIST}schemes/{never.pk}/paper/?unit={cast.TOWN}")


def test_nothing_is_reported_by_a_zero_once_a_version_was_handed_in(scheme):
    """Whatever became of later ones: the next is a correction, which says why."""
    report = report_of(scheme)
    first = filled(report, by="head")
    return_report(first, by=cast.person("officer"), reason="请核对。", again_by=date(2026, 12, 2))
    second = filled(report, reason="漏报一处。", places=4)
    send_back_report(second, by=cast.head(cast.TOWN), reason="请再核。")
    report = PeriodicReport.objects.with_relations().get(pk=report.pk)
    with refused("第1版已经报送，更正须写明更正说明；原来的版本保留。"):
        report_zero(report, by=cast.liaison(cast.TOWN), after=2)


def test_what_was_decided_meanwhile_is_said_and_is_offered_no_more(scheme):
    report = report_of(scheme)
    version = filled(report)
    head = Visitor(cast.head(cast.TOWN))
    head.open(f"{LIST}reports/{report.public_id}/")
    confirm_report(version, by=cast.head(cast.TOWN))
    page = head.press("确认报送", expect=422)
    assert "不能再确认或者退回" in page
    assert "确认即为报送" not in page


def test_a_refused_return_keeps_what_was_written(scheme):
    report = report_of(scheme)
    filled(report, by="head")
    officer = Visitor(cast.person("officer"))
    officer.open(f"{LIST}reports/{report.public_id}/")
    page = officer.press("退回", expect=422, reason="请核对场所数。", again_by="")
    assert "退回须定重新报送的期限，请填写。" in page
    (form,) = [form for form in page.forms if "again_by" in form.values]
    assert form.values["reason"] == ["请核对场所数。"]
    assert "已退回，并已告知本单位。" in officer.press("退回", reason="请核对场所数。", again_by="2026-12-02")


def test_the_page_of_a_draft_says_that_there_is_one_and_endorsing_what_it_lacks(scheme):
    period = scheme.periods.get()
    summary, draft = f"{LIST}periods/{period.pk}/summary/", f"{LIST}periods/{period.pk}/analyse/"
    assert "起草分析报告" not in offered("officer", summary)
    assert "还没有过" in opened("officer", draft)
    with time_machine.travel(at(27, 9), tick=False):
        assert "起草分析报告" in offered("officer", summary)
        assert "起草分析报告" not in offered("supervisor", summary)
        analysis = analysed(period, problems="")
        page = opened("officer", draft)
        assert "已由张一拟稿（拟稿），请在原稿上办理" in page
        assert not any("situation" in form.values for form in page.forms)
        url = f"{LIST}analyses/{analysis.pk}/"
        assert {"核稿", "退回"} <= offered("supervisor", url)
        page = opened("supervisor", f"{url}endorse/")
        assert "分析报告还缺：存在的问题。" in page
        assert not any("seen" in form.values for form in page.forms)


def test_the_line_that_a_scheme_was_set_up_stands_before_those_of_its_periods(scheme):
    verbs = Event.objects.filter(verb__in=("create_scheme", "open_period")).order_by("id")
    assert list(verbs.values_list("verb", flat=True)) == ["create_scheme", "open_period"]


def test_what_a_head_fills_in_is_logged_before_it_is_handed_in(scheme):
    filled(report_of(scheme), by="head")
    verbs = Event.objects.filter(verb__in=("fill_report", "confirm_report")).order_by("id")
    assert list(verbs.values_list("verb", flat=True)) == ["fill_report", "confirm_report"]
