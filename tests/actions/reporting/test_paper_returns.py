"""代录纸质报表: as of when the office received it; never decided on by who registered it. 瞒报 of what never came."""

from datetime import date, timedelta

import pytest
import time_machine

from tests import cast
from tests.factories import pdf, picture
from tests.refusals import appoint, not_theirs, refused
from tests.reporting import accepted, at, filled, report_of, scheme_of, values
from yuetan.actions.record.checks.check_reports import check_reports
from yuetan.actions.reporting.acceptance import accept_report, return_report
from yuetan.actions.reporting.marks import mark_concealed, withdraw_report_mark
from yuetan.actions.reporting.paper_returns import register_paper_incident, register_paper_report
from yuetan.actions.reporting.periods import open_scheme
from yuetan.actions.reporting.release import end_scheme
from yuetan.actions.reporting.reports import fill_report
from yuetan.models import Alert, Event, PeriodicReport, ReportFile
from yuetan.models.assessment.sources import SOURCES
from yuetan.models.dossier.year_facts import Days
from yuetan.rules.dates import clock
from yuetan.vocabulary import PostKind, RecordSource, ReportingRhythm, ReportState

RECEIVED = at(26, 11, 30)


@pytest.fixture
def scheme(office):
    return scheme_of()


@pytest.fixture
def report(scheme):
    return report_of(scheme)


def fresh(report):
    return PeriodicReport.objects.with_relations().get(pk=report.pk)


def paper(**changed):
    stated = {
        "signer": cast.head(cast.TOWN).posts.get(),
        "brought_by": "褚十二",
        "brought_by_title": "棠下镇联络员",
        "received_at": RECEIVED,
        "scan": pdf(),
    }
    return stated | changed


def registered(report, *, by="officer", after=0, reason="", numbers=None, **changed):
    facts = {"values": numbers or values(), "files": {}, "reason": reason, "after": after}
    return register_paper_report(report, by=cast.person(by), **facts, **paper(**changed))


def test_a_paper_counts_from_when_it_was_received_and_another_accepts_it(report):
    with time_machine.travel(at(27, 9), tick=False):
        version = registered(report)
        now = fresh(report)
        assert (now.state, now.handed_in_at, now.lateness) == (ReportState.HANDED_IN, RECEIVED, "")
        assert (version.confirmed_by, version.entered_by) == (cast.head(cast.TOWN), cast.person("officer"))
        assert ReportFile.objects.visible_to(cast.liaison(cast.TOWN)).get().field == "scan"
        assert "办公室代录了本单位的纸质报表" in Alert.objects.filter(recipient=cast.head(cast.TOWN)).latest("pk").text
        facts = Event.objects.get(verb="register_paper_report").data
        assert facts["brought_by"] == "褚十二（棠下镇联络员）"
        with refused("办公室设定：张一代录了这份纸质材料，不得再由本人办理，请另一人办理。"):
            accept_report(version, by=cast.person("officer"))
        with refused("办公室设定：张一代录了这份纸质材料，不得再由本人办理，请另一人办理。"):
            return_report(version, by=cast.person("officer"), reason="请核对。", again_by=clock.today())
        accept_report(version, by=cast.person("director"))
        assert fresh(report).figures["f1"] == 5
        assert list(check_reports()) == []


def test_a_paper_that_came_late_is_late_by_its_own_moment(report):
    with time_machine.travel(at(30, 9), tick=False):
        registered(report, received_at=at(26, 12, 1))
        assert fresh(report).lateness == "逾期 1 分"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"signer": None, "scan": None}, "代录纸质材料还缺：签字的主要领导、签字盖章的扫描件。"),
        ({"received_at": at(27, 10)}, "收到时间不得晚于现在。"),
        (
            {"received_at": at(19, 9)},
            "办公室设定：收到时间不得早于开始填报的时间（2026年11月20日（星期五）凌晨0:00）。",
        ),
    ],
)
def test_a_paper_that_is_not_whole_is_refused(report, changed, sentence):
    with time_machine.travel(at(27, 9), tick=False), refused(sentence):
        registered(report, **changed)


def test_a_scan_that_cannot_be_read_and_a_signer_who_is_no_head_are_refused(report):
    with time_machine.travel(at(27, 9), tick=False):
        with pytest.raises(Exception, match="看不清"):
            registered(report, scan=picture("小.png", 60, 80))
        with pytest.raises(Exception, match="主要领导"):
            registered(report, signer=cast.liaison(cast.TOWN).posts.get())


