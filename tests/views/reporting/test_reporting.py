"""The pages of 信息报送: a unit fills in, its head hands in, the office accepts; the board, 汇总, and who missed."""

from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from tests import cast
from tests.exports import exported_rows
from tests.factories import pdf
from tests.refusals import appoint, nothing_stored
from tests.reporting import (
    COUNT,
    FILE,
    FLAG,
    TEXT,
    TITLE,
    accepted,
    asked,
    at,
    filled,
    report_of,
    scheme_of,
    towns,
    values,
)
from tests.web import Visitor
from yuetan.actions.messages.daily import daily
from yuetan.actions.reporting.acceptance import accept_report
from yuetan.actions.reporting.marks import mark_report, withdraw_report_mark
from yuetan.actions.reporting.periods import open_scheme
from yuetan.actions.reporting.reports import fill_report, report_at_any_time
from yuetan.actions.reporting.schemes import revise_scheme
from yuetan.documents.content.report_analysis import counted_figures, paragraphs_of_figures
from yuetan.ledgers.reporting.reports import ReportLedger
from yuetan.models import Alert, OfficeSetting, PeriodicReport, ReportMark, ReportScheme
from yuetan.models.reporting import missed
from yuetan.models.reporting.summary import summarise
from yuetan.rules.dates import clock
from yuetan.rules.reporting.analysis_figures import figures_from
from yuetan.rules.reporting.form_fields import FieldRow
from yuetan.rules.text.official_text import CHINA_STANDARD_TIME
from yuetan.vocabulary import PostKind, ReportingRhythm, ReportState, UnitKind

LIST, BOARD = "/reporting/", "/reporting/board/"
HEAD, LIAISON = f"head_{cast.TOWN}", f"liaison_{cast.TOWN}"
NUMBERS = {"f1": "5", "f2": "3", "f3": "2", "f4": "1"}


@pytest.fixture
def scheme(office):
    return scheme_of()


def visitor(username, url=LIST):
    one = Visitor(cast.person(username))
    one.open(url)
    return one


def report_url(scheme, code=cast.TOWN):
    return f"{LIST}reports/{report_of(scheme, code).public_id}/"


def test_from_filling_in_to_accepting(scheme):
    liaison = visitor(LIAISON, "/")
    assert "填报报表" in liaison.page
    liaison.open(report_url(scheme))
    liaison.open(liaison.page.link("填报"))
    with nothing_stored():
        page = liaison.press("提交", expect=422, **NUMBERS | {"f1": "6"})
    assert "“摸排场所”填的是 6，应当等于“其中娱乐场所”、“其中其他场所”之和 5，请核对。" in page
    assert page.forms[-1].values["f1"] == ["6"]
    assert "请本单位主要领导确认报送" in liaison.press("提交", **NUMBERS)
    head = visitor(HEAD, "/")
    assert "确认报送报表" in head.page
    head.open(report_url(scheme))
    assert "已确认报送。" in head.press("确认报送")
    officer = visitor("officer", "/")
    officer.open(officer.page.link(f"{TITLE}（2026年11月20日至11月26日）"))
    officer.open(report_url(scheme))
    assert "尚未写明退回的原因。" in officer.press("退回", expect=422, reason="")
    assert "已退回，并已告知本单位。" in officer.press("退回", reason="请核对场所数。", again_by="2026-12-02")
    head.open(report_url(scheme))
    head.open(head.page.link("更正（提交新的版本）"))
    assert "请核对场所数。" in head.page
    assert "张一" not in visitor(HEAD, report_url(scheme)).page  # who of the office it was
    page = head.press("提交", **NUMBERS | {"f1": "6", "f2": "4"}, reason="漏报一处。")
    assert "其中娱乐场所：由“3 处”改为“4 处”" in page
    officer.open(report_url(scheme))
    assert "已收下，数字计入汇总。" in officer.press("收下")
    assert "张一办公室收下" in officer.page


def test_zero_in_one_click(scheme):
    head = visitor(HEAD, report_url(scheme))
    page = head.press("零报告")
    assert "已报送（第1版）。" in page
    assert "零报告" in page


