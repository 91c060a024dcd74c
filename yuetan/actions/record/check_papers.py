"""Papers: one for each step that issues one, its wording as it was frozen, its number the one in the register."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence

from django.utils import timezone

from yuetan.actions.record.disagreement import Disagreement
from yuetan.models import Case, Document, Event, Letter
from yuetan.vocabulary import CaseState, DocumentKind, RecordKind, Verb

ISSUED_BY = {
    Verb.SERVE_NOTICE: DocumentKind.INTERVIEW_NOTICE,
    Verb.RESCHEDULE: DocumentKind.RESCHEDULE_NOTICE,
    Verb.ISSUE_MINUTES: DocumentKind.MINUTES,
    Verb.CONFIRM_CORRECTION: DocumentKind.MINUTES,
    Verb.ISSUE_SUPERVISION_LETTER: DocumentKind.SUPERVISION_LETTER,
    Verb.APPROVE_LETTER: DocumentKind.REMINDER_LETTER,
}
SIGNING = (Verb.ACKNOWLEDGE_RECEIPT, Verb.REGISTER_RECEIPT, Verb.ACKNOWLEDGE_SUPERVISION, Verb.ACKNOWLEDGE_LETTER)


def check_papers_of(
    subject: Case | Letter, papers: Sequence[Document], events: Sequence[Event], named: str
) -> Iterator[Disagreement]:
    """The papers of a case or a letter against its events; their wording is left to `check_paper`."""
    issued = Counter(ISSUED_BY[Verb(event.verb)].value for event in events if event.verb in ISSUED_BY)
    cancelled = [event for event in events if event.verb == Verb.WITHDRAW and event.from_state == CaseState.NOTIFIED]
    issued += Counter({DocumentKind.CANCELLATION.value: len(cancelled)})
    there = Counter(paper.kind for paper in papers)
    for kind in sorted((issued - there) | (there - issued)):
        words = f"{DocumentKind(kind).label}有 {there[kind]} 份，操作日志印发 {issued[kind]} 份"
        yield Disagreement(RecordKind.PAPER, named, words)
    mentioned = {event.data["document"] for event in events if "document" in event.data}
    signed = {event.data["document"] for event in events if event.verb in SIGNING}
    for paper in papers:
        if paper.number not in mentioned:
            yield Disagreement(RecordKind.PAPER, named, f"{paper.number}没有印发的操作日志")
        if (paper.receipt_or_none is not None) != (paper.number in signed):
            yield Disagreement(RecordKind.PAPER, named, f"{paper.number}的签收与操作日志不一致")


def check_paper(paper: Document) -> Iterator[Disagreement]:
    """One paper by itself: the frozen wording, and its line in the register of numbers."""
    entry = paper.entry
    if hashlib.sha256(paper.html.encode()).hexdigest() != paper.sha256:
        yield Disagreement(RecordKind.PAPER, paper.number, "定稿文字与印发时的 SHA-256 不一致")
    elif paper.number not in paper.html or not paper.title.strip():
        yield Disagreement(RecordKind.PAPER, paper.number, "标题、文号与定稿文字不一致")
    if (entry.prefix, entry.year, entry.serial, entry.kind) != (paper.prefix, paper.year, paper.serial, paper.kind):
        yield Disagreement(RecordKind.PAPER, paper.number, f"文号簿上是{entry.number}（{entry.get_kind_display()}）")
    elif paper.year != timezone.localtime(paper.issued_at).year:
        yield Disagreement(RecordKind.PAPER, paper.number, "文号的年度不是印发的年度")
