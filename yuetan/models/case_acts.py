"""Acts beside the main line: dated records that leave the state of the case as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from yuetan.models.case_requirements import awaited_confirmation
from yuetan.models.notice_requirements import (
    before_the_interview,
    hand_in_explains,
    has_leave_to_decide,
    leave_askable,
    notice_unsigned,
    receipt_due_on,
    receipt_has_climbed_to,
    submission_due_on,
    submission_is_owed,
    submission_open,
    submission_prepared,
)
from yuetan.models.report_requirements import (
    has_progress_to_note,
    has_report_to_review,
    has_task_to_report,
    progress_due_on,
    progress_is_near,
    progress_prepared,
    report_is_owed,
    report_prepared,
)
from yuetan.models.requirements import Requirement
from yuetan.models.supervision import (
    has_supervision_to_answer,
    has_supervision_unsigned,
    has_task_to_press,
    supervision_due_on,
)
from yuetan.permissions import name as permission_name
from yuetan.rules import clock
from yuetan.rules.deadlines import REVISIT_NEAR
from yuetan.rules.findings import Finding, found
from yuetan.vocabulary import CaseState as State
from yuetan.vocabulary import Verb

if TYPE_CHECKING:
    from yuetan.models.case import Case
    from yuetan.models.user import User


@Requirement
def minutes_unconfirmed(case: Case) -> Iterator[Finding]:
    """The interviewer confirms a text once; a changed text is confirmed anew."""
    if case.minutes.confirmed_at is not None:
        yield found("minutes_already_confirmed")
    elif case.minutes.returned_at is not None:
        assert case.minutes.returned_by is not None
        yield found("minutes_returned", name=case.minutes.returned_by.name)


def minutes_are_returned(case: Case) -> bool:
    """The interviewer asked for changes that nobody has made yet."""
    return case.minutes.returned_at is not None


@Requirement
def minutes_sendable(case: Case) -> Iterator[Finding]:
    """Only a confirmed text goes out, and once."""
    if case.minutes.confirmed_at is None:
        yield awaited_confirmation(case)
    elif case.minutes.sent_at is not None:
        yield found("minutes_already_sent")


@Requirement
def minutes_answerable(case: Case) -> Iterator[Finding]:
    """The interviewed side answers the text that was sent to it, once."""
    if case.minutes.sent_at is None:
        yield found("minutes_not_sent")
    elif case.minutes.answer:
        yield found("minutes_answered")


@Requirement
def has_correction_to_confirm(case: Case) -> Iterator[Finding]:
    """A corrected text waits for the interviewer."""
    if case.open_correction is None:
        yield found("no_correction_to_confirm")


def revisit_is_due(case: Case) -> bool:
    """The planned revisit is near."""
    revisit = case.revisit_ahead
    return revisit is not None and revisit.planned_on <= clock.today() + REVISIT_NEAR


@Requirement
def has_extension_to_decide(case: Case) -> Iterator[Finding]:
    """Some extension was asked for and not decided."""
    if not any(task.pending_extension for task in case.tasks.all()):
        yield found("no_extension_to_decide")


@Requirement
def has_task_to_pause(case: Case) -> Iterator[Finding]:
    """Some task's limit is running and has not passed."""
    if not any(task.is_unreported and task.runs_until and not task.is_overdue for task in case.tasks.all()):
        yield found("no_task_to_pause")


@Requirement
def has_paused_task(case: Case) -> Iterator[Finding]:
    """Some task's limit stands still."""
    if not any(task.open_pause for task in case.tasks.all()):
        yield found("no_paused_task")


def answer_due_on(case: Case) -> date | None:
    """By when the interviewed side should answer the minutes' text."""
    return case.minutes.answer_until


@Requirement
def has_task_to_chase(case: Case) -> Iterator[Finding]:
    """Some task is owed and its limit is running."""
    if not any(task.is_unreported and task.runs_until for task in case.tasks.all()):
        yield found("no_task_owed")


@Requirement
def has_chase_to_answer(case: Case) -> Iterator[Finding]:
    """Some asking-after waits for an answer."""
    if not any(chase.replied_at is None for task in case.tasks.all() for chase in task.chases.all()):
        yield found("no_chase_to_answer")


@Requirement
def revisit_ahead(case: Case) -> Iterator[Finding]:
    """A revisit is planned and not made."""
    if case.revisit_ahead is None:
        yield found("no_revisit_ahead")


def inspection_is_open(case: Case) -> bool:
    """The inspection under way has no conclusion yet; that another may follow keeps nobody waiting."""
    inspection = case.current_inspection
    return inspection is not None and not inspection.conclusion


@dataclass(frozen=True)
class Act:
    """One act: in which states, under what conditions; whether somebody waits for it; whether a page says why not.

    `awaited_if` asks the case, `awaited_of` the person too; `due_on` tells the act's own date where
    it is not the date of the case.
    """

    verb: Verb
    states: tuple[State, ...]
    conditions: tuple[Requirement, ...] = ()
    awaited: bool = False
    awaited_if: Callable[[Case], bool] | None = None
    awaited_of: Callable[[Case, User], bool] | None = None
    explains: bool = False
    explains_if: Callable[[Case], bool] | None = None
    due_on: Callable[[Case], date | None] | None = None

    @property
    def name(self) -> str:
        """The verb's code, as a transition has it."""
        return self.verb.value

    @property
    def permission(self) -> str:
        """The full permission name, as a transition has it."""
        return permission_name(self.verb)

    @property
    def custom(self) -> dict[str, Any]:
        """Like a transition's: acts stand beside the main line."""
        awaited = self.awaited or self.awaited_if is not None
        return {
            "direction": "beside",
            "awaited": awaited,
            "awaited_if": self.awaited_if,
            "awaited_of": self.awaited_of,
            "explains": self.explains,
            "explains_if": self.explains_if,
            "due_on": self.due_on,
        }