def test_several_are_accepted_from_the_board(scheme):
    for code in (cast.TOWN, cast.DIVISION_TOWN):
        filled(report_of(scheme, code), by="head")
    officer = visitor("officer", f"{BOARD}?state=handed_in")
    keys = officer.page.forms[-1].offered["versions"]
    assert len(keys) == 2
    page = officer.press("收下所选", versions=keys)
    assert "已收下 2 份报表。" in page
    assert "没有选中报表，请先勾选。" not in page
    assert PeriodicReport.objects.filter(state=ReportState.ACCEPTED).count() == 2


def test_the_board_shows_units_by_periods_and_costs_the_same_for_many(scheme):
    accepted(report_of(scheme))
    with time_machine.travel(at(30, 9)):
        open_scheme(scheme, clock.today())
        officer = visitor("officer", BOARD)
        assert "2026年11月27日至12月3日" in officer.page
        assert "未报" in officer.page
        with CaptureQueriesContext(connection) as few:
            officer.client.get(f"{BOARD}?q={cast.TOWN}")
        with CaptureQueriesContext(connection) as many:
            officer.client.get(BOARD)
    assert len(many) <= len(few)


LEFT = [
    (at(20, 9), "green", "剩 4 个工作日"),
    (at(23, 9), "yellow", "剩 3 个工作日"),
    (at(26, 11, 59), "yellow", "今天到期"),
    (at(26, 12, 1), "red", "逾期 1 分"),
]


@pytest.mark.parametrize(("moment", "light", "words"), LEFT)
def test_what_is_not_handed_in_shows_the_lights_of_tasks(scheme, moment, light, words):
    """On the board, on its page and in the list of the unit; red from the minute on."""
    with time_machine.travel(moment, tick=False):
        state = "未报" if light == "red" else "待填报"
        for html in (html_of(BOARD), html_of(report_url(scheme)), html_of(LIST, HEAD)):
            assert f'<span class="light light-{light}">{state}</span>' in html
            assert words in html


def html_of(url, username="officer"):
    return Visitor(cast.person(username)).client.get(url).content.decode()


def test_the_lights_of_reports_follow_the_setting_and_no_more_once_handed_in(scheme):
    OfficeSetting.objects.filter(key="yellow_within_days").update(value=2)
    assert 'class="light light-green">待填报' in html_of(report_url(scheme))
    filled(report_of(scheme), by="head")
    page = html_of(report_url(scheme))
    assert 'class="light light-blue">已报送' in page
    assert "个工作日" not in page


def test_what_may_not_be_filled_in_yet_has_no_light_running(office):
    scheme = scheme_of(open_days=0)
    page = html_of(report_url(scheme))
    assert 'class="light light-grey">未到填报时间' in page
    assert "剩 " not in page


def test_the_file_of_the_board_has_a_column_for_each_period_of_the_page_and_no_more(scheme):
    labels = []
    with time_machine.travel(at(26, 13), tick=False):
        accepted(report_of(scheme))  # an hour late
    for week in range(6):
        with time_machine.travel(at(26, 13) + timedelta(weeks=week), tick=False):
            labels.append(scheme.periods.latest("first").label)
            open_scheme(scheme, clock.today() + timedelta(days=1))
    with time_machine.travel(at(26, 13) + timedelta(weeks=6), tick=False):
        newest, oldest = scheme.periods.latest("first"), scheme.periods.earliest("first")
        head, *rows = exported_rows("officer", "reports", f"period={newest.pk}")
        assert head[-5:] == tuple(reversed(labels[1:]))
        assert labels[0] not in head
        second = scheme.periods.order_by("first")[1]
        head, *rows = exported_rows("officer", "reports", f"period={second.pk}")
        cells = {row[2]: row[head.index(labels[0])] for row in rows}
    assert (head[-1], oldest.label) == (labels[0], labels[0])
    assert (cells["蓬江区棠下镇"], cells["开平市三埠街道"]) == ("已收，逾期 1 小时", "未报")


def test_the_file_of_the_board_costs_the_same_for_many(scheme):
    with time_machine.travel(at(30, 9), tick=False):
        open_scheme(scheme, clock.today())
        few, many = (_cost_of_file({"q": words}) for words in (cast.TOWN, ""))
    assert (few[0], many[0]) == (1, towns())
    assert many[1] <= few[1]


