"""考核 counts nothing that was taken back: each source, turned round."""

from datetime import date

import pytest

from tests import cast
from tests.actions.assessment.test_borders_of_the_year import a_letter, counted
from tests.dossiers import awarded
from tests.factories import case_in, later, letter_in, take
from tests.ladder import listed_in, measure_in
from tests.ladder import take as take_of_measure
from tests.pleas import ANSWER, answered
from tests.received import replied
from tests.reporting import marked, report_of, scheme_of
from yuetan.actions.dossier.commendation import withdraw_commendation
from yuetan.actions.papers.document import void_document
from yuetan.actions.received.letter import withdraw_received_letter
from yuetan.actions.reporting.marks import withdraw_report_mark
from yuetan.models import Document, ReceivedLetter, ReportMark
from yuetan.vocabulary import CaseState, DocumentKind, LetterState, MeasureState, RecordSource, Verb

WHY = "登记有误，予以撤销。"


def a_mark():
    marked(report_of(scheme_of()))
    return lambda: withdraw_report_mark(ReportMark.objects.get(), by=cast.person("director"), reason=WHY)


def withdraw_the_letter():
    withdraw_received_letter(ReceivedLetter.objects.get(), by=cast.person("director"), reason=WHY)


def a_late_reply():
    replied(a_letter())
    return withdraw_the_letter


def a_letter_unreplied():
    a_letter()
    return withdraw_the_letter


def void(kind):
    void_document(Document.objects.get(kind=kind), by=cast.person("director"), reason=WHY)


def a_supervision_letter():
    case = case_in(CaseState.RECTIFYING)
    with later(days=32):
        take(Verb.ISSUE_SUPERVISION_LETTER, case)
    return lambda: void(DocumentKind.SUPERVISION_LETTER)


def a_reminder_letter():
    letter_in(LetterState.ISSUED, to=cast.unit(cast.TOWN))
    return lambda: void(DocumentKind.REMINDER_LETTER)


def a_circular():
    measure_in(MeasureState.SERVED, on=cast.unit(cast.TOWN))
    return lambda: void(DocumentKind.CIRCULAR)


def a_listing():
    answer = answered(listed_in(MeasureState.SERVED, on=cast.unit(cast.TOWN)), **ANSWER)
    return lambda: take_of_measure(Verb.REVOKE_MEASURE, answer)


def a_commendation():
    one = awarded(cast.unit(cast.TOWN))
    return lambda: withdraw_commendation(one, by=cast.person("director"), reason=WHY)


RETRACTED = {
    RecordSource.MARKED_RETURNS: a_mark,
    RecordSource.SUPERVISION_LETTERS: a_supervision_letter,
    RecordSource.REMINDER_LETTERS: a_reminder_letter,
    RecordSource.CIRCULARS: a_circular,
    RecordSource.LISTINGS: a_listing,
    RecordSource.COMMENDATIONS: a_commendation,
}


@pytest.mark.parametrize("source", RETRACTED)
def test_what_was_taken_back_counts_no_more(office, source):
    take_back = RETRACTED[source]()
    with later(days=33):
        assert counted(source) == 1
        take_back()
        assert counted(source) == 0


@pytest.mark.parametrize("registered", [a_late_reply, a_letter_unreplied])
def test_a_letter_that_was_withdrawn_was_late_for_nobody(office, registered):
    withdraw = registered()
    assert counted(RecordSource.LATE_REPLIES) == 1
    withdraw()
    assert counted(RecordSource.LATE_REPLIES) == 0


PRESSED = (RecordSource.LATE_REPORTS, RecordSource.RETURNED_REPORTS, RecordSource.SUPERVISION_LETTERS)


def test_what_came_of_the_tasks_of_a_revoked_measure_counts_for_nothing(office):
    measure = take_of_measure(Verb.ACKNOWLEDGE_MEASURE, listed_in(MeasureState.SERVED, on=cast.unit(cast.TOWN)))
    answer = answered(measure, **ANSWER)
    years = date(2026, 1, 1), date(2027, 12, 31)
    with later(days=200):
        assert counted(RecordSource.OVERDUE_TASKS, *years)
        for verb in (Verb.ISSUE_SUPERVISION_LETTER, Verb.PREPARE_REPORT, Verb.HAND_IN_REPORT, Verb.RETURN_TASK):
            take_of_measure(verb, measure)
        assert all(counted(source, *years) for source in PRESSED)
        take_of_measure(Verb.REVOKE_MEASURE, answer)
        for source in (RecordSource.OVERDUE_TASKS, *PRESSED):
            assert counted(source, *years) == 0, source
