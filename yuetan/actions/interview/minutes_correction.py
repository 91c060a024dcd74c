"""A correction of minutes already issued: written by the office, in force once the interviewer approves it."""

from __future__ import annotations

from collections.abc import Iterator

from yuetan.actions.interview.minutes import last_change
from yuetan.actions.step import refuse_if_any, step
from yuetan.documents.issue import issue
from yuetan.models import Case, MinutesCorrection, User
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.vocabulary import DocumentKind, InterviewPart, Verb

# What writes the text that the next correction begins with.
CHANGES_CORRECTION = (Verb.ISSUE_MINUTES, Verb.CORRECT_MINUTES, Verb.CONFIRM_CORRECTION)


def correct_minutes(
    case: Case, *, by: User, reason: str, problems: str, statement: str, discussion: str, copied_to: str, seen: str
) -> Case:
    """拟定纪要更正: the office drafts a correction; the issued minutes change only when the interviewer approves it.

    `seen` is the digest of the text it was written over: whoever saves second overwrites nothing unseen.
    """
    texts = {"problems": problems, "statement": statement, "discussion": discussion, "copied_to": copied_to}
    with step(case, Verb.CORRECT_MINUTES, by=by, opinion=reason) as case:
        refuse_if_any(case, _changed_by_another(case, seen))
        refuse_if_any(case, _correction_problems(case, reason, texts))
        MinutesCorrection.objects.update_or_create(
            case=case,
            confirmed_at=None,
            defaults={**texts, "reason": reason, "proposed_by": by, "proposed_at": clock.now()},
        )
    return case


def _changed_by_another(case: Case, seen: str) -> Iterator[Finding]:
    """Who wrote another text than was shown, and when."""
    if seen != (case.open_correction or case.minutes).digest:
        yield finding("correction_revised_meanwhile", **last_change(case, CHANGES_CORRECTION))


def _correction_problems(case: Case, reason: str, texts: dict[str, str]) -> Iterator[Finding]:
    if not reason.strip():
        yield finding("reason_missing", "reason", what="更正")
    for part in InterviewPart:
        if not texts[part.value].strip():
            yield finding("minutes_text_missing", part.value)
    if all(getattr(case.minutes, name) == text for name, text in texts.items()):
        yield finding("correction_changes_nothing")


def confirm_correction(case: Case, *, by: User, seen: str) -> Case:
    """确认更正并印发: new minutes with a new number that names those it replaces; what the unit answered stays."""
    facts: dict[str, str] = {}
    with step(case, Verb.CONFIRM_CORRECTION, by=by, facts=facts) as case:
        correction, minutes, old = case.open_correction, case.minutes, case.current_minutes
        assert correction is not None
        refuse_if_any(case, [finding("minutes_changed")] if seen != correction.digest else [])
        for name in MinutesCorrection.TEXTS:
            setattr(minutes, name, getattr(correction, name))
        minutes.confirmed_by, minutes.confirmed_at = by, clock.now()
        minutes.save()
        correction.confirmed_by, correction.confirmed_at = by, minutes.confirmed_at
        correction.save()
        paper = issue(DocumentKind.MINUTES, case, by=by, replaces=old, reason=correction.reason)
        facts.update(document=paper.number, replaced=old.number, reason=correction.reason)
    return case
