"""One quarter: eighty units report each week, three miss it; what follows, rung by rung, until a year is published."""

from collections.abc import Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from tests import cast
from tests.assessment import MEMBERS, TOWNS, assessment_of, counted
from tests.ladder import carry_out, put_right, take
from tests.meetings import agreed, attended, called, concluded, fresh, post_of, recorded, with_item
from tests.quarter import (
    CIRCULATED,
    INTERVIEWED,
    MATTER,
    MISSING,
    REMINDED,
    REPORTING_MEMBERS,
    TITLE,
    WEEKS,
    everybody_reports_but,
    weekly_scheme,
)
from tests.received import closed, received, replied
from tests.reporting import analysed, issued, towns
from tests.web import Visitor
from yuetan.actions.assessment.closing import close_assessment, publish_assessment
from yuetan.actions.assessment.sheets import present_assessment
from yuetan.actions.letter.letter import acknowledge_letter, approve_letter
from yuetan.actions.meeting.attendance import Came
from yuetan.actions.meeting.convening import convene_meeting
from yuetan.actions.meeting.minutes import digest_of_meeting, issue_meeting_minutes
from yuetan.actions.messages.daily import daily
from yuetan.actions.record.check_records import disagreements
from yuetan.actions.reporting.acceptance import accept_reports
from yuetan.actions.reporting.reports import report_zero
from yuetan.models import (
    AccountabilityMeasure,
    Assessment,
    AssessmentSheet,
    Assignment,
    Case,
    Letter,
    PeriodicReport,
    ReportScheme,
    ReportVersion,
)
from yuetan.models.reporting.summary import summarise
from yuetan.rules.assessment.scheme import Indicator
from yuetan.rules.text.official_text import CHINA_STANDARD_TIME
from yuetan.vocabulary import (
    AnalysisState,
    AssessmentGrade,
    AssessmentStanding,
    CaseState,
    IndicatorRule,
    LetterState,
    MeasureState,
    MeetingKind,
    Presence,
    RecordSource,
    UnitKind,
    UnscoredPoints,
    Verb,
)


@contextmanager
def on(day: date, hour: int = 9):
    """A morning of the story."""
    with time_machine.travel(datetime(day.year, day.month, day.day, hour, tzinfo=CHINA_STANDARD_TIME)):
        yield


@pytest.fixture
def scheme(office):
    """A weekly report of every 镇（街） and of seven 成员单位, of which nobody has reported yet."""
    with on(WEEKS[0] - timedelta(days=1)):
        carry_out()
        return weekly_scheme()


def weeks_pass(scheme: ReportScheme, weeks: Sequence[date], missing: tuple[str, ...] = ()) -> None:
    """What the units report of some weeks, each on the day before the Thursday on which it is due."""
    for thursday in weeks:
        with on(thursday - timedelta(days=1)):
            daily()
            everybody_reports_but(scheme, missing)


def offered(scheme: ReportScheme, who: str, what: str, code: str) -> Visitor:
    """The page that a button beside a unit that missed its reports leads to."""
    one = Visitor(cast.person(who))
    one.open(reverse("missed_units", args=[scheme.pk]))
    one.open(one.page.link(f"{what}：{cast.unit(code).full_name}"))
    return one


def test_a_quarter(scheme):
    weeks_pass(scheme, WEEKS[:3], MISSING)
    with on(date(2026, 10, 23)):
        they_are_found(scheme, MISSING, missed=3, among=3)
        each_is_reminded(scheme)
    weeks_pass(scheme, WEEKS[3:6], (CIRCULATED, INTERVIEWED))
    with on(date(2026, 11, 13)):
        they_are_found(scheme, (CIRCULATED, INTERVIEWED), missed=4, among=4)
        measures = [circulated(scheme, code) for code in (CIRCULATED, INTERVIEWED)]
    weeks_pass(scheme, WEEKS[6:8], (INTERVIEWED,))
    with on(date(2026, 11, 27)):
        one_puts_it_right(measures[0])
    weeks_pass(scheme, WEEKS[8:9], (INTERVIEWED,))
    with on(date(2026, 12, 7)):
        they_are_found(scheme, (INTERVIEWED,), missed=4, among=4)
        an_interview_is_proposed_out_of_its_circular(measures[1])
    weeks_pass(scheme, WEEKS[9:10])
    with on(date(2026, 12, 14)):
        meeting = a_joint_meeting_is_convened()
    with on(date(2026, 12, 16), 15):
        its_resolutions_are_handed_out(meeting)
    an_inspection_letter_is_answered()
    weeks_pass(scheme, WEEKS[10:11])
    with on(date(2026, 12, 18)):
        the_period_is_analysed(scheme.periods.get(last=WEEKS[8]))
    weeks_pass(scheme, WEEKS[11:])
    assert scheme.periods.count() == len(WEEKS)
    the_year_is_assessed()
    with on(date(2027, 1, 20)):
        assert list(disagreements()) == []


def they_are_found(scheme, codes, *, missed, among):
    page = Visitor(cast.person("officer")).open(reverse("missed_units", args=[scheme.pk]))
    facts = {code: f"{cast.unit(code).full_name}最近{among}期“{TITLE}”中，{missed}期到期未报" for code in MISSING}
    assert {code for code, words in facts.items() if words in page} == set(codes)
    last = summarise(scheme.periods.order_by("-first")[0])
    standing = last.total.standing
    assert (standing.expected, standing.missed) == (towns() + len(REPORTING_MEMBERS), len(codes))
    assert standing.handed_in == standing.accepted == standing.expected - standing.missed
    assert set(last.missing) == {cast.unit(code).full_name for code in codes}


