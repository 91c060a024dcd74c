"""Reminders of obligations other than tasks: receipts, written material, answers to minutes and letters."""

from __future__ import annotations

import logging
from collections import Counter
from datetime import date

from yuetan.actions.messages.reminder_engine import Obligation, remind
from yuetan.models.case.current import NOTICES
from yuetan.models.ladder.queries import ISSUED_STATES
from yuetan.vocabulary import AssignmentState, CaseState, LetterState, MeasureState

logger = logging.getLogger(__name__)

RECEIPTS = Obligation(
    rows="""
        SELECT 'receipt:' || paper.id, one.receipt_due_on, 'case', one.id, one.unit_id,
            '约谈通知的签收', '：' || paper.title
        FROM yuetan_case AS one
        JOIN yuetan_document AS paper ON paper.case_id = one.id AND paper.kind = ANY(%(notices)s)
            AND paper.replaced_by_id IS NULL
        JOIN yuetan_numberentry AS entry ON entry.id = paper.entry_id AND entry.voided_at IS NULL
        LEFT JOIN yuetan_receipt AS receipt ON receipt.document_id = paper.id
        WHERE one.state = %(notified)s AND one.receipt_due_on IS NOT NULL AND receipt.id IS NULL
    """,
    action="签收",
    facts={"notices": [kind.value for kind in NOTICES], "notified": CaseState.NOTIFIED.value},
)
SUBMISSIONS = Obligation(
    rows="""
        SELECT 'submission:' || one.id, one.submission_due_on, 'case', one.id, one.unit_id,
            '书面材料', '：关于' || one.matter || '的约谈'
        FROM yuetan_case AS one
        WHERE one.state = ANY(%(open)s) AND one.submission_due_on IS NOT NULL AND NOT EXISTS (
            SELECT FROM yuetan_submission AS version WHERE version.case_id = one.id AND version.handed_in_at IS NOT NULL
        )
    """,
    action="提交",
    facts={"open": [CaseState.NOTIFIED.value, CaseState.INTERVIEWED.value]},
)
MINUTES = Obligation(
    rows="""
        SELECT 'minutes:' || minutes.id, minutes.answer_until, 'case', one.id, one.unit_id,
            '纪要意见', '：关于' || one.matter || '的约谈'
        FROM yuetan_minutes AS minutes
        JOIN yuetan_case AS one ON one.id = minutes.case_id AND one.state = %(interviewed)s
        WHERE minutes.sent_at IS NOT NULL AND minutes.answer = '' AND minutes.answer_until IS NOT NULL
    """,
    action="反馈",
    facts={"interviewed": CaseState.INTERVIEWED.value},
)
SUPERVISIONS = Obligation(
    rows="""
        SELECT 'supervision:' || supervision.id, supervision.answer_until,
            CASE WHEN one.id IS NOT NULL THEN 'case' WHEN laid.id IS NOT NULL THEN 'measure_laid' ELSE 'assignment' END,
            coalesce(one.id, laid.id, given.id), coalesce(one.unit_id, laid.unit_id, given.unit_id),
            '督办单的回复', '：' || paper.title
        FROM yuetan_supervisionletter AS supervision
        JOIN yuetan_document AS paper ON paper.id = supervision.document_id
        JOIN yuetan_numberentry AS entry ON entry.id = paper.entry_id AND entry.voided_at IS NULL
        LEFT JOIN yuetan_case AS one ON one.id = paper.case_id AND one.state = ANY(%(at_work)s)
        LEFT JOIN yuetan_accountabilitymeasure AS laid ON laid.id = paper.measure_laid_id AND laid.state = %(served)s
        LEFT JOIN yuetan_assignment AS given ON given.id = paper.assignment_id AND given.state = %(running)s
        WHERE coalesce(one.id, laid.id, given.id) IS NOT NULL AND supervision.answered_at IS NULL
            AND supervision.answer_until IS NOT NULL
    """,
    action="回复",
    facts={
        "at_work": [CaseState.RECTIFYING.value, CaseState.INSPECTING.value],
        "served": MeasureState.SERVED.value,
        "running": AssignmentState.RUNNING.value,
    },
)
LETTERS = Obligation(
    rows="""
        SELECT 'letter:' || letter.id, letter.answer_until, 'letter', letter.id, letter.unit_id,
            '提醒函的答复', '：关于' || letter.matter || '的提醒函'
        FROM yuetan_letter AS letter
        JOIN yuetan_document AS paper ON paper.letter_id = letter.id
        JOIN yuetan_numberentry AS entry ON entry.id = paper.entry_id AND entry.voided_at IS NULL
        WHERE letter.state = %(issued)s AND letter.answered_at IS NULL AND letter.answer_until IS NOT NULL
    """,
    action="答复",
    facts={"issued": LetterState.ISSUED.value},
)
MEASURES = Obligation(
    rows="""
        SELECT 'measure_receipt:' || paper.id, paper.receipt_due_on, 'measure_laid', laid.id, laid.unit_id,
            '责任措施文书的签收', '：' || paper.title
        FROM yuetan_document AS paper
        JOIN yuetan_accountabilitymeasure AS laid ON laid.id = paper.measure_laid_id AND laid.state = ANY(%(issued)s)
        JOIN yuetan_document AS own ON own.id = laid.paper_id
        JOIN yuetan_numberentry AS entry ON entry.id = own.entry_id AND entry.voided_at IS NULL
        LEFT JOIN yuetan_receipt AS receipt ON receipt.document_id = paper.id
        WHERE paper.receipt_due_on IS NOT NULL AND receipt.id IS NULL
            AND (laid.state <> %(revoked)s OR paper.id <> own.id)
    """,
    action="签收",
    facts={"issued": [state.value for state in ISSUED_STATES], "revoked": MeasureState.REVOKED.value},
)
PAPERS = (RECEIPTS, SUBMISSIONS, MINUTES, SUPERVISIONS, LETTERS, MEASURES)


def remind_of_papers(today: date) -> dict[str, int]:
    """Remind the units of everything in writing that they owe by a date, each kind whole or not at all.

    A kind that raises keeps no other from being reminded of; raises ExceptionGroup at the end if one did.
    """
    done: Counter[str] = Counter()
    problems: list[Exception] = []
    for obligation in PAPERS:
        try:
            done.update(remind(obligation, today))
        except Exception as problem:
            logger.exception("reminding failed: %s", obligation.action)
            problems.append(problem)
    if problems:
        raise ExceptionGroup("有的文书没有提醒", problems)
    return {"提醒": done["提醒"], "消息": done["消息"]}
