"""Nothing that somebody asked for is swept aside: it is decided first, or the step that makes it moot says so."""

import pytest

from tests import cast
from tests.factories import case_in, later, take
from tests.refusals import refused
from tests.web import Visitor
from yuetan.vocabulary import CaseState, Verb

LEAVE = "办公室设定：有 1 件请假尚未办理，须先由约谈人办理“审批请假”，再办本步骤。"
EXTENSION = "办公室设定：有 1 件延期申请尚未办理，须先由办公室主任、代行主任职责的人员办理“审批延期”，再办本步骤。"
PROGRESS = "办公室设定：有 1 件进展报告尚未办理，须先由督查员、代行督查员职责的人员办理“批阅进展报告”，再办本步骤。"
CORRECTION = (
    "办公室设定：有 1 件纪要更正尚未办理，须先由约谈人办理“确认更正并印发”，"
    "或者由办公室主任、代行主任职责的人员、约谈人办理“放弃纪要更正”，再办本步骤。"
)


@pytest.fixture
def notified(office):
    """An interviewee has asked for leave and waits for an answer."""
    return take(Verb.ASK_LEAVE, case_in(CaseState.NOTIFIED))


def test_no_interview_over_an_undecided_leave(notified):
    with later(days=8):
        with refused(LEAVE):
            take(Verb.HOLD_INTERVIEW, notified)
        take(Verb.DECIDE_LEAVE, notified, granted=False)
        assert take(Verb.HOLD_INTERVIEW, notified).state == CaseState.INTERVIEWED


@pytest.mark.parametrize(
    ("verb", "opinion"),
    [
        (Verb.RESCHEDULE, "约谈已改期，原请假不再审批；不能按新的时间到会的，请重新请假。"),
        (Verb.WITHDRAW, "约谈已撤回，请假不再审批。"),
    ],
)
def test_what_takes_the_ground_from_a_leave_decides_it_in_words(notified, verb, opinion):
    name = notified.leaves.get().post.holder.name
    case = take(verb, notified)
    leave = case.leaves.get()
    event = case.events.newest_first()[0]
    assert (leave.granted, leave.opinion, leave.decided_by) == (False, opinion, event.actor)
    assert event.data["settled"] == [f"{name}的请假（{opinion}）"]
    assert f"一并了结：{name}的请假" in Visitor(cast.head(cast.TOWN)).open(f"/cases/{case.pk}/")


def test_no_inspection_over_an_undecided_extension(office):
    case = take(Verb.ASK_EXTENSION, case_in(CaseState.RECTIFYING))
    with later(days=60):
        with refused(EXTENSION):
            take(Verb.BEGIN_INSPECTION, case)
        assert EXTENSION in Visitor(cast.person("supervisor")).open(f"/cases/{case.pk}/")
        take(Verb.DECIDE_EXTENSION, case, granted=False)
        assert take(Verb.BEGIN_INSPECTION, case).state == CaseState.INSPECTING


def test_no_assignment_and_no_end_over_an_unconfirmed_correction(office):
    case = take(Verb.CORRECT_MINUTES, case_in(CaseState.MINUTED))
    with refused(CORRECTION):
        take(Verb.ASSIGN, case)
    take(Verb.CONFIRM_CORRECTION, case)
    take(Verb.ASSIGN, case)


def test_no_inspection_over_an_unread_progress_report(office):
    case = case_in(CaseState.RECTIFYING)
    take(Verb.PREPARE_PROGRESS, case)
    take(Verb.HAND_IN_PROGRESS, case)
    with later(days=60):
        with refused(PROGRESS):
            take(Verb.BEGIN_INSPECTION, case)
        take(Verb.NOTE_PROGRESS, case)
        take(Verb.BEGIN_INSPECTION, case)


def test_no_end_while_a_correction_waits(office):
    case = case_in(CaseState.INSPECTING)
    take(Verb.CORRECT_MINUTES, case)
    take(Verb.CONCLUDE_INSPECTION, case)
    with refused(CORRECTION):
        take(Verb.CLOSE, case)
