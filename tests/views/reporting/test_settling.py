"""The pages of what the office settles: paper returns, 本期不报, 停止报送, 瞒报 of what was never reported."""

import pytest
import time_machine

from tests import cast
from tests.factories import pdf
from tests.reporting import TITLE, at, filled, report_of, scheme_of, towns, values
from tests.web import Visitor
from yuetan.actions.reporting.acceptance import return_report
from yuetan.actions.reporting.paper_returns import register_paper_report
from yuetan.actions.reporting.periods import open_scheme
from yuetan.actions.reporting.release import end_scheme
from yuetan.ledgers.reporting.reports import ReportLedger
from yuetan.models import PeriodicReport
from yuetan.rules.dates import clock
from yuetan.vocabulary import ReportingRhythm, ReportState

LIST, BOARD = "/reporting/", "/reporting/board/"
HEAD, LIAISON = f"head_{cast.TOWN}", f"liaison_{cast.TOWN}"
NUMBERS = {"f1": "5", "f2": "3", "f3": "2", "f4": "1"}
RECEIVED = at(26, 11, 30)
BROUGHT = {"brought_by": "褚十二", "brought_by_title": "棠下镇联络员"}


@pytest.fixture
def scheme(office):
    return scheme_of()


def visitor(username, url=LIST):
    one = Visitor(cast.person(username))
    one.open(url)
    return one


def registered(report, *, scan="报表.pdf", after=0, reason="", received_at=RECEIVED):
    """A paper return that the officer entered."""
    paper = {"signer": cast.head(cast.TOWN).posts.get(), **BROUGHT, "received_at": received_at, "scan": pdf(scan)}
    facts = {"values": values(places=3 + after), "files": {}, "reason": reason, "after": after}
    return register_paper_report(report, by=cast.person("officer"), **facts, **paper)


def report_url(scheme, code=cast.TOWN):
    return f"{LIST}reports/{report_of(scheme, code).public_id}/"


def test_a_paper_return_is_registered_shown_and_accepted_by_another(scheme):
    with time_machine.travel(at(27, 9), tick=False):
        officer = visitor("officer", report_url(scheme))
        officer.open(officer.page.link("代录纸质报表"))
        signer = str(cast.head(cast.TOWN).posts.get().pk)
        page = officer.press("代录纸质报表", expect=422, **NUMBERS)
        assert "代录纸质材料还缺：签字的主要领导、送交人姓名、送交人单位和职务、收到时间、签字盖章的扫描件。" in page
        came = {**BROUGHT, "signer": signer, "received_at": "2026-11-26T11:30", "scan": pdf("报表.pdf")}
        page = officer.press("代录纸质报表", **NUMBERS, **came)
        assert "已代录，请由另一人收下或者退回。" in page
        head = visitor(HEAD, report_url(scheme)).page
        for words in ("纸质代录", "报表.pdf", "冯十（蓬江区棠下镇党委书记）签字，褚十二（棠下镇联络员）送交"):
            assert words in head
        assert "张一" not in head
        assert "逾期" not in head
        assert "纸质代录" in visitor("officer", f"{BOARD}?q={cast.TOWN}").page
        director = visitor("director", report_url(scheme))
        assert "已收下，数字计入汇总。" in director.press("收下")


def test_who_registered_a_paper_is_offered_neither_to_accept_nor_to_tick_it(scheme):
    with time_machine.travel(at(27, 9), tick=False):
        registered(report_of(scheme))
        filled(report_of(scheme, cast.DIVISION_TOWN), by="head")
        for who, offered in (("officer", False), ("director", True)):
            page = visitor(who, report_url(scheme)).page
            assert ("收下的数字计入汇总。" in page) == offered
            assert len(visitor(who, f"{BOARD}?state=handed_in").page.forms[-1].offered["versions"]) == 1 + offered
            assert ("收下或者退回 2 份报表" in visitor(who, "/").page) == offered


