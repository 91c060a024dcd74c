"""What is owed no more, and what is missed though something was handed in: 退回、本期不报、停止报送、撤并."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import cast
from tests.factories import pdf
from tests.past_triggers import past_triggers
from tests.refusals import appoint, not_theirs, refused
from tests.reporting import TITLE, accepted, asked, at, counted_one_by_one, filled, report_of, scheme_of, towns, values
from yuetan.actions.messages import report_reminders
from yuetan.actions.messages.report_reminders import remind_of_reports
from yuetan.actions.people.unit_change import end_unit
from yuetan.actions.record.checks.check_reports import check_reports
from yuetan.actions.reporting.acceptance import return_report
from yuetan.actions.reporting.confirmation import confirm_report, send_back_report
from yuetan.actions.reporting.marks import chase_reports
from yuetan.actions.reporting.periods import open_scheme
from yuetan.actions.reporting.release import end_scheme, excuse_reports
from yuetan.actions.reporting.reports import fill_report, report_at_any_time, report_zero
from yuetan.actions.reporting.schemes import revise_scheme
from yuetan.forms.reporting.report_filter import ReportFilter
from yuetan.ledgers.deadline_lights import DeadlineLights
from yuetan.ledgers.reporting.report_standing import ReportStanding
from yuetan.models import Alert, OfficeSetting, PeriodicReport, Unit
from yuetan.models.assessment.sources import SOURCES
from yuetan.models.dossier.year_facts import Days
from yuetan.models.reporting.missed import missed_by_units, missed_labels, offered_facts
from yuetan.models.reporting.summary import summarise
from yuetan.rules.dates import clock
from yuetan.vocabulary import PostKind, RecordSource, ReportingRhythm, ReportState, UnitKind

FALSE_SUM = "汇总的合计数不是各单位报表之和，请运行 manage.py rebuild_tallies"
FAULTS, FLOOD = "请核对场所数。", "台风防御期间本期不报。"
AGAIN, FIRST = date(2026, 12, 2), "2026年11月20日至11月26日"


@pytest.fixture
def scheme(office):
    return scheme_of()


@pytest.fixture
def report(scheme):
    return report_of(scheme)


def fresh(report):
    return PeriodicReport.objects.with_relations().get(pk=report.pk)


def excused(scheme, *, by="director", everybody=False, units=(), reason=FLOOD):
    period = scheme.periods.select_related("scheme").order_by("-first")[0]
    return excuse_reports(period, by=cast.person(by), everybody=everybody, units=list(units), reason=reason)


def ended(scheme, *, by="director", at_once=False, from_day=None, reason="已并入另一项报送。"):
    return end_scheme(scheme, by=cast.person(by), at_once=at_once, from_day=from_day, reason=reason)


def standing(scheme):
    """应报, 已报, 已收, 逾期, 未报 of the newest period."""
    return list(vars(summarise(scheme.periods.order_by("-first")[0]).total.standing).values())


def light(report):
    return ReportStanding.of(report, DeadlineLights.now()).light


def returned(report):
    version = filled(report, by="head")
    return return_report(version, by=cast.person("officer"), reason=FAULTS, again_by=AGAIN)


def test_what_was_returned_is_missed_once_its_day_has_passed(scheme, report):
    returned(report)
    assert fresh(report).again_by == AGAIN
    assert (
        "请修改后于2026年12月2日前重新报送。" in Alert.objects.filter(recipient=cast.head(cast.TOWN)).latest("pk").text
    )
    with time_machine.travel(at(2, 23, month=12), tick=False):
        assert missed_labels(scheme, cast.unit(cast.TOWN)) == []
        assert standing(scheme)[1:] == [1, 0, 0, towns() - 1]
    with time_machine.travel(at(3, 9, month=12), tick=False):
        now = fresh(report)
        assert (now.state_words, light(now)) == ("退回后逾期未改报", "red")
        label = f"{FIRST}（退回后未改报）"
        assert missed_labels(scheme, cast.unit(cast.TOWN)) == [label]
        (one,) = missed_by_units(scheme, times=1, among=1, unit=cast.unit(cast.TOWN).pk).units
        assert (one.labels, one.late) == ([label], 0)
        OfficeSetting.objects.filter(key="report_missed_times").update(value=1)
        offered = offered_facts(scheme, cast.unit(cast.TOWN))
        assert f"1期到期未报（{label}）" in offered.facts
        assert offered.requirements == f"补报{FIRST}的报表，查明未报的原因，今后按期报送。"
        assert standing(scheme) == [towns(), 0, 0, 0, towns()]
        assert len(chase_reports(scheme, by=cast.person("officer"), unit=cast.unit(cast.TOWN))) == 2
        filled(report, reason="漏报一处。", places=4)
        assert fresh(report) in PeriodicReport.objects.missed()  # its head has not handed it in
        filled(report, by="head", reason="漏报一处。", places=5)
        assert fresh(report).again_by is None
        assert missed_labels(scheme, cast.unit(cast.TOWN)) == []
        assert list(check_reports()) == []


def test_a_correction_that_was_returned_leaves_the_accepted_version_to_count(scheme, report):
    accepted(report)
    version = filled(report, by="head", reason="漏报一处。", places=4)
    return_report(version, by=cast.person("officer"), reason=FAULTS, again_by=AGAIN)
    with time_machine.travel(at(3, 9, month=12), tick=False):
        assert (fresh(report).is_not_put_right, fresh(report).state_words) == (False, "办公室退回")
        assert missed_labels(scheme, cast.unit(cast.TOWN)) == []
        assert standing(scheme)[:3] == [towns(), 1, 1]


def test_what_was_late_and_not_put_right_is_missed_and_nothing_else(scheme, report):
    """On the board, in the counts and in what costs points alike: one return is not counted twice."""

    def counts(source):
        return SOURCES[source].counts(Days(date(2026, 1, 1), date(2026, 12, 31)), ()).get(report.unit_id, 0)

    def listed(state):
        return report in ReportFilter({"state": state}, PeriodicReport.objects.all(), periods=[]).qs

    with time_machine.travel(at(27, 9), tick=False):
        returned(report)
        assert counted_one_by_one(PeriodicReport.objects.all()).handed_in == 1
        assert (counts(RecordSource.LATE_RETURNS), counts(RecordSource.MISSED_RETURNS)) == (1, 0)
        assert (listed("late"), listed("missed")) == (True, False)
    with time_machine.travel(at(3, 9, month=12), tick=False):
        counted = counted_one_by_one(PeriodicReport.objects.all())
        assert (counted.handed_in, counted.missed) == (0, towns())
        assert (counts(RecordSource.LATE_RETURNS), counts(RecordSource.MISSED_RETURNS)) == (0, 1)
        assert (listed("late"), listed("missed")) == (False, True)


def test_the_unit_is_reminded_of_the_day_by_which_it_is_put_right(report):
    returned(report)
    Alert.objects.all().delete()
    with time_machine.travel(at(2, 9, month=12), tick=False):
        remind_of_reports(clock.today())
        words = f"办公室退回的报表今天到期，请报送：{TITLE}（{FIRST}）"
        assert Alert.objects.filter(text=words, recipient=cast.liaison(cast.TOWN)).count() == 1


@pytest.mark.parametrize("put_right", [False, True])
def test_what_was_missed_long_ago_is_read_no_more(report, put_right):
    """Its last reminder was due at most 90 days after, and a month more for days without a run."""
    if put_right:
        returned(report)
    report.refresh_from_db()
    due_on = report.again_by or timezone.localtime(report.due_at).date()
    last = due_on + timedelta(days=report_reminders.DAYS_BACK)

    def read(day):
        facts = {**report_reminders.REPORTS.facts, "today": day}
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT count(*) FROM ({report_reminders.REPORTS.rows}) AS due WHERE unit_id = %(unit)s",
                facts | {"unit": report.unit_id},
            )
            return cursor.fetchone()[0]

    assert report_reminders.DAYS_BACK == 121
    assert [read(last + timedelta(days=more)) for more in (-1, 0, 1)] == [1, 1, 0]


def test_who_is_excused_owes_nothing_and_has_missed_nothing(scheme, report):
    with time_machine.travel(at(27, 9), tick=False):
        assert excused(scheme, units=[cast.unit(cast.TOWN)]) == 1
        now = fresh(report)
        assert (now.state_words, light(now), now.lateness) == ("本期不报", "grey", "")
        assert now.release_reason == FLOOD
        words = f"办公室决定{report.period}不报：{FLOOD}"
        people = {cast.head(cast.TOWN).pk, cast.liaison(cast.TOWN).pk}
        assert set(Alert.objects.filter(text=words).values_list("recipient", flat=True)) == people
        assert missed_labels(scheme, cast.unit(cast.TOWN)) == []
        assert standing(scheme) == [towns() - 1, 0, 0, 0, towns() - 1]
        assert list(check_reports()) == []
        for refill in (fill_report, report_zero):
            facts = {"values": values(), "files": {}, "reason": ""} if refill is fill_report else {}
            with refused("这张报表现在是“本期不报”，无需再报。"):
                refill(report, by=cast.head(cast.TOWN), after=0, **facts)
        with refused("蓬江区棠下镇本期没有应报的报表，不必定为本期不报。"):
            excused(scheme, units=[cast.unit(cast.TOWN)])


def test_all_are_excused_but_who_has_handed_in(scheme, report):
    accepted(report)
    waits = filled(report_of(scheme, cast.DIVISION_TOWN))  # for its head
    with refused("办公室设定：蓬江区棠下镇本期已经报送，不能再定为本期不报；报错了的，请退回本单位改报。"):
        excused(scheme, units=[cast.unit(cast.TOWN)])
    assert excused(scheme, everybody=True) == towns() - 1
    assert standing(scheme) == [1, 1, 1, 0, 0]
    assert fresh(report).state == ReportState.ACCEPTED
    head = cast.head(cast.DIVISION_TOWN)
    with refused("这张报表现在是“本期不报”，无需再报。"):
        confirm_report(waits, by=head)
    with refused("这张报表现在是“本期不报”，无需再报。"):
        send_back_report(waits, by=head, reason="请核对。")
    with refused("本期没有还未报送的单位，不必定为本期不报。"):
        excused(scheme, everybody=True)


def test_what_an_excuse_lacks_is_refused_and_who_may_not_excuse(scheme):
    with refused("本期不报还缺：单位。"):
        excused(scheme)
    with refused("尚未写明本期不报的原因。"):
        excused(scheme, everybody=True, reason="")
    with refused("“本期还没有报送的单位都不报”和单位名单只能选一种，请去掉一种。"):
        excused(scheme, everybody=True, units=[cast.unit(cast.TOWN)])
    any_time = scheme_of("重大情况", rhythm=ReportingRhythm.ANY_TIME)
    with refused("“重大情况”随时报送，没有情况不用报，不必定为本期不报。"):
        excused(any_time, everybody=True)
    for who in ("officer", "supervisor", "sysadmin", f"head_{cast.TOWN}"):
        with not_theirs():
            excused(scheme, by=who, everybody=True)
    appoint(cast.person("director"), cast.unit(cast.TOWN), PostKind.LIAISON, "联络员")
    with not_theirs():
        excused(scheme, units=[cast.unit(cast.TOWN)])
    assert excused(scheme, everybody=True) == towns() - 1  # not of its own unit


def test_a_scheme_ends_from_a_coming_period_on(scheme, report):
    with refused(f"办公室设定：{FIRST}已经开始，不能从中间停止；请填2026年11月26日以后的日期，或者选“立即停止”。"):
        ended(scheme, from_day=date(2026, 11, 26))
    end = ended(scheme, from_day=date(2026, 12, 4))
    assert str(end) == "自2026年12月4日起停止报送"
    assert Alert.objects.filter(recipient=cast.head(cast.TOWN), text__contains=str(end)).count() == 1
    assert fresh(report).state == ReportState.AWAITED
    with time_machine.travel(at(20, 9, month=12), tick=False):
        open_scheme(scheme, clock.today())
        assert [str(each.first) for each in scheme.periods.order_by("first")] == ["2026-11-20", "2026-11-27"]
        assert len(missed_labels(scheme, cast.unit(cast.TOWN))) == 2
    sentence = "这一报送事项已由王三停止（自2026年12月4日起不再报送），不能再{}；要重新报送的，请另行设立。"
    with refused(sentence.format("停止")):
        ended(scheme, at_once=True)
    with refused(sentence.format("修改")):
        facts = asked(first_day=date(2026, 12, 1), open_days=5)
        revise_scheme(scheme, by=cast.person("director"), asked=facts, reason="提前。", after=1)


def test_a_scheme_that_ends_at_once_takes_what_is_not_due_and_leaves_what_was_missed(scheme, report):
    with time_machine.travel(at(30, 9), tick=False):
        open_scheme(scheme, clock.today())
        filled(report_of(scheme, cast.DIVISION_TOWN), by="head")
        ended(scheme, at_once=True)
        assert report_of(scheme).state_words == "已停止报送"
        assert report_of(scheme, cast.DIVISION_TOWN).state == ReportState.HANDED_IN
        assert missed_labels(scheme, cast.unit(cast.TOWN)) == [FIRST]
    with time_machine.travel(at(20, 9, month=12), tick=False):
        assert open_scheme(scheme, clock.today()) == 0
        assert missed_labels(scheme, cast.unit(cast.TOWN)) == [FIRST]


def test_what_is_reported_at_any_time_ends_too(office):
    scheme = scheme_of("重大情况", rhythm=ReportingRhythm.ANY_TIME)
    ended(scheme, at_once=True)
    given = {"values": values(), "files": {}}
    with refused("“重大情况”现在不用报送：自2026年11月23日起停止报送，无需填报。"):
        report_at_any_time(scheme, by=cast.head(cast.TOWN), unit=cast.unit(cast.TOWN), **given)


def test_what_is_reported_at_any_time_ends_on_any_day_that_comes(office):
    scheme = scheme_of("重大情况", rhythm=ReportingRhythm.ANY_TIME)
    with refused(
        "办公室设定：2026年11月23日已经开始，不能从中间停止；请填2026年11月23日以后的日期，或者选“立即停止”。"
    ):
        ended(scheme, from_day=clock.today())
    ended(scheme, from_day=date(2026, 11, 25))
    given = {"by": cast.head(cast.TOWN), "unit": cast.unit(cast.TOWN), "values": values(), "files": {}}
    with time_machine.travel(at(24, 9), tick=False):
        assert report_at_any_time(scheme, **given).version == 1
    with (
        time_machine.travel(at(25, 9), tick=False),
        refused("“重大情况”现在不用报送：自2026年11月25日起停止报送，无需填报。"),
    ):
        report_at_any_time(scheme, **given)


def test_an_end_is_said_to_who_is_let_off_though_a_later_version_leaves_the_unit_out(scheme):
    members = asked(first_day=date(2026, 12, 4), kinds=[UnitKind.MEMBER_UNIT])
    revise_scheme(scheme, by=cast.person("director"), asked=members, reason="改由成员单位报送。", after=1)
    end = ended(scheme, at_once=True)
    alerts = Alert.objects.filter(text__contains=str(end))
    for code in (cast.TOWN, cast.MEMBER_UNIT):
        assert alerts.filter(recipient=cast.head(code)).count() == 1


def test_what_is_excused_twice_at_one_moment_is_said_to_both(scheme):
    with time_machine.travel(at(27, 9), tick=False):
        for code in (cast.TOWN, cast.DIVISION_TOWN):
            excused(scheme, units=[cast.unit(code)])
        words = f"办公室决定{scheme.periods.get()}不报：{FLOOD}"
        assert Alert.objects.filter(text=words).values("key").distinct().count() == 2


def test_what_an_end_lacks_is_refused_and_who_may_not_end(scheme):
    with refused("停止报送还缺：自哪一天起（或者选“立即停止”）。"):
        ended(scheme)
    with refused("“立即停止”和“自哪一天起”只能选一种，请去掉一种。"):
        ended(scheme, at_once=True, from_day=date(2026, 12, 4))
    with refused("尚未写明停止的原因。"):
        ended(scheme, at_once=True, reason="")
    for who in ("supervisor", "sysadmin", f"head_{cast.TOWN}"):
        with not_theirs():
            ended(scheme, by=who, at_once=True)


def test_what_a_unit_owes_falls_away_with_the_unit(scheme):
    """In 汇总, 未报提醒 and reminders alike: 撤并 settles it, also what the office returned."""
    successor = cast.unit(cast.TOWN)
    gone = Unit.objects.filter(parent=successor.parent, kind=UnitKind.TOWN).exclude(pk=successor.pk)[0]
    owed = report_of(scheme, gone.code)
    registered = {"kind": "merged", "effective_on": clock.today(), "paper_number": "江民〔2026〕8号", "paper": pdf()}
    with time_machine.travel(at(27, 9), tick=False):
        assert standing(scheme)[4] == towns()
        end_unit(gone, by=cast.person("sysadmin"), successor=successor, **registered)
        assert (fresh(owed).state_words, fresh(owed).release_reason) == ("已撤并，不再报送", "单位已撤并、停用")
        assert standing(scheme) == [towns(), 0, 0, 0, towns()]  # of those left
        summary = summarise(scheme.periods.get())
        assert gone.full_name not in summary.missing
        assert not missed_by_units(scheme, times=1, among=1, unit=gone.pk).units
        assert list(check_reports()) == []


def test_what_is_returned_to_a_unit_that_has_ended_is_owed_by_nobody(scheme, report):
    version = filled(report, by="head")
    Unit.objects.filter(pk=report.unit_id).update(retired_on=clock.today())
    return_report(version, by=cast.person("officer"), reason=FAULTS, again_by=AGAIN)
    with time_machine.travel(at(3, 9, month=12), tick=False):
        assert fresh(report).state_words == "已撤并，不再报送"
        assert fresh(report) not in PeriodicReport.objects.missed()
        assert list(check_reports()) == []


def test_a_released_row_that_is_not_put_right_is_named(scheme, report):
    returned(report)
    with past_triggers():
        PeriodicReport.objects.filter(pk=report.pk).update(again_by=None)
    assert {each.words for each in check_reports()} == {"报送情况与报表各版不一致", FALSE_SUM}


def test_units_are_excused_by_as_many_statements_however_many_they_are(office):
    """One decision, whole: its rows are held for some statements, not for some of each unit."""
    units, counts = list(Unit.objects.filter(kind=UnitKind.TOWN).select_related("parent").order_by("code")[:10]), []
    for number, codes in enumerate((units[:2], units[2:])):
        few = scheme_of(f"报送{number}", kinds=[], named_units=codes)
        with CaptureQueriesContext(connection) as sent:
            assert excused(few, everybody=True) == len(codes)
        counts.append(len(sent))
    assert counts[0] == counts[1]
