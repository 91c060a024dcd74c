"""THE table of the steps of a case: what may be done in which state, on what conditions, and where it leads."""

from __future__ import annotations

from yuetan.models.case.rectification_steps import INSPECTION, RECTIFICATION, UNDER_RECTIFICATION
from yuetan.models.case.requirements import minutes, notice, proposal, registration
from yuetan.models.flow.step import Direction, Step
from yuetan.vocabulary import CaseState as State
from yuetan.vocabulary import Verb

UNTIL_MINUTES = (State.NOTIFIED, State.INTERVIEWED)
WITH_MINUTES = (State.MINUTED, *UNDER_RECTIFICATION, State.CLOSED)
WITH_DOCUMENTS = (*UNTIL_MINUTES, *WITH_MINUTES, State.WITHDRAWN)

_PROPOSAL = (
    Step(Verb.DRAFT, (), State.DRAFTED, explains_recusal=True, has_own_page=True),
    Step(Verb.REVISE_DRAFT, (State.DRAFTED,)),
    Step(
        Verb.SUBMIT,
        (State.DRAFTED,),
        State.IN_REVIEW,
        Direction.MAIN,
        requirements=(proposal.proposal_complete, proposal.interview_assigned),
    ),
    Step(Verb.RETURN_FOR_CHANGES, (State.IN_REVIEW,), State.DRAFTED, Direction.RETURN, codename="return_review"),
    Step(
        Verb.RETURN_FOR_CHANGES,
        (State.PROPOSED,),
        State.DRAFTED,
        Direction.RETURN,
        codename="return_proposal",
        requirements=(registration.no_registration_open,),
    ),
    Step(
        Verb.ENDORSE,
        (State.IN_REVIEW,),
        State.PROPOSED,
        Direction.MAIN,
        requirements=(proposal.text_as_handed_in,),
        personal=(proposal.not_the_drafter,),
    ),
    Step(
        Verb.APPROVE,
        (State.PROPOSED,),
        State.APPROVED,
        Direction.MAIN,
        requirements=(proposal.text_as_handed_in, registration.no_registration_open),
        personal=(proposal.may_approve_this,),
        explains_recusal=True,
    ),
    Step(
        Verb.DECLINE,
        (State.PROPOSED,),
        State.DECLINED,
        Direction.END,
        requirements=(proposal.text_as_handed_in, registration.no_registration_open),
        personal=(proposal.may_approve_this,),
        explains_recusal=True,
    ),
    Step(
        Verb.REGISTER_DECISION,
        (State.PROPOSED,),
        requirements=(proposal.text_as_handed_in, registration.no_registration_open),
        personal=(registration.registrar_not_recused,),
        awaited_by=registration.registration_is_the_directors,
        explains_recusal=True,
    ),
    Step(
        Verb.CONFIRM_APPROVAL,
        (State.PROPOSED,),
        State.APPROVED,
        Direction.MAIN,
        requirements=(registration.approval_to_review, proposal.text_as_handed_in),
        personal=(registration.not_the_registrar,),
        awaited=True,
    ),
    Step(
        Verb.CONFIRM_DECLINE,
        (State.PROPOSED,),
        State.DECLINED,
        Direction.END,
        requirements=(registration.decline_to_review, proposal.text_as_handed_in),
        personal=(registration.not_the_registrar,),
        awaited=True,
    ),
    Step(Verb.RETURN_REGISTRATION, (State.PROPOSED,), requirements=(registration.registration_to_review,)),
    Step(Verb.WITHDRAW, (State.DRAFTED, State.IN_REVIEW), State.WITHDRAWN, Direction.END, codename="withdraw_proposal"),
    Step(Verb.WITHDRAW, (State.APPROVED,), State.WITHDRAWN, Direction.END, codename="withdraw_approval"),
    Step(
        Verb.WITHDRAW,
        (State.NOTIFIED,),
        State.WITHDRAWN,
        Direction.END,
        codename="withdraw_approval",
        seen_by_unit=True,
    ),
)

