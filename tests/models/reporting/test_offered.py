"""What a letter, a 通报 or a proposal begins with about one report, and when there is nothing to begin with."""

from datetime import date

import pytest
import time_machine

from tests import cast
from tests.factories import pdf
from tests.refusals import refused
from tests.reporting import COUNT, FLAG, TITLE, at, filled, report_of, scheme_of, values
from yuetan.actions.reporting.acceptance import accept_report, return_report
from yuetan.actions.reporting.confirmation import confirm_report
from yuetan.actions.reporting.marks import chase_reports, mark_concealed, mark_report, withdraw_report_mark
from yuetan.actions.reporting.release import excuse_reports
from yuetan.actions.reporting.reports import fill_report, report_at_any_time, report_zero
from yuetan.models import Alert, PeriodicReport
from yuetan.models.reporting.missed import missed_labels, uncorrected_labels
from yuetan.models.reporting.offered import is_to_chase, offered_by_report
from yuetan.rules.reporting.form_fields import FieldRow
from yuetan.vocabulary import ReportingRhythm

FIRST, SOURCE = "2026年11月20日至11月26日", "不符合“监督执纪情况汇报：每周四12:00前上报”的要求。"
PROVED = "实地核查场所9处，上报5处。\n台账少记4处。"
DUE = f"蓬江区棠下镇{FIRST}“{TITLE}”报表的报送时限为2026年11月26日（星期四）中午12:00"


@pytest.fixture
def scheme(office):
    return scheme_of()


@pytest.fixture
def report(scheme):
    return report_of(scheme)


def fresh(report):
    return PeriodicReport.objects.with_relations().get(pk=report.pk)


def marked(report, kind="false", words=PROVED):
    proof = [pdf("核查记录.pdf"), pdf("现场照片.pdf")]
    return mark_report(report, by=cast.person("officer"), kind=kind, words=words, proof=proof)


def concealed(scheme, words="辖区发生一起事件，没有报送。"):
    facts = {"unit": cast.unit(cast.TOWN), "occurred_on": date(2026, 11, 23), "words": words}
    return mark_concealed(scheme, by=cast.person("officer"), **facts, proof=[pdf("核查记录.pdf")])


def test_a_mark_says_what_was_reported_what_was_proved_and_who_marked_it(scheme, report):
    with time_machine.travel(at(26, 14, 5), tick=False):
        filled(report, by="head")
    with time_machine.travel(at(27, 9), tick=False):
        marked(report)
        offered = offered_by_report(fresh(report))
    assert (offered.unit, offered.matter) == (cast.unit(cast.TOWN), f"谎报“{TITLE}”")
    assert offered.facts == (
        f"蓬江区棠下镇2026年11月26日（星期四）下午2:05报送{FIRST}“{TITLE}”报表（第1版）（逾期 2 小时 5 分）："
        "摸排场所5处、其中娱乐场所3处、其中其他场所2处、累计移交线索1条。"
        f"经核查：实地核查场所9处，上报5处。台账少记4处。2026年11月27日标记为谎报。{SOURCE}"
    )
    assert offered.requirements == f"如实更正报表（{FIRST}），查明谎报的原因和责任，今后如实报送。"
    assert offered.reference_number == f"{FIRST}报表谎报标记"
    assert offered.reference_summary == (
        f"信息报送记录：张一2026年11月27日标记{TITLE}（{FIRST}）为谎报，认定：实地核查场所9处，上报5处。台账少记4处。"
        "依据材料：《核查记录.pdf》、《现场照片.pdf》。"
    )
    assert "张一" not in offered.facts  # the paper goes to the unit, which does not read who of the office it was
    assert not offered.is_unqualified


def test_a_zero_report_that_conceals_is_said_to_be_one(report):
    report_zero(report, by=cast.head(cast.TOWN), after=0)
    marked(report, kind="concealed")
    offered = offered_by_report(fresh(report))
    assert f"报送{FIRST}“{TITLE}”报表（第1版）：零报告。经核查：" in offered.facts
    assert offered.requirements.startswith(f"补报瞒报的内容（{FIRST}），查明瞒报")


def test_what_was_never_reported_is_offered_by_its_day(office):
    scheme = scheme_of("重大情况", rhythm=ReportingRhythm.ANY_TIME)
    mark = concealed(scheme)
    offered = offered_by_report(fresh(mark.report))
    assert offered.matter == "瞒报“重大情况”"
    assert offered.facts.startswith(
        "蓬江区棠下镇对2026年11月23日发生的情况未按“重大情况”的要求报送。经核查：辖区发生一起事件，没有报送。2026年"
    )
    assert offered.requirements == "补报未报的情况，查明瞒报的原因和责任，今后发生情况及时如实报送。"
    assert offered.reference_number == "2026年第1件报表瞒报标记"