def test_the_scan_of_a_paper_that_was_corrected_stays_within_reach(scheme):
    with time_machine.travel(at(27, 9), tick=False):
        registered(report_of(scheme), scan="甲.pdf")
    with time_machine.travel(at(28, 9), tick=False):
        registered(report_of(scheme), scan="乙.pdf", after=1, reason="漏报一处。", received_at=at(28, 8))
        for who in (HEAD, "officer"):
            page = visitor(who, report_url(scheme)).page
            assert page.words.count("签字盖章的纸质报表（第 1 版）") == 1
            assert page.words.count("甲.pdf") == page.words.count("乙.pdf") > 0
            visitor(who, report_url(scheme)).open(page.link("甲.pdf"))


def test_what_waits_for_a_head_is_not_offered_once_it_is_owed_no_more(scheme):
    with time_machine.travel(at(27, 9), tick=False):
        filled(report_of(scheme))
        assert "确认即为报送" in visitor(HEAD, report_url(scheme)).page
        director = visitor("director", f"{LIST}periods/{scheme.periods.get().pk}/excuse/")
        director.press("本期不报", units="蓬江区棠下镇", reason="台风防御期间本期不报。")
        assert "确认即为报送" not in visitor(HEAD, report_url(scheme)).page


def test_a_paper_of_last_year_is_entered_by_the_form_of_that_year_also_after_the_end(office):
    scheme = scheme_of("重大情况报告", rhythm=ReportingRhythm.ANY_TIME)
    signer = str(cast.head(cast.TOWN).posts.get().pk)
    with time_machine.travel(at(2, 9, month=1).replace(year=2027), tick=False):
        open_scheme(scheme, clock.today())
        end = {"at_once": True, "from_day": None, "reason": "已并入另一项报送。"}
        end_scheme(scheme, by=cast.person("director"), **end)
        officer = visitor("officer", f"{LIST}schemes/{scheme.pk}/")
        officer.open(officer.page.link("代录纸质报送"))
        officer.open(f"{officer.page.url}?unit={cast.TOWN}")
        came = {**BROUGHT, "signer": signer, "received_at": "2026-12-31T17:00", "scan": pdf()}
        assert "2026年" in officer.press("代录", **NUMBERS, **came)
        assert PeriodicReport.objects.get().period.label == "2026年"


def test_the_page_says_what_to_do_where_nobody_of_the_unit_confirms(scheme):
    assert "网上没有人能确认报送" not in visitor(LIAISON, report_url(scheme)).page
    head = cast.head(cast.TOWN)
    head.is_active = False
    head.save()
    words = "冯十、陈十一没有可以登录的账号，网上没有人能确认报送：签字盖章的纸质报表交办公室代录"
    for who in (LIAISON, "officer"):
        assert words in visitor(who, report_url(scheme)).page
    cast.unit(cast.TOWN).heads().update(ended_on=clock.today())
    words = "没有登记在任的主要领导，网上没有人能确认报送：请系统管理员登记（主持工作的也登记）"
    assert words in visitor(LIAISON, report_url(scheme)).page


def test_what_happens_is_registered_from_paper_for_the_unit_that_is_chosen(office):
    scheme = scheme_of("重大情况报告", rhythm=ReportingRhythm.ANY_TIME)
    with time_machine.travel(at(27, 9), tick=False):
        officer = visitor("officer", f"{LIST}schemes/{scheme.pk}/")
        officer.open(officer.page.link("代录纸质报送"))
        officer.open(f"{officer.page.url}?unit={cast.TOWN}")
        signer = str(cast.head(cast.TOWN).posts.get().pk)
        came = {**BROUGHT, "signer": signer, "received_at": "2026-11-26T11:30", "scan": pdf()}
        assert "已代录，请由另一人收下或者退回。" in officer.press("代录", **NUMBERS, **came)
        assert "第1件" in visitor(HEAD).page