_NOTICE = (
    Step(
        Verb.SERVE_NOTICE,
        (State.APPROVED,),
        State.NOTIFIED,
        Direction.MAIN,
        requirements=(proposal.text_as_approved,),
        seen_by_unit=True,
    ),
    Step(
        Verb.RESCHEDULE,
        (State.NOTIFIED,),
        State.NOTIFIED,
        Direction.RETURN,
        requirements=(proposal.text_as_approved,),
        awaited_if=notice.must_be_rescheduled,
        seen_by_unit=True,
    ),
    Step(
        Verb.ACKNOWLEDGE_RECEIPT,
        (State.NOTIFIED,),
        requirements=(notice.notice_unsigned,),
        awaited=True,
        due_on=notice.receipt_due_on,
        seen_by_unit=True,
    ),
    Step(
        Verb.REGISTER_RECEIPT,
        (State.NOTIFIED,),
        requirements=(notice.notice_unsigned,),
        awaited_by=notice.receipt_has_climbed_to,
        due_on=notice.receipt_due_on,
        seen_by_unit=True,
    ),
    Step(
        Verb.PREPARE_SUBMISSION,
        UNTIL_MINUTES,
        requirements=(notice.submission_open,),
        awaited_if=notice.submission_is_awaited,
        due_on=notice.submission_due_on,
        is_recorded=False,
    ),
    Step(
        Verb.HAND_IN_SUBMISSION,
        UNTIL_MINUTES,
        requirements=(notice.submission_open, notice.submission_prepared),
        awaited_if=notice.before_the_interview,
        explains_if=notice.hand_in_explains,
        due_on=notice.submission_due_on,
        seen_by_unit=True,
    ),
    Step(Verb.ASK_LEAVE, (State.NOTIFIED,), requirements=(notice.leave_askable,), seen_by_unit=True),
    Step(
        Verb.DECIDE_LEAVE,
        (State.NOTIFIED,),
        requirements=(notice.has_leave_to_decide,),
        awaited=True,
        seen_by_unit=True,
    ),
)

_INTERVIEW = (
    Step(
        Verb.HOLD_INTERVIEW,
        (State.NOTIFIED,),
        State.INTERVIEWED,
        Direction.MAIN,
        requirements=(notice.interview_time_has_come, notice.people_in_office),
        opens_early=True,
        seen_by_unit=True,
    ),
    Step(
        Verb.ISSUE_MINUTES,
        (State.INTERVIEWED,),
        State.MINUTED,
        Direction.MAIN,
        requirements=(minutes.minutes_ready,),
        seen_by_unit=True,
    ),
    Step(Verb.REVISE_MINUTES, (State.INTERVIEWED,), awaited_if=minutes.minutes_are_returned),
    Step(Verb.CONFIRM_MINUTES, (State.INTERVIEWED,), requirements=(minutes.minutes_unconfirmed,), awaited=True),
    Step(Verb.RETURN_MINUTES, (State.INTERVIEWED,), requirements=(minutes.minutes_unconfirmed,)),
    Step(
        Verb.SEND_MINUTES,
        (State.INTERVIEWED,),
        requirements=(minutes.minutes_sendable,),
        awaited=True,
        explains=True,
        seen_by_unit=True,
    ),
    Step(
        Verb.ANSWER_MINUTES,
        (State.INTERVIEWED,),
        requirements=(minutes.minutes_answerable,),
        awaited=True,
        due_on=minutes.answer_due_on,
        seen_by_unit=True,
    ),
    Step(Verb.CORRECT_MINUTES, WITH_MINUTES),
    Step(
        Verb.CONFIRM_CORRECTION,
        WITH_MINUTES,
        requirements=(minutes.has_correction_to_confirm,),
        awaited=True,
        seen_by_unit=True,
    ),
)

_DOCUMENTS = (
    Step(Verb.VOID_DOCUMENT, WITH_DOCUMENTS, seen_by_unit=True, has_own_page=True),
    Step(Verb.UPLOAD_SCAN, WITH_DOCUMENTS, has_own_page=True),
)


def _in_order(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Records beside the line first, then the line itself, each in the order of the verbs: so pages list them."""
    verbs = list(Verb)
    return tuple(sorted(steps, key=lambda step: (not step.is_side_step, verbs.index(step.verb))))


CASE_STEPS = _in_order((*_PROPOSAL, *_NOTICE, *_INTERVIEW, *RECTIFICATION, *INSPECTION, *_DOCUMENTS))
