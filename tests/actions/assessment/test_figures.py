"""Each figure of 考核 is the one that hand-written SQL counts over the records, and each record behind it is there."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.db.utils import IntegrityError, InternalError

from tests import cast
from tests.assessment import MEMBERS, TOWNS, assessment_of, counted
from tests.dossiers import awarded
from tests.factories import case_in, later, letter_in, take
from tests.ladder import listed_in, measure_in
from tests.received import received, replied
from tests.reporting import filled, marked, report_of, scheme_of
from tests.vetoes import veto_in
from yuetan.actions.assessment.sheets import present_assessment
from yuetan.actions.record.check_records import disagreements
from yuetan.actions.reporting.confirmation import confirm_report
from yuetan.models import AssessmentSheet, Case, PeriodicReport
from yuetan.models.assessment.counting import Counting
from yuetan.models.assessment.sources import SOURCES
from yuetan.rules.assessment.scheme import ADDING
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import CHINA_STANDARD_TIME
from yuetan.vocabulary import CaseState, LetterState, MeasureState, RecordSource, Verb

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)

DAY = "AT TIME ZONE 'Asia/Shanghai')::date BETWEEN %(first)s AND %(last)s"
IN_FORCE = "JOIN yuetan_numberentry AS entry ON entry.id = paper.entry_id AND entry.voided_at IS NULL"
REPORT = "yuetan_taskreport AS report JOIN yuetan_task AS task ON task.id = report.task_id"
MEASURE = f"""
    SELECT measure.unit_id FROM yuetan_accountabilitymeasure AS measure
    JOIN yuetan_rung AS rung ON rung.id = measure.rung_id AND rung.kind = '{{kind}}'
    JOIN yuetan_document AS paper ON paper.id = measure.paper_id {IN_FORCE}
    WHERE measure.served_on BETWEEN %(first)s AND %(last)s
