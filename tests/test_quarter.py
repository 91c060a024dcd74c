"""One quarter: every 镇（街） reports each week, three units miss it; what follows, until a year is published."""

from contextlib import contextmanager
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from tests import cast
from tests.assessment import MEMBERS, TOWNS, assessment_of, counted
from tests.ladder import carry_out
from tests.meetings import agreed, attended, called, concluded, fresh, post_of, with_item
from tests.quarter import (
    CIRCULATED,
    INTERVIEWED,
    MATTER,
    MISSING,
    REMINDED,
    TITLE,
    WEEKS,
    everybody_reports_but,
    weekly_scheme,
)
from tests.received import closed, received, replied
from tests.reporting import analysed, issued
from tests.web import Visitor
from yuetan.actions.assessment.closing import close_assessment, publish_assessment
from yuetan.actions.assessment.sheets import present_assessment
from yuetan.actions.meeting.convening import convene_meeting
from yuetan.actions.meeting.minutes import digest_of_meeting, issue_meeting_minutes
from yuetan.actions.meeting.resolutions import record_resolutions
from yuetan.actions.messages.daily import daily
from yuetan.actions.record.check_records import disagreements
from yuetan.models import (
    AccountabilityMeasure,
    Assessment,
    AssessmentSheet,
    Assignment,
    Letter,
    ReportScheme,
)
from yuetan.models.reporting.summary import summarise
from yuetan.rules.assessment.scheme import Indicator
from yuetan.rules.text.official_text import CHINA_STANDARD_TIME
from yuetan.vocabulary import (
    AnalysisState,
    AssessmentGrade,
    AssessmentStanding,
    IndicatorRule,
    MeetingKind,
    RecordSource,
    UnitKind,
    UnscoredPoints,
)


@contextmanager
def on(day: date, hour: int = 9):
    """A morning of the story."""
    with time_machine.travel(datetime(day.year, day.month, day.day, hour, tzinfo=CHINA_STANDARD_TIME)):
        yield


@pytest.fixture
def scheme(office):
    """A weekly report of every 镇（街） and of one 成员单位, three weeks of it told."""
    carry_out()
    scheme = weekly_scheme()
    for thursday in WEEKS:
        with on(thursday - timedelta(days=1)):
            daily()
            everybody_reports_but(scheme, MISSING)
    return scheme


def offered(scheme: ReportScheme, who: str, what: str, code: str) -> Visitor:
    """The page that a button beside a unit that missed its reports leads to."""
    one = Visitor(cast.person(who))
    one.open(reverse("missed_units", args=[scheme.pk]))
    one.open(one.page.link(f"{what}：{cast.unit(code).full_name}"))
    return one


def test_a_quarter(scheme):
    with on(date(2026, 12, 11)):
        they_are_found(scheme)
        who_missed_is_reminded_circulated_and_proposed_for_an_interview(scheme)
    with on(date(2026, 12, 14)):
        meeting = a_joint_meeting_is_convened()
    with on(date(2026, 12, 16), 15):
        its_resolutions_are_handed_out(meeting)
    an_inspection_letter_is_answered()
    with on(date(2026, 12, 18)):
        the_period_is_analysed(scheme)
    the_year_is_assessed()
    with on(date(2027, 1, 20)):
        assert list(disagreements()) == []


def they_are_found(scheme):
    missed = Visitor(cast.person("officer"))
    page = missed.open(reverse("missed_units", args=[scheme.pk]))
    for code in MISSING:
        assert f"{cast.unit(code).full_name}最近3期“{TITLE}”中，3期到期未报" in page
    last = scheme.periods.order_by("-first")[0]
    standing = summarise(last).total.standing
    assert (standing.expected - standing.missed, standing.accepted) == (standing.handed_in, standing.handed_in)
    assert {cast.unit(code).full_name for code in MISSING} <= set(summarise(last).missing)


