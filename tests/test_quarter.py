"""One quarter: eighty units report each week, three miss it; what follows, rung by rung, until a year is published.

A joint meeting, an inspection letter and a round go on beside it; each of the three reads of itself alone.
"""

from collections.abc import Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from tests import cast
from tests.assessment import assessment_of, decided, objected, sheet_of
from tests.factories import pdf
from tests.factories import take as take_of_case
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
    YEAR,
    circulated,
    everybody_reports_but,
    reminded,
    weekly_scheme,
)
from tests.received import closed, received, replied
from tests.reporting import analysed, issued, towns
from tests.rounds import DEMANDS, announced, given_of_round, informed_visit, signed_for, visit, visit_of
from tests.web import Visitor
from yuetan.actions.assessment.closing import close_assessment, publish_assessment
from yuetan.actions.assessment.sheets import present_assessment
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
    PeriodicReport,
    ReportScheme,
    ReportVersion,
)
from yuetan.models.reporting.span import span_between
from yuetan.models.reporting.summary import summarise, summarise_span
from yuetan.rules.text.official_text import CHINA_STANDARD_TIME
from yuetan.scenarios import assignment_drivers
from yuetan.vocabulary import (
    AnalysisState,
    AssessmentGrade,
    AssessmentStanding,
    AssignmentState,
    CaseState,
    LetterState,
    MeasureState,
    MeetingKind,
    Presence,
    UnitKind,
    Verb,
)

LEDGERS = ("report_list", "letter_list", "measure_list", "case_list", "assignment_list", "received_list", "round_list")


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


def test_a_quarter(scheme):
    weeks_pass(scheme, WEEKS[:3], MISSING)
    with on(date(2026, 10, 23)):
        they_are_listed(scheme, MISSING, missed=3, among=3)
        each_is_reminded(scheme)
    weeks_pass(scheme, WEEKS[3:6], (CIRCULATED, INTERVIEWED))
    with on(date(2026, 11, 13)):
        they_are_listed(scheme, (CIRCULATED, INTERVIEWED), missed=4, among=4)
        measures = [circulated(scheme, code) for code in (CIRCULATED, INTERVIEWED)]
        assert all(one.matter == MATTER and "4期到期未报" in one.facts for one in measures)
    weeks_pass(scheme, WEEKS[6:7], (INTERVIEWED,))
    a_round_finds_something()
    weeks_pass(scheme, WEEKS[7:8], (INTERVIEWED,))
    with on(date(2026, 11, 27)):
        one_puts_it_right(measures[0])
    weeks_pass(scheme, WEEKS[8:9], (INTERVIEWED,))
    with on(date(2026, 12, 7)):
        they_are_listed(scheme, (INTERVIEWED,), missed=4, among=4)
        case = an_interview_is_proposed_out_of_its_circular(measures[1])
    with on(date(2026, 12, 8)):
        it_is_decided_and_served(case)
    weeks_pass(scheme, WEEKS[9:10])
    with on(date(2026, 12, 14)):
        meeting = a_joint_meeting_is_convened()
    with on(date(2026, 12, 15), 11):
        it_is_interviewed(case)
    with on(date(2026, 12, 16), 15):
        its_resolutions_are_handed_out(meeting)
    an_inspection_letter_is_answered()
    weeks_pass(scheme, WEEKS[10:11])
    with on(date(2026, 12, 18)):
        the_period_is_analysed(scheme.periods.get(last=WEEKS[8]))
    with on(date(2026, 12, 22)):
        what_was_agreed_is_done()
        the_case_is_closed(case)
    weeks_pass(scheme, WEEKS[11:])
    assert scheme.periods.count() == len(WEEKS)
    the_quarter_is_added_up(scheme)
    the_year_is_assessed()
    with on(date(2027, 1, 20)):
        each_reads_of_itself_alone()
        assert list(disagreements()) == []


def they_are_listed(scheme, codes, *, missed, among):
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
        letter = reminded(scheme, code)
        assert (letter.matter, "3期到期未报" in letter.problems) == (MATTER, True)
        assert letter.state == LetterState.ISSUED


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
    case = Case.objects.get(pk=case.pk)
    assert case.state == CaseState.IN_REVIEW
    return case


def it_is_decided_and_served(case):
    head = cast.head(INTERVIEWED)
    for verb in (Verb.ENDORSE, Verb.APPROVE):
        assert not Case.objects.visible_to(head).exists()
        case = take_of_case(verb, case)
    case = take_of_case(Verb.SERVE_NOTICE, case)
    assert [one.pk for one in Case.objects.visible_to(head)] == [case.pk]
    for verb in (Verb.ACKNOWLEDGE_RECEIPT, Verb.PREPARE_SUBMISSION, Verb.HAND_IN_SUBMISSION):
        case = take_of_case(verb, case)


def it_is_interviewed(case):
    verbs = (Verb.HOLD_INTERVIEW, Verb.CONFIRM_MINUTES, Verb.SEND_MINUTES, Verb.ANSWER_MINUTES)
    for verb in (*verbs, Verb.ISSUE_MINUTES, Verb.ASSIGN):
        case = take_of_case(verb, case)
    assert (case.state, case.tasks.count()) == (CaseState.RECTIFYING, 2)


def the_case_is_closed(case):
    for _ in case.tasks.all():
        for verb in (Verb.PREPARE_REPORT, Verb.HAND_IN_REPORT, Verb.ACCEPT_TASK):
            case = take_of_case(verb, case)
    for verb in (Verb.BEGIN_INSPECTION, Verb.CONCLUDE_INSPECTION):
        case = take_of_case(verb, case)
    assert take_of_case(Verb.CLOSE, case).state == CaseState.CLOSED


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
    assert {one.unit.code for one in Assignment.objects.filter(meeting=meeting)} == {CIRCULATED, INTERVIEWED}


