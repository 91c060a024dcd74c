"""问责处理 (第十条第四项): recorded with the paper that decided it, confirmed by a second person, never taken back.

It stands beside the rectification and ends nothing: the case is closed on the inspection's conclusion alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from yuetan.actions.files.attachment import Offer, attach, examine_files
from yuetan.actions.files.readable_scan import PAPER_KINDS, scan_problems
from yuetan.actions.step import refuse_if_any, step
from yuetan.models import Case, Consequence, User
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text import official_text
from yuetan.rules.text.empty_words import Needed, missing_of, require_words
from yuetan.vocabulary import ConsequenceCheck, ConsequenceKind, FilePurpose, Verb

LABELS = {
    "deciding_body": "作出决定的机关（职务）",
    "paper_number": "决定文书文号",
    "decided_on": "决定日期",
    "basis": "处理决定的内容",
    "scan": "决定文书",
}


@dataclass(frozen=True)
class _Entry:
    kind: str
    deciding_body: str
    paper_number: str
    decided_on: date | None
    basis: str
    scan: Offer | None
    corrects: Consequence | None
    correction_reason: str

    @property
    def says_nothing_was_decided(self) -> bool:
        return self.kind == ConsequenceKind.NONE_DECIDED

    @property
    def needed(self) -> Needed:
        """What this kind of entry needs, and what it has of it."""
        needed = ["basis"] if self.says_nothing_was_decided else list(LABELS)
        return {name: (LABELS[name], getattr(self, name)) for name in needed}


def record_consequence(
    case: Case,
    *,
    by: User,
    kind: str,
    deciding_body: str,
    paper_number: str,
    decided_on: date | None,
    basis: str,
    scan: Offer | None,
    corrects: Consequence | None = None,
    correction_reason: str = "",
) -> Case:
    """记录问责处理: what was decided, by whom, by which paper, with the paper itself (第十条第四项).

    An entry that was wrong is named by `corrects`: it stays, and this one stands in its place once a second person
    has confirmed it. Raises Refused for what is missing, for a date that cannot be, and for a second correction.
    """
    entry = _Entry(kind, deciding_body, paper_number, decided_on, basis, scan, corrects, correction_reason)
    examined_files = examine_files(case, [scan] if scan else [], "scan")
    with step(case, Verb.RECORD_CONSEQUENCE, by=by, opinion=basis, facts={"kind": kind}) as case:
        problems = [*_entry_problems(case, entry), *scan_problems(examined_files, "scan", kinds=PAPER_KINDS)]
        refuse_if_any(case, [*problems, *_correction_problems(case, entry)])
        kept = {name: getattr(entry, name) for name in ("kind", "deciding_body", "paper_number", "decided_on")}
        correction = {"corrects": corrects, "correction_reason": correction_reason if corrects else ""}
        row = Consequence.objects.create(case=case, basis=basis, recorded_by=by, **kept, **correction)
        attach(case, examined_files, by=by, purpose=FilePurpose.CONSEQUENCE, consequence=row)
    return case


def _entry_problems(case: Case, entry: _Entry) -> Iterator[Finding]:
    yield from missing_of("consequence_incomplete", entry.needed)
    if entry.decided_on is None:
        return
    if entry.decided_on > clock.today():
        yield finding("consequence_ahead", "decided_on")
    elif case.interviewed_on is not None and entry.decided_on < case.interviewed_on:
        held = official_text.chinese_date(case.interviewed_on)
        yield finding("consequence_before_interview", "decided_on", held=held)


def correctable(case: Case) -> list[Consequence]:
    """Entries in whose place no other stands or waits to stand."""
    rows = case.consequences.prefetch_related("corrections")
    return [
        row
        for row in rows
        if all(one.check_outcome == ConsequenceCheck.NOT_AS_PAPER for one in row.corrections.all())
        if row.check_outcome != ConsequenceCheck.NOT_AS_PAPER
    ]


def _correction_problems(case: Case, entry: _Entry) -> Iterator[Finding]:
    if entry.corrects is None:
        if entry.says_nothing_was_decided or entry.correction_reason.strip():
            yield finding("correction_of_nothing", "corrects")
        return
    if entry.corrects not in correctable(case):
        yield finding("consequence_already_corrected", "corrects")
    yield from require_words(entry.correction_reason, finding("reason_missing", "correction_reason", what="更正"))


def confirm_consequence(
    case: Case, *, by: User, consequence: Consequence | None, check_outcome: str, check_words: str
) -> Case:
    """核对问责处理: somebody else than who recorded it compares it with the paper; what is not as the paper counts not.

    Raises Refused where nothing waits, where it is one's own entry, and without words.
    """
    facts: dict[str, str] = {}
    with step(case, Verb.CONFIRM_CONSEQUENCE, by=by, opinion=check_words, facts=facts) as case:
        row = next((one for one in case.unconfirmed_consequences if one == consequence), None)
        refuse_if_any(case, _check_problems(row, by, check_words))
        assert row is not None
        row.check_outcome, row.check_words = check_outcome, check_words
        row.checked_by, row.checked_at = by, clock.now()
        row.save()
        facts.update(outcome=ConsequenceCheck(check_outcome).label)
    return case


def _check_problems(row: Consequence | None, by: User, words: str) -> Iterator[Finding]:
    if row is None:
        yield finding("no_consequence_to_confirm", "consequence")
    elif row.recorded_by_id == by.pk:
        yield finding("recorder_confirms", "consequence", name=by.name)
    yield from require_words(words, finding("opinion_missing", "check_words"))