def test_what_was_not_reported_is_marked_and_asked_of_the_unit(office):
    scheme = scheme_of("重大情况报告", rhythm=ReportingRhythm.ANY_TIME)
    officer = visitor("officer", f"{LIST}schemes/{scheme.pk}/")
    officer.open(officer.page.link("标记瞒报（没有报送的）"))
    facts = {"unit": cast.TOWN, "occurred_on": "2026-11-23", "words": "辖区发生一起事件，没有报送。"}
    page = officer.press("标记瞒报", **facts, proof=[pdf("核查记录.pdf")])
    assert "已标记瞒报，并已告知本单位。" in page
    assert "核查记录.pdf" in page
    page = visitor(HEAD, report_url(scheme)).page
    assert "2026年11月23日发生、没有报送：辖区发生一起事件，没有报送。" in page
    assert "核查记录.pdf" not in page
    assert "填报报表" in visitor(HEAD, "/").page
    board = visitor("officer", BOARD).page
    assert "已报 0" in board
    assert "瞒报" in board


def test_a_period_is_excused_from_the_board_and_the_unit_reads_why(scheme):
    with time_machine.travel(at(27, 9), tick=False):
        assert "本期不报" not in [words for words, _ in visitor("officer", BOARD).page.links]
        director = visitor("director", BOARD)
        director.open(director.page.link("本期不报"))
        facts = {"units": "蓬江区棠下镇", "reason": "台风防御期间本期不报。"}
        assert "尚未写明本期不报的原因。" in director.press("本期不报", expect=422, units="蓬江区棠下镇", reason="")
        page = director.press("本期不报", **facts)
        assert "已决定 1 个单位本期不报" in page
        assert f"应报 {towns() - 1}" in page
        assert "本期不报 1" in page
        assert "台风防御期间本期不报。" in visitor("director", f"{BOARD}?state=excused").page
        page = visitor(HEAD, report_url(scheme)).page
        assert "本期不报：台风防御期间本期不报。" in page
        assert "填报" not in [words for words, _ in page.links]
        assert "填报报表" not in visitor(HEAD, "/").page
        visitor("officer", "/").open(f"{LIST}periods/{scheme.periods.get().pk}/excuse/", expect=403)


def test_a_scheme_is_ended_on_its_page(scheme):
    director = visitor("director", f"{LIST}schemes/{scheme.pk}/")
    director.open(director.page.link("停止报送"))
    assert "停止报送还缺：自哪一天起" in director.press("停止报送", expect=422, reason="并入月报。")
    page = director.press("停止报送", from_day="2026-12-04", reason="并入月报。")
    assert "自2026年12月4日起停止报送：并入月报。" in page
    assert "修改" not in [words for words, _ in page.links]
    assert "自2026年12月4日起停止报送" in visitor("officer").page


def test_what_was_returned_waits_with_its_day_and_is_listed_once_it_has_passed(scheme):
    version = filled(report_of(scheme), by="head")
    again_by = at(2, 0, month=12).date()
    return_report(version, by=cast.person("officer"), reason="请核对场所数。", again_by=again_by)
    assert "2026年12月2日" in visitor(HEAD, "/").page
    assert "重新报送的期限" in visitor(HEAD, report_url(scheme)).page
    with time_machine.travel(at(3, 9, month=12), tick=False):
        page = visitor("officer", f"{BOARD}?state=missed&q={cast.TOWN}").page
        assert "退回后逾期未改报" in page
    assert PeriodicReport.objects.filter(state=ReportState.RETURNED).count() == 1
    assert TITLE in page


def test_the_file_of_the_board_says_what_came_on_paper_and_why_something_is_not_owed(scheme):
    period = scheme.periods.get()
    with time_machine.travel(at(27, 9), tick=False):
        director = visitor("director", f"{LIST}periods/{period.pk}/excuse/")
        director.press("本期不报", units="蓬江区棠下镇", reason="台风防御期间本期不报。")
        report = report_of(scheme)
        (line,) = ReportLedger().lines([report], cast.person("director"))
    said = {column.head: column.value(line) for column in ReportLedger.columns}
    assert (said["报送情况"], said["不再应报的原因"]) == ("本期不报", "台风防御期间本期不报。")
