"""待办: the rows of every case and letter are exactly what the table of steps gives."""

from __future__ import annotations

from collections.abc import Iterator

from yuetan.actions.record.disagreement import Disagreement
from yuetan.actions.record.snapshots import at_one_moment
from yuetan.models import Case, StalePending, Subject
from yuetan.models.case.case import CaseQuerySet
from yuetan.models.flow.awaiting import pending_of
from yuetan.pending_steps import chunks_of
from yuetan.vocabulary import RecordKind, Verb


def check_pending(cases: CaseQuerySet) -> Iterator[Disagreement]:
    """The rows of those of these cases that may wait for anybody, or have rows; a chunk of them at one moment."""
    for keys in chunks_of(cases):
        with at_one_moment():
            chunk = Case.objects.filter(pk__in=keys).order_by("register_year", "register_serial").for_pending()
            for case in chunk.prefetch_related("pending_steps"):
                yield from pending_disagreements(case, case.register_number)


def pending_disagreements(subject: Subject, named: str) -> Iterator[Disagreement]:
    """What the rows of one case or letter have that is not so, and what they lack; of both the first.

    Nothing of one that is marked as stale: it is known to be otherwise, and derived soon.
    """
    different = list(_different(subject, named))
    if different and not _is_stale(subject):
        yield from different


def _is_stale(subject: Subject) -> bool:
    return StalePending.objects.filter(**{subject.ABOUT: subject}).exists()


def _different(subject: Subject, named: str) -> Iterator[Disagreement]:
    rows = subject.pending_steps.all()
    held = {row.pending for row in rows if not row.is_past}
    wanted = pending_of(subject)
    for what, surplus in (("多出", held - wanted), ("缺少", wanted - held)):
        verbs = sorted(each.awaited.verb for each in surplus)
        if verbs:
            yield Disagreement(RecordKind.PENDING, named, f"待办{what}“{Verb(verbs[0]).label}”等 {len(verbs)} 行")
    if any(row.unit_id != subject.unit_id for row in rows):
        yield Disagreement(RecordKind.PENDING, named, "待办所记的单位不是本事项的单位")