def test_a_mark_that_was_withdrawn_offers_nothing(report):
    filled(report, by="head")
    mark = marked(report)
    assert offered_by_report(fresh(report)) is not None
    withdraw_report_mark(mark, by=cast.person("director"), reason="核查有误。")
    assert offered_by_report(fresh(report)) is None
    assert not is_to_chase(fresh(report))


def test_what_came_late_or_not_at_all_is_offered_and_what_is_in_time_is_not(scheme, report):
    other = report_of(scheme, cast.DIVISION_TOWN)
    with time_machine.travel(at(26, 12), tick=False):
        assert offered_by_report(fresh(report)) is None
        filled(other, by="head")
    with time_machine.travel(at(27, 9), tick=False):
        assert offered_by_report(fresh(other)) is None
        missed = offered_by_report(fresh(report))
        assert missed.matter == f"未按规定报送“{TITLE}”"
        assert missed.facts == f"{DUE}，至2026年11月27日未报送。{SOURCE}"
        assert missed.requirements == f"补报{FIRST}的报表，查明未报的原因，今后按期报送。"
        assert (missed.reference_number, missed.reference_summary) == (
            f"{TITLE}报送表",
            f"信息报送记录：{DUE}，至2026年11月27日未报送。",
        )
        filled(report, by="head")
        late = offered_by_report(fresh(report))
        assert late.matter == f"逾期报送“{TITLE}”"
        assert late.facts == f"{DUE}，2026年11月27日（星期五）上午9:00才报送，逾期 21 小时。{SOURCE}"
        assert late.requirements == "查明逾期报送的原因，今后按期报送。"


def test_what_was_pressed_for_and_did_not_come_says_how_often(scheme, report):
    officer, town = cast.person("officer"), cast.unit(cast.TOWN)
    with time_machine.travel(at(27, 9), tick=False):
        chase_reports(scheme, by=officer, unit=town)
        assert offered_by_report(fresh(report)).facts == f"{DUE}，经催报1次，至2026年11月27日仍未报送。{SOURCE}"
        version = filled(report, by="head")
        assert "催报" not in offered_by_report(fresh(report)).facts
        return_report(version, by=officer, reason="请核对。", again_by=date(2026, 12, 2))
    with time_machine.travel(at(3, 9, month=12), tick=False):
        assert "经催报" not in offered_by_report(fresh(report)).facts  # not since it was returned
        chase_reports(scheme, by=officer, unit=town)
        offered = offered_by_report(fresh(report))
        assert "前重新报送，经催报1次，至2026年12月3日仍未重新报送。" in offered.facts
        assert "经催报1次" in offered.reference_summary


def test_what_was_returned_is_offered_once_its_day_has_passed(report):
    version = filled(report, by="head")
    return_report(version, by=cast.person("officer"), reason="请核对。", again_by=date(2026, 12, 2))
    with time_machine.travel(at(2, 9, month=12), tick=False):
        assert offered_by_report(fresh(report)) is None
    with time_machine.travel(at(3, 9, month=12), tick=False):
        offered = offered_by_report(fresh(report))
        assert f"{DUE}，报送后被退回，应于2026年12月2日前重新报送，至2026年12月3日未重新报送。" in offered.facts
        assert is_to_chase(fresh(report))


def test_what_is_owed_no_more_offers_nothing(scheme, report):
    director, period = cast.person("director"), scheme.periods.get()
    with time_machine.travel(at(27, 9), tick=False):
        assert is_to_chase(fresh(report))
        excuse_reports(period, by=director, everybody=True, units=[], reason="台风防御期间本期不报。")
        assert offered_by_report(fresh(report)) is None
        assert not is_to_chase(fresh(report))


def test_a_unit_is_pressed_to_put_right_what_was_marked_until_something_comes(scheme, report):
    officer, town = cast.person("officer"), cast.unit(cast.TOWN)
    filled(report, by="head")
    with refused("蓬江区棠下镇没有逾期未报的报表，也没有标记以后还没有更正的，不用催报。"):
        chase_reports(scheme, by=officer, unit=town)
    marked(report)
    assert is_to_chase(fresh(report))
    chase_reports(scheme, by=officer, unit=town)
    words = f"{TITLE}有1份报表已标记（{FIRST}，谎报）、还没有更正或者补报，请立即更正、补报。"
    assert Alert.objects.filter(recipient=cast.head(cast.TOWN), text=words).count() == 1
    filled(report, by="head", reason="漏报四处。", places=7)
    assert uncorrected_labels(scheme, town) == []
    assert not is_to_chase(fresh(report))
    assert offered_by_report(fresh(report)) is not None  # put right or not, it was so