def who_missed_is_reminded_circulated_and_proposed_for_an_interview(scheme):
    supervisor = offered(scheme, "supervisor", "起草提醒函", REMINDED)
    supervisor.press("保存，送签发")
    letter = Letter.objects.get(unit=cast.unit(REMINDED))
    assert (letter.matter, "3期到期未报" in letter.problems) == (MATTER, True)
    officer = offered(scheme, "officer", "起草通报", CIRCULATED)
    form = officer.page.forms[-1]
    officer.press("保存", **{name: form.offered[name][0] for name in ("rung", "door")})
    measure = AccountabilityMeasure.objects.get(unit=cast.unit(CIRCULATED))
    assert (measure.matter, "3期到期未报" in measure.facts) == (MATTER, True)
    officer = offered(scheme, "officer", "提出约谈建议", INTERVIEWED)
    values = officer.page.forms[-1].values
    assert values["matter"] == [MATTER]
    assert f"{TITLE}报送表" in [value[0] for name, value in values.items() if name.endswith("reference_number")]


def a_joint_meeting_is_convened():
    begins = datetime(2026, 12, 16, 9, tzinfo=CHINA_STANDARD_TIME)
    meeting = called(kind=MeetingKind.JOINT, begins_at=begins)
    with_item(meeting, title="通报信息报送情况")
    units = [cast.unit(INTERVIEWED)]
    convene_meeting(meeting, by=cast.person("officer"), units=units, posts=[post_of("director")])
    return fresh(meeting)


def its_resolutions_are_handed_out(meeting):
    attended(meeting)
    for item in meeting.items.all():
        concluded(item, conclusion="各单位按期报送，连续未报的予以通报。")
    resolutions = [
        agreed("补报三期报表，明确专人报送。", code, date(2026, 12, 31)) for code in (CIRCULATED, INTERVIEWED)
    ]
    record_resolutions(meeting, by=cast.person("officer"), agreed=resolutions)
    issue_meeting_minutes(meeting, by=cast.person("director"), seen=digest_of_meeting(meeting))
    assert {one.unit.code for one in Assignment.objects.all()} == {CIRCULATED, INTERVIEWED}


def an_inspection_letter_is_answered():
    with on(date(2026, 12, 16)):
        letter = received(INTERVIEWED, reply_due=date(2026, 12, 30), received_on=date(2026, 12, 15))
    with on(date(2026, 12, 17)):
        reply = replied(letter, replied_on=date(2026, 12, 17))
        closed(reply)
    assert reply.late_days == 0


def the_period_is_analysed(scheme):
    analysis = issued(analysed(scheme.periods.order_by("-first")[0]))
    assert analysis.state == AnalysisState.ISSUED
    for code in MISSING:
        assert cast.unit(code).full_name in analysis.figures["missing"]


def the_year_is_assessed():
    indicators = [
        counted("信息报送", RecordSource.MISSED_RETURNS, 60, 10),
        Indicator("", "工作实绩", IndicatorRule.SCORED, full=Decimal(40), unscored=UnscoredPoints.FULL),
    ]
    with on(date(2026, 12, 18)):
        whole = {"first_day": date(2026, 1, 1), "last_day": date(2026, 12, 31)}
        assessment = assessment_of(indicators=indicators, groups=[TOWNS, MEMBERS], **whole)
    with on(date(2027, 1, 4)):
        present_assessment(assessment, by=cast.person("officer"))
    with on(date(2027, 1, 18)):
        close_assessment(assessment, by=cast.person("director"))
        paper = publish_assessment(Assessment.objects.get(pk=assessment.pk), by=cast.person("director"))
    assessment = Assessment.objects.get(pk=assessment.pk)
    assert assessment.standing == AssessmentStanding.PUBLISHED
    sheets = {sheet.unit.code: sheet for sheet in AssessmentSheet.objects.filter(assessment=assessment)}
    for code in (CIRCULATED, INTERVIEWED):
        assert (sheets[code].total, sheets[code].grade) == (Decimal(70), AssessmentGrade.UNQUALIFIED)
    assert paper.title == "关于2026年度考核结果的通报"
    others = [sheet.rank for code, sheet in sheets.items() if sheet.unit.kind == UnitKind.TOWN and sheet.total == 100]
    assert set(others) == {1}