_UNTIL_MINUTES = (State.NOTIFIED, State.INTERVIEWED)
_AT_WORK = (State.RECTIFYING, State.INSPECTING)
_MINUTED = (State.MINUTED, *_AT_WORK)

ACTS: dict[str, Act] = {
    act.verb.value: act
    for act in (
        Act(Verb.REVISE_DRAFT, (State.DRAFTED,)),
        Act(Verb.ACKNOWLEDGE_RECEIPT, (State.NOTIFIED,), (notice_unsigned,), awaited=True, due_on=receipt_due_on),
        Act(
            Verb.REGISTER_RECEIPT,
            (State.NOTIFIED,),
            (notice_unsigned,),
            awaited_of=receipt_has_climbed_to,
            due_on=receipt_due_on,
        ),
        Act(
            Verb.PREPARE_SUBMISSION,
            _UNTIL_MINUTES,
            (submission_open,),
            awaited_if=submission_is_owed,
            due_on=submission_due_on,
        ),
        Act(
            Verb.HAND_IN_SUBMISSION,
            _UNTIL_MINUTES,
            (submission_open, submission_prepared),
            awaited_if=before_the_interview,
            explains_if=hand_in_explains,
            due_on=submission_due_on,
        ),
        Act(Verb.ASK_LEAVE, (State.NOTIFIED,), (leave_askable,)),
        Act(Verb.DECIDE_LEAVE, (State.NOTIFIED,), (has_leave_to_decide,), awaited=True),
        Act(Verb.REVISE_MINUTES, (State.INTERVIEWED,), awaited_if=minutes_are_returned),
        Act(Verb.CONFIRM_MINUTES, (State.INTERVIEWED,), (minutes_unconfirmed,), awaited=True),
        Act(Verb.RETURN_MINUTES, (State.INTERVIEWED,), (minutes_unconfirmed,)),
        Act(Verb.SEND_MINUTES, (State.INTERVIEWED,), (minutes_sendable,), awaited=True, explains=True),
        Act(Verb.ANSWER_MINUTES, (State.INTERVIEWED,), (minutes_answerable,), awaited=True, due_on=answer_due_on),
        Act(Verb.CORRECT_MINUTES, _MINUTED),
        Act(Verb.CONFIRM_CORRECTION, _MINUTED, (has_correction_to_confirm,), awaited=True),
        Act(Verb.PREPARE_REPORT, (State.RECTIFYING,), (has_task_to_report,), awaited_if=report_is_owed),
        Act(Verb.HAND_IN_REPORT, (State.RECTIFYING,), (report_prepared,), awaited=True, explains=True),
        Act(
            Verb.PREPARE_PROGRESS,
            (State.RECTIFYING,),
            (has_task_to_report,),
            awaited_if=progress_is_near,
            due_on=progress_due_on,
        ),
        Act(Verb.HAND_IN_PROGRESS, (State.RECTIFYING,), (progress_prepared,), awaited=True),
        Act(Verb.NOTE_PROGRESS, _AT_WORK, (has_progress_to_note,), awaited=True),
        Act(Verb.ACCEPT_TASK, _AT_WORK, (has_report_to_review,), awaited=True),
        Act(Verb.RETURN_TASK, (State.RECTIFYING,), (has_report_to_review,)),
        Act(Verb.CHASE, (State.RECTIFYING,), (has_task_to_chase,)),
        Act(Verb.ANSWER_CHASE, _AT_WORK, (has_chase_to_answer,), awaited=True),
        Act(Verb.ASK_EXTENSION, (State.RECTIFYING,), (has_task_to_report,)),
        Act(Verb.DECIDE_EXTENSION, (State.RECTIFYING,), (has_extension_to_decide,), awaited=True),
        Act(Verb.PAUSE_TASK, (State.RECTIFYING,), (has_task_to_pause,)),
        Act(Verb.RESUME_TASK, (State.RECTIFYING,), (has_paused_task,)),
        Act(Verb.ISSUE_SUPERVISION_LETTER, (State.RECTIFYING,), (has_task_to_press,)),
        Act(
            Verb.ACKNOWLEDGE_SUPERVISION,
            _AT_WORK,
            (has_supervision_unsigned,),
            awaited=True,
            due_on=supervision_due_on,
        ),
        Act(Verb.ANSWER_SUPERVISION, _AT_WORK, (has_supervision_to_answer,), awaited=True, due_on=supervision_due_on),
        Act(Verb.CONCLUDE_INSPECTION, (State.INSPECTING,), awaited_if=inspection_is_open),
        Act(Verb.RECORD_SITE_CHECK, _AT_WORK),
        Act(Verb.RECORD_CONSEQUENCE, _AT_WORK),
        Act(Verb.RECORD_REVISIT, (State.CLOSED,), (revisit_ahead,), awaited_if=revisit_is_due),
    )
}
