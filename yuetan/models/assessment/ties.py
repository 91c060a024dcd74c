"""并列: which ranks several units share, now, as they were made known, and at any moment between; in the words of the
通报 wherever a rank is named."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from django.apps import apps
from django.db.models import Count, Exists, F, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from yuetan.rules.assessment.scoring import rank_words
from yuetan.vocabulary import AssessmentGrade

if TYPE_CHECKING:
    from yuetan.models.assessment.sheet import AssessmentSheet

OF_GROUP = ("assessment", "round", "group_place")


@dataclass(frozen=True)
class Ties:
    """Whether another unit of the group has the rank of a sheet, and had the one that was made known."""

    now: bool
    published: bool


class RankInWords:
    """What a sheet says of its result."""

    pk: uuid.UUID
    total: Decimal | None
    rank: int
    grade: str
    published_total: Decimal | None
    published_rank: int
    published_grade: str

    @cached_property
    def ties(self) -> Ties:
        """Asked when it is first wanted; for many at once by `note_ties`."""
        return ties_of([self])[self.pk]  # type: ignore[list-item] # it is a sheet

    @property
    def rank_words(self) -> str:
        """并列第1名, as the 通报 has it."""
        return rank_words(self.rank, shared=self.ties.now)

    @property
    def published_words(self) -> str:
        """81.0分，并列第2名，合格, as it was made known; empty where it stands so still."""
        if (self.total, self.rank, self.grade) == self.published or not self.published_grade:
            return ""
        rank = rank_words(self.published_rank, shared=self.ties.published)
        return f"{self.published_total}分，{rank}，{AssessmentGrade(self.published_grade).label}"

    @property
    def published(self) -> tuple[Decimal | None, int, str]:
        """Total, rank and grade as they were made known; empty ones where none was ever corrected."""
        return self.published_total, self.published_rank, self.published_grade


def note_ties(sheets: Iterable[AssessmentSheet]) -> list[AssessmentSheet]:
    """The same sheets, each knowing its ties: one query, and one more where any was corrected."""
    known = list(sheets)
    ties = ties_of(known)
    for sheet in known:
        sheet.ties = ties[sheet.pk]
    return known


def ties_of(sheets: Iterable[AssessmentSheet]) -> dict[uuid.UUID, Ties]:
    """Of each sheet its ties; of one that is not ranked yet none."""
    known = list(sheets)
    ranked = [sheet for sheet in known if sheet.rank]
    corrected = [sheet for sheet in ranked if sheet.published_grade]
    now = _shared(_all_sheets(), "rank", ranked, {sheet.pk: sheet.rank for sheet in ranked})
    as_published = _all_sheets().annotate(known_total=Coalesce("published_total", "total"))
    then = _shared(as_published, "known_total", corrected, {sheet.pk: sheet.published_total for sheet in corrected})
    return {sheet.pk: Ties(sheet.pk in now, sheet.pk in then) for sheet in known}


def _shared(
    rows: QuerySet[Model], name: str, sheets: list[AssessmentSheet], values: dict[uuid.UUID, object]
) -> set[uuid.UUID]:
    """Those of the sheets whose value more than one sheet of their group has. One query, for none no query."""
    if not sheets:
        return set()
    asked = {f"{name}__in": set(values.values()), "assessment__in": {sheet.assessment_id for sheet in sheets}}
    groups = rows.filter(**asked).order_by().values(*OF_GROUP, name).annotate(number=Count("pk")).filter(number__gt=1)
    shared = set(groups.values_list(*OF_GROUP, name))
    place = {sheet.pk: (sheet.assessment_id, sheet.round, sheet.group_place, values[sheet.pk]) for sheet in sheets}
    return {key for key, of_group in place.items() if of_group in shared}


def tied_then(total: str, moment: str) -> Exists:
    """Whether at the moment of a row about a sheet another sheet of its group had this total: so they shared a rank.

    A total changes by corrections alone: it was the one after the last before, or the one before the first after.
    """
    group = {name: OuterRef(f"sheet__{name}") for name in OF_GROUP}
    corrected = _all_sheets().filter(pk=OuterRef("pk"), corrections__granted=True)
    before = corrected.filter(corrections__decided_at__lt=OuterRef(OuterRef(moment)))
    after = corrected.filter(corrections__decided_at__gt=OuterRef(OuterRef(moment)))
    known = Coalesce(
        Subquery(before.order_by("-corrections__decided_at").values("corrections__total")[:1]),
        Subquery(after.order_by("corrections__decided_at").values("corrections__former_total")[:1]),
        F("total"),
    )
    others = _all_sheets().filter(~Q(pk=OuterRef("sheet")), **group).order_by().alias(known_total=known)
    return Exists(others.filter(known_total=OuterRef(total)))


def _all_sheets() -> QuerySet[Model]:
    return apps.get_model("yuetan", "AssessmentSheet").objects.all()