"""
HAND_WRITTEN = {
    RecordSource.LATE_RETURNS: f"""
        SELECT unit_id FROM yuetan_periodicreport
        WHERE handed_in_at >= due_at + interval '1 minute' AND (due_at {DAY}""",
    RecordSource.MISSED_RETURNS: f"""
        SELECT unit_id FROM yuetan_periodicreport
        WHERE handed_in_at IS NULL AND due_at < %(now)s AND (due_at {DAY}""",
    RecordSource.MARKED_RETURNS: f"""
        SELECT report.unit_id FROM yuetan_reportmark AS mark
        JOIN yuetan_periodicreport AS report ON report.id = mark.report_id
        WHERE mark.withdrawn_at IS NULL AND (mark.marked_at {DAY}""",
    RecordSource.LATE_REPORTS: f"""
        SELECT task.open_to_id FROM {REPORT}
        WHERE report.kind = 'completion' AND report.due_on BETWEEN %(first)s AND %(last)s
            AND (report.handed_in_at {DAY}
            AND (report.handed_in_at AT TIME ZONE 'Asia/Shanghai')::date > report.due_on""",
    # Of all tasks whose limit has passed those that were not reported when the last day, or yesterday, was over; a
    # report is none that was sent back, or after which 退回整改 or 复发重启 was granted.
    RecordSource.OVERDUE_TASKS: """
        SELECT open_to_id FROM yuetan_task AS task
        LEFT JOIN LATERAL (
            SELECT report.outcome = 'returned' AND report.decided_at < %(over)s OR EXISTS (
                SELECT FROM yuetan_reworkrequest AS rework
                JOIN yuetan_reworkrequest_tasks AS of_task ON of_task.reworkrequest_id = rework.id
                WHERE of_task.task_id = task.id AND rework.granted
                    AND rework.decided_at > report.handed_in_at AND rework.decided_at < %(over)s
            ) AS is_back
            FROM yuetan_taskreport AS report
            WHERE report.task_id = task.id AND report.kind = 'completion' AND report.handed_in_at < %(over)s
            ORDER BY report.version DESC LIMIT 1
        ) AS newest ON true
        WHERE (runs OR state NOT IN ('assigned', 'returned')) AND state <> 'revoked' AND COALESCE(newest.is_back, true)
            AND effective_due_on BETWEEN %(first)s AND %(last)s AND effective_due_on < %(today)s""",
    RecordSource.RETURNED_REPORTS: f"""
        SELECT task.open_to_id FROM {REPORT} WHERE report.outcome = 'returned' AND (report.decided_at {DAY}""",
    RecordSource.SUPERVISION_LETTERS: f"""
        SELECT paper.open_to_id FROM yuetan_document AS paper {IN_FORCE}
        WHERE paper.kind = 'supervision_letter' AND (paper.issued_at {DAY}""",
    RecordSource.REMINDER_LETTERS: f"""
        SELECT paper.open_to_id FROM yuetan_document AS paper {IN_FORCE}
        WHERE paper.kind = 'reminder_letter' AND (paper.issued_at {DAY}""",
    RecordSource.LATE_ANSWERS: f"""
        SELECT letter.unit_id FROM yuetan_letter AS letter
        JOIN yuetan_document AS paper ON paper.letter_id = letter.id {IN_FORCE}
        WHERE letter.answer_until BETWEEN %(first)s AND %(last)s
            AND COALESCE((letter.answered_at AT TIME ZONE 'Asia/Shanghai')::date, %(today)s) > letter.answer_until""",
    RecordSource.LATE_REPLIES: """
        SELECT letter.unit_id FROM yuetan_receivedletter AS letter
        CROSS JOIN LATERAL (
            SELECT due_on, COALESCE(arrived_on, replied_on) AS came_on FROM yuetan_receivedreply
            WHERE letter_id = letter.id
            UNION ALL SELECT letter.due_on, %(today)s WHERE letter.reply_id IS NULL
        ) AS awaited
        WHERE letter.withdrawn_at IS NULL AND awaited.due_on BETWEEN %(first)s AND %(last)s
            AND awaited.came_on > awaited.due_on""",
    RecordSource.CIRCULARS: MEASURE.format(kind="circular"),
    RecordSource.LISTINGS: MEASURE.format(kind="listed_supervision"),
    RecordSource.VETOES: MEASURE.format(kind="veto"),
    RecordSource.INTERVIEWS: """
        SELECT unit_id FROM yuetan_case
        WHERE opened_on IS NOT NULL AND interviewed_on BETWEEN %(first)s AND %(last)s""",
    RecordSource.COMMENDATIONS: """
        SELECT unit_id FROM yuetan_commendation
        WHERE post_id IS NULL AND withdrawn_at IS NULL AND awarded_on BETWEEN %(first)s AND %(last)s""",
}
TAKING_OFF = [source for source in RecordSource if source not in ADDING]


def by_hand(source, now, first=FIRST, last=LAST):
    over = datetime.combine(min(last, now.date()) + timedelta(days=1), time.min, CHINA_STANDARD_TIME)
    values = {"first": first, "last": last, "today": now.date(), "now": now, "over": over}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT unit_id, count(*) FROM ({HAND_WRITTEN[source]}) AS rows (unit_id) GROUP BY 1", values)
        return dict(cursor.fetchall())


def indicators():
    """One for each source; those that take off points have 100 among them."""
    shares = [Decimal(100 - 7 * (len(TAKING_OFF) - 1)), *[Decimal(7)] * (len(TAKING_OFF) - 1)]
    takes = [
        counted(f"指标{source.value}", source, int(share), 1) for source, share in zip(TAKING_OFF, shares, strict=True)
    ]
    return [*takes, *(counted("表彰", source, 0, 3, cap=5) for source in ADDING)]


def records_of_a_year():
    """Something for every source that can be on record today, over two units and more."""
    scheme = scheme_of()
    marked(report_of(scheme))
    case = case_in(CaseState.RECTIFYING)
    for verb in (Verb.PREPARE_REPORT, Verb.HAND_IN_REPORT, Verb.RETURN_TASK):
        take(verb, case)
    case_in(CaseState.INTERVIEWED, unit=cast.unit(cast.DIVISION_TOWN))
    letter_in(LetterState.ISSUED)
    received(reply_due=date(2026, 12, 1))
    replied(received(cast.DIVISION_TOWN, reply_due=date(2026, 11, 20)), by=f"liaison_{cast.DIVISION_TOWN}")
    awarded(cast.unit(cast.TOWN))
    measure_in(MeasureState.SERVED, on=cast.unit(cast.TOWN))
    listed_in(MeasureState.SERVED, on=cast.unit(cast.DIVISION_TOWN))
    veto_in(MeasureState.SERVED, on=cast.unit(cast.MEMBER_UNIT))
    return scheme


def hand_in_late(case):
    """A report of a task whose day has passed."""
    take(Verb.PREPARE_REPORT, case)
    take(Verb.HAND_IN_REPORT, case)


def test_every_source_counts_what_hand_written_sql_counts(office, django_assert_num_queries):
    scheme = records_of_a_year()
    assessment = assessment_of(first_day=FIRST, last_day=LAST, indicators=indicators())
    with later(days=32):
        case = Case.objects.get(unit=cast.unit(cast.TOWN))
        take(Verb.ISSUE_SUPERVISION_LETTER, case)
        hand_in_late(case)
        confirm_report(filled(report_of(scheme, cast.DIVISION_TOWN), by="liaison"), by=cast.head(cast.DIVISION_TOWN))
    with later(days=42):
        now = clock.now()
        counting = Counting(assessment, assessment.newest_scheme())
        with django_assert_num_queries(len(RecordSource) + 2):  # replies and letters; which units had what went over
            counts = counting.counts
        expected = {source.value: by_hand(source, now) for source in RecordSource}
        assert counts == expected
        assert all(expected.values())
        assert set(SOURCES) == set(RecordSource)
        present_assessment(assessment, by=cast.person("officer"))
        for sheet in AssessmentSheet.objects.all():
            for line, indicator in zip(sheet.lines, indicators(), strict=True):
                number = expected[indicator.source].get(sheet.unit_id, 0)
                assert (line["count"], len(line["records"])) == (number, number)
                gained = min(number * 3, 5) if indicator.adds else max(indicator.full - number, 0)
                assert Decimal(line["points"]) == gained
        assert list(disagreements()) == []
    assert Case.objects.count() == 2
    assert PeriodicReport.objects.exists()
    assert {TOWNS.name, MEMBERS.name} == set(AssessmentSheet.objects.values_list("group_name", flat=True))


@pytest.mark.parametrize("column", ["lines = '[]'", "points = points + 1", "unit_name = '某单位'"])
def test_a_frozen_sheet_is_changed_by_nobody(office, column):
    present_assessment(assessment_of(), by=cast.person("officer"))
    with pytest.raises((InternalError, IntegrityError)), connection.cursor() as cursor:
        cursor.execute(f"UPDATE yuetan_assessmentsheet SET {column}")
