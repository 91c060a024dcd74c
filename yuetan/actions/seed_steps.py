"""What each step from the proposal to the minutes leaves behind in a seeded case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from yuetan.actions import seed_words as words
from yuetan.actions.seed_people import Actor
from yuetan.actions.seed_plan import INTERVIEW_HOUR, at
from yuetan.actions.seed_rows import Rows
from yuetan.models import Document, Interview, IntervieweeAttendance, Measure, Minutes, Participant, Submission
from yuetan.vocabulary import (
    ApprovalMethod,
    Attendance,
    DocumentKind,
    MinutesAnswer,
    ParticipantKind,
    PostKind,
    ReportRhythm,
    Verb,
)


def director(told: Rows) -> Actor:
    """The office director."""
    return told.footing.office.everyone(PostKind.OFFICE_DIRECTOR)[0]


def day_in(told: Rows, working_days: int) -> date:
    """The day so many working days after the step being told."""
    return told.footing.days.ago(told.days_ago - working_days)


def _draft(told: Rows, number: int) -> None:
    told.case.created_at = told.at
    told.event(Verb.DRAFT, told.officer)


def _submit(told: Rows, number: int) -> None:
    told.hand_in(told.event(Verb.SUBMIT, told.officer))


def _return_for_changes(told: Rows, number: int) -> None:
    told.event(Verb.RETURN_FOR_CHANGES, director(told), told.lots.choice(words.REASONS))


def _revise_draft(told: Rows, number: int) -> None:
    told.event(Verb.REVISE_DRAFT, told.officer)


def _endorse(told: Rows, number: int) -> None:
    told.case.endorser = director(told).user
    told.event(Verb.ENDORSE, director(told), told.lots.choice(words.OPINIONS))


def _decide(told: Rows, verb: Verb, opinion: str) -> None:
    post = told.lots.choice((PostKind.GROUP_LEADER, PostKind.FIRST_DEPUTY_LEADER))
    leader = told.footing.office.everyone(post)[0]
    told.case.approver, told.case.approved_on = leader.user, told.today
    told.case.approval_method, told.case.approved_sha256 = ApprovalMethod.ONLINE, told.versions[-1].sha256
    told.made["approver"], sha256 = leader, told.case.approved_sha256
    told.event(verb, leader, opinion, method=ApprovalMethod.ONLINE.value, approver=leader.described, sha256=sha256)


def _approve(told: Rows, number: int) -> None:
    _decide(told, Verb.APPROVE, told.lots.choice(words.OPINIONS))


def _decline(told: Rows, number: int) -> None:
    _decide(told, Verb.DECLINE, told.lots.choice(words.REASONS))


def _withdraw(told: Rows, number: int) -> None:
    by, reason = told.made.get("approver", told.officer), told.lots.choice(words.REASONS)
    event = told.event(Verb.WITHDRAW, by, reason)
    if told.papers:
        told.issue(DocumentKind.CANCELLATION, event, reason, told.papers[-1].document)


def _notify(told: Rows, verb: Verb, kind: DocumentKind, reason: str, replaces: Document | None) -> None:
    case, default = told.case, told.footing.settings
    case.notice_matter = f"{case.matter}。"
    case.scheduled_at = at(day_in(told, told.plan.notice_days), INTERVIEW_HOUR)
    case.place, case.procedure = default["interview_place"], default["interview_procedure"]
    case.participants, case.required_materials = "约谈方、被约谈方及市扫黑办有关人员。", default["required_materials"]
    case.receipt_due_on = day_in(told, default["receipt_officer_days"])
    case.receipt_director_on = day_in(told, default["receipt_director_days"])
    case.submission_due_on = day_in(told, told.plan.notice_days - default["submission_due_days"])
    event = told.event(verb, told.officer, reason, scheduled_at=case.scheduled_at.isoformat(), place=case.place)
    told.issue(kind, event, reason, replaces)


def _serve_notice(told: Rows, number: int) -> None:
    _notify(told, Verb.SERVE_NOTICE, DocumentKind.INTERVIEW_NOTICE, "", None)


def _reschedule(told: Rows, number: int) -> None:
    _notify(told, Verb.RESCHEDULE, DocumentKind.RESCHEDULE_NOTICE, "与重要会议冲突。", told.papers[-1].document)


def _acknowledge_receipt(told: Rows, number: int) -> None:
    event = told.event(Verb.ACKNOWLEDGE_RECEIPT, told.side.liaison)
    told.sign(event, told.side.liaison)


def _prepare_submission(told: Rows, number: int) -> None:
    written = Submission(
        case=told.case,
        version=1,
        prepared_by=told.side.liaison.user,
        prepared_at=told.at,
        **words.SUBMISSION,
    )
    told.made["submission"] = told.add(written)


def _hand_in_submission(told: Rows, number: int) -> None:
    written = told.made["submission"]
    written.handed_in_by, written.handed_in_at = told.side.head.user, told.at
    written.due_on = told.case.submission_due_on
    told.event(Verb.HAND_IN_SUBMISSION, told.side.head, version=1)


def _hold_interview(told: Rows, number: int) -> None:
    case = told.case
    assert case.scheduled_at is not None
    case.interviewed_on = case.scheduled_at.date()
    interview = told.add(
        Interview(
            case=case,
            held_on=case.interviewed_on,
            place=case.place,
            interviewer=case.interviewer,
            recorder=told.officer.user,
            submission_missing="submission" not in told.made,
            **words.RECORD,
        )
    )
    observer = {"kind": ParticipantKind.OBSERVER, "number": 1, "name": "市扫黑办有关人员"}
    told.add(Participant(interview=interview, **observer))
    for post in told.side.heads:
        told.add(IntervieweeAttendance(interview=interview, post=post, attendance=Attendance.PRESENT))
    for order in range(1, told.plan.measures + 1):
        told.measures.append(told.add(_measure(told, interview, order)))
    copied_to = told.footing.settings["minutes_copied_to"]
    told.made["minutes"] = told.add(Minutes(case=case, copied_to=copied_to, **words.RECORD))
    told.event(Verb.HOLD_INTERVIEW, told.officer)


def _measure(told: Rows, interview: Interview, order: int) -> Measure:
    return Measure(
        interview=interview,
        number=order,
        content=told.lots.choice(words.MEASURES),
        responsible_person=told.side.head.user.name,
        due_on=day_in(told, told.due_days),
        proof_required=told.lots.choice(words.PROOFS),
        acceptance_standard=told.lots.choice(words.STANDARDS),
        report_rhythm=told.lots.choice(
            (ReportRhythm.NONE, ReportRhythm.NONE, ReportRhythm.WEEKLY, ReportRhythm.MONTHLY)
        ),
    )


def _confirm_minutes(told: Rows, number: int) -> None:
    assert told.case.interviewer is not None
    text, post = told.made["minutes"], told.case.interviewer
    text.confirmed_by, text.confirmed_at = post.holder, told.at
    told.event(Verb.CONFIRM_MINUTES, Actor(post.holder, post.full_title))


def _send_minutes(told: Rows, number: int) -> None:
    text = told.made["minutes"]
    text.sent_at, text.answer_until = told.at, day_in(told, told.footing.settings["minutes_answer_days"])
    told.event(Verb.SEND_MINUTES, told.officer)


def _answer_minutes(told: Rows, number: int) -> None:
    text, head = told.made["minutes"], told.side.head
    text.answer, text.answered_by, text.answered_at = MinutesAnswer.AGREED_FIELDS, head.user, told.at
    told.event(Verb.ANSWER_MINUTES, head, answer=MinutesAnswer.AGREED_FIELDS.value)


def _issue_minutes(told: Rows, number: int) -> None:
    told.issue(DocumentKind.MINUTES, told.event(Verb.ISSUE_MINUTES, director(told)))


UNTIL_MINUTES: dict[Verb, Callable[[Rows, int], None]] = {
    Verb.DRAFT: _draft,
    Verb.SUBMIT: _submit,
    Verb.RETURN_FOR_CHANGES: _return_for_changes,
    Verb.REVISE_DRAFT: _revise_draft,
    Verb.ENDORSE: _endorse,
    Verb.APPROVE: _approve,
    Verb.DECLINE: _decline,
    Verb.WITHDRAW: _withdraw,
    Verb.SERVE_NOTICE: _serve_notice,
    Verb.RESCHEDULE: _reschedule,
    Verb.ACKNOWLEDGE_RECEIPT: _acknowledge_receipt,
    Verb.PREPARE_SUBMISSION: _prepare_submission,
    Verb.HAND_IN_SUBMISSION: _hand_in_submission,
    Verb.HOLD_INTERVIEW: _hold_interview,
    Verb.CONFIRM_MINUTES: _confirm_minutes,
    Verb.SEND_MINUTES: _send_minutes,
    Verb.ANSWER_MINUTES: _answer_minutes,
    Verb.ISSUE_MINUTES: _issue_minutes,
}
