"""What is done outside a case leaves one line in the log: who, in which post, when, and the facts one would ask for."""

import pytest
import time_machine

from tests import cast
from tests.actions.office.test_calendar import ENTERED
from yuetan.actions.log_event import log_event
from yuetan.actions.office.calendar import change_calendar_day, enter_calendar_year
from yuetan.actions.office.office import change_office_setting
from yuetan.actions.papers.number_register import reserve_number, use_number, void_number
from yuetan.actions.papers.statistics_sheet import issue_statistics
from yuetan.actions.papers.wording import change_wording, restore_wording
from yuetan.actions.people.account import set_account
from yuetan.actions.people.delegation import delegate_approval, end_delegation
from yuetan.actions.people.unit import add_unit, begin_post, change_unit, end_post, retire_unit
from yuetan.ledgers.record.log import LogLedger
from yuetan.models import CalendarDay, CalendarYear, Event, NumberEntry, OfficeSetting, StandardParagraph
from yuetan.rules.dates import clock
from yuetan.rules.dates.periods import Period, PeriodKind
from yuetan.vocabulary import SLOT_OF, DayKind, DocumentKind, PostKind, Rank, UnitKind

DAY = cast.MONDAY.date().replace(year=2027, month=1, day=4)  # a Monday like any other
PASSWORD = "a long pass phrase 7"


def log(*, by):
    """What these have left, of which each line bears its person, the post of then, and the moment."""
    lines = list(Event.objects.filter(case=None, letter=None).order_by("id"))
    assert {(line.actor, line.actor_title, line.created_at) for line in lines} == {(by, by.title, clock.now())}
    assert {(line.from_state, line.to_state, line.opinion, line.is_outer) for line in lines} == {("", "", "", False)}
    return [(line.verb, line.data) for line in lines]


@pytest.mark.parametrize(
    ("verb", "facts", "subject"),
    [
        (
            "ask_restrictions",
            {"words": "市委组织部（江组函〔2026〕1号）查询冯十（书记）", "purpose": "考察"},
            "查询冯十（书记）",
        ),
        ("add_restricted_leader", {"document": "江扫黑挂〔2026〕1号", "words": "副镇长吕二三"}, "副镇长吕二三"),
        ("end_restriction", {"document": "江扫黑挂〔2026〕1号", "words": "副镇长吕二三"}, "副镇长吕二三"),
        ("reply_restrictions", {"document": "江扫黑复〔2026〕1号", "words": "查询冯十（书记）"}, "查询冯十（书记）"),
        ("register_received_letter", {"unit": "市公安局", "words": "检察建议书（江检建〔2026〕3号）"}, "检察建议书"),
        ("record_commendation", {"unit": "棠下镇", "words": "冯十：先进个人"}, "冯十：先进个人"),
        ("call_meeting", {"meeting": "领导小组2026年第2次会议"}, "领导小组2026年第2次会议"),
        ("create_scheme", {"scheme": "每周线索摸排情况"}, "每周线索摸排情况"),
        ("issue_report_analysis", {"analysis": "2026年11月分析报告"}, "2026年11月分析报告"),
        ("create_assessment", {"assessment": "2026年度考核"}, "2026年度考核"),
        ("close_demo_accounts", {"accounts": "officer、director"}, "officer、director"),
    ],
)
def test_each_line_of_the_log_names_what_it_is_about(office, auditor, verb, facts, subject):
    (line,) = LogLedger().lines([log_event(verb, auditor, **facts)], auditor)
    assert subject in line["subject"]


def test_a_line_of_the_log_shows_no_reason_and_no_opinion(office, auditor):
    facts = {"unit": "市公安局", "mark": "瞒报", "words": "漏报三条线索。", "reason": "有误。"}
    (line,) = LogLedger().lines([log_event("mark_report", auditor, **facts)], auditor)
    assert line["subject"] == "市公安局"


def test_units_people_and_accounts(office, sysadmin, town):
    with time_machine.travel(clock.now(), tick=False):
        unit = add_unit(by=sysadmin, code="440799", name="新设镇", kind=UnitKind.TOWN, parent=town.parent)
        facts = {"kind": PostKind.PARTY_SECRETARY, "title": "党委书记", "rank": Rank.BELOW_DIVISION}
        new = {"holder": None, "name": "施二十一", "username": "", "password": ""}
        post = begin_post(by=sysadmin, unit=unit, began_on=clock.today(), **facts, **new)
        set_account(post.holder, by=sysadmin, username="head_new", password=PASSWORD)
        end_post(post, by=sysadmin, ended_on=clock.today())
        change_unit(unit, by=sysadmin, code="440798", name="改名镇", parent=town.parent)
        retire_unit(unit, by=sysadmin)
        who = {"unit": "新设镇", "name": "施二十一", "title": "党委书记"}
        assert log(by=sysadmin) == [
            ("add_unit", {"unit": "新设镇", "code": "440799"}),
            ("begin_post", who),
            ("set_account", {"name": "施二十一", "title": "蓬江区新设镇党委书记"}),
            ("end_post", who),
            ("disable_account", {"name": "施二十一", "why": "已无任职"}),
            ("change_unit", {"unit": "改名镇", "code": "440798"}),
            ("retire_unit", {"unit": "改名镇"}),
        ]
        unit.refresh_from_db()
        assert (unit.code, unit.name, unit.initials, unit.retired_on) == ("440798", "改名镇", "gmz", clock.today())


