"""How each step of a case is taken: the action, whose step it is, and keywords it can lawfully be called with.

The demonstration, bulk data and the tests all take their steps here, and change what they say in their own words.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from yuetan.actions.interview import absence, interview, leave, minutes, notice, submission
from yuetan.actions.proposal import decision, readers, registration
from yuetan.actions.proposal import proposal as proposing
from yuetan.actions.rectification import (
    chase,
    consequence,
    earlier_case,
    inspection,
    minutes_correction,
    paper_reports,
    report,
    retention,
    revisit,
    rework,
    site_check,
    supervision_letter,
    task,
    task_deadlines,
    team,
)
from yuetan.models import Case, User
from yuetan.scenarios import decision_keywords, inspection_keywords, keywords, notice_keywords, paper_keywords
from yuetan.scenarios.actors import head, in_office, interviewer, liaison
from yuetan.scenarios.keywords import Keywords, KeywordsOf
from yuetan.vocabulary import CaseState, MinutesAnswer, ReportKind, Verb


class Driver(NamedTuple):
    """One step: its action, who takes it, and the keywords it is called with."""

    action: Callable[..., Case]
    who: Callable[[Case], User]
    keywords: KeywordsOf


def take(verb: str, case: Case, *, by: User | None = None, **changed: object) -> Case:
    """Take a step now, as the person whose step it is, with lawful keywords; both may be changed.

    Raises whatever the action raises.
    """
    driver = DRIVERS[Verb(verb)]
    case = Case.objects.select_related("unit").get(pk=case.pk)
    return driver.action(case, by=by or driver.who(case), **driver.keywords(case) | changed)


def _office(username: str) -> Callable[[Case], User]:
    return lambda case: in_office(username)


def _head(case: Case) -> User:
    return head(case.unit)


def _liaison(case: Case) -> User:
    return liaison(case.unit)


def _drafter(case: Case) -> User:
    return case.drafter


def _nothing(case: Case) -> Keywords:
    return {}


DRIVERS: dict[Verb, Driver] = {
    Verb.REVISE_DRAFT: Driver(proposing.revise_draft, _drafter, keywords.revised_proposal),
    Verb.SUBMIT: Driver(proposing.submit, _drafter, _nothing),
    Verb.RETURN_FOR_CHANGES: Driver(
        proposing.return_for_changes,
        lambda case: in_office("director" if case.state == CaseState.IN_REVIEW else "group_leader"),
        lambda case: {"reason": "事实部分请补充数据。"},
    ),
    Verb.TAKE_BACK: Driver(proposing.take_back, _drafter, lambda case: {"reason": "第二项事实的数据有误，须更正。"}),
    Verb.ENDORSE: Driver(proposing.endorse, _office("director"), decision_keywords.decision("同意，报审定。")),
    Verb.APPROVE: Driver(decision.approve, _office("group_leader"), decision_keywords.decision("同意。")),
    Verb.DECLINE: Driver(decision.decline, _office("group_leader"), decision_keywords.decision("已另行部署。")),
    Verb.REGISTER_DECISION: Driver(registration.register_decision, _office("director"), decision_keywords.registration),
    Verb.CONFIRM_APPROVAL: Driver(
        registration.confirm_approval, _office("officer"), decision_keywords.compared_registration
    ),
    Verb.CONFIRM_DECLINE: Driver(
        registration.confirm_decline, _office("officer"), decision_keywords.compared_registration
    ),
    Verb.RETURN_REGISTRATION: Driver(
        registration.return_registration,
        _office("officer"),
        lambda case: {"reason": "审定日期与会议记录不符。", "seen": decision_keywords.registration_seen(case)},
    ),
    Verb.WITHDRAW: Driver(
        proposing.withdraw,
        lambda case: case.approver or case.drafter,
        lambda case: {"reason": "情况已有变化。"},
    ),
    Verb.SET_READERS: Driver(readers.set_readers, _office("director"), decision_keywords.readers),
    Verb.SERVE_NOTICE: Driver(notice.serve_notice, _office("officer"), notice_keywords.notice),
    Verb.RESCHEDULE: Driver(
        notice.reschedule,
        _office("officer"),
        notice_keywords.rescheduled_notice,
    ),
    Verb.ACKNOWLEDGE_RECEIPT: Driver(notice.acknowledge_receipt, _liaison, notice_keywords.notice_seen),
    Verb.REGISTER_RECEIPT: Driver(notice.register_receipt, _office("officer"), notice_keywords.paper_receipt),
    Verb.PREPARE_SUBMISSION: Driver(submission.prepare_submission, _liaison, keywords.submission),
    Verb.HAND_IN_SUBMISSION: Driver(submission.hand_in_submission, _head, keywords.submission_seen),
    Verb.ASK_LEAVE: Driver(
        leave.ask_leave,
        _head,
        lambda case: {"post": case.interviewees.first(), "reason": "参加省里的会议。"},
    ),
    Verb.REGISTER_SUBMISSION: Driver(
        submission.register_submission,
        _office("officer"),
        lambda case: keywords.submission(case) | paper_keywords.paper(case),
    ),
    Verb.REGISTER_LEAVE: Driver(
        leave.register_leave,
        _office("officer"),
        lambda case: {"post": case.interviewees.first(), "reason": "参加省里的会议。", **paper_keywords.paper(case)},
    ),
    Verb.DECIDE_LEAVE: Driver(
        leave.decide_leave,
        interviewer,
        lambda case: {
            "leave": case.leaves.filter(granted=None).first(),
            "granted": True,
            "opinion": "同意，另定时间。",
        },
    ),
    Verb.RECORD_ABSENCE: Driver(
        absence.record_absence,
        _office("officer"),
        lambda case: {"absences": [{"post": one.first, "cause": "电话未接，未请假。"} for one in case.expected_people]},
    ),
    Verb.HOLD_INTERVIEW: Driver(interview.hold_interview, _office("officer"), keywords.interview_record),
    Verb.REVISE_MINUTES: Driver(minutes.revise_minutes, _office("officer"), keywords.revised_minutes),
    Verb.CONFIRM_MINUTES: Driver(minutes.confirm_minutes, interviewer, keywords.minutes_seen),
    Verb.RETURN_MINUTES: Driver(
        minutes.return_minutes,
        interviewer,
        lambda case: {"reason": "第三部分写得太简单，请补充。", **keywords.minutes_seen(case)},
    ),
    Verb.SEND_MINUTES: Driver(minutes.send_minutes, _office("officer"), keywords.minutes_seen),
    Verb.ANSWER_MINUTES: Driver(
        minutes.answer_minutes,
        _head,
        lambda case: {"answer": MinutesAnswer.AGREED, "objection": "", **keywords.minutes_seen(case)},
    ),
    Verb.REGISTER_MINUTES_ANSWER: Driver(
        minutes.register_minutes_answer,
        _office("officer"),
        lambda case: {
            "answer": MinutesAnswer.AGREED,
            "objection": "",
            **keywords.minutes_seen(case),
            **paper_keywords.paper(case),
        },
    ),
    Verb.ISSUE_MINUTES: Driver(minutes.issue_minutes, _office("director"), keywords.issued_minutes),
    Verb.CORRECT_MINUTES: Driver(minutes_correction.correct_minutes, _office("director"), keywords.corrected_minutes),
    Verb.CONFIRM_CORRECTION: Driver(minutes_correction.confirm_correction, interviewer, keywords.correction_seen),
    Verb.DROP_CORRECTION: Driver(minutes_correction.drop_correction, _office("director"), keywords.correction_given_up),
    Verb.ASSIGN: Driver(task.assign, _office("officer"), _nothing),
    Verb.PREPARE_REPORT: Driver(report.prepare_report, _liaison, keywords.task_report),
    Verb.HAND_IN_REPORT: Driver(
        report.hand_in_report,
        _head,
        keywords.handing_in(ReportKind.COMPLETION),
    ),
    Verb.PREPARE_PROGRESS: Driver(report.prepare_progress, _liaison, keywords.task_report),
    Verb.HAND_IN_PROGRESS: Driver(
        report.hand_in_progress,
        _head,
        keywords.handing_in(ReportKind.PROGRESS),
    ),
    Verb.REGISTER_REPORT: Driver(paper_reports.register_report, _office("officer"), paper_keywords.paper_reports),
    Verb.REGISTER_PROGRESS: Driver(paper_reports.register_progress, _office("officer"), paper_keywords.paper_reports),
    Verb.REGISTER_EXTENSION: Driver(
        task_deadlines.register_extension,
        _office("officer"),
        lambda case: keywords.extension(case) | paper_keywords.paper(case),
    ),
    Verb.NOTE_PROGRESS: Driver(
        report.note_progress,
        _office("supervisor"),
        lambda case: {"report": keywords.first_unread_report(case), "note": "请抓紧第二步。"},
    ),
    Verb.ACCEPT_TASK: Driver(
        task.accept_task,
        _office("supervisor"),
        lambda case: {"task": keywords.first_reported_task(case), "note": "经核查，已落实，予以销号。"},
    ),
    Verb.RETURN_TASK: Driver(
        task.return_task,
        _office("supervisor"),
        lambda case: {"task": keywords.first_reported_task(case), "note": "台账缺少办理结果。"},
    ),
    Verb.ASK_EXTENSION: Driver(task_deadlines.ask_extension, _head, keywords.extension),
    Verb.DECIDE_EXTENSION: Driver(
        task_deadlines.decide_extension,
        _office("director"),
        lambda case: {"task": keywords.first_unreported_task(case), "granted": True, "opinion": "同意延期。"},
    ),
    Verb.CHASE: Driver(
        chase.chase,
        _office("supervisor"),
        lambda case: {"tasks": [keywords.first_unreported_task(case)], "words": "请尽快报告落实情况。"},
    ),
    Verb.ANSWER_CHASE: Driver(
        chase.answer_chase,
        _liaison,
        keywords.chase_reply,
    ),
    Verb.REGISTER_CHASE_ANSWER: Driver(chase.register_chase_answer, _office("officer"), paper_keywords.chase_answer),
    Verb.RECORD_SITE_CHECK: Driver(site_check.record_site_check, _office("supervisor"), inspection_keywords.site_check),
    Verb.PAUSE_TASK: Driver(
        task_deadlines.pause_task,
        _office("director"),
        keywords.pause,
    ),
    Verb.RESUME_TASK: Driver(
        task_deadlines.resume_task,
        _office("director"),
        lambda case: {"task": keywords.first_unreported_task(case), "reason": "核查结果已出。"},
    ),
    Verb.ISSUE_SUPERVISION_LETTER: Driver(
        supervision_letter.issue_supervision_letter,
        _office("director"),
        keywords.supervision_letter,
    ),
    Verb.ACKNOWLEDGE_SUPERVISION: Driver(
        supervision_letter.acknowledge_supervision,
        _liaison,
        lambda case: {"supervision": keywords.open_supervision(case, signed=False)},
    ),
    Verb.ANSWER_SUPERVISION: Driver(
        supervision_letter.answer_supervision,
        _head,
        lambda case: {
            "supervision": keywords.open_supervision(case, signed=True),
            "answer": "已责成专人办理，月底前完成。",
        },
    ),
    Verb.REGISTER_SUPERVISION_RECEIPT: Driver(
        supervision_letter.register_supervision_receipt, _office("officer"), paper_keywords.supervision_receipt
    ),
    Verb.REGISTER_SUPERVISION_ANSWER: Driver(
        supervision_letter.register_supervision_answer, _office("officer"), paper_keywords.supervision_answer
    ),
    Verb.BEGIN_INSPECTION: Driver(
        inspection.begin_inspection, _office("supervisor"), inspection_keywords.inspection_plan
    ),
    Verb.CONCLUDE_INSPECTION: Driver(
        inspection.conclude_inspection, _office("supervisor"), inspection_keywords.inspection_conclusion
    ),
    Verb.REQUEST_SEND_BACK: Driver(rework.request_send_back, _office("supervisor"), keywords.sending_back),
    Verb.SEND_BACK: Driver(rework.send_back, _office("director"), lambda case: {"opinion": "同意退回。"}),
    Verb.REFUSE_REWORK: Driver(rework.refuse_rework, _office("director"), lambda case: {"opinion": "先核实再提请。"}),
    Verb.SIGN_INSPECTION: Driver(team.sign_inspection, inspection_keywords.who_signs, inspection_keywords.signing),
    Verb.RECORD_CONSEQUENCE: Driver(
        consequence.record_consequence,
        _office("director"),
        inspection_keywords.consequence,
    ),
    Verb.CONFIRM_CONSEQUENCE: Driver(
        consequence.confirm_consequence,
        _office("supervisor"),
        inspection_keywords.consequence_check,
    ),
    Verb.RECORD_REVISIT: Driver(revisit.record_revisit, _office("supervisor"), inspection_keywords.revisit),
    Verb.REQUEST_REOPENING: Driver(rework.request_reopening, _office("supervisor"), keywords.reopening),
    Verb.REOPEN: Driver(rework.reopen, _office("director"), lambda case: {"opinion": "同意重启整改。"}),
    Verb.HAND_IN_EARLIER_CASE: Driver(earlier_case.hand_in_earlier_case, _office("officer"), _nothing),
    Verb.CONFIRM_EARLIER_CASE: Driver(
        earlier_case.confirm_earlier_case, _office("director"), lambda case: {"compared": True}
    ),
    Verb.RETURN_EARLIER_CASE: Driver(
        earlier_case.return_earlier_case, _office("director"), lambda case: {"reason": "回执日期与原件不符。"}
    ),
    Verb.DISCARD_EARLIER_CASE: Driver(
        earlier_case.discard_earlier_case, _office("officer"), lambda case: {"reason": "通知日期录错，另行补录。"}
    ),
    Verb.SET_RETENTION: Driver(retention.set_retention, _office("director"), inspection_keywords.keeping_for_good),
    Verb.PLACE_HOLD: Driver(retention.place_hold, _office("officer"), lambda case: {"reason": "行政复议期间。"}),
    Verb.LIFT_HOLD: Driver(retention.lift_hold, _office("director"), inspection_keywords.lifting),
    Verb.CLOSE: Driver(inspection.close, _office("director"), inspection_keywords.closing),
}
