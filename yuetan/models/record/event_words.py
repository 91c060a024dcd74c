"""What an event says beside its verb and its opinion: the facts it keeps, in words."""

from __future__ import annotations

from datetime import date, datetime

from yuetan.models.record.event import Event
from yuetan.rules.text.official_text import chinese_date, short_datetime
from yuetan.vocabulary import PleaOutcome, RevisitOutcome, Verb


def written_on(event: Event) -> str:
    """When it was done; of what was done on paper the day alone, for nobody knows the hour."""
    return chinese_date(event.created_at) if event.is_earlier else short_datetime(event.created_at)


DETAIL_WORDS = {
    "removed": "撤下依据材料：{}",
    "document": "文号：{}",
    "approver": "审定领导：{}",
    "task": "第 {} 项整改任务",
    "tasks": "第 {} 项整改任务",
    "late": "逾期报送：第 {} 项",
    "progress": "第 {} 次进展报告",
    "version": "第 {} 稿",
    "inspection": "第 {} 次督查",
    "lateness": "{}",
    "signer": "纸质回执签收人：{}",
    "threat": "病毒：{}",
    "signed_by": "纸质代录，签字人：{}",
    "brought_by": "送交人：{}",
    "received_at": "收到时间：{}",
    "received_on": "收到日期：{}",
    "interviewees": "约谈对象：{}",
    "leave_of": "请假人：{}",
    "absent": "未经准假缺席：{}",
    "acting": "{}",
    "outcome": "{}",
    "settled": "一并了结：{}",
    "signed": "签认：{}",
    "rework_reason": "退回、重启的原因：{}",
    "asked_by": "提出中止的：{}",
    "planned_end_on": "计划恢复计时：{}",
    "new_due_on": "新的时限：{}",
    "effective_due_on": "恢复后的截止日：{}",
    "retention_before": "原保管期限：{}",
    "retention": "现保管期限：{}",
    "hold": "解除的冻结：{}",
}


DAYS = ("received_on", "planned_end_on", "new_due_on", "effective_due_on")  # kept as a calendar writes them

# What the event keeps as a code; anything else is what somebody typed, whatever it reads like.
CODES = {
    (Verb.RECORD_REVISIT.value, "outcome"): RevisitOutcome,
    **{
        (verb.value, "outcome"): PleaOutcome
        for verb in (Verb.DRAFT_PLEA_ANSWER, Verb.UPHOLD_MEASURE, Verb.REVOKE_MEASURE)
    },
}


def _value_words(event: Event, key: str) -> str:
    value, codes = event.data[key], CODES.get((event.verb, key))
    if key == "received_at":
        return short_datetime(datetime.fromisoformat(value))
    if key in DAYS:
        return chinese_date(date.fromisoformat(value))
    if isinstance(value, list):
        return "、".join(map(str, value))
    return str(codes(value).label if codes else value)


def details(event: Event) -> str:
    """The facts it keeps, one a line; empty where it keeps none that are shown."""
    lines = [words.format(_value_words(event, key)) for key, words in DETAIL_WORDS.items() if event.data.get(key)]
    return "\n".join([*lines, *event.decision_marks])


def entered(event: Event) -> str:
    """By whom and when a step of then was entered, and from which original."""
    day = chinese_date(date.fromisoformat(event.data["recorded_on"]))
    original = f"，原件：{event.data['original']}" if event.data.get("original") else ""
    return f"\n{event.data['recorded_by']}于{day}补录{original}"
