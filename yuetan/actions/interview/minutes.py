"""The minutes on their way out: revised, confirmed or returned by the interviewer, answered by the unit, issued.

`seen` is the digest of the text that the person had read: a step taken on another text is refused.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Unpack

from yuetan.actions.files.paper_filing import StatedPaper, examined_paper, keep_paper
from yuetan.actions.interview.attendance import (
    AttendanceRow,
    ParticipantRow,
    absent_people,
    attendance_problems,
    correct_people,
    material_problems,
    participant_problems,
    who_was_there,
)
from yuetan.actions.interview.measures import MeasureRow, measure_problems, measure_rows_as_text, write_measures
from yuetan.actions.interview.minutes_versions import keep_version
from yuetan.actions.step import refuse_if_any, step
from yuetan.documents.issue import issue
from yuetan.models import CalendarDay, Case, Minutes, OfficeSetting, User
from yuetan.models.case.requirements.minutes import why_confirms
from yuetan.rules.dates import clock, working_days
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text import official_text
from yuetan.rules.text.empty_words import require_words
from yuetan.rules.text.handling import Handling, HandlingInput
from yuetan.vocabulary import DocumentKind, InterviewPart, MinutesAnswer, ParticipantKind, Verb

# What writes the text or the answer that is printed with it; every other step leaves them as they are.
CHANGES_MINUTES = (Verb.HOLD_INTERVIEW, Verb.REVISE_MINUTES, Verb.ANSWER_MINUTES, Verb.REGISTER_MINUTES_ANSWER)


def revise_minutes(
    case: Case,
    *,
    by: User,
    problems: str,
    statement: str,
    discussion: str,
    copied_to: str,
    measures: Sequence[MeasureRow],
    attendances: Sequence[AttendanceRow],
    attendees: Sequence[ParticipantRow],
    observers: Sequence[ParticipantRow],
    submission_missing: bool,
    seen: str,
) -> Case:
    """修改纪要: text, measures and who was there may change until 印发; then all is confirmed, sent and answered anew.

    What stood, and what the interviewer and the unit had said of it, is kept as a version. `seen` is the digest of the
    text that was shown. Raises StateChanged once the minutes are issued, NotYours for anybody but a case officer or
    the director, Refused where somebody else has saved meanwhile, and for what the record of the interview could not
    say either (Art. 9): a part without words, no measure, a substitute.
    """
    texts = {"problems": problems, "statement": statement, "discussion": discussion, "copied_to": copied_to}
    others = {ParticipantKind.INTERVIEWER_SIDE: attendees, ParticipantKind.OBSERVER: observers}
    facts: dict[str, Any] = {}
    with step(case, Verb.REVISE_MINUTES, by=by, facts=facts) as case:
        refuse_if_any(case, _changed_by_another(case, seen))
        needed = [(texts[part.value], finding("minutes_text_missing", part.value)) for part in InterviewPart]
        findings = [
            *(each for text, empty in needed for each in require_words(text, empty)),
            *measure_problems(measures, case.interview.held_on),
            *attendance_problems(case, attendances, is_correction=True),
            *participant_problems(others),
            *material_problems(case, submission_missing),
        ]
        refuse_if_any(case, findings)
        facts["version"] = keep_version(case, by=by).number + 1
        facts |= absent_people(attendances, case.interview.absent_people)
        write_measures(case.interview, measure_rows_as_text(measures))
        people = who_was_there(attendances, others, submission_missing=submission_missing)
        correct_people(case.interview, people)
        _begin_anew(case.minutes, texts)
    return case


def _begin_anew(minutes: Minutes, texts: Mapping[str, str]) -> None:
    """Another text, of which nobody has said anything yet."""
    for name, text in texts.items():
        setattr(minutes, name, text)
    minutes.confirmed_by = minutes.confirmed_at = minutes.sent_at = minutes.answer_until = None
    minutes.confirmed_acting = ""
    minutes.answer, minutes.objection, minutes.answered_by, minutes.answered_at = "", "", None, None
    minutes.paper_filing = None
    minutes.returned_by, minutes.returned_at, minutes.return_reason = None, None, ""
    minutes.save()


def _changed_by_another(case: Case, seen: str) -> Iterator[Finding]:
    """Whoever saves second sees who saved first, and when, instead of overwriting that text."""
    if seen == case.minutes.digest:
        return
    yield finding("minutes_revised_meanwhile", **last_change(case, CHANGES_MINUTES))


def last_change(case: Case, verbs: Collection[Verb]) -> dict[str, str]:
    """Who took the last of these steps on a case, when, and which it was, as a refusal says it to the office."""
    last = case.events.select_related("actor").newest_first().filter(verb__in=verbs)[0]
    when = official_text.chinese_datetime(last.created_at)
    return {"who": last.who(inner=True), "time": when, "action": last.label}


def _text_changed(case: Case, seen: str) -> Iterator[Finding]:
    if seen != case.minutes.digest:
        yield finding("minutes_changed")


def confirm_minutes(case: Case, *, by: User, seen: str) -> Case:
    """确认纪要文本: the interviewer approves the text, or who holds the post now, or who acts and says why.

    `seen` is the digest of the text that was shown. Raises StateChanged once the minutes are issued, NotYours for
    anybody but the interviewer, Refused where the text is confirmed already, and for another text than was shown.
    Effects: the minutes keep who confirmed them and when, and may be sent and issued (Art. 9 (四)).
    """
    facts: dict[str, str] = {}
    with step(case, Verb.CONFIRM_MINUTES, by=by, facts=facts) as case:
        refuse_if_any(case, _text_changed(case, seen))
        minutes = case.minutes
        minutes.confirmed_acting = why_confirms(case, by)
        facts.update({"acting": minutes.confirmed_acting} if minutes.confirmed_acting else {})
        minutes.confirmed_by, minutes.confirmed_at = by, clock.now()
        minutes.save()
    return case


def return_minutes(case: Case, *, by: User, reason: str, seen: str) -> Case:
    """退回修改纪要: the interviewer sends the text back to the office with what to change.

    Raises StateChanged once the minutes are issued, NotYours for anybody but the interviewer, Refused where the text
    is confirmed already, for another one than was shown (`seen`), and without a reason. Effects: the minutes keep the
    reason until they are revised; the office is alerted.
    """
    with step(case, Verb.RETURN_MINUTES, by=by, opinion=reason) as case:
        refuse_if_any(case, _text_changed(case, seen))
        refuse_if_any(case, require_words(reason, finding("reason_missing", "reason", what="退回")))
        minutes = case.minutes
        minutes.returned_by, minutes.returned_at, minutes.return_reason = by, clock.now(), reason
        minutes.save()
    return case


def send_minutes(case: Case, *, by: User, seen: str) -> Case:
    """送被约谈方确认: the office's limit for an answer begins to run.

    Raises StateChanged once the minutes are issued, NotYours for anybody but a case officer, Refused before the
    interviewer has confirmed the text, where it was sent already, where nobody of the unit could answer, and for
    another text than was shown (`seen`). Effects: the unit sees the minutes and may answer until a day counted in
    working days (办公室设定); it is alerted.
    """
    with step(case, Verb.SEND_MINUTES, by=by) as case:
        refuse_if_any(case, _text_changed(case, seen))
        minutes = case.minutes
        days = OfficeSetting.objects.number("minutes_answer_days")
        minutes.sent_at = clock.now()
        calendar = CalendarDay.objects.calendar()
        minutes.answer_until = working_days.add_working_days(clock.today(), days, calendar)
        minutes.save()
    return case


def answer_minutes(case: Case, *, by: User, answer: str, objection: str, seen: str) -> Case:
    """反馈纪要意见: no objection, or one that is printed with the minutes.

    Raises StateChanged once the minutes are issued, NotYours for anybody but the head of the unit, Refused where no
    text waits for an answer, for another text than was shown (`seen`), and for an objection without words. Effects:
    the minutes keep the answer; an objection does not stop them from being issued.
    """
    with step(case, Verb.ANSWER_MINUTES, by=by, opinion=objection, facts={"answer": answer}) as case:
        refuse_if_any(case, _text_changed(case, seen))
        refuse_if_any(case, _answer_problems(answer, objection))
        _keep_answer(case.minutes, answer, objection, by, clock.now())
    return case


def _answer_problems(answer: str, objection: str) -> list[Finding]:
    if answer != MinutesAnswer.OBJECTED:
        return []
    return require_words(objection, finding("objection_missing", "objection"))


def _keep_answer(minutes: Minutes, answer: str, objection: str, answered_by: User, answered_at: datetime) -> None:
    minutes.answer, minutes.answered_by, minutes.answered_at = answer, answered_by, answered_at
    minutes.objection = objection if answer == MinutesAnswer.OBJECTED else ""
    minutes.save()


def register_minutes_answer(
    case: Case,
    *,
    by: User,
    answer: str,
    objection: str,
    seen: str,
    **stated: Unpack[StatedPaper],
) -> Case:
    """代录纪要意见: no objection or one, on paper; counted as answered when it was received.

    Raises Refused where the answer itself would be refused, and for a paper that is not whole.
    """
    paper = examined_paper(case, **stated)
    facts: dict[str, Any] = {"answer": answer}
    with step(case, Verb.REGISTER_MINUTES_ANSWER, by=by, opinion=objection, facts=facts) as case:
        minutes = case.minutes
        assert minutes.sent_at is not None
        refuse_if_any(case, _text_changed(case, seen))
        paper_problems = paper.problems(case, "纪要文本送出的时间", minutes.sent_at)
        refuse_if_any(case, [*paper_problems, *_answer_problems(answer, objection)])
        filing = minutes.paper_filing = keep_paper(case, paper, Verb.REGISTER_MINUTES_ANSWER, by=by, facts=facts)
        _keep_answer(minutes, answer, objection, filing.signer.holder, filing.received_at)
    return case


def issue_minutes(
    case: Case, *, by: User, seen: str, objection_reply: str = "", **handling: Unpack[HandlingInput]
) -> Case:
    """印发纪要; an objection is printed with them, and after it what the office answers to it.

    Raises StateChanged once they are issued, NotYours for anybody but the director, Refused before the interviewer has
    confirmed the text (Art. 9 (四)) and the unit has answered or let its days pass, for another text than was shown
    (`seen`), and for a 密级 or 紧急程度 that the office does not use. Effects: the 约谈纪要 with its number, and the
    case waits for 交办.
    """
    facts: dict[str, str] = {}
    chosen = Handling(**handling)
    with step(case, Verb.ISSUE_MINUTES, by=by, facts=facts) as case:
        refuse_if_any(case, [*_text_changed(case, seen), *chosen.problems()])
        if case.minutes.answer == MinutesAnswer.OBJECTED:
            case.minutes.objection_reply = objection_reply
            case.minutes.save(update_fields=["objection_reply"])
        case.issue_minutes()
        facts["document"] = issue(DocumentKind.MINUTES, case, by=by, handling=chosen).number
    return case
