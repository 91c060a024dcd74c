"""报送对象: whom the reports of a scheme are for, wherever the scheme is read; the office takes them in either way."""

from datetime import date

import pytest

from tests import cast
from tests.exports import exported_rows
from tests.refusals import not_theirs, refused
from tests.reporting import asked, filled, report_of, scheme_of
from tests.web import Visitor
from yuetan.actions.reporting.acceptance import accept_report
from yuetan.actions.reporting.analyses import begun_analysis
from yuetan.actions.reporting.schemes import revise_scheme
from yuetan.errors import Refused
from yuetan.vocabulary import ReportingRhythm

LIST = "/reporting/"
BUREAU = "省扫黑办"
NAMED = f"{BUREAU}（由市扫黑办收下、汇总）"


def page_of(username, url):
    one = Visitor(cast.person(username))
    one.open(url)
    return one.page


def pages_of(scheme):
    """What the office and a unit read of a scheme."""
    report, period = report_of(scheme), scheme.periods.get()
    yield from (page_of("officer", url) for url in (LIST, f"{LIST}schemes/{scheme.pk}/"))
    yield page_of("officer", f"{LIST}board/?period={period.pk}")
    yield page_of("officer", f"{LIST}periods/{period.pk}/summary/")
    yield page_of(f"head_{cast.TOWN}", f"{LIST}reports/{report.public_id}/")
    yield page_of(f"head_{cast.TOWN}", f"{LIST}reports/{report.public_id}/fill/")


@pytest.mark.parametrize(("receiver", "words"), [("", "市扫黑办"), (BUREAU, NAMED)])
def test_it_is_read_wherever_the_scheme_is(office, receiver, words):
    scheme = scheme_of(receiver=receiver)
    for page in pages_of(scheme):
        assert words in page
        assert (BUREAU in page) is bool(receiver)
    head, *lines = exported_rows("officer", "reports")
    assert {line[head.index("报送对象")] for line in lines} == {words}


def test_what_is_reported_at_any_time_says_it_on_its_form(office):
    scheme = scheme_of("重大情况报告", rhythm=ReportingRhythm.ANY_TIME, receiver=BUREAU)
    url = f"{LIST}schemes/{scheme.pk}/report/{cast.unit(cast.TOWN).pk}/"
    assert f"报{NAMED}" in page_of(f"liaison_{cast.TOWN}", url)


def test_it_is_set_on_the_form_and_changed_for_coming_periods(office):
    """Each version keeps its own, and says what was changed."""
    scheme, page = scheme_of(), f"{LIST}schemes/"
    officer = Visitor(cast.person("officer"))
    officer.open(f"{page}{scheme.pk}/revise/")
    assert "仍由市扫黑办收下、汇总以后上报" in officer.page
    shown = officer.press("保存", receiver=BUREAU, first_day="2026-12-03", reason="改报上级。")
    assert f"报送对象：由“市扫黑办”改为“{NAMED}”" in shown
    assert "周期：由" not in shown
    assert [version.receiver for version in scheme.versions.order_by("version")] == ["", BUREAU]
    assert scheme.periods.get().version.receiver == ""


def test_every_difference_between_versions_is_named(office):
    scheme = scheme_of(receiver=BUREAU, named_units=[cast.unit(cast.MEMBER_UNIT)])
    facts = asked(receiver=BUREAU, named_units=[cast.unit(cast.COUNTY)], open_days=5, first_day=date(2026, 12, 3))
    later = revise_scheme(scheme, by=cast.person("director"), asked=facts, reason="换一个单位。", after=1)
    former = scheme.versions.get(version=1)
    changed = {one.label: (one.before, one.after) for one in later.differences_to(former)}
    assert changed == {
        "指定单位": (cast.unit(cast.MEMBER_UNIT).full_name, cast.unit(cast.COUNTY).full_name),
        "开始填报": ("期末前 6 天", "期末前 5 天"),
    }
    assert later.differences_to(later) == []


def test_no_change_but_of_whom_it_is_for_is_a_change(office):
    scheme = scheme_of(receiver=BUREAU)
    facts = asked(receiver=f" {BUREAU} ", first_day=date(2026, 12, 3))
    with refused("与第1版相同，没有改动。"):
        revise_scheme(scheme, by=cast.person("director"), asked=facts, reason="再报。", after=1)
    facts = asked(first_day=date(2026, 12, 3))
    assert revise_scheme(scheme, by=cast.person("director"), asked=facts, reason="改报本办。", after=1).receiver == ""


def test_who_is_named_gets_no_right_by_it(office):
    scheme = scheme_of(receiver=cast.unit(cast.COUNTY).full_name)
    version = filled(report_of(scheme), by="head")
    with not_theirs():
        accept_report(version, by=cast.head(cast.COUNTY))
    one = Visitor(cast.head(cast.COUNTY))
    one.open(f"{LIST}reports/{version.report.public_id}/", expect=404)


def test_no_number_of_a_person_stands_in_it(office):
    with pytest.raises(Refused) as error:
        scheme_of(receiver="李某 440782199001011234")
    assert any("报送对象" in reason.text for reason in error.value.reasons)


def test_an_analysis_of_all_units_begins_with_it(office):
    period = scheme_of(receiver=BUREAU).periods.get()
    assert begun_analysis(period, None).addressee == BUREAU
    assert begun_analysis(period, cast.unit(cast.COUNTY)).addressee == ""
