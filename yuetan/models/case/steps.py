"""THE table of the steps of a case: what may be done in which state, on what conditions, and where it leads."""

from __future__ import annotations

from dataclasses import replace

from yuetan.models.case.archive_steps import ARCHIVE
from yuetan.models.case.earlier_steps import EARLIER
from yuetan.models.case.inspection_steps import INSPECTION
from yuetan.models.case.paper_filing_steps import PAPER_FILING
from yuetan.models.case.proposal_steps import PROPOSAL
from yuetan.models.case.reader_steps import READERS
from yuetan.models.case.rectification_steps import RECTIFICATION, UNDER_RECTIFICATION
from yuetan.models.case.requirements import minutes, notice, paper_filing, people, proposal, unit
from yuetan.models.case.requirements.pending import nothing_undecided
from yuetan.models.case.unit_steps import UNIT
from yuetan.models.flow.paper_steps import paper_steps
from yuetan.models.flow.step import AlertRule, Direction, Step
from yuetan.permissions import DIRECTOR, LEADERS, OFFICER, SUPERVISOR, UNIT_SIDE
from yuetan.vocabulary import CaseState as State
from yuetan.vocabulary import DocumentKind, Party, Verb

UNTIL_MINUTES = (State.NOTIFIED, State.INTERVIEWED)
WITH_MINUTES = (State.MINUTED, *UNDER_RECTIFICATION, State.CLOSED)
WITH_DOCUMENTS = (*UNTIL_MINUTES, *WITH_MINUTES, State.WITHDRAWN)

_NOTICE = (
    Step(
        Verb.SERVE_NOTICE,
        (State.APPROVED,),
        State.NOTIFIED,
        Direction.MAIN,
        requirements=(unit.unit_stands, proposal.text_as_approved, people.interview_assigned),
        issues=DocumentKind.INTERVIEW_NOTICE,
        seen_by_unit=True,
        alerts=(
            AlertRule(UNIT_SIDE, "您单位收到约谈通知书（{subject}），请及时签收并准备书面材料。"),
            AlertRule((Party.INTERVIEWER,), "{subject}已发出通知，由您进行约谈。"),
        ),
    ),
    Step(
        Verb.RESCHEDULE,
        (State.NOTIFIED,),
        State.NOTIFIED,
        Direction.RETURN,
        requirements=(unit.unit_stands, proposal.text_as_approved, people.can_be_rescheduled),
        awaited_if=people.must_be_rescheduled,
        issues=DocumentKind.RESCHEDULE_NOTICE,
        seen_by_unit=True,
        opinion_seen_by_unit=True,
        alerts=(
            AlertRule(UNIT_SIDE, "约谈改期（{subject}），请重新签收改期通知。"),
            AlertRule((Party.INTERVIEWER,), "{subject}已改期。"),
        ),
        why="改期：约谈对象或者约谈人已准假、离任、须回避，或者未经准假缺席",
    ),
    Step(
        Verb.ACKNOWLEDGE_RECEIPT,
        (State.NOTIFIED,),
        requirements=(notice.notice_unsigned,),
        awaited=True,
        due_on=notice.receipt_due_on,
        seen_by_unit=True,
        alerts=(AlertRule((OFFICER,), "{subject}的通知已由被约谈方签收。"),),
    ),
    Step(
        Verb.REGISTER_RECEIPT,
        (State.NOTIFIED,),
        requirements=(notice.notice_unsigned,),
        awaited_by=notice.receipt_has_climbed_to,
        due_on=notice.receipt_due_on,
        seen_by_unit=True,
        why="通知逾期未签收：催办签收，或者登记纸质回执",
    ),
    Step(
        Verb.PREPARE_SUBMISSION,
        UNTIL_MINUTES,
        requirements=(notice.submission_open,),
        awaited_if=notice.submission_is_awaited,
        due_on=notice.submission_due_on,
        is_recorded=False,
        has_shared_form=True,
    ),
    Step(
        Verb.HAND_IN_SUBMISSION,
        UNTIL_MINUTES,
        requirements=(notice.submission_open, notice.submission_prepared),
        awaited_if=notice.before_the_interview,
        explains_if=notice.hand_in_explains,
        due_on=notice.submission_due_on,
        seen_by_unit=True,
        alerts=(AlertRule((OFFICER,), "{subject}的书面材料已提交。"),),
    ),
    Step(
        Verb.ASK_LEAVE,
        (State.NOTIFIED,),
        requirements=(notice.leave_askable,),
        seen_by_unit=True,
        alerts=(AlertRule((Party.INTERVIEWER, OFFICER), "{subject}的约谈对象请假，请审批。"),),
    ),
    Step(
        Verb.DECIDE_LEAVE,
        (State.NOTIFIED,),
        requirements=(notice.has_leave_to_decide,),
        personal=(paper_filing.leave_registered_by_another,),
        awaited=True,
        seen_by_unit=True,
        opinion_seen_by_unit=True,
        alerts=(AlertRule((*UNIT_SIDE, OFFICER), "{subject}的请假已审批，请查看。"),),
    ),
)

