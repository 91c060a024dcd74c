"""Search: the rows by which cases and letters are found hold what these say, no more and no less."""

from __future__ import annotations

from collections.abc import Iterator

from yuetan import search_index
from yuetan.actions.record.disagreement import Disagreement
from yuetan.models import SUBJECTS, Case
from yuetan.models.record.sealed_tables import SEALED_TABLES
from yuetan.vocabulary import RecordKind


def check_search(case: Case | None = None) -> Iterator[Disagreement]:
    """The search rows of one case, or of all subjects."""
    for about, key in search_index.different(case):
        one = Case.objects.filter(pk=key).first() if about == Case.ABOUT else None
        named = (
            one.register_number
            if one
            else f"{SEALED_TABLES[str(SUBJECTS[about]._meta.model_name)].label} {str(key)[:8]}"
        )
        yield Disagreement(RecordKind.SEARCH, named, "检索行的文字不是现在的文字")