def each_is_reminded(scheme):
    for code in MISSING:
        offered(scheme, "supervisor", "起草提醒函", code).press("保存，送签发")
        letter = Letter.objects.get(unit=cast.unit(code))
        assert (letter.matter, "3期到期未报" in letter.problems) == (MATTER, True)
        letter = approve_letter(letter, by=cast.person("deputy"), seen=letter.digest)
        assert acknowledge_letter(letter, by=cast.liaison(code)).state == LetterState.ISSUED


def circulated(scheme: ReportScheme, code: str) -> AccountabilityMeasure:
    """The 通报 of a unit that missed its reports after the 提醒函 as well, served and signed for."""
    officer = offered(scheme, "officer", "起草通报", code)
    form = officer.page.forms[-1]
    chosen = {name: form.offered[name][0] for name in ("rung", "door", "grounds")}
    answered = {name: "no" for name in form.values if name.endswith("-applies")}
    answered |= {name: "经核查，没有这一情节。" for name in form.values if name.endswith("-reason")}
    officer.press("保存", demands="补报各期报表。\n明确专人报送。", limit="2026-12-04", **chosen, **answered)
    measure = AccountabilityMeasure.objects.get(unit=cast.unit(code))
    assert (measure.matter, "4期到期未报" in measure.facts) == (MATTER, True)
    for verb in (Verb.SUBMIT_MEASURE, Verb.DECIDE_MEASURE, Verb.SERVE_MEASURE, Verb.ACKNOWLEDGE_MEASURE):
        measure = take(verb, measure)
    return measure


def one_puts_it_right(measure):
    late = PeriodicReport.objects.with_relations().missed().filter(unit=measure.unit)
    assert late.count() == 6
    for report in late:
        report_zero(report, by=cast.head(CIRCULATED), after=0)
    accept_reports(list(ReportVersion.objects.filter(accepted_at=None)), by=cast.person("officer"))
    assert take(Verb.CONCLUDE_MEASURE, put_right(measure)).state == MeasureState.ENDED


def an_interview_is_proposed_out_of_its_circular(measure):
    officer = Visitor(cast.person("officer"))
    officer.open(reverse("measure_laid", args=[measure.pk]))
    officer.click(Verb.OPEN_INTERVIEW.label)
    officer.press(Verb.OPEN_INTERVIEW.label)
    case = Case.objects.get(rung_laid=measure)
    assert (case.unit.code, case.matter) == (INTERVIEWED, MATTER)
    officer.open(reverse("revise_draft", args=[case.pk]))
    values = officer.page.forms[-1].values
    grounds = [name.removesuffix("-facts") for name in values if name.endswith("-facts")]
    number = measure.issued_paper.number
    for ground in grounds:
        facts = values[f"{ground}-facts"][0]
        assert all(words in facts for words in (measure.facts, number, "时限2026年12月4日，至今未完成，逾期3天"))
        assert values[f"{ground}-reference_number"] == [number]
    officer.press("保存并报核", **{"grounds-4_2-ticked": "on"})
    assert Case.objects.get(pk=case.pk).state == CaseState.IN_REVIEW


def a_joint_meeting_is_convened():
    begins = datetime(2026, 12, 16, 9, tzinfo=CHINA_STANDARD_TIME)
    meeting = called(kind=MeetingKind.JOINT, begins_at=begins)
    with_item(meeting, title="通报信息报送情况")
    units = [cast.unit(INTERVIEWED)]
    convene_meeting(meeting, by=cast.person("officer"), units=units, posts=[post_of("director")])
    return fresh(meeting)


def its_resolutions_are_handed_out(meeting):
    attended(meeting, **{f"unit_{INTERVIEWED}": Came(Presence.SAT_IN, "韩十六", "局长")})
    for item in meeting.items.all():
        concluded(item, conclusion="各单位按期报送，连续未报的予以通报。")
    resolutions = [
        agreed("补报各期报表，明确专人报送。", code, date(2026, 12, 31)) for code in (CIRCULATED, INTERVIEWED)
    ]
    recorded(meeting, *resolutions)
    issue_meeting_minutes(meeting, by=cast.person("director"), seen=digest_of_meeting(meeting))
    assert {one.unit.code for one in Assignment.objects.all()} == {CIRCULATED, INTERVIEWED}


def an_inspection_letter_is_answered():
    with on(date(2026, 12, 16)):
        letter = received(cast.TOWN, reply_due=date(2026, 12, 30), received_on=date(2026, 12, 15))
    with on(date(2026, 12, 17)):
        reply = replied(letter, replied_on=date(2026, 12, 17))
        closed(reply)
    assert reply.late_days == 0


def the_period_is_analysed(period):
    analysis = issued(analysed(period))
    assert analysis.state == AnalysisState.ISSUED
    assert analysis.figures["missing"] == [cast.unit(INTERVIEWED).full_name]


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
    totals = {code: (sheets[code].total, sheets[code].grade) for code in MISSING}
    assert totals == {
        REMINDED: (Decimal(70), AssessmentGrade.UNQUALIFIED),
        CIRCULATED: (Decimal(100), AssessmentGrade.EXCELLENT),  # reported late, but reported
        INTERVIEWED: (Decimal(40), AssessmentGrade.UNQUALIFIED),
    }
    assert paper.title == "关于2026年度考核结果的通报"
    others = [sheet.rank for code, sheet in sheets.items() if sheet.unit.kind == UnitKind.TOWN and sheet.total == 100]
    assert set(others) == {1}
