"""What of a case or a letter can be found by words: one row for each side that may read it.

The rows are written by `search_index.py` in the transaction of each step. The inner row holds everything, the outer
one only what the unit itself may read, so that nobody finds by words what they may not see. A unit's names are not
in it: they are looked up in the units, so that a new name touches no case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q, Value

from yuetan import permissions
from yuetan.models.case.case import Case
from yuetan.models.flow.visibility import VisibleQuerySet
from yuetan.models.letter.letter import Letter
from yuetan.models.office.written_words import bigrams_of, spelled
from yuetan.models.people.unit import Unit

if TYPE_CHECKING:
    from uuid import UUID

    from yuetan.models.people.user import User

MAX_WORDS = 8
MOST_CANDIDATES = 1000
# The codename that lets a role read the inner side of each subject; a letter has but one sight.
INNER_SIGHT = {"case": "see_inner_case", "letter": "see_letter"}
BIGRAMS = ArrayField(models.TextField())


class SearchEntryQuerySet(models.QuerySet["SearchEntry"]):
    """Finding rows by words."""

    def find(self, user: User, words: str) -> SearchEntryQuerySet:
        """What the person may see and all words are in, the latest first; nothing where nothing was asked for.

        At most eight words are looked at. Each stands in the text as it is written, blanks and marks left aside, or
        is part of the unit's name, code or pinyin initials. Count and page it by a slice.
        """
        asked = [word for word in words.split() if any(sign.isalnum() for sign in word)][:MAX_WORDS]
        if not asked:
            return self.none()
        matched = self
        for word in asked:
            matched = matched.filter(_holds(word))
        sides = [
            *_sides(matched, user, "case", Case.objects.all()),
            *_sides(matched, user, "letter", Letter.objects.all()),
        ]
        keys = [side.order_by().values("pk") for side in sides]
        return self.filter(pk__in=keys[0].union(*keys[1:])).order_by("-pk")

    def cases_with(self, words: str) -> list[UUID] | None:
        """Keys of all cases that hold these words anywhere; None where they are so many that looking is quicker.

        For a list that asks a case for its words anyway, and shows only what the person may see.
        """
        inner = self.filter(is_inner=True).exclude(case=None).filter(_in_text(words))
        keys = list(inner.order_by().values_list("case", flat=True)[: MOST_CANDIDATES + 1])
        return keys if len(keys) <= MOST_CANDIDATES else None


def _sides(rows: SearchEntryQuerySet, user: User, subject: str, subjects: VisibleQuerySet) -> list[SearchEntryQuerySet]:
    """The one side that the person reads of each: the inner by role, but never of their own unit."""
    own = [post.unit_id for post in user.current_posts]
    seen = rows.filter(is_inner=False, **{f"{subject}__in": subjects.visible_to(user).order_by().values("pk")})
    if not user.has_perm(permissions.name(INNER_SIGHT[subject])):
        return [seen]
    known = subjects.known_to(user, f"{subject}__")
    by_role = rows.filter(known, is_inner=True, **{f"{subject}__isnull": False}).exclude(unit__in=own)
    return [by_role, seen.filter(unit__in=own)]


def _holds(word: str) -> Q:
    units = list(Unit.objects.matching(word).values_list("pk", flat=True))
    return _in_text(word) | Q(unit__in=units) if units else _in_text(word)


def _in_text(word: str) -> Q:
    return Q(bigrams__contains=bigrams_of(Value(word))) & Q(words__contains=spelled(Value(word)))


class SearchEntry(models.Model):
    """The words of one case or letter for one side; `bigrams` are every sign of it and every two in a row."""

    case = models.ForeignKey(Case, models.CASCADE, null=True, related_name="search_entries")
    letter = models.ForeignKey(Letter, models.CASCADE, null=True, related_name="search_entries")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    is_inner = models.BooleanField()
    words = models.TextField()
    bigrams = models.GeneratedField(
        expression=Func(F("words"), function="yuetan_bigrams"), output_field=BIGRAMS, db_persist=True
    )

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("-pk",)
        indexes = (GinIndex(fields=("bigrams",), name="search_by_bigrams"),)
        constraints = (
            models.CheckConstraint(condition=Q(case=None) ^ Q(letter=None), name="search_entry_of_a_case_or_a_letter"),
            models.UniqueConstraint(
                fields=("case", "letter", "is_inner"), name="one_search_entry_a_side", nulls_distinct=False
            ),
        )

    def __str__(self) -> str:
        return f"{self.case or self.letter}"