def what_was_agreed_is_done():
    about = {
        unit: Assignment.objects.get(unit=cast.unit(unit), meeting__isnull=False) for unit in (CIRCULATED, INTERVIEWED)
    }
    for code, assignment in about.items():
        assert [one.pk for one in Assignment.objects.visible_to(cast.head(code))] == [assignment.pk]
        done = assignment_drivers.put_right(assignment)
        assert assignment_drivers.take(Verb.CONCLUDE_ASSIGNMENT, done).state == AssignmentState.CONCLUDED


def a_round_finds_something():
    with on(date(2026, 11, 23)):
        of_round = announced(visits=[visit(REMINDED)])
        signed_for(visit_of(of_round, REMINDED), by=cast.liaison(REMINDED))
    with on(date(2026, 11, 25), 15):
        seen = informed_visit(REMINDED, of_round=of_round)
        given = given_of_round(seen)
    head = Visitor(cast.head(REMINDED)).open(reverse("round_visit", args=[seen.pk]))
    assert DEMANDS in head
    assert given.unit == cast.unit(REMINDED)


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


def the_quarter_is_added_up(scheme):
    """What every accepted report of the thirteen weeks says, of the running total what the last week's say."""
    first, *_, last = scheme.periods.order_by("first")
    stand = ReportVersion.objects.filter(report__period__scheme=scheme, accepted_at__isnull=False)
    sums = {key: sum(one.values[key] for one in stand) for key in ("f1", "f2", "f3")}
    sums["f4"] = sum(one.values["f4"] for one in stand.filter(report__period=last))
    assert all(number > 0 for number in sums.values())
    with on(date(2027, 1, 2)):
        summary = summarise_span(span_between(first, last))
        address = reverse("report_summary", args=[last.pk])
        page = Visitor(cast.person("officer")).open(f"{address}?from={first.pk}")
    figures = {key: summary.figure(summary.total, key) for key in sums}
    assert {key: figure.now for key, figure in figures.items()} == sums
    assert all(figure.words[0] in page for figure in figures.values())
    standing = summary.total.standing
    assert (standing.expected, standing.accepted) == (80 * len(WEEKS), stand.count())
    assert sum(1 for one in summary.missing if one.startswith(cast.unit(INTERVIEWED).full_name)) == 1


def the_year_is_assessed():
    with on(date(2026, 12, 18)):
        assessment = assessment_of(**YEAR)
    with on(date(2027, 1, 4)):
        present_assessment(assessment, by=cast.person("officer"))
    with on(date(2027, 1, 6)):
        one_objects(assessment)
        each_point_leads_to_its_record(assessment)
    with on(date(2027, 1, 18)):
        close_assessment(assessment, by=cast.person("director"))
        paper = publish_assessment(Assessment.objects.get(pk=assessment.pk), by=cast.person("director"))
    assessment = Assessment.objects.get(pk=assessment.pk)
    assert assessment.standing == AssessmentStanding.PUBLISHED
    sheets = {sheet.unit.code: sheet for sheet in AssessmentSheet.objects.filter(assessment=assessment)}
    totals = {code: (sheets[code].total, sheets[code].grade) for code in MISSING}
    assert totals == {
        REMINDED: (Decimal(80), AssessmentGrade.QUALIFIED),  # of 30 points for three misses it got ten again
        CIRCULATED: (Decimal(90), AssessmentGrade.QUALIFIED),  # reported late, but reported; circulated
        INTERVIEWED: (Decimal(10), AssessmentGrade.UNQUALIFIED),
    }
    assert paper.title == "关于2026年度考核结果的通报"
    others = [sheet.rank for code, sheet in sheets.items() if sheet.unit.kind == UnitKind.TOWN and sheet.total == 100]
    assert set(others) == {1}


def one_objects(assessment):
    sheet, facts = sheet_of(assessment, REMINDED), {"indicator": "i1", "words": "第一期已送纸质报表。"}
    objection = objected(sheet, by=f"head_{REMINDED}", proof=[pdf("送达回证.pdf")], **facts)
    assert decided(objection, points=Decimal(40)).decided_by == cast.person("director")


def each_point_leads_to_its_record(assessment):
    """From the sheet of the unit, by one link each, to the reports it missed, the 通报 and the case."""
    head = Visitor(cast.head(INTERVIEWED))
    sheet = reverse("assessment_sheet", args=[sheet_of(assessment, INTERVIEWED).pk])
    records = {
        *(reverse("report", args=[one.public_id]) for one in missed_reports(INTERVIEWED)),
        reverse("measure_laid", args=[AccountabilityMeasure.objects.get(unit=cast.unit(INTERVIEWED)).pk]),
        reverse("case", args=[Case.objects.get().pk]),
    }
    assert records <= {url for _, url in head.open(sheet).links}
    for url in records:
        head.open(url)


def missed_reports(code):
    return PeriodicReport.objects.with_relations().missed().filter(unit__code=code)


def each_reads_of_itself_alone():
    """What the three read in the ledgers of their papers, and what each cannot come to."""
    for code in MISSING:
        for username in (f"head_{code}", f"liaison_{code}"):
            one = Visitor(cast.person(username))
            pages = [one.open(reverse(name)).response.content.decode() for name in LEDGERS]
            others = [cast.unit(other).full_name for other in MISSING if other != code]
            assert [name for name in others for page in pages if name in page] == []
    laid = {one.unit.code: one for one in AccountabilityMeasure.objects.select_related("unit")}
    assert set(laid) == {CIRCULATED, INTERVIEWED}
    for code, measure in laid.items():
        for other in MISSING:
            Visitor(cast.head(other)).open(reverse("measure_laid", args=[measure.pk]), 200 if other == code else 404)