def _cost_of_file(asked_for):
    ledger, officer = ReportLedger(), cast.person("officer")
    with CaptureQueriesContext(connection) as cost:
        columns = ledger.columns_for(officer, asked_for)
        rows = [[column.cell(line) for column in columns] for line in ledger.all_lines(officer, asked_for)]
    assert {row[-1] for row in rows} == {"未报"}
    return len(rows), len(cost)


@pytest.mark.parametrize(("state", "number"), [("missed", towns), ("accepted", lambda: 0), ("late", lambda: 0)])
def test_the_board_lists_what_is_asked_for(scheme, state, number):
    with time_machine.travel(at(26, 13)):
        page = visitor("officer", f"{BOARD}?state={state}").page
    assert (f"共 {number()} 条" in page) == bool(number())


def test_the_summary_leads_to_those_who_missed_the_period(scheme):
    accepted(report_of(scheme))
    with time_machine.travel(at(26, 13)):
        officer = visitor("officer", f"{LIST}periods/{scheme.periods.get().pk}/summary/")
        officer.open(officer.page.link("逐个催报（报送表）"))
    assert f"共 {towns() - 1} 条" in officer.page


def test_the_sum_is_that_of_what_was_accepted_and_the_file_says_the_same(scheme):
    accepted(report_of(scheme), places=7, others=1)
    filled(report_of(scheme, cast.DIVISION_TOWN), by="head", places=9)
    period = scheme.periods.get()
    officer = visitor("officer", f"{LIST}periods/{period.pk}/summary/")
    assert f"应报 {towns()}，已报 2，已收 1，逾期报送 0，未报 0。" in officer.page
    officer.open(officer.page.link("蓬江区"))
    answer = officer.client.get(officer.page.link("导出 Excel"))
    rows = list(load_workbook(BytesIO(b"".join(answer.streaming_content))).active.values)
    assert rows[0][:7] == ("单位", "应报", "已报", "已收", "逾期报送", "未报", "摸排场所（处）")
    by_unit = {row[0]: row for row in rows}
    assert by_unit["蓬江区棠下镇"][1:7] == (1, 1, 1, 0, 0, 8)
    assert by_unit["合计"][6] == 8


def test_a_sheet_says_what_every_unit_reported_field_by_field(office):
    fields = (FieldRow("场所", COUNT, "处"), FieldRow("专题研究", FLAG), FieldRow("说明", TEXT), FieldRow("表", FILE))
    scheme = scheme_of(fields=fields)
    said = {"f1": 5, "f2": True, "f3": "=重点查看了夜间营业的场所。"}
    for code in (cast.TOWN, cast.DIVISION_TOWN):
        given = {"values": said, "files": {"f4": [pdf("明细.pdf")]}, "reason": "", "after": 0}
        version = fill_report(report_of(scheme, code), by=cast.head(code), **given)
    accept_report(version, by=cast.person("officer"))
    period = scheme.periods.get()
    officer = visitor("officer", f"{LIST}periods/{period.pk}/summary/")
    assert "“专题研究”为“是”的单位（个）" in officer.page
    answer = officer.client.get(officer.page.link("导出各单位报表"))
    rows = list(load_workbook(BytesIO(b"".join(answer.streaming_content))).active.values)
    assert rows[0] == ("单位", "件", "报送情况", "报送时间", "逾期", "版次", "标记", "场所（处）", "专题研究", "说明")
    by_unit = {row[0]: row for row in rows[1:]}
    assert len(by_unit) == towns()
    assert by_unit["蓬江区棠下镇"][7:] == (5, "是", "'=重点查看了夜间营业的场所。")
    assert by_unit["蓬江区棠下镇"][2] == "已报送"
    summary = summarise(period)
    assert (summary.figure(summary.total, "f1").now, summary.figure(summary.total, "f2").now) == (5, 1)
    visitor(HEAD, "/").open(f"{LIST}periods/{period.pk}/returns/xlsx/", expect=403)


def test_the_file_has_every_unit_also_those_that_the_page_leaves_out(scheme, monkeypatch):
    monkeypatch.setattr("yuetan.models.reporting.summary.MAX_LINES", 2)
    officer = visitor("officer", f"{LIST}periods/{scheme.periods.get().pk}/summary/")
    answer = officer.client.get(officer.page.link("导出 Excel"))
    labels = [row[0] for row in load_workbook(BytesIO(b"".join(answer.streaming_content))).active.values]
    areas = {unit.parent.full_name for unit in scheme.newest_version().units().select_related("parent")}
    assert len(areas) > 2
    assert f"其余 {len(areas) - 2} 个" in officer.page
    assert set(labels[1 : labels.index("合计")]) == areas


