"""Search: the rows by which cases and letters are found hold what these say, no more and no less."""

from __future__ import annotations

from collections.abc import Iterator

from yuetan import search_index
from yuetan.actions.record.disagreement import Disagreement
from yuetan.actions.record.snapshots import pieces
from yuetan.models import SUBJECTS, Case, Subject
from yuetan.models.record.sealed_tables import SEALED_TABLES
from yuetan.vocabulary import RecordKind

CHUNK = 500


def check_search(case: Case | None = None) -> Iterator[Disagreement]:
    """The search rows of one case, or of all subjects; a piece of these at one moment."""
    for model in [Case] if case else SUBJECTS.values():
        rows = model.objects.filter(pk=case.pk) if case else model.objects.all()
        for some in pieces(rows, CHUNK):
            by_key = {each.pk: each for each in some}
            for key in search_index.different(model, list(by_key)):
                yield Disagreement(RecordKind.SEARCH, _name_of(by_key[key]), "检索行的文字不是现在的文字")


def _name_of(subject: Subject) -> str:
    if isinstance(subject, Case):
        return subject.register_number
    return f"{SEALED_TABLES[str(subject._meta.model_name)].label} {str(subject.pk)[:8]}"
