"""Everything laid on one unit, by its matter: what follows on each other, or has the same words, is one matter.

A unit may have had any number of measures and interviews: of each only its words and what it follows are read here, in
one statement; the rungs themselves are read of one matter alone (`laid_rungs.py`).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.apps import apps
from django.db.models import F, Q

from yuetan.models.case.case import Case
from yuetan.models.ladder.queries import LAID_STATES
from yuetan.models.office.read_once import answer_once
from yuetan.rules.text.similar_matter import bare
from yuetan.vocabulary import CaseState

if TYPE_CHECKING:
    from yuetan.models.ladder.measure import AccountabilityMeasure

NEVER_LAID = (CaseState.DECLINED, CaseState.WITHDRAWN)
LAID_IN = ("accountabilitymeasure", "case")


class LaidRow(NamedTuple):
    """A measure or a case: its words, and the one that it follows."""

    key: UUID
    words: str
    created_at: datetime
    follows: UUID | None


class Matters:
    """What was laid on one unit, and by what the matter of each is known; `behind` is what some of it follows."""

    def __init__(self, rows: Collection[LaidRow], behind: Collection[LaidRow] = ()) -> None:
        self._rows = rows
        self._known = {row.key: row for row in (*behind, *rows)}
        self._by_words: dict[str, str] = {}
        for row in sorted(self._known.values(), key=lambda each: (each.created_at, str(each.key))):
            self._by_words.setdefault(bare(row.words), self._of_row(row))

    def of(self, one: AccountabilityMeasure | Case) -> str:
        """What the matter of either is known by, laid or not yet: that of the rung that it follows, if it does."""
        before = one.rung_laid if isinstance(one, Case) else one.case
        return self._of_words(one.matter, one.pk) if before is None else self.of(before)

    def of_keys(self, keys: Collection[UUID]) -> list[str]:
        """The matters of some of what was laid here, each once, in the order of these, without what is gone since."""
        known = [self._known[key] for key in keys if key in self._known]
        return list(dict.fromkeys(map(self._of_row, known)))

    def laid_for(self, matters: Collection[str]) -> frozenset[UUID]:
        """Everything laid for one of these matters."""
        return frozenset(row.key for row in self._rows if self._of_row(row) in matters)

    def _of_row(self, row: LaidRow) -> str:
        return self._of_words(row.words, row.key) if row.follows is None else self._of_row(self._known[row.follows])

    def _of_words(self, words: str, key: UUID) -> str:
        return self._by_words.get(bare(words), str(key))


def matters_of(unit: int) -> Matters:
    """What was laid on a unit, or put to its superior; read once in a step or a page."""
    tables = frozenset(apps.get_model("yuetan", name)._meta.db_table for name in LAID_IN)
    return answer_once(("matters", unit), tables, lambda: _matters_of(unit))


def _matters_of(unit: int) -> Matters:
    rows = _laid_rows(Q(unit=unit, state__in=LAID_STATES), Q(unit=unit) & ~Q(state__in=NEVER_LAID))
    known = {row.key: row for row in rows}
    while missing := {row.follows for row in known.values() if row.follows} - known.keys():
        behind = Q(pk__in=missing)
        known |= {row.key: row for row in _laid_rows(behind, behind)}
    return Matters(rows, known.values())


def _laid_rows(measures: Q, cases: Q) -> list[LaidRow]:
    """Of measures and of cases, in one statement."""
    of_measures = apps.get_model("yuetan", "accountabilitymeasure").objects.filter(measures)
    of_cases = Case.objects.filter(cases).order_by().values_list("pk", "matter", "created_at", F("rung_laid"))
    return [
        LaidRow(*each)
        for each in of_measures.order_by()
        .values_list("pk", "matter", "created_at", F("case"))
        .union(of_cases, all=True)
    ]
