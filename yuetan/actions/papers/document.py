"""作废: an issued paper no longer holds; it stays as it is, marked, with its number, the reason and who."""

from __future__ import annotations

from collections.abc import Iterator

from yuetan.actions.step import refuse_if_any, step
from yuetan.models import Case, Document, Letter, User
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text import official_text
from yuetan.vocabulary import CaseState, DocumentKind, DocumentStatus, Verb

NOTICES = (DocumentKind.INTERVIEW_NOTICE, DocumentKind.RESCHEDULE_NOTICE)


def void_document(document: Document, *, by: User, reason: str) -> Document:
    """作废文书: by the office director, never of a paper on which the running case still rests."""
    facts = {"document": document.number}
    with step(document.subject, Verb.VOID_DOCUMENT, by=by, opinion=reason, facts=facts) as subject:
        papers = Document.objects.select_for_update(of=("self", "entry")).select_related("entry", "replaced_by")
        locked = papers.get(pk=document.pk)
        refuse_if_any(subject, _void_problems(locked, subject, reason))
        entry = locked.entry
        entry.voided_at, entry.voided_by, entry.void_reason = clock.now(), by, reason
        entry.save(update_fields=["voided_at", "voided_by", "void_reason"])
    return locked


def reasons_against_voiding(document: Document) -> list[str]:
    """Why this paper cannot be voided at all, for a page that is asked for a reason only if it can."""
    subject = document.subject
    return [subject.reason(finding).text for finding in _standing_problems(document, subject)]


def _void_problems(document: Document, subject: Case | Letter, reason: str) -> Iterator[Finding]:
    yield from _standing_problems(document, subject)
    if not reason.strip():
        yield finding("reason_missing", "reason", what="作废")


def _standing_problems(document: Document, subject: Case | Letter) -> Iterator[Finding]:
    entry = document.entry
    if document.status == DocumentStatus.VOIDED:
        assert entry.voided_at is not None
        assert entry.voided_by is not None
        yield finding(
            "paper_already_voided", time=official_text.chinese_date(entry.voided_at), name=entry.voided_by.name
        )
    elif document.replaced_by is not None:
        yield finding("paper_already_replaced", number=document.replaced_by.number)
    elif isinstance(subject, Case) and not subject.is_ended:
        if document.kind in NOTICES and subject.state == CaseState.NOTIFIED:
            yield finding("notice_in_force")
        if document.kind == DocumentKind.MINUTES:
            yield finding("minutes_in_force")