_INTERVIEW = (
    Step(
        Verb.RECORD_ABSENCE,
        (State.NOTIFIED,),
        requirements=(notice.interview_time_has_come, notice.nobody_recorded_absent, people.people_in_office),
        seen_by_unit=True,
        alerts=(
            AlertRule((LEADERS, DIRECTOR), "{subject}的约谈对象{fact}未经准假缺席，约谈未能进行。", "absent"),
            AlertRule((OFFICER,), "{subject}的约谈对象未经准假缺席，请办理改期。"),
            AlertRule((SUPERVISOR,), "{subject}的约谈对象未经准假缺席，需要发提醒函的请起草。"),
            AlertRule(UNIT_SIDE, "{subject}的约谈，您单位约谈对象未到会，已记录为未经准假缺席；请等待改期通知。"),
        ),
    ),
    Step(
        Verb.HOLD_INTERVIEW,
        (State.NOTIFIED,),
        State.INTERVIEWED,
        Direction.MAIN,
        requirements=(
            unit.unit_stands,
            notice.interview_time_has_come,
            notice.nobody_recorded_absent,
            people.people_in_office,
        ),
        opens_early=True,
        seen_by_unit=True,
        has_shared_form=True,
        alerts=(
            AlertRule((Party.INTERVIEWER,), "{subject}的纪要已形成初稿，请确认文本。"),
            AlertRule((LEADERS, DIRECTOR), "{subject}的约谈对象{fact}未经准假缺席，请知悉。", "absent"),
        ),
    ),
    Step(
        Verb.ISSUE_MINUTES,
        (State.INTERVIEWED,),
        State.MINUTED,
        Direction.MAIN,
        requirements=(unit.unit_stands, minutes.minutes_ready),
        issues=DocumentKind.MINUTES,
        seen_by_unit=True,
        alerts=(
            AlertRule(UNIT_SIDE, "{subject}的约谈纪要已印发，请查收。"),
            AlertRule((OFFICER,), "{subject}的约谈纪要已印发，请交办整改。"),
        ),
    ),
    Step(
        Verb.REVISE_MINUTES,
        (State.INTERVIEWED,),
        awaited_if=minutes.minutes_are_questioned,
        has_shared_form=True,
        alerts=(
            AlertRule((Party.INTERVIEWER,), "{subject}的纪要文本已修改，请重新确认。"),
            AlertRule((LEADERS, DIRECTOR), "{subject}的约谈记录更正：约谈对象{fact}未经准假缺席，请知悉。", "absent"),
        ),
        why="修改纪要：约谈人退回了文本，或者被约谈方有异议",
    ),
    Step(
        Verb.CONFIRM_MINUTES,
        (State.INTERVIEWED,),
        requirements=(minutes.minutes_unconfirmed,),
        awaited=True,
        alerts=(AlertRule((OFFICER,), "{subject}的纪要文本已由约谈人确认，请送被约谈方确认。"),),
    ),
    Step(
        Verb.RETURN_MINUTES,
        (State.INTERVIEWED,),
        requirements=(minutes.minutes_unconfirmed,),
        alerts=(AlertRule((OFFICER, DIRECTOR), "{subject}的纪要文本被约谈人退回修改。"),),
    ),
    Step(
        Verb.SEND_MINUTES,
        (State.INTERVIEWED,),
        requirements=(unit.unit_stands, minutes.minutes_sendable, people.answers_minutes),
        awaited=True,
        explains=True,
        seen_by_unit=True,
        alerts=(AlertRule(UNIT_SIDE, "{subject}的纪要文本已送您单位，请反馈意见。"),),
    ),
    Step(
        Verb.ANSWER_MINUTES,
        (State.INTERVIEWED,),
        requirements=(minutes.minutes_answerable,),
        awaited=True,
        due_on=minutes.answer_due_on,
        seen_by_unit=True,
        alerts=(AlertRule((OFFICER, DIRECTOR), "{subject}的纪要，被约谈方已反馈意见。"),),
    ),
    Step(
        Verb.CORRECT_MINUTES,
        WITH_MINUTES,
        alerts=(AlertRule((Party.INTERVIEWER,), "{subject}的纪要拟更正，请确认。"),),
    ),
    Step(
        Verb.CONFIRM_CORRECTION,
        WITH_MINUTES,
        requirements=(minutes.has_correction_to_confirm,),
        awaited=True,
        seen_by_unit=True,
        opinion_seen_by_unit=True,
        alerts=(AlertRule((*UNIT_SIDE, OFFICER), "{subject}的约谈纪要已更正，请以更正后的为准。"),),
    ),
    Step(
        Verb.DROP_CORRECTION,
        WITH_MINUTES,
        requirements=(minutes.has_correction_to_confirm,),
        alerts=(
            AlertRule(
                (Party.INTERVIEWER, DIRECTOR, OFFICER), "{subject}的纪要更正已放弃，不再待确认，已印发的纪要不变。"
            ),
        ),
    ),
)

_DOCUMENTS = (*paper_steps(WITH_DOCUMENTS),)


def _in_order(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Records beside the line first, then the line itself, each in the order of the verbs: so pages list them."""
    verbs = list(Verb)
    return tuple(sorted(steps, key=lambda step: (not step.is_side_step, verbs.index(step.verb))))


def _after_what_was_asked(step: Step) -> Step:
    """A step that leads on along the main line comes after every decision that somebody waits for."""
    if step.direction != Direction.MAIN:
        return step
    return replace(step, requirements=(*step.requirements, nothing_undecided))


_ALL = (
    *PROPOSAL,
    *_NOTICE,
    *_INTERVIEW,
    *RECTIFICATION,
    *INSPECTION,
    *UNIT,
    *READERS,
    *PAPER_FILING,
    *EARLIER,
    *ARCHIVE,
    *_DOCUMENTS,
)
CASE_STEPS = _in_order(tuple(_after_what_was_asked(step) for step in _ALL))