def test_what_the_director_keeps(office, director):
    slot, setting = SLOT_OF[DocumentKind.CANCELLATION, "closing"], OfficeSetting.objects.get(key="notice_lead_days")
    with time_machine.travel(clock.now(), tick=False):
        change_office_setting(setting, by=director, value=5)
        change_wording(slot, by=director, text="专此函告。")
        restore_wording(StandardParagraph.objects.get(kind=slot.kind, key=slot.key, version=1), by=director)
        change_calendar_day(by=director, day=DAY, kind=DayKind.OFF, name="临时放假")
        change_calendar_day(by=director, day=DAY, kind=DayKind.OFF, name="补假")
        enter_calendar_year(by=director, **ENTERED)
        assert log(by=director) == [
            ("change_office_setting", {"setting": "约谈通知提前工作日数", "before": "3", "after": "5"}),
            ("keep_wording", {"title": "取消约谈的通知：结尾（第 2 版）"}),
            ("restore_wording", {"title": "取消约谈的通知：结尾（第 3 版）"}),
            ("change_calendar_day", {"title": "2027年1月4日", "name": "按周历改为放假（临时放假）", "moves": []}),
            ("change_calendar_day", {"title": "2027年1月4日", "name": "放假（临时放假）改为放假（补假）", "moves": []}),
            ("enter_calendar_year", {"title": "2027年", "name": ENTERED["source"], "moves": []}),
        ]
    assert CalendarDay.objects.filter(day=DAY).values_list("is_working", "name").get() == (False, "补假")
    assert CalendarYear.objects.get(year=2027).source == ENTERED["source"]


def test_numbers_of_papers_made_elsewhere(office, officer, director):
    with time_machine.travel(clock.now(), tick=False):
        kept = [
            reserve_number(by=director, kind=DocumentKind.REMINDER_LETTER, case=None, purpose="纸质提醒函")
            for _ in "ab"
        ]
        use_number(kept[0], by=director, used_for="致市公安局的提醒函")
        void_number(kept[1], by=director, reason="没有用上")
        first, second = (one.number for one in kept)
        assert log(by=director) == [
            ("reserve_number", {"number": first, "purpose": "纸质提醒函"}),
            ("reserve_number", {"number": second, "purpose": "纸质提醒函"}),
            ("use_number", {"number": first, "used_for": "致市公安局的提醒函"}),
            ("void_number", {"number": second, "reason": "没有用上"}),
        ]
        used, voided = (NumberEntry.objects.get(pk=one.pk) for one in kept)
        assert (used.used_at, used.used_by, used.used_for) == (clock.now(), director, "致市公安局的提醒函")
        assert (voided.voided_at, voided.voided_by, voided.void_reason) == (clock.now(), director, "没有用上")


def test_the_sheet_of_a_period(office, director):
    period = Period.around(PeriodKind.YEAR, clock.today())
    with time_machine.travel(clock.now(), tick=False):
        first = issue_statistics(by=director, period=period, count=list)
        second = issue_statistics(by=director, period=period, count=list, reason="漏计一件。")
        facts = [{"document": paper.number, "period": "2026年"} for paper in (first, second)]
        facts[1] |= {"reason": "漏计一件。"}
        assert log(by=director) == [("issue_statistics", each) for each in facts]


def test_delegations(office, group_leader, deputy):
    with time_machine.travel(clock.now(), tick=False):
        today = {"begins_on": clock.today(), "ends_on": clock.today()}
        made = delegate_approval(by=group_leader, delegate=deputy, reason="外出学习", **today)
        end_delegation(made, by=group_leader)
        facts = {"delegate": deputy.name, "span": "2026年11月23日至2026年11月23日"}
        assert log(by=group_leader) == [("delegate_approval", facts), ("end_delegation", facts)]
        made.refresh_from_db()
        assert (made.reason, made.made_at, made.ended_at) == ("外出学习", clock.now(), clock.now())
