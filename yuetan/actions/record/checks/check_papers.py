"""Papers: one for each step that issues one, its wording as it was frozen, its number the one in the register."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from django.utils import timezone

from yuetan.actions.record.disagreement import Disagreement
from yuetan.models import Document, Event, Subject
from yuetan.rules.text.canonical_wording import wording_sha256
from yuetan.vocabulary import RecordKind, Verb

SIGNING = (
    Verb.ACKNOWLEDGE_RECEIPT,
    Verb.REGISTER_RECEIPT,
    Verb.ACKNOWLEDGE_SUPERVISION,
    Verb.REGISTER_SUPERVISION_RECEIPT,
    Verb.ACKNOWLEDGE_LETTER,
    Verb.REGISTER_LETTER_RECEIPT,
    Verb.ACKNOWLEDGE_MEASURE,
    Verb.REGISTER_MEASURE_RECEIPT,
)


def check_papers_of(
    subject: Subject, papers: Sequence[Document], events: Sequence[Event], named: str
) -> Iterator[Disagreement]:
    """The papers of a subject against its events; their wording is left to `check_paper`."""
    mentioned = list(dict.fromkeys(event.data["document"] for event in events if "document" in event.data))
    numbers = [paper.number for paper in papers]
    yield from _each(named, [one for one in mentioned if one not in numbers], "操作日志上已印发，而没有这份文书")
    yield from _each(named, [one for one in numbers if one not in mentioned], "没有印发的操作日志")
    signed = _signed_for(events)
    for paper in papers:
        if (paper.receipt_or_none is not None) != (paper.number in signed):
            yield Disagreement(RecordKind.PAPER, named, f"{paper.number}的签收与操作日志不一致")


def _signed_for(events: Sequence[Event]) -> set[str]:
    """The numbers of the papers that were signed for, unless the receipt was revoked afterwards."""
    signed: set[str] = set()
    for event in sorted(events, key=lambda one: (one.created_at, one.pk)):
        if event.verb in SIGNING:
            signed.add(event.data["document"])
        elif event.verb == Verb.CORRECT_RECEIPT and event.data.get("revoked"):
            signed.discard(event.data["document"])
    return signed


def _each(named: str, numbers: Sequence[str], words: str) -> Iterator[Disagreement]:
    return (Disagreement(RecordKind.PAPER, named, f"{number}{words}") for number in numbers)


def check_paper(paper: Document) -> Iterator[Disagreement]:
    """One paper by itself: the frozen wording, and its line in the register of numbers."""
    entry = paper.entry
    if hashlib.sha256(paper.html.encode()).hexdigest() != paper.sha256:
        yield Disagreement(RecordKind.PAPER, paper.number, "定稿文字与印发时的 SHA-256 不一致")
    elif paper.number not in paper.html or not paper.title.strip():
        yield Disagreement(RecordKind.PAPER, paper.number, "标题、文号与定稿文字不一致")
    elif paper.wording_sha256 and wording_sha256(paper.html) != paper.wording_sha256:
        yield Disagreement(RecordKind.PAPER, paper.number, "定稿文字与文书上的内容校验不一致")
    if paper.is_scanned != bool(paper.scans.all()):
        yield Disagreement(RecordKind.PAPER, paper.number, "是否有盖章扫描件与所存的扫描件不一致")
    if (entry.prefix, entry.year, entry.serial, entry.kind) != (paper.prefix, paper.year, paper.serial, paper.kind):
        yield Disagreement(RecordKind.PAPER, paper.number, f"文号簿上是{entry.number}（{entry.get_kind_display()}）")
    elif paper.year != timezone.localtime(paper.issued_at).year:
        yield Disagreement(RecordKind.PAPER, paper.number, "文号的年度不是印发的年度")
