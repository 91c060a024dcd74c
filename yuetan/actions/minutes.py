"""The minutes on their way out: revised, confirmed by the interviewer, answered by the unit, issued."""

from __future__ import annotations

from collections.abc import Iterator

from yuetan.actions.step import refuse, step
from yuetan.documents.issue import issue
from yuetan.models import CalendarDay, Case, MinutesCorrection, OfficeSetting, User
from yuetan.rules import clock, working_days
from yuetan.rules.findings import Finding, found
from yuetan.vocabulary import DocumentKind, InterviewPart, MinutesAnswer, Verb


def revise_minutes(case: Case, *, by: User, problems: str, statement: str, discussion: str, copied_to: str) -> Case:
    """修改纪要: a changed text has to be confirmed, sent and answered anew."""
    texts = {"problems": problems, "statement": statement, "discussion": discussion}
    with step(case, Verb.REVISE_MINUTES, by=by) as case:
        refuse(case, [found("minutes_text_missing", part.value) for part in InterviewPart if not texts[part.value]])
        minutes = case.minutes
        minutes.problems, minutes.statement, minutes.discussion = problems, statement, discussion
        minutes.copied_to = copied_to
        minutes.confirmed_by = minutes.confirmed_at = minutes.sent_at = minutes.answer_until = None
        minutes.answer, minutes.objection, minutes.answered_by, minutes.answered_at = "", "", None, None
        minutes.save()
    return case


def confirm_minutes(case: Case, *, by: User) -> Case:
    """确认纪要文本: the interviewer stands by the text."""
    with step(case, Verb.CONFIRM_MINUTES, by=by) as case:
        minutes = case.minutes
        minutes.confirmed_by, minutes.confirmed_at = by, clock.now()
        minutes.save()
    return case


def send_minutes(case: Case, *, by: User) -> Case:
    """送被约谈方确认: the office's limit for an answer begins to run."""
    with step(case, Verb.SEND_MINUTES, by=by) as case:
        minutes = case.minutes
        days = OfficeSetting.objects.number("minutes_answer_days")
        minutes.sent_at = clock.now()
        calendar = CalendarDay.objects.calendar()
        minutes.answer_until = working_days.add_working_days(clock.today(), days, calendar)
        minutes.save()
    return case


def answer_minutes(case: Case, *, by: User, answer: str, objection: str) -> Case:
    """反馈纪要意见: no objection, or one that is printed with the minutes."""
    with step(case, Verb.ANSWER_MINUTES, by=by, opinion=objection, facts={"answer": answer}) as case:
        if answer == MinutesAnswer.OBJECTED and not objection.strip():
            refuse(case, [found("objection_missing", "objection")])
        minutes = case.minutes
        minutes.answer, minutes.answered_by, minutes.answered_at = answer, by, clock.now()
        minutes.objection = objection if answer == MinutesAnswer.OBJECTED else ""
        minutes.save()
    return case


def issue_minutes(case: Case, *, by: User) -> Case:
    """印发纪要."""
    facts: dict[str, str] = {}
    with step(case, Verb.ISSUE_MINUTES, by=by, facts=facts) as case:
        case.issue_minutes()
        facts["document"] = issue(DocumentKind.MINUTES, case, by=by).number
    return case


def correct_minutes(
    case: Case, *, by: User, reason: str, problems: str, statement: str, discussion: str, copied_to: str
) -> Case:
    """拟定纪要更正: the office writes what is to be put right; nothing changes until the interviewer stands by it."""
    texts = {"problems": problems, "statement": statement, "discussion": discussion, "copied_to": copied_to}
    with step(case, Verb.CORRECT_MINUTES, by=by, opinion=reason) as case:
        refuse(case, _wrong_correction(case, reason, texts))
        MinutesCorrection.objects.update_or_create(
            case=case,
            confirmed_at=None,
            defaults={**texts, "reason": reason, "proposed_by": by, "proposed_at": clock.now()},
        )
    return case


def _wrong_correction(case: Case, reason: str, texts: dict[str, str]) -> Iterator[Finding]:
    if not reason.strip():
        yield found("reason_missing", "reason", what="更正")
    for part in InterviewPart:
        if not texts[part.value].strip():
            yield found("minutes_text_missing", part.value)
    if all(getattr(case.minutes, name) == text for name, text in texts.items()):
        yield found("correction_changes_nothing")


def confirm_correction(case: Case, *, by: User) -> Case:
    """确认更正并印发: new minutes with a new number that names those it replaces; what the unit answered stays."""
    facts: dict[str, str] = {}
    with step(case, Verb.CONFIRM_CORRECTION, by=by, facts=facts) as case:
        correction, minutes, old = case.open_correction, case.minutes, case.current_minutes
        assert correction is not None
        for name in ("problems", "statement", "discussion", "copied_to"):
            setattr(minutes, name, getattr(correction, name))
        minutes.confirmed_by, minutes.confirmed_at = by, clock.now()
        minutes.save()
        correction.confirmed_by, correction.confirmed_at = by, minutes.confirmed_at
        correction.save()
        paper = issue(DocumentKind.MINUTES, case, by=by, replaces=old, reason=correction.reason)
        facts.update(document=paper.number, replaced=old.number, reason=correction.reason)
    return case