def test_what_was_concealed_is_pressed_for_until_it_is_reported(office):
    scheme = scheme_of("重大情况", rhythm=ReportingRhythm.ANY_TIME)
    mark, town = concealed(scheme), cast.unit(cast.TOWN)
    assert uncorrected_labels(scheme, town) == ["2026年第1件，瞒报"]
    fill_report(fresh(mark.report), by=cast.head(cast.TOWN), values=values(), files={}, reason="", after=0)
    assert uncorrected_labels(scheme, town) == []


def test_what_is_missed_and_marked_is_pressed_for_once(scheme, report):
    version = filled(report, by="head")
    marked(report)
    return_report(version, by=cast.person("officer"), reason="请核对。", again_by=date(2026, 12, 2))
    town = cast.unit(cast.TOWN)
    with time_machine.travel(at(2, 9, month=12), tick=False):
        assert uncorrected_labels(scheme, town) == [f"{FIRST}，谎报"]
    with time_machine.travel(at(3, 9, month=12), tick=False):
        assert uncorrected_labels(scheme, town) == []
        chase_reports(scheme, by=cast.person("officer"), unit=town)
    words = f"{TITLE}有1期到期未报（{FIRST}（退回后未改报）），请立即报送。"
    assert Alert.objects.filter(text=words).exists()


def test_what_is_reported_at_any_time_has_no_limit_that_it_missed(office):
    scheme = scheme_of("重大情况", rhythm=ReportingRhythm.ANY_TIME)
    first, second = (returned_incident(scheme) for _ in range(2))
    with time_machine.travel(at(3, 9, month=12), tick=False):
        offered = offered_by_report(fresh(first))
        assert offered.facts.startswith(
            "蓬江区棠下镇2026年第1件“重大情况”报表报送后被退回，应于2026年12月2日前重新报送，至2026年12月3日未重新报送。"
        )
        assert "时限" not in offered.reference_summary
        labels = [f"2026年第{number}件（退回后未改报）" for number in (1, 2)]
        assert missed_labels(scheme, cast.unit(cast.TOWN)) == labels
        assert is_to_chase(fresh(second))


def returned_incident(scheme):
    facts = {"unit": cast.unit(cast.TOWN), "values": values(), "files": {}}
    version = report_at_any_time(scheme, by=cast.head(cast.TOWN), **facts)
    return_report(version, by=cast.person("officer"), reason="请核对。", again_by=date(2026, 12, 2))
    return version.report


def test_what_no_head_confirmed_answers_no_mark(scheme, report):
    town = cast.unit(cast.TOWN)
    filled(report, by="head")
    marked(report)
    draft = filled(report, reason="漏报四处。", places=7)
    assert is_to_chase(fresh(report))
    assert uncorrected_labels(scheme, town) == [f"{FIRST}，谎报"]
    assert "如实更正报表" in offered_by_report(fresh(report)).requirements
    confirm_report(draft, by=cast.head(cast.TOWN))
    filled(report, reason="又漏报一处。", places=8)  # a further draft does not undo what was confirmed
    assert not is_to_chase(fresh(report))
    assert uncorrected_labels(scheme, town) == []


def test_what_no_head_confirmed_reports_nothing_that_was_concealed(office):
    scheme = scheme_of("重大情况", rhythm=ReportingRhythm.ANY_TIME)
    report = concealed(scheme).report
    draft = filled(report)
    assert is_to_chase(fresh(report))
    assert uncorrected_labels(scheme, cast.unit(cast.TOWN)) == ["2026年第1件，瞒报"]
    confirm_report(draft, by=cast.head(cast.TOWN))
    assert not is_to_chase(fresh(report))
    assert offered_by_report(fresh(report)).requirements == "查明瞒报的原因和责任，今后如实报送。"


def test_what_was_put_right_is_not_demanded_again_unless_it_was_returned(report):
    filled(report, by="head")
    marked(report)
    corrected = filled(report, by="head", reason="漏报四处。", places=7)
    assert offered_by_report(fresh(report)).requirements == "查明谎报的原因和责任，今后如实报送。"
    return_report(corrected, by=cast.person("officer"), reason="仍不实。", again_by=date(2026, 12, 2))
    assert "如实更正报表" in offered_by_report(fresh(report)).requirements
    accept_report(filled(report, by="head", reason="再更正。", places=8), by=cast.person("officer"))
    assert offered_by_report(fresh(report)).requirements == "查明谎报的原因和责任，今后如实报送。"


def test_a_flag_and_what_was_left_out_are_printed_as_such(office):
    fields = [FieldRow("是否专题研究", FLAG), FieldRow("移交线索", COUNT, "条", needed=False)]
    report = report_of(scheme_of(fields=fields))
    content = {"f1": False, "f2": None}
    fill_report(report, by=cast.head(cast.TOWN), values=content, files={}, reason="", after=0)
    marked(report)
    assert "（第1版）：是否专题研究：否、移交线索未填。" in offered_by_report(fresh(report)).facts