def test_a_paper_is_held_against_the_form_and_the_version_before(report):
    with time_machine.travel(at(27, 9), tick=False):
        with refused("“摸排场所”填的是 6，应当等于“其中娱乐场所”、“其中其他场所”之和 5，请核对。"):
            registered(report, numbers={**values(), "f1": 6})
        version = filled(report, by="head")
        return_report(version, by=cast.person("director"), reason="请核对。", again_by=date(2026, 12, 2))
    with time_machine.travel(at(28, 9), tick=False):
        facts = {"after": 1, "reason": "漏报一处。", "numbers": values(places=4)}
        with refused("办公室设定：收到时间不得早于办公室上次办理的时间（2026年11月27日（星期五）上午9:00）。"):
            registered(report, **facts)
        assert registered(report, received_at=at(27, 15), **facts).version == 2
        assert fresh(report).again_by is None


def test_a_paper_that_says_what_waits_for_a_head_is_registered_and_has_its_scan(report):
    """What nobody of the unit can confirm comes on paper as it is: the scan is what is new."""
    with time_machine.travel(at(27, 9), tick=False):
        waits = filled(report)
        version = registered(report, after=1)
        assert (version.version, version.values) == (2, waits.values)
        assert fresh(report).state == ReportState.HANDED_IN


def test_a_paper_older_than_the_version_that_holds_does_not_replace_it(report):
    """Else it would be in time by one and late by the other. What was filled in since changes nothing."""
    facts = {"after": 1, "reason": "漏报一处。", "numbers": values(places=4)}
    sentence = "办公室设定：收到时间不得早于现有报表报送的时间（2026年11月26日（星期四）中午12:05）。"
    with time_machine.travel(at(26, 12, 5), tick=False):
        filled(report, by="head")
    with time_machine.travel(at(27, 9), tick=False):
        with refused(sentence):
            registered(report, **facts)
        filled(report, reason="再核一次。", places=7)
        with refused(sentence):
            registered(report, **facts | {"after": 2})
        registered(report, **facts | {"after": 2, "received_at": at(26, 12, 5)})
        assert (fresh(report).lateness, list(check_reports())) == ("逾期 5 分", [])


def test_a_paper_of_the_minute_in_which_the_version_before_came_is_no_disagreement(report):
    facts = {"after": 1, "reason": "漏报一处。", "numbers": values(places=4)}
    with time_machine.travel(at(26, 11, 30) + timedelta(seconds=40), tick=False):
        filled(report, by="head")
    with time_machine.travel(at(27, 9), tick=False):
        registered(report, **facts, received_at=at(26, 11, 30))
        assert list(check_reports()) == []


def test_nobody_else_registers_and_none_of_the_own_unit(report):
    with time_machine.travel(at(27, 9), tick=False):
        for who in ("director", "supervisor", "sysadmin", f"head_{cast.TOWN}"):
            with not_theirs():
                registered(report, by=who)
        appoint(cast.person("officer"), cast.unit(cast.TOWN), PostKind.LIAISON, "联络员")
        with not_theirs():
            registered(report)
        assert registered(report, by="second_officer").version == 1


def test_what_came_at_any_time_on_paper_is_numbered_and_said_to_the_others(office):
    scheme = scheme_of("重大情况", rhythm=ReportingRhythm.ANY_TIME)
    facts = {"by": cast.person("officer"), "values": values(), "files": {}}
    with time_machine.travel(at(27, 9), tick=False):
        version = register_paper_incident(scheme, unit=cast.unit(cast.TOWN), **facts, **paper())
        assert (version.report.serial, version.report.handed_in_at) == (1, RECEIVED)
        assert Alert.objects.filter(recipient=cast.person("director"), text__contains="请及时处理").count() == 1
        with refused("代录纸质材料还缺：报送单位。"):
            register_paper_incident(scheme, unit=None, **facts, **paper())


def test_a_paper_of_what_happened_counts_in_the_period_of_the_day_it_was_received(office):
    """Entered in the next year it belongs to the year before; entered after the end it still counts."""
    scheme = scheme_of("重大情况", rhythm=ReportingRhythm.ANY_TIME)
    facts = {"by": cast.person("officer"), "unit": cast.unit(cast.TOWN), "values": values(), "files": {}}
    with time_machine.travel(at(2, 9, month=1).replace(year=2027), tick=False):
        open_scheme(scheme, clock.today())
        version = register_paper_incident(scheme, **facts, **paper(received_at=at(31, 17, month=12)))
        assert version.report.period.label == "2026年"
        late = {"at_once": False, "from_day": date(2027, 1, 4), "reason": "已并入另一项报送。"}
        end_scheme(scheme, by=cast.person("director"), **late)
    with time_machine.travel(at(6, 9, month=1).replace(year=2027), tick=False):
        before_end = at(3, 17, month=1).replace(year=2027)
        version = register_paper_incident(scheme, **facts, **paper(received_at=before_end))
        assert (version.report.period.label, version.report.serial) == ("2027年", 1)
        with refused("“重大情况”现在不用报送：自2027年1月4日起停止报送，无需填报。"):
            register_paper_incident(scheme, **facts, **paper(received_at=before_end + timedelta(days=1)))
        with refused("办公室设定：2027年1月4日“重大情况”已经停止报送，不能按瞒报标记，请核对发生日期。"):
            concealed(scheme, occurred_on=date(2027, 1, 4))
        assert concealed(scheme, occurred_on=date(2027, 1, 3)).report.serial == 2
        assert concealed(scheme, occurred_on=date(2026, 12, 31)).report.period.label == "2026年"


