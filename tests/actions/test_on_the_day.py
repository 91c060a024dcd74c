"""What comes on its last day is in time, and the day after it is late: the same for everything with a date."""

from datetime import date

import pytest

from tests import cast
from tests.factories import case_after, case_in, later, letter_in, take
from tests.steps import agreed, task_words
from yuetan.actions.letter.letter import acknowledge_letter
from yuetan.actions.letter.letter_answer import answer_letter
from yuetan.models import Letter, Minutes, Submission, SupervisionLetter, TaskReport
from yuetan.rules.dates import clock
from yuetan.vocabulary import CaseState, LetterState, ReportKind, Verb


def until(day: date, late: int):
    """Go on to its last day, or to the day after it."""
    return later(days=(day - clock.today()).days + late)


@pytest.fixture(params=[0, 1], ids=["on its day", "the day after"])
def late(request, office):
    return request.param


def test_what_is_not_there_yet_or_has_no_date_is_never_late(office):
    now, day = clock.now(), clock.today()
    for kind in (TaskReport, Submission):
        assert not any(one.is_late for one in (kind(due_on=day), kind(handed_in_at=now)))
    for kind in (Minutes, Letter, SupervisionLetter):
        assert not any(one.is_answered_late for one in (kind(answer_until=day), kind(answered_at=now)))


def test_a_report_of_rectification(late):
    case = case_in(CaseState.RECTIFYING)
    with until(case.due_on, late):
        take(Verb.PREPARE_REPORT, case)
        take(Verb.HAND_IN_REPORT, case)
    assert TaskReport.objects.get().is_late is bool(late)


def test_a_report_on_the_way(late):
    case = case_in(CaseState.RECTIFYING, hold_interview=agreed("weekly", 60))
    with until(case.tasks.get().progress_due_on, late):
        take(Verb.PREPARE_PROGRESS, case, **task_words(case))
        take(Verb.HAND_IN_PROGRESS, case)
    assert TaskReport.objects.get(kind=ReportKind.PROGRESS).is_late is bool(late)


def test_written_material(late):
    case = case_in(CaseState.NOTIFIED)
    with until(case.submission_due_on, late):
        take(Verb.PREPARE_SUBMISSION, case)
        case = take(Verb.HAND_IN_SUBMISSION, case)
    assert case.submission_handed_in.is_late is bool(late)


def test_an_answer_to_the_minutes(late):
    case = case_after(Verb.SEND_MINUTES)
    with until(case.minutes.answer_until, late):
        case = take(Verb.ANSWER_MINUTES, case)
    assert case.minutes.is_answered_late is bool(late)


def test_an_answer_to_a_supervision_letter(late):
    case = case_in(CaseState.RECTIFYING)
    with later(days=20):
        take(Verb.ISSUE_SUPERVISION_LETTER, case, tasks=[case.tasks.get(number=1)], grade="yellow")
        take(Verb.ACKNOWLEDGE_SUPERVISION, case)
        with until(SupervisionLetter.objects.get().answer_until, late):
            take(Verb.ANSWER_SUPERVISION, case)
    assert SupervisionLetter.objects.get().is_answered_late is bool(late)


def test_an_answer_to_a_reminder_letter(late):
    letter = acknowledge_letter(letter_in(LetterState.ISSUED), by=cast.liaison(cast.MEMBER_UNIT))
    with until(letter.answer_until, late):
        answered = answer_letter(letter, by=cast.head(cast.MEMBER_UNIT), answer="已逐条整改。")
    assert answered.is_answered_late is bool(late)
