"""作废: an issued paper no longer holds; it stays as it is, marked, with its number, the reason and who."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction

from yuetan.actions.papers.end_restrictions import end_restrictions
from yuetan.actions.papers.revoke_tasks import revoke_tasks
from yuetan.actions.step import refuse_if_any, required_step, step
from yuetan.models import AccountabilityMeasure, Document, User
from yuetan.models.papers import voiding
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import require_words
from yuetan.vocabulary import Verb
from yuetan.vocabulary.restriction import RestrictionEnd


@transaction.atomic
def void_document(document: Document, *, by: User, reason: str) -> Document:
    """作废文书: by the office director, never of a paper on which a running or an ended case rests.

    Which kind may be voided in which state stands in `models/papers/voiding.py`. Raises Refused and NotYours.
    Effects: with the paper of a measure of a 责任制 its tasks are revoked, but for those accepted, and
    its restrictions end; with one of several copies under its number all of them are void.
    """
    others = list(Document.objects.under_number_of(document).still_in_force().exclude(pk=document.pk))
    if others:  # what stands against the one that is named is said first, and asked again once it is held
        required_step(document.subject, Verb.VOID_DOCUMENT, by)
        refuse_if_any(document.subject, _void_problems(document, reason))
    # In one order, or two who void different copies block each other.
    in_order = sorted([document, *others], key=lambda paper: paper.pk)
    return {paper.pk: _voided(paper, by, reason) for paper in in_order}[document.pk]


def _voided(document: Document, by: User, reason: str) -> Document:
    facts = {"document": document.number}
    with step(document.subject, Verb.VOID_DOCUMENT, by=by, opinion=reason, facts=facts) as subject:
        papers = Document.objects.select_for_update(of=("self", "entry")).select_related("entry", "replaced_by")
        locked = papers.get(pk=document.pk)
        refuse_if_any(subject, _void_problems(locked, reason))
        entry = locked.entry
        entry.voided_at, entry.voided_by, entry.void_reason = clock.now(), by, reason
        entry.save(update_fields=["voided_at", "voided_by", "void_reason"])
        if isinstance(subject, AccountabilityMeasure) and subject.paper_id == locked.pk:
            subject.paper = locked
            revoke_tasks(subject)
            end_restrictions(subject, kind=RestrictionEnd.VOIDED, reason=reason, paper=document.number, by=by)
    return locked


def reasons_against_voiding(document: Document) -> list[str]:
    """Why this paper cannot be voided at all, for a page that is asked for a reason only if it can."""
    subject = document.subject
    return [subject.reason(finding).text for finding in voiding.reasons_against_voiding(document)]


def _void_problems(document: Document, reason: str) -> Iterator[Finding]:
    yield from voiding.reasons_against_voiding(document)
    yield from require_words(reason, finding("reason_missing", "reason", what="作废"))