def test_a_figure_of_a_marked_report_is_said_to_be_among_the_sums(scheme):
    """On the page, in the file and on the paper; no longer once the mark is withdrawn."""
    period, report = scheme.periods.get(), report_of(scheme)
    accepted(report)
    mark = mark_report(report, by=cast.person("officer"), kind="false", words="核查场所 9 处。", proof=[pdf()])
    filled(report_of(scheme, cast.DIVISION_TOWN), by="head")
    officer = visitor("officer", f"{LIST}periods/{period.pk}/summary/")
    assert "含已标记瞒报、谎报的报表 1 份" in officer.page
    answer = officer.client.get(officer.page.link("导出 Excel"))
    rows = list(load_workbook(BytesIO(b"".join(answer.streaming_content))).active.values)
    assert rows[-1][0] == "含已标记瞒报、谎报的报表 1 份"
    figures = counted_figures(summarise(period))
    assert figures_from(figures.as_json()) == figures
    reported, _ = paragraphs_of_figures(figures)
    assert "下列数字含已标记瞒报、谎报的报表1份。" in [one.text for one in reported]
    assert summarise(period, cast.unit(cast.TOWN).parent).marked == 1
    assert summarise(period, cast.unit(cast.DIVISION_TOWN)).marked == 0
    withdraw_report_mark(mark, by=cast.person("director"), reason="核查有误。")
    assert "含已标记" not in visitor("officer", f"{LIST}periods/{period.pk}/summary/").page
    again = mark_report(report, by=cast.person("officer"), kind="false", words="核查场所 9 处。", proof=[pdf()])
    assert summarise(period).marked == 1  # once, whatever was withdrawn before
    withdraw_report_mark(again, by=cast.person("director"), reason="核查有误。")
    assert "下列数字" not in "".join(one.text for one in paragraphs_of_figures(counted_figures(summarise(period)))[0])


def test_who_missed_is_listed_chased_and_written_to(scheme):
    OfficeSetting.objects.filter(key="report_missed_times").update(value=1)
    with time_machine.travel(at(30, 9)):
        daily()
        words = "最近1期中，有"
        assert Alert.objects.filter(recipient=cast.person("officer"), text__contains=words).count() == 1
        daily()
        assert Alert.objects.filter(recipient=cast.person("officer"), text__contains=words).count() == 1
        officer = visitor("officer", f"{LIST}schemes/{scheme.pk}/missed/")
        town = cast.unit(cast.TOWN)
        facts = f"{town.full_name}最近1期“{TITLE}”中，1期到期未报（2026年11月20日至11月26日）。"
        assert facts in officer.page
        officer.open(officer.page.link(f"提出约谈建议：{town.full_name}"))
        values = officer.page.forms[-1].values
        assert values["matter"] == [f"未按规定报送“{TITLE}”"]
        assert any(facts in value[0] for name, value in values.items() if name.endswith("-facts"))


