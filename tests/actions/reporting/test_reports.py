"""报表: owed when the period begins, filled in, confirmed, accepted or returned; late by the minute; corrected."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.factories import pdf
from tests.past_triggers import past_triggers
from tests.refusals import appoint, not_theirs, nothing_stored, refused
from tests.reporting import (
    TITLE,
    accepted,
    at,
    filled,
    report_of,
    scheme_of,
    towns,
    values,
)
from yuetan.actions.record.checks.check_reports import check_reports
from yuetan.actions.reporting.acceptance import accept_report, accept_reports, return_report
from yuetan.actions.reporting.confirmation import confirm_report, send_back_report
from yuetan.actions.reporting.marks import chase_reports, mark_report, withdraw_report_mark
from yuetan.actions.reporting.periods import open_periods, open_scheme
from yuetan.actions.reporting.reports import fill_report, report_at_any_time, report_zero
from yuetan.errors import Refused
from yuetan.models import Alert, Event, PeriodicReport, ReportFile, ReportVersion, Unit
from yuetan.rules.dates import clock
from yuetan.rules.reporting.form_fields import FieldRow
from yuetan.rules.text.official_text import CHINA_STANDARD_TIME
from yuetan.vocabulary import PostKind, ReportFieldKind, ReportingRhythm, ReportState, UnitKind

SENT_BACK, CORRECTED = "请核对场所数。", "漏报一处娱乐场所。"
AGAIN = date(2026, 12, 2)


@pytest.fixture
def scheme(office):
    return scheme_of()


@pytest.fixture
def report(scheme):
    return report_of(scheme)


def fresh(report):
    return PeriodicReport.objects.with_relations().get(pk=report.pk)


def test_every_unit_owes_one_report_of_the_period_that_has_begun(scheme, report):
    period = scheme.periods.get()
    assert (period.label, period.unit_count) == ("2026年11月20日至11月26日", towns())
    assert period.due_at == at(26, 12)
    assert period.reports.count() == towns()
    assert (report.state, report.state_words) == (ReportState.AWAITED, "待填报")
    assert open_scheme(scheme, clock.today()) == 0


def test_periods_open_as_they_begin_and_none_twice(scheme):
    with time_machine.travel(at(30, 6)):
        assert open_periods(clock.today()) == {"开期": 1}
        assert open_periods(clock.today()) == {"开期": 0}
    assert list(scheme.periods.values_list("label", flat=True)) == [
        "2026年11月27日至12月3日",
        "2026年11月20日至11月26日",
    ]


def test_the_liaison_fills_in_and_the_head_hands_in(report):
    version = filled(report)
    assert fresh(report).state == ReportState.AWAITS_CONFIRMATION
    words = f"褚十二填报了蓬江区棠下镇2026年11月20日至11月26日{TITLE}（第1版），请确认报送或者退回。"
    assert Alert.objects.get(recipient=cast.head(cast.TOWN)).text == words
    with not_theirs():
        confirm_report(version, by=cast.liaison(cast.TOWN))
    version = confirm_report(version, by=cast.head(cast.TOWN))
    now = fresh(report)
    assert (now.state, now.handed_in_at, now.lateness) == (ReportState.HANDED_IN, version.confirmed_at, "")
    assert list(Event.objects.filter(verb__endswith="_report").order_by("id").values_list("verb", flat=True)) == [
        "fill_report",
        "confirm_report",
    ]


def test_what_the_head_sends_back_is_filled_in_again(report):
    first = filled(report)
    send_back_report(first, by=cast.head(cast.TOWN), reason=SENT_BACK)
    assert fresh(report).state == ReportState.SENT_BACK
    assert SENT_BACK in Alert.objects.get(recipient=cast.liaison(cast.TOWN)).text
    with refused("这一版现在是“本单位退回修改”，不能再确认或者退回。"):
        confirm_report(first, by=cast.head(cast.TOWN))
    second = filled(report, places=4)
    assert (second.version, second.reason) == (2, "")
    with refused("这张报表已填报第2版，请在新的版本上办理。"):
        confirm_report(first, by=cast.head(cast.TOWN))


@pytest.mark.parametrize(
    ("moment", "late"),
    [(at(26, 12), ""), (at(26, 12, 1), "逾期 1 分"), (at(27, 14, 5), "逾期 1 天 2 小时 5 分")],
)
def test_late_is_shown_to_the_minute_and_stays(report, moment, late):
    with time_machine.travel(moment, tick=False):
        version = filled(report, by="head")
        assert fresh(report).lateness == late
    with time_machine.travel(at(30, 9)):
        return_report(version, by=cast.person("officer"), reason=SENT_BACK, again_by=AGAIN)
        filled(report, by="head", reason=CORRECTED, places=9)
        assert fresh(report).lateness == late


def test_a_period_that_is_not_open_yet_is_not_filled_in(office):
    report = report_of(scheme_of(rhythm=ReportingRhythm.MONTHLY, open_days=0))
    sentence = "办公室设定：2026年11月还没有到填报时间，自2026年11月30日起可以填报。"
    assert fresh(report).state_words == "未到填报时间"
    with refused(sentence):
        filled(report)
    with refused(sentence):
        report_zero(report, by=cast.head(cast.TOWN), after=0)
    with time_machine.travel(at(30, 9)):
        assert filled(report).version == 1


def test_a_period_is_reported_once(report):
    filled(report)
    sentence = "蓬江区棠下镇2026年11月20日至11月26日的报表已由褚十二填报第1版，每期只报一份；要改的，请在第1版上更正。"
    with refused(sentence):
        fill_report(report, by=cast.head(cast.TOWN), values=values(), files={}, reason="", after=0)
    with refused(sentence):
        report_zero(report, by=cast.head(cast.TOWN), after=0)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"f1": 6}, "“摸排场所”填的是 6，应当等于“其中娱乐场所”、“其中其他场所”之和 5，请核对。"),
        ({"f1": None, "f4": None}, "报表还缺：摸排场所、累计移交线索。"),
        ({"f5": "无"}, "所填的“无”看不出内容，请写明具体情况（报表还缺：情况说明）。"),
        (
            {"f5": "联系13800138000。"},
            "办公室设定：“情况说明”中有手机号码（138****8000），不得留存：请只写姓名、职务，需要联系的写单位的办公电话（固定电话）。",
        ),
        ({"f4": -1}, "“累计移交线索”须填 0 至 999999999 的整数。"),
    ],
)
def test_what_breaks_the_form_is_refused_and_nothing_stored(report, changed, sentence):
    with nothing_stored(), pytest.raises(Refused) as error:
        fill_report(report, by=cast.head(cast.TOWN), values={**values(), **changed}, files={}, reason="", after=0)
    assert sentence in [reason.text for reason in error.value.reasons]


def test_a_running_total_is_not_less_than_that_of_the_period_before(scheme, report):
    accepted(report, handed_over=5)
    with time_machine.travel(at(30, 9)):
        open_scheme(scheme, clock.today())
        later = report_of(scheme)
        with refused("“累计移交线索”是累计数，填的是 4，不应小于最近一次报送的 5，请核对。"):
            filled(later, handed_over=4)
        assert filled(later, handed_over=5).version == 1


def test_a_number_that_may_not_be_less_than_another(office):
    rows = (
        FieldRow("排查", ReportFieldKind.COUNT, "次", True, "at_least", "整改"),
        FieldRow("整改", ReportFieldKind.COUNT),
    )
    report = report_of(scheme_of(fields=rows))
    with refused("“排查”填的是 1，不应小于“整改”的 2，请核对。"):
        fill_report(report, by=cast.head(cast.TOWN), values={"f1": 1, "f2": 2}, files={}, reason="", after=0)


def test_zero_is_one_click_and_counts_as_a_report(report):
    version = report_zero(report, by=cast.liaison(cast.TOWN), after=0)
    assert (version.is_zero, version.values) == (True, {"f1": 0, "f2": 0, "f3": 0, "f4": 0})
    confirm_report(version, by=cast.head(cast.TOWN))
    assert fresh(report).handed_in_at is not None


def test_zero_leaves_a_running_total_as_it_was_reported_last(scheme, report):
    accepted(report, handed_over=5)
    with time_machine.travel(at(30, 9)):
        open_scheme(scheme, clock.today())
        version = report_zero(report_of(scheme), by=cast.head(cast.TOWN), after=0)
    assert (version.is_zero, version.values) == (True, {"f1": 0, "f2": 0, "f3": 0, "f4": 5})


def test_a_period_nobody_reported_is_passed_over_by_a_running_total(scheme, report):
    accepted(report, handed_over=5)
    with time_machine.travel(at(30, 9)):
        open_scheme(scheme, clock.today())
    with time_machine.travel(at(7, 9, month=12)):
        open_scheme(scheme, clock.today())
        later = report_of(scheme)
        with refused("“累计移交线索”是累计数，填的是 4，不应小于最近一次报送的 5，请核对。"):
            filled(later, handed_over=4)
        assert report_zero(later, by=cast.head(cast.TOWN), after=0).values["f4"] == 5


@pytest.mark.parametrize(("check", "carried"), [("at_least_in_year", 0), ("at_least_before", 5)])
def test_a_total_of_the_year_begins_anew_with_the_year(office, check, carried):
    rows = (FieldRow("今年移交", ReportFieldKind.COUNT, "条", True, check),)
    scheme = scheme_of(fields=rows)
    head = cast.head(cast.TOWN)
    fill_report(report_of(scheme), by=head, values={"f1": 5}, files={}, reason="", after=0)
    with time_machine.travel(at(7, 9, month=12)):
        open_scheme(scheme, clock.today())
        assert report_zero(report_of(scheme), by=head, after=0).values == {"f1": 5}
    with time_machine.travel(datetime(2027, 1, 4, 9, tzinfo=CHINA_STANDARD_TIME)):
        open_scheme(scheme, clock.today())
        assert report_zero(report_of(scheme), by=head, after=0).values == {"f1": carried}


def test_zero_keeps_what_is_made_of_a_running_total_in_order(office):
    rows = (
        FieldRow("累计办理", ReportFieldKind.COUNT, "条", True, "sum", "累计移交、本期退回"),
        FieldRow("累计移交", ReportFieldKind.COUNT, "条", True, "at_least_before"),
        FieldRow("本期退回", ReportFieldKind.COUNT),
        FieldRow("累计接收", ReportFieldKind.COUNT, "条", True, "at_least", "累计移交"),
        FieldRow("本期排查", ReportFieldKind.COUNT, "条", True, "at_least", "本期退回"),
    )
    scheme, head = scheme_of(fields=rows), cast.head(cast.TOWN)
    first = {"f1": 9, "f2": 7, "f3": 2, "f4": 8, "f5": 3}
    fill_report(report_of(scheme), by=head, values=first, files={}, reason="", after=0)
    with time_machine.travel(at(30, 9)):
        open_scheme(scheme, clock.today())
        version = report_zero(report_of(scheme), by=head, after=0)
    assert version.values == {"f1": 7, "f2": 7, "f3": 0, "f4": 8, "f5": 0}


def test_the_office_accepts_or_returns_with_words(report):
    version = filled(report)
    officer = cast.person("officer")
    with refused("这一版现在是“待本单位确认”，本单位还没有报送或者已经办过，办公室不能收下或者退回。"):
        accept_report(version, by=officer)
    confirm_report(version, by=cast.head(cast.TOWN))
    with refused("尚未写明退回的原因。"):
        return_report(version, by=officer, reason="", again_by=AGAIN)
    with refused("退回须定重新报送的期限，请填写。"):
        return_report(version, by=officer, reason=SENT_BACK, again_by=None)
    with refused("重新报送的期限不能早于今天，请另定。"):
        return_report(version, by=officer, reason=SENT_BACK, again_by=clock.today() - timedelta(days=1))
    return_report(version, by=officer, reason=SENT_BACK, again_by=AGAIN)
    assert fresh(report).state == ReportState.RETURNED
    assert Alert.objects.filter(text__contains=SENT_BACK).count() == 2
    second = filled(report, by="head", reason=CORRECTED, places=4)
    accept_report(second, by=officer)
    assert fresh(report).accepted == second


def test_a_correction_is_a_new_version_and_the_accepted_one_counts_until_it_is_accepted(report):
    first = accepted(report)
    with refused("第1版已经报送，更正须写明更正说明；原来的版本保留。"):
        filled(report, places=4)
    with refused("与第1版相同，没有改动；要更正的，请修改后再提交。"):
        filled(report, reason=CORRECTED)
    second = filled(report, places=4, reason=CORRECTED)
    assert fresh(report).accepted == first
    shown = second.differences_to(first, report.period.version.form_fields)
    assert [(each.label, each.before, each.after) for each in shown] == [
        ("摸排场所", "5 处", "6 处"),
        ("其中娱乐场所", "3 处", "4 处"),
    ]
    confirm_report(second, by=cast.head(cast.TOWN))
    accept_report(second, by=cast.person("officer"))
    assert fresh(report).accepted == second


def test_several_are_accepted_all_or_none(scheme, report):
    officer = cast.person("officer")
    other = filled(report_of(scheme, cast.DIVISION_TOWN), by="head")
    mine = filled(report, by="head")
    with refused("没有选中报表，请先勾选。"):
        accept_reports([], by=officer)
    return_report(mine, by=officer, reason=SENT_BACK, again_by=AGAIN)
    with refused("这一版现在是“办公室退回”，本单位还没有报送或者已经办过，办公室不能收下或者退回。"):
        accept_reports([other, mine], by=officer)
    assert accept_reports([other], by=officer) == 1


def test_nobody_else_fills_in_confirms_or_accepts(report):
    stranger = cast.head(cast.DIVISION_TOWN)
    for who in (stranger, cast.person("officer"), cast.person("sysadmin")):
        with not_theirs():
            fill_report(report, by=who, values=values(), files={}, reason="", after=0)
        with not_theirs():
            report_zero(report, by=who, after=0)
    version = filled(report)
    for who in (stranger, cast.person("director")):
        with not_theirs():
            confirm_report(version, by=who)
        with not_theirs():
            send_back_report(version, by=who, reason=SENT_BACK)
    confirm_report(version, by=cast.head(cast.TOWN))
    appoint(cast.person("officer"), cast.unit(cast.TOWN), PostKind.LIAISON, "联络员")
    for who in (cast.head(cast.TOWN), cast.person("supervisor"), cast.person("officer")):
        with not_theirs():
            accept_report(version, by=who)
        with not_theirs():
            return_report(version, by=who, reason=SENT_BACK, again_by=AGAIN)


def test_several_are_accepted_by_nobody_else(scheme):
    """Not even none of them; and not by who holds a post in the unit of one (回避)."""
    versions = [filled(report_of(scheme, code), by="head") for code in (cast.TOWN, cast.DIVISION_TOWN)]
    for chosen in (versions, []):
        with not_theirs():
            accept_reports(chosen, by=cast.person("supervisor"))
    appoint(cast.person("officer"), cast.unit(cast.DIVISION_TOWN), PostKind.LIAISON, "联络员")
    with not_theirs():
        accept_reports(versions, by=cast.person("officer"))
    assert accept_reports(versions[:1], by=cast.person("officer")) == 1


def test_a_unit_sees_its_own_and_no_other(report):
    version = filled(report)
    visible = PeriodicReport.objects.visible_to
    assert list(visible(cast.liaison(cast.TOWN))) == [report]
    assert visible(cast.person("officer")).count() == towns()
    for who in (cast.person("auditor"), cast.person("sysadmin")):
        assert not visible(who).exists()
    assert ReportVersion.objects.get() == version


def test_what_happens_is_reported_at_any_time_and_counted(office):
    fields = (FieldRow("情况", ReportFieldKind.TEXT), FieldRow("材料", ReportFieldKind.FILE, needed=False))
    scheme = scheme_of("重大情况", rhythm=ReportingRhythm.ANY_TIME, fields=fields)
    head, town = cast.head(cast.TOWN), cast.unit(cast.TOWN)
    given = {"values": {"f1": "辖区发生一起聚众扰乱公共场所秩序事件。"}, "files": {"f2": [pdf("情况.pdf")]}}
    for number in (1, 2):
        version = report_at_any_time(scheme, by=head, unit=town, **given)
        assert version.report.serial == number
    assert ReportFile.objects.filter(version=version).get().name == "情况.pdf"
    assert (version.report.due_at, version.report.lateness) == (None, "")
    weekly = scheme_of()
    with refused(f"“{TITLE}”按期报送，请在本期的报表上填报。"):
        report_at_any_time(weekly, by=head, unit=town, **given)
    with refused("办公室设定：重大情况随时报送的，没有情况不用报，不作零报告。", field=""):
        report_zero(version.report, by=head, after=1)


def test_a_running_total_is_not_more_than_that_of_the_period_after(scheme, report):
    """A correction of an earlier period is held against both its neighbours; none where the later one was returned."""
    accepted(report, handed_over=5)
    with time_machine.travel(at(30, 9)):
        open_scheme(scheme, clock.today())
        later = filled(report_of(scheme), by="head", handed_over=6)
        sentence = (
            "“累计移交线索”是累计数，填的是 7，不应大于以后一期已报的 6，请核对；以后一期也有误的，请先更正以后一期。"
        )
        with refused(sentence):
            filled(report, by="head", handed_over=7, reason=CORRECTED)
        assert filled(report, by="head", handed_over=6, reason=CORRECTED).version == 2
        later = filled(later.report, by="head", handed_over=9, reason=CORRECTED)
        assert filled(report, by="head", handed_over=7, reason=CORRECTED).version == 3
        return_report(later, by=cast.person("officer"), reason=SENT_BACK, again_by=AGAIN)
        assert filled(report, by="head", handed_over=10, reason=CORRECTED).version == 4


def test_a_total_of_the_year_is_not_held_against_the_next_year(office):
    rows = (FieldRow("今年移交", ReportFieldKind.COUNT, "条", True, "at_least_in_year"),)
    scheme, head = scheme_of(fields=rows), cast.head(cast.TOWN)
    report = report_of(scheme)
    fill_report(report, by=head, values={"f1": 5}, files={}, reason="", after=0)
    with time_machine.travel(datetime(2027, 1, 4, 9, tzinfo=CHINA_STANDARD_TIME)):
        for _ in range(2):
            open_scheme(scheme, clock.today())
        fill_report(report_of(scheme), by=head, values={"f1": 1}, files={}, reason="", after=0)
        version = fill_report(report, by=head, values={"f1": 6}, files={}, reason=CORRECTED, after=1)
        assert version.version == 2


def test_what_came_at_any_time_is_said_to_who_accepts_it_at_once(office):
    """Once it is handed in, not before; to none who is of the unit; nothing of what is routine."""
    appoint(cast.person("officer"), cast.unit(cast.DIVISION_TOWN), PostKind.LIAISON, "联络员")
    scheme = scheme_of("重大情况", rhythm=ReportingRhythm.ANY_TIME)
    given = {"values": values(), "files": {}}
    for code in (cast.TOWN, cast.DIVISION_TOWN):
        version = report_at_any_time(scheme, by=cast.liaison(code), unit=cast.unit(code), **given)
        assert not Alert.objects.filter(text__contains="请及时处理").exists()
        confirm_report(version, by=cast.head(code))
        words = f"{cast.unit(code).full_name}报送了重大情况（第1件，第1版），请及时处理。"
        people = {"director", "second_officer"} | ({"officer"} if code == cast.TOWN else set())
        assert set(Alert.objects.filter(text=words).values_list("recipient__username", flat=True)) == people
        Alert.objects.all().delete()
    filled(report_of(scheme_of()), by="head")
    assert not Alert.objects.filter(text__contains="请及时处理").exists()


def test_a_mark_needs_proof_and_stands_until_it_is_withdrawn(report):
    officer, director = cast.person("officer"), cast.person("director")
    facts = {"kind": "false", "words": "实地核查场所 9 处，上报 5 处。", "proof": [pdf("核查记录.pdf")]}
    with refused("办公室设定：这张报表本单位还没有报送，不能标记瞒报、谎报；没有报送的，系统已列为未报。"):
        mark_report(report, by=officer, **facts)
    accepted(report)
    with refused("还缺：标记、依据材料。"):
        mark_report(report, by=officer, **facts | {"kind": "", "proof": []})
    mark = mark_report(report, by=officer, **facts)
    assert "标记蓬江区棠下镇" in Alert.objects.filter(recipient=cast.liaison(cast.TOWN)).latest("pk").text
    assert not ReportFile.objects.visible_to(cast.head(cast.TOWN)).exists()
    assert ReportFile.objects.visible_to(officer).count() == 1
    with refused("这张报表已由张一标记谎报，请先由办公室主任撤销原来的标记。"):
        mark_report(report, by=officer, **facts)
    with not_theirs():
        withdraw_report_mark(mark, by=officer, reason="核查有误。")
    withdraw_report_mark(mark, by=director, reason="核查有误。")
    with refused("这项标记已由王三撤销，不能再办。"):
        withdraw_report_mark(mark, by=director, reason="核查有误。")


def test_what_was_missed_is_chased_once_a_day(scheme, report):
    officer, town = cast.person("officer"), cast.unit(cast.TOWN)
    with refused("蓬江区棠下镇没有逾期未报的报表，也没有标记以后还没有更正的，不用催报。"):
        chase_reports(scheme, by=officer, unit=town)
    with time_machine.travel(at(27, 9)):
        assert len(chase_reports(scheme, by=officer, unit=town)) == 2
        words = f"{TITLE}有1期到期未报（2026年11月20日至11月26日），请立即报送。"
        assert Alert.objects.filter(text=words).count() == 2
        with refused("办公室设定：今天已催报过蓬江区棠下镇，不必重复催报。"):
            chase_reports(scheme, by=officer, unit=town)
        silent = Unit.objects.filter(kind=UnitKind.TOWN).exclude(code__in=(cast.TOWN, cast.DIVISION_TOWN))[0]
        with refused(
            f"{silent.full_name}没有可以登录的主要领导或者联络员，收不到站内消息，请电话催报，并请系统管理员登记账号。"
        ):
            chase_reports(scheme, by=officer, unit=silent)


def test_who_is_chased_is_asked_once(scheme):
    """What is missed is read once under the lock, for the refusal and for the alert."""
    with time_machine.travel(at(27, 9)), CaptureQueriesContext(connection) as asked_of:
        chase_reports(scheme, by=cast.person("officer"), unit=cast.unit(cast.TOWN))
    reads = [query["sql"] for query in asked_of if 'FROM "yuetan_periodicreport"' in query["sql"]]
    assert reads
    assert len(set(reads)) == len(reads)


def test_a_row_that_says_otherwise_than_its_versions_is_named(scheme, report):
    accepted(report)
    filled(report_of(scheme, cast.DIVISION_TOWN))
    assert list(check_reports()) == []
    with past_triggers():
        PeriodicReport.objects.filter(pk=report.pk).update(handed_in_at=None)
        PeriodicReport.objects.filter(unit__code=cast.DIVISION_TOWN).update(figures={"f1": 9})
        PeriodicReport.objects.filter(newest=None)[0].delete()
    assert sorted(str(each).split("：")[1] for each in check_reports()) == [
        f"应报 {towns()} 个单位，列了 {towns() - 1} 个",
        *["报送情况与报表各版不一致"] * 2,
        "汇总的合计数不是各单位报表之和，请运行 manage.py rebuild_tallies",
    ]