@pytest.mark.parametrize(
    ("received_at", "sentence"),
    [
        (at(30, 9), "收到时间不得晚于现在。"),
        (
            at(1, 9).replace(year=2025),
            "办公室设定：收到时间不得早于开始填报的时间（2026年1月1日（星期四）凌晨0:00）。",
        ),
    ],
)
def test_a_paper_of_what_happened_that_cannot_have_come_then_is_refused(office, received_at, sentence):
    scheme = scheme_of("重大情况", rhythm=ReportingRhythm.ANY_TIME)
    facts = {"by": cast.person("officer"), "unit": cast.unit(cast.TOWN), "values": values(), "files": {}}
    with time_machine.travel(at(27, 9), tick=False), refused(sentence):
        register_paper_incident(scheme, **facts, **paper(received_at=received_at))


def concealed(scheme, *, by="officer", **changed):
    facts = {
        "unit": cast.unit(cast.TOWN),
        "occurred_on": clock.today(),
        "words": "辖区发生一起聚众扰乱公共场所秩序事件，没有报送。",
        "proof": [pdf("核查记录.pdf")],
    }
    return mark_concealed(scheme, by=cast.person(by), **facts | changed)


def test_what_a_unit_did_not_report_is_marked_counted_and_owed(office):
    scheme = scheme_of("重大情况", rhythm=ReportingRhythm.ANY_TIME)
    mark = concealed(scheme)
    report = fresh(mark.report)
    assert (report.serial, report.state, mark.version) == (1, ReportState.AWAITED, None)
    counts = SOURCES[RecordSource.MARKED_RETURNS].counts(Days(date(2026, 1, 1), date(2026, 12, 31)), ())
    assert counts == {report.unit_id: 1}
    assert "标记蓬江区棠下镇" in Alert.objects.filter(recipient=cast.liaison(cast.TOWN)).latest("pk").text
    head = cast.head(cast.TOWN)
    assert fill_report(report, by=head, values=values(), files={}, reason="", after=0).report == report
    assert list(check_reports()) == []


def test_a_mark_of_what_never_was_takes_the_duty_with_it(office):
    scheme = scheme_of("重大情况", rhythm=ReportingRhythm.ANY_TIME)
    mark = concealed(scheme)
    withdraw_report_mark(mark, by=cast.person("director"), reason="核查有误。")
    report = fresh(mark.report)
    assert (report.state, report.release_reason) == (ReportState.EXCUSED, "标记已撤销：核查有误。")
    again = concealed(scheme)
    fill_report(fresh(again.report), by=cast.head(cast.TOWN), values=values(), files={}, reason="", after=0)
    withdraw_report_mark(again, by=cast.person("director"), reason="核查有误。")
    assert fresh(again.report).state == ReportState.HANDED_IN


def test_what_a_mark_of_nothing_reported_lacks_is_refused(office):
    scheme, weekly = scheme_of("重大情况", rhythm=ReportingRhythm.ANY_TIME), scheme_of()
    with refused("还缺：单位、发生日期、依据材料。"):
        concealed(scheme, unit=None, occurred_on=None, proof=[])
    with refused("发生日期不能晚于今天，请核对。"):
        concealed(scheme, occurred_on=clock.today() + timedelta(days=1))
    with refused("办公室设定：2025年11月23日“重大情况”还没有要求随时报送，不能按瞒报标记，请核对发生日期。"):
        concealed(scheme, occurred_on=date(2025, 11, 23))
    with refused(f"办公室设定：2026年11月23日“{weekly.title}”还没有要求随时报送，不能按瞒报标记，请核对发生日期。"):
        concealed(weekly)
    member = cast.unit(cast.MEMBER_UNIT)
    with refused(f"{member.full_name}不是“重大情况”的报送单位，不用报送。"):
        concealed(scheme, unit=member)
    for who in ("supervisor", "sysadmin", f"head_{cast.TOWN}"):
        with not_theirs():
            concealed(scheme, by=who)
    accepted(report_of(weekly))