def test_who_missed_is_read_page_by_page_and_what_follows_is_counted(scheme, monkeypatch):
    OfficeSetting.objects.filter(key="report_missed_times").update(value=1)
    monkeypatch.setattr(missed, "MAX_UNITS", towns() // 2)
    address = f"{LIST}schemes/{scheme.pk}/missed/"
    with time_machine.travel(at(30, 9)):
        officer, listed = visitor("officer", address), list[str]()
        assert f"后面还有 {towns() - towns() // 2} 个单位" in officer.page
        while True:
            listed += [words for words, _ in officer.page.links if words.startswith("提出约谈建议：")]
            if "下一页" not in dict(officer.page.links):
                break
            officer.open(officer.page.link("下一页"))
        assert len(listed) == len(set(listed)) == towns()
        place, chased = officer.page.url, listed[-1].removeprefix("提出约谈建议：")
        assert officer.press(f"催报：{chased}").url == place  # and no other page of them
        assert officer.open(officer.page.link("从未报最多的看起")).url.endswith(address)
        assert "后面没有别的单位了。" in officer.open(f"{address}?missed=1&after=999999999")
        for nowhere in ("?missed=x&after=1", "?after=1", f"?missed=1&after={'9' * 40}"):
            assert "从未报最多的看起" not in officer.open(f"{address}{nowhere}")


def test_how_often_a_unit_was_chased_stands_where_it_is_looked_for(scheme):
    """On 未报提醒 and on the page of a report, for the office alone."""
    OfficeSetting.objects.filter(key="report_missed_times").update(value=1)
    town, words = cast.unit(cast.TOWN), "已催报 1 次，最近一次 2026年11月30日 09:00"
    with time_machine.travel(at(30, 9), tick=False):
        officer = visitor("officer", f"{LIST}schemes/{scheme.pk}/missed/")
        assert words not in officer.page
        assert "本事项还没有催报过。" in officer.page
        assert words in officer.press(f"催报：{town.full_name}")
        assert "1期到期未报（2026年11月20日至11月26日），期间已催报1次，经催报仍未报。" in officer.page
        assert words in visitor("officer", report_url(scheme)).page
        assert words not in visitor("officer", report_url(scheme, cast.DIVISION_TOWN)).page
        assert "已催报" not in visitor(HEAD, report_url(scheme)).page


def test_a_letter_to_a_member_unit_begins_with_the_facts(office):
    scheme = scheme_of(kinds=[UnitKind.MEMBER_UNIT])
    OfficeSetting.objects.filter(key="report_missed_times").update(value=1)
    with time_machine.travel(at(30, 9)):
        open_scheme(scheme, clock.today())
        supervisor = visitor("supervisor", f"{LIST}schemes/{scheme.pk}/missed/")
        unit = cast.unit(cast.MEMBER_UNIT)
        supervisor.open(supervisor.page.link(f"起草提醒函：{unit.full_name}"))
        assert supervisor.page.forms[-1].values["matter"] == [f"未按规定报送“{TITLE}”"]
        assert "1期到期未报" in supervisor.page.forms[-1].values["problems"][0]


def test_units_are_reminded_of_what_may_be_filled_in(scheme):
    with time_machine.travel(at(25, 9)):
        daily()
        (alert,) = Alert.objects.filter(recipient=cast.liaison(cast.TOWN))
    assert alert.text == f"报表将于2026年11月26日到期，请抓紧报送：{TITLE}（2026年11月20日至11月26日）"


def test_a_mark_is_shown_to_the_unit_without_its_proof(scheme):
    accepted(report_of(scheme))
    officer = visitor("officer", report_url(scheme))
    officer.open(officer.page.link("标记瞒报、谎报"))
    page = officer.press("标记", kind="false", words="实地核查场所 9 处，上报 5 处。", proof=[pdf("核查记录.pdf")])
    assert "核查记录.pdf" in page
    page = visitor(HEAD, report_url(scheme)).page
    assert "谎报" in page
    assert "核查记录.pdf" not in page
    assert "张一" not in page
    director = visitor("director", report_url(scheme))
    director.open(director.page.link("撤销标记"))
    assert "已撤销标记" in director.press("撤销", reason="核查有误。")
    assert "谎报" not in visitor(HEAD, report_url(scheme)).page.words.split("瞒报、谎报")[0]


def test_a_scheme_is_set_up_on_its_page_and_changed_for_coming_periods(office):
    director = visitor("director")
    director.open(director.page.link("设立报送事项"))
    row = {"fields_asked-0-label": "摸排场所", "fields_asked-0-kind": "count", "fields_asked-0-unit": "处"}
    facts = {
        "title": "每月摸排",
        "source": "办公室设定",
        "kinds": ["town"],
        "rhythm": "monthly",
        "first_day": "2026-11-01",
    }
    page = director.press("保存", expect=422, **facts)
    assert "报表还没有填报项，请至少列一项。" in page
    page = director.press("保存", **facts, **row, due_days="5", named_units="市公安局")
    assert "镇（街）；指定单位 1 个" in page
    assert "每月，期末后 5 个工作日 12:00 前" in page
    director.open(director.page.link("修改"))
    page = director.press("保存", expect=422, first_day="2026-11-20", reason="增加一项。", due_days="3")
    assert "2026年11月已经开始，按第1版报送，不能中途改变" in page
    page = director.press("保存", first_day="2026-12-20", reason="增加一项。", due_days="3")
    assert "自2026年12月1日起开始的各期" in page
    assert ReportScheme.objects.get().versions.count() == 2


def test_what_happens_is_reported_at_any_time(office):
    scheme = scheme_of("重大情况报告", rhythm=ReportingRhythm.ANY_TIME)
    head = visitor(HEAD)
    head.open(head.page.link(f"重大情况报告：{cast.unit(cast.TOWN).full_name}"))
    assert "已报送（第1版）。" in head.press("提交", **NUMBERS)
    assert "第1件" in visitor(HEAD).page
    assert scheme.periods.get().reports.count() == 1


def test_the_form_of_what_happens_is_that_of_the_running_period_until_a_change_is_in_force(office):
    scheme = scheme_of("重大情况报告", rhythm=ReportingRhythm.ANY_TIME)
    renamed = (FieldRow("基本情况", TEXT),)
    facts = asked(rhythm=ReportingRhythm.ANY_TIME, first_day=date(2027, 1, 1), fields=renamed)
    revise_scheme(scheme, by=cast.person("director"), asked=facts, reason="改为只报情况。", after=1)
    head = visitor(HEAD, f"{LIST}schemes/{scheme.pk}/report/{cast.unit(cast.TOWN).pk}/")
    assert "基本情况" not in head.page
    assert "已报送（第1版）。" in head.press("提交", **NUMBERS)
    with time_machine.travel(datetime(2027, 1, 4, 9, tzinfo=CHINA_STANDARD_TIME)):
        open_scheme(scheme, clock.today())
        head = visitor(HEAD, f"{LIST}schemes/{scheme.pk}/report/{cast.unit(cast.TOWN).pk}/")
        assert "基本情况" in head.page
        assert "已报送（第1版）。" in head.press("提交", f6="辖区发生一起聚众扰乱公共场所秩序事件。")


def test_what_came_at_any_time_waits_before_what_is_routine(scheme):
    filled(report_of(scheme), by="head")
    incident = scheme_of("重大情况报告", rhythm=ReportingRhythm.ANY_TIME)
    report_at_any_time(incident, by=cast.head(cast.TOWN), unit=cast.unit(cast.TOWN), values=values(), files={})
    page = visitor("officer", "/").page
    first, routine = page.words.index("随时报送，请先处理：收下或者退回 1 份报表"), page.words.index(f"{TITLE}（")
    assert first < routine


def test_the_office_sees_the_period_whose_limit_is_next_and_with_none_ahead_the_last(office):
    scheme = scheme_of()
    with time_machine.travel(at(24, 9), tick=False):
        open_scheme(scheme, date(2026, 12, 14))
        first, *_, newest = scheme.periods.order_by("first")
        assert newest != first
        filled(report_of_period(first), by="head")
        page = visitor("officer").page
        assert "已报 1，应报" in page
        assert newest.label not in page
        assert visitor("officer", BOARD).page.response.context["period"] == first
    with time_machine.travel(at(26, 13), tick=False):
        second = scheme.periods.order_by("first")[1]
        page = visitor("officer").page
        assert second.label in page
        assert "已报 0，应报" in page
    with time_machine.travel(datetime(2027, 3, 1, 9, tzinfo=CHINA_STANDARD_TIME), tick=False):
        assert newest.label in visitor("officer").page
        assert visitor("officer", BOARD).page.response.context["period"] == newest


def report_of_period(period):
    return PeriodicReport.objects.with_relations().get(period=period, unit=cast.unit(cast.TOWN))


def test_a_unit_reads_first_what_is_due_soonest_and_behind_it_what_is_done(office, monkeypatch):
    weekly, slow = scheme_of(), scheme_of("慢报", due_days=40)
    open_scheme(weekly, date(2026, 12, 14))
    first, second, *others = (report_of_period(each) for each in weekly.periods.order_by("first"))
    filled(first, by="head")
    wanted = [second, *others, report_of(slow), first]
    shown = visitor(LIAISON).page.response.context["rows"]
    assert [row.report.pk for row in shown] == [each.pk for each in wanted]
    monkeypatch.setattr("yuetan.views.frame.pagination.PAGE_LENGTH", 2)
    place, paged = "", []
    while True:
        context = visitor(LIAISON, LIST + place).page.response.context
        paged += [row.report.pk for row in context["rows"]]
        if not (place := context["page"]["next_url"]):
            break
    assert paged == [each.pk for each in wanted]
    last = visitor(LIAISON, f"{LIST}?last=1").page.response.context
    assert [row.report.pk for row in last["rows"]] == [each.pk for each in wanted[-2:]]


def test_what_was_returned_is_read_by_the_day_by_which_it_is_to_be_put_right(office):
    reports = PeriodicReport.objects.of_unit_people(cast.liaison(cast.TOWN))
    soon, later = report_of(scheme_of()), report_of(scheme_of("慢报", due_days=40))
    assert [each.pk for each in reports.in_order_of_limits()] == [soon.pk, later.pk]
    reports.filter(pk=later.pk).update(state=ReportState.RETURNED, again_by=date(2026, 11, 20))
    assert [each.pk for each in reports.in_order_of_limits()] == [later.pk, soon.pk]


def test_the_newest_schemes_are_listed_and_how_many_there_are(office, monkeypatch):
    monkeypatch.setattr("yuetan.views.reporting.schemes.MAX_SCHEMES", 1)
    scheme_of("甲表")
    assert "只列最近设立" not in visitor("officer").page
    scheme_of("乙表")
    page = visitor("officer").page
    assert "乙表" in page
    assert "甲表" not in page
    assert "共 2 项，只列最近设立的 1 项" in page


def test_a_unit_comes_to_no_scheme_that_is_not_asked_of_it(office):
    """Neither its title nor its fields by guessing its number; one it is asked of is no secret from it."""
    scheme = scheme_of("重大情况报告", rhythm=ReportingRhythm.ANY_TIME)
    member, town = cast.unit(cast.MEMBER_UNIT), cast.unit(cast.TOWN)
    visitor(f"head_{cast.MEMBER_UNIT}", "/").open(f"{LIST}schemes/{scheme.pk}/report/{member.pk}/", expect=404)
    visitor(HEAD, "/").open(f"{LIST}schemes/{scheme.pk}/report/{town.pk}/")


def test_who_sees_what(scheme):
    version = accepted(report_of(scheme))
    period, report = scheme.periods.get(), version.report
    mark = mark_report(report, by=cast.person("officer"), kind="false", words="核查场所 9 处。", proof=[pdf()])
    office_alone = (
        *(BOARD, f"{LIST}schemes/{scheme.pk}/", f"{LIST}schemes/{scheme.pk}/missed/"),
        *(f"{LIST}periods/{period.pk}/summary/", f"{LIST}periods/{period.pk}/summary/xlsx/"),
    )
    for url in office_alone:
        visitor(HEAD, "/").open(url, expect=403)
        visitor("group_leader", "/").open(url)
    own = f"{LIST}reports/{report.public_id}/"
    for who in (HEAD, LIAISON, "officer", "supervisor"):
        visitor(who, own)
    for who in (f"head_{cast.DIVISION_TOWN}", "sysadmin", "auditor"):
        visitor(who, "/").open(own, expect=404)
        visitor(who, "/").open(f"{own}fill/", expect=404)
        visitor(who, "/").open(f"/reporting/files/{mark.files.get().pk}/", expect=404)
    visitor(HEAD, "/").open(f"/reporting/files/{mark.files.get().pk}/", expect=404)
    visitor("officer", "/").open(f"{own}fill/", expect=403)
    visitor(HEAD, "/").open(f"{own}mark/", expect=403)
    appoint(cast.person("officer"), cast.unit(cast.TOWN), PostKind.LIAISON, "联络员")
    for url in (f"{own}mark/",):
        visitor("officer", "/").open(url, expect=403)
    visitor("director", "/").open(f"{LIST}marks/{ReportMark.objects.get().pk}/withdraw/")


def test_a_scheme_is_found_by_its_title_by_who_may_know_of_it(scheme):
    """A unit that owes no report of it finds nothing."""
    for who, number in (("officer", 1), (HEAD, 1), (f"head_{cast.MEMBER_UNIT}", 0), ("sysadmin", 0)):
        page = visitor(who, "/search/?q=线索摸排").page
        assert ([words for words, _ in page.links].count(TITLE)) == number, who
