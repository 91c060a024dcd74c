"""考核 at the borders of the year: what was late counts once, in the year in which it was to come."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.actions.assessment.test_figures import FIRST, LAST, by_hand, indicators
from tests.assessment import assessment_of, presented
from tests.factories import case_in, later, take
from tests.received import received, replied
from tests.refusals import refused
from yuetan.actions.assessment import schemes
from yuetan.actions.received.reply import return_received_reply
from yuetan.models import AssessmentSheet, ReceivedLetter, Task
from yuetan.models.assessment.counting import Counting
from yuetan.models.assessment.sources import SOURCES, records_of
from yuetan.models.dossier.year_facts import Days
from yuetan.models.people.unit_change import former_units
from yuetan.rules.dates import clock
from yuetan.vocabulary import CaseState, FindingOutcome, InspectionConclusion, RecordSource, TaskState, Verb

LATE, OVERDUE, REPLIES = RecordSource.LATE_REPORTS, RecordSource.OVERDUE_TASKS, RecordSource.LATE_REPLIES
NEXT = (date(2027, 1, 1), date(2027, 12, 31))


def counted(source, first=FIRST, last=LAST):
    """How many the town has, as figures and as records."""
    days, town = Days(first, min(last, clock.today())), cast.unit(cast.TOWN).pk
    number = SOURCES[source].counts(days, former_units(first)).get(town, 0)
    assert len(records_of([source], days, former_units(first))[source].get(town, [])) == number
    return number


def test_a_task_reported_after_the_year_was_overdue_in_it_once(office):
    case = case_in(CaseState.RECTIFYING)
    number = Task.objects.filter(effective_due_on__lte=LAST).count()
    assert number
    with later(days=60):
        assert (counted(OVERDUE), counted(LATE)) == (number, 0)
        take(Verb.PREPARE_REPORT, case)
        take(Verb.HAND_IN_REPORT, case)
        assert (counted(OVERDUE), counted(LATE)) == (number, 0)
        assert (counted(OVERDUE, *NEXT), counted(LATE, *NEXT)) == (0, 0)


def test_a_task_reported_in_the_year_was_late_in_it_and_is_not_overdue(office):
    case = case_in(CaseState.RECTIFYING)
    with later(days=32):
        number = counted(OVERDUE)
        take(Verb.PREPARE_REPORT, case)
        take(Verb.HAND_IN_REPORT, case)
        assert (counted(OVERDUE), counted(LATE)) == (number - 1, 1)
    with later(days=60):
        take(Verb.RETURN_TASK, case)  # it stood when the year was over
        assert (counted(OVERDUE), counted(LATE)) == (number - 1, 1)
        assert counted(OVERDUE, *NEXT) == 0


def sent_back(case):
    """退回整改 of what was struck off, a month later."""
    with later(days=30):
        doubted = [
            {"task": one, "outcome": FindingOutcome.NOT_BORNE_OUT, "words": "台账系补写。"} for one in case.tasks.all()
        ]
        facts = {"conclusion": InspectionConclusion.NOT_RECTIFIED, "basis": "现场核查，台账缺页。"}
        take(Verb.CONCLUDE_INSPECTION, case, task_findings=doubted, **facts)
        asked = take(Verb.REQUEST_SEND_BACK, case, tasks=list(case.tasks.all()))
        return take(Verb.SEND_BACK, asked)


def reopened(case):
    """复发重启."""
    with later(days=80):
        return take(Verb.REOPEN, take(Verb.REQUEST_REOPENING, take(Verb.RECORD_REVISIT, case)))


@pytest.mark.parametrize(("begun", "again"), [(CaseState.INSPECTING, sent_back), (CaseState.CLOSED, reopened)])
def test_what_was_struck_off_and_begun_again_is_overdue_at_its_new_limit(office, begun, again):
    case = again(case_in(begun))
    dues = [one.effective_due_on for one in case.tasks.filter(state=TaskState.RETURNED)]
    assert dues
    year = date(dues[0].year, 1, 1), date(dues[0].year, 12, 31)
    left = (dues[0] - clock.today()).days
    with later(days=left):
        assert counted(OVERDUE, *year) == 0
    with later(days=left + 1):
        assert counted(OVERDUE, *year) == len(dues) == by_hand(OVERDUE, clock.now(), *year)[cast.unit(cast.TOWN).pk]
        take(Verb.PREPARE_REPORT, case)
        take(Verb.HAND_IN_REPORT, case)
        assert counted(OVERDUE, *year) == len(dues) - 1


def returned(reply, *, again_by, **changed):
    facts = {"reason": "没有写明责任人。", "again_by": again_by, **changed}
    return return_received_reply(reply, by=cast.person("officer"), **facts)


def a_letter():
    return received(dated_on=date(2026, 10, 1), received_on=date(2026, 10, 2), reply_due=date(2026, 11, 20))


def test_a_return_with_a_day_of_next_year_takes_no_lateness_along(office):
    returned(replied(a_letter()), again_by=date(2027, 1, 10))
    with later(days=45):
        replied(ReceivedLetter.objects.get(), replied_on=date(2027, 1, 5))
        assert (counted(REPLIES), counted(REPLIES, *NEXT)) == (1, 0)


def test_each_version_that_came_late_counts_for_its_own_day(office):
    returned(replied(a_letter()), again_by=date(2026, 12, 1))
    with later(days=15):
        assert counted(REPLIES) == 2  # the one that came late, and the one that is to come
        replied(ReceivedLetter.objects.get(), replied_on=date(2026, 12, 8))
        assert counted(REPLIES) == 2


def test_the_office_puts_right_when_a_reply_came(office):
    letter = a_letter()
    reply = replied(letter, replied_on=date(2026, 11, 20))
    assert counted(REPLIES) == 0
    unfit = "实际收到回复的日期应当不早于收到来函的日期（2026年10月2日）、不晚于今天，请核对。"
    for day in (date(2026, 10, 1), date(2026, 11, 24)):
        with refused(unfit):
            returned(reply, again_by=date(2026, 12, 10), arrived_on=day)
    returned(reply, again_by=date(2026, 12, 10), arrived_on=date(2026, 11, 23), reason="邮戳为11月23日。")
    reply.refresh_from_db()
    letter.refresh_from_db()
    assert (reply.replied_on, reply.arrived_on, reply.late_days) == (date(2026, 11, 20), date(2026, 11, 23), 3)
    replied(letter)
    letter.refresh_from_db()
    assert (counted(REPLIES), letter.late_days) == (1, 3)


def test_what_a_version_was_late_changes_by_no_other_way(office):
    replied(a_letter())
    with pytest.raises(Exception, match="yuetan_receivedreply"), connection.cursor() as cursor:
        cursor.execute("UPDATE yuetan_receivedreply SET late_days = 0")


def test_what_is_frozen_is_read_in_one_statement(office):
    """A return that is handed in meanwhile counts in one of two sources, and never without its record."""
    assessment = assessment_of(last_day=date(2026, 11, 22), indicators=indicators())
    with CaptureQueriesContext(connection) as asked:
        presented(assessment)
    for table in ("yuetan_periodicreport", "yuetan_taskreport", "yuetan_receivedreply", "yuetan_commendation"):
        assert sum(f'FROM "{table}"' in query["sql"] for query in asked.captured_queries) == 1
    assert AssessmentSheet.objects.exists()


def test_the_records_are_those_that_are_counted(office):
    a_letter()
    assessment = assessment_of(indicators=indicators())
    counting = Counting(assessment, assessment.newest_scheme())
    numbers = {source: {unit: len(rows) for unit, rows in each.items()} for source, each in counting.records.items()}
    assert numbers == counting.counts


def test_a_year_set_up_twice_at_once_is_refused(office, monkeypatch):
    assessment_of()
    monkeypatch.setattr(schemes, "_year_problems", lambda year: iter(()))  # as it was for both a moment before
    with refused("2026年度考核已经设立，请在该年度的考核里修改方案。"):
        assessment_of()
